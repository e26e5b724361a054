import { readFile } from "node:fs/promises";
import { CATEGORIES, COLOURS } from "../../src/renderer/session/palette.ts";
import { dataFile, electronBinary } from "./doors.ts";
import { expect, test } from "./fixtures.ts";
import { differences } from "./pages/pixels.ts";

/** Keeps every value that the progress bar showed, however short it was there. */
const recordProgress = () => {
  const seen: number[] = [];
  Object.assign(window, { progressSeen: seen });
  new MutationObserver(() => {
    const bar = document.querySelector('[role="progressbar"]');
    const value = Number(bar?.getAttribute("aria-valuenow"));
    if (bar && value !== seen.at(-1)) seen.push(value);
  }).observe(document, { subtree: true, childList: true, attributes: true });
};

test("from an empty program to a cell's handovers", async ({ open }, info) => {
  test.skip(info.project.name === "electron" && electronBinary() === null, "no Electron binary");
  const app = await open();
  const { page } = app;

  await test.step("an empty program says what to do", async () => {
    await expect(page.getByRole("heading", { name: "Plan handovers" })).toBeVisible();
    await expect(page.getByText("No run yet")).toBeVisible();
  });

  await test.step("the content security policy forbids eval", async () => {
    const policy = await page.evaluate(async () =>
      (await fetch(location.pathname)).headers.get("content-security-policy")!,
    );
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("'unsafe-eval'");
  });

  await test.step("a scenario file is chosen and planned, and the progress grows", async () => {
    await page.evaluate(recordProgress);
    await app.chooseFile(dataFile("small.json"));
    await expect(page.getByText("One satellite, three cells in a row")).toBeVisible();
    await app.plan.click();
    await expect(app.summary).toBeVisible({ timeout: 60_000 });
    const seen = await page.evaluate(() => (window as unknown as { progressSeen: number[] }).progressSeen);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  const total = await test.step("the summary has figures, clusters and classifiers", async () => {
    const figure = app.summary.locator(".figure").filter({ hasText: "handovers" }).first().locator("b");
    const handovers = Number((await figure.innerText()).replaceAll(",", ""));
    expect(handovers).toBeGreaterThan(100);
    await expect(app.summary.getByRole("heading", { name: "3 clusters" })).toBeVisible();
    await expect(app.summary.getByRole("table", { name: "Centroids of the clusters" })).toContainText("2");
    await expect(
      app.summary.getByRole("table", { name: "Metrics of the classifiers" }).locator("tr"),
    ).toHaveCount(6);
    return handovers;
  });

  await test.step("the clock stands at the marked instant, and a scrub moves it and the globe", async () => {
    await app.shows(30);
    await app.scrubTo(20);
    await app.shows(20);
    await expect(app.clock).toHaveText("00:00:20.0");
  });

  await test.step("cells, UEs and events are on the globe", async () => {
    const cells = CATEGORIES.slice(0, 3);
    const all = await app.picture(info.outputPath("globe-cells.png"));
    for (const count of await app.coloursIn(all, cells)) expect(count).toBeGreaterThan(100);
    for (const [layer, least] of [
      ["Events", 30],
      ["Cells", 300],
      ["Satellites", 10],
    ] as const) {
      await app.layer(layer, false);
      const without = await app.picture();
      expect(await differences(page, all, without), `pixels of ${layer}`).toBeGreaterThan(least);
      await app.layer(layer, true);
    }
    await app.colourBy("Handover-ready");
    const ready = await app.picture(info.outputPath("globe-ready.png"));
    for (const count of await app.coloursIn(ready, [COLOURS.ready, COLOURS.notReady]))
      expect(count).toBeGreaterThan(50);
    await app.colourBy("Serving cell");
  });

  await test.step("a click on a cell shows its chart with the clock's line", async () => {
    await app.clickCell(2);
    await expect(app.cell.getByRole("heading", { name: /^Cell 2/ })).toBeVisible();
    await expect(app.cell.locator(".chart canvas")).toBeVisible();
    await expect(app.cell.locator(".chart-marker")).toBeVisible();
    await app.page.screenshot({ path: info.outputPath("cell.png") });
  });

  await test.step("the events can be saved, one row for each handover", async () => {
    const saving = page.waitForEvent("download");
    await app.cell.getByRole("link", { name: "Events of all cells, CSV" }).click();
    const rows = (await readFile(await (await saving).path(), "utf8")).trim().split(/\r?\n/);
    expect(rows).toHaveLength(total + 1);
    expect(rows[0]).toMatch(/ue/i);
  });

  await test.step("a reload returns to the same run, time and cell", async () => {
    await expect(page).toHaveURL(/#run=.+&t=20&cell=2$/);
    await page.reload();
    await app.shows(20);
    await expect(app.clock).toHaveText("00:00:20.0");
    await expect(app.cell.getByRole("heading", { name: /^Cell 2/ })).toBeVisible();
  });
});
