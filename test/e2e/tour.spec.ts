import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { dataFile } from "./doors.ts";
import { expect, test } from "./fixtures.ts";
import { differences } from "./pages/pixels.ts";

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")} ${n.failureSummary}`));
}

test("layers and a picture of the globe", async ({ open, workplace }, info) => {
  const { run, handovers } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}&t=${handovers.peakAtS}`);
  const { page } = app;
  const legend = page.getByTestId("legend");
  await app.shows(Math.floor(handovers.peakAtS));

  await test.step("each layer changes the globe and has its legend", async () => {
    const before = await app.picture();
    await app.layer("Heat of handovers", true);
    await expect(legend).toContainText("handovers/s, log scale");
    await expect.poll(async () => differences(page, before, await app.picture())).toBeGreaterThan(500);
    await app.layer("Heat of handovers", false);
    const plain = await app.picture();
    await app.layer("Cells by channel", true);
    await expect(legend).toContainText("channel 1");
    await expect(legend).toContainText("30 MHz each");
    await expect.poll(async () => differences(page, plain, await app.picture())).toBeGreaterThan(500);
    await app.layer("Tracks", true);
    await expect(legend).toContainText("5 min back");
    const lines = await app.picture();
    await app.layer("Coverage", true);
    await expect(legend).toContainText("Satellites above 10°, share of the Earth");
    // one satellite 600 km high is seen from the cap of 1,760 km around the place under it
    await expect(legend).toContainText(/none, bare: 98\.\d %/);
    await expect.poll(async () => differences(page, lines, await app.picture())).toBeGreaterThan(5000);
    await app.layer("Heat of handovers", true);
    await app.layer("Gateways, feeder links", true);
    await expect(legend).toContainText("No satellite of this run needs a gateway of its own.");
    await app.layer("Day and night", true);
    await expect(legend).toContainText("where the sun is down");
    await app.colourBy("Time to leave");
    await expect(legend).toContainText("time to leave their cell's contour");
    expect(await serious(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath("layers.png") });
    await app.colourBy("Serving cell");
    await expect(legend).not.toContainText("time to leave");
  });

  await test.step("the tooltip says what is there", async () => {
    const box = (await page.locator(".globe-labels .cell").first().boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await expect(page.locator(".tooltip")).toContainText(/Cell \d of .+ km; [\d,]+ handovers? out and in/);
  });

  await test.step("the tooltip tells the satellites in view and the cell's channel", async () => {
    await app.layer("Heat of handovers", false);
    const box = (await page.locator(".globe-labels .cell").first().boundingBox())!;
    await page.mouse.move(box.x + box.width / 2 + 1, box.y + box.height / 2);
    await expect(page.locator(".tooltip")).toContainText("channel 1");
    await expect(page.locator(".tooltip")).toContainText("1 satellite above 10°");
  });

  await test.step("a click on a satellite shows its track, its facts and its cells", async () => {
    for (const layer of ["Cells by channel", "Tracks", "Coverage", "Gateways, feeder links", "Day and night"])
      await app.layer(layer, false);
    const label = page.locator(".globe-labels .satellite", { hasText: "one" });
    const box = (await label.boundingBox())!;
    const dot = [box.x + box.width / 2, box.y + box.height / 2 + 14] as const;
    await page.mouse.move(...dot);
    await expect(page.locator(".tooltip")).toContainText("Click: one");
    await page.mouse.click(...dot);
    const satellite = page.getByTestId("satellite");
    await expect(satellite).toContainText(/Height\s*6\d\d\.\d km/);
    await expect(satellite).toContainText("km/s");
    await expect(page.locator(".globe-labels .ring")).toHaveCount(1);
    await expect(legend).toContainText("Track of the satellite, 5 min back");
    await expect(page).toHaveURL(/sat=0/);
    await satellite.getByRole("table").getByRole("button").first().click();
    await expect(app.cell).toBeVisible();
    await page.screenshot({ path: info.outputPath("satellite.png") });
    await page.keyboard.press("Escape");
    await expect(satellite).toHaveCount(0);
    await expect(legend).not.toContainText("Track of");
  });

  await test.step("the picture holds the globe and more under it", async () => {
    const arrives = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save picture" }).click();
    const file = await arrives;
    expect(file.suggestedFilename()).toMatch(/^small-row-\d{6}\.\d\.png$/);
    const bytes = await readFile((await file.path())!);
    await file.saveAs(info.outputPath("saved.png"));
    const globe = (await app.globe.boundingBox())!;
    expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(Math.floor(globe.width));
    expect(bytes.readUInt32BE(20)).toBeGreaterThan(globe.height + 40);
    // an empty globe would pack into far less
    expect(bytes.length).toBeGreaterThan(50_000);
  });
});

test("a tour offers to plan what it needs, and leads through it", async ({ open }, info) => {
  const app = await open();
  const { page } = app;
  const tour = page.getByTestId("tour");
  await page.getByRole("button", { name: "Tours" }).click();
  await page.getByRole("button", { name: "Sixty-six satellites from pole to pole" }).click();
  await expect(tour).toContainText("none is kept yet");
  await tour.getByRole("button", { name: "Plan it now" }).click();
  await expect(tour.getByRole("heading", { name: "Six planes" })).toBeVisible({ timeout: 100_000 });
  await expect(tour).toContainText("1 of 3");
  await expect(page.getByTestId("legend")).toContainText("where the sun is down");
  await app.settle();
  await page.screenshot({ path: info.outputPath("tour-1.png") });

  await tour.getByRole("button", { name: "Next" }).click();
  await expect(tour.getByRole("heading", { name: "Large cells in the north" })).toBeVisible();
  await app.shows(150);
  await app.settle();
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: info.outputPath("tour-2.png") });
  await page.setViewportSize({ width: 1024, height: 700 });
  await app.settle();
  await page.screenshot({ path: info.outputPath("tour-small.png") });

  await tour.getByRole("button", { name: "Back" }).click();
  await expect(tour).toContainText("1 of 3");
  await tour.getByRole("button", { name: "Full screen" }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.className)).toBe("stage");
  await tour.getByRole("button", { name: "End the tour" }).click();
  await expect(tour).toHaveCount(0);
  expect(await page.evaluate(() => document.fullscreenElement)).toBeNull();
  // folded in a small window
  await page.getByRole("group", { name: "Map" }).getByText("Layers", { exact: true }).click();
  await expect(page.getByRole("checkbox", { name: "Day and night" })).not.toBeChecked();
});
