import { readFile } from "node:fs/promises";
import { dataFile, electronBinary } from "./doors.ts";
import { expect, test } from "./fixtures.ts";

// Three people, each from a first start; the screenshots are kept with the results. Planning from an empty program is
// followed in journey.spec.ts, the tours' steps in tour.spec.ts.

// oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures it needs from this pattern
test.beforeEach(({}, info) => {
  test.skip(info.project.name === "electron" && electronBinary() === null, "no Electron binary");
});

test("a planner inspects orbits, mends a scenario, plans it and compares it", async ({ open }, info) => {
  const app = await open();
  const { page } = app;
  await expect(page.getByTestId("first-steps")).toContainText("0 of 4 done");

  await test.step("an element file is inspected, line by line", async () => {
    await app.chooseFile(dataFile("one-good-one-bad.tle"));
    await expect(page.getByText("1 accepted, 2 rejected")).toBeVisible();
  });

  await test.step("a field is changed, with its unit and range, and undone", async () => {
    await app.chooseFile(dataFile("small.json"));
    await page.getByRole("button", { name: "Edit this scenario" }).click();
    const form = page.getByRole("group", { name: "Fields of the scenario" });
    await form.locator("summary", { hasText: "Users and places" }).click();
    const count = form.getByLabel("Count");
    await count.fill("1500");
    await page.keyboard.press("Control+z");
    await expect(count).toHaveValue("2000");
    await page.keyboard.press("Control+Shift+Z");
    await expect(count).toHaveValue("1500");
    await page.screenshot({ path: info.outputPath("planner-form.png") });
  });

  await test.step("the plan shows constellation, cells and coverage", async () => {
    await app.plan.click();
    await expect(app.summary).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText("1,500").first()).toBeVisible();
    await app.layer("Coverage", true);
    await expect(page.getByTestId("legend")).toContainText(/satellites? .*above/i);
    await app.settle();
    await page.screenshot({ path: info.outputPath("planner.png") });
    await app.layer("Coverage", false);
  });

  await test.step("a copy differs in the fields that were changed", async () => {
    await page.getByRole("button", { name: "Duplicate the scenario" }).click();
    await page.getByRole("button", { name: "Compare scenarios" }).click();
    await page.getByLabel("Or with a file").setInputFiles(dataFile("small.json"));
    const rows = page.getByRole("table", { name: "Fields that differ" }).locator("tbody tr");
    await expect(rows.filter({ hasText: "users.count" })).toContainText("1,500");
    await page.keyboard.press("Escape");
  });
});

test("an analyst goes from the peak to the worst cell, one handover and its link", async ({
  open,
  workplace,
}, info) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  const app = await open();
  const { page } = app;
  await app.layout("Analyst");
  await app.show("Runs");
  await page.locator("button.run").first().click();
  await expect(page).toHaveURL(new RegExp(`#run=${run}`));

  await test.step("at the peak the cells glow, and the worst one has its storm", async () => {
    await app.layer("Heat of handovers", true);
    await page.keyboard.press("p");
    await app.show("Storm");
    await page.getByTestId("storm-spot").getByRole("button").click();
    await expect(page.getByTestId("ledger").locator(".chart canvas").first()).toBeVisible();
    await app.settle();
    await page.screenshot({ path: info.outputPath("analyst.png") });
  });

  await test.step("a handover of the second opens with its candidates, and its UE with the link", async () => {
    await page.getByTestId("procedures").getByRole("table").getByRole("button").first().click();
    await expect(page.getByTestId("handover").getByTestId("condition")).toBeVisible();
    await app.show("Link");
    await expect(page.getByRole("list", { name: /Link budget down/ })).toContainText("free space");
    await page.screenshot({ path: info.outputPath("analyst-link.png") });
    await page.getByLabel("UE, at the time of the clock").fill("7");
    await expect(page.getByRole("heading", { name: /^Link of UE 7 / })).toBeVisible();
    await app.show("Handover");
    await page.getByTestId("handover").getByRole("button", { name: "Link" }).click();
    await expect(page.getByRole("heading", { name: /^Link of UE .* before handover \d+/ })).toBeVisible();
  });

  await test.step("the same second under the other strategies", async () => {
    await app.show("Compare");
    await expect(page.getByTestId("strategies").locator(".chart canvas")).toBeVisible();
  });

  await test.step("a reload comes back to the same view", async () => {
    await expect(page).toHaveURL(/panel=compare/);
    const address = page.url();
    const time = await app.clock.innerText();
    await page.reload();
    await expect(page.getByTestId("strategies")).toBeVisible();
    await expect(app.clock).toHaveText(time);
    expect(page.url()).toBe(address);
  });
});

test("a presenter fills the screen, and takes a picture and a report along", async ({
  open,
  workplace,
}, info) => {
  const { handovers } = await workplace.plan(dataFile("small.json"));
  const app = await open();
  const { page } = app;
  await page.locator("button.run").first().click();
  await app.shows(30);
  await app.scrubTo(handovers.peakAtS);
  await app.layout("Presenter");
  await app.shows(Math.floor(handovers.peakAtS));
  await expect(page.locator(".big-clock")).toContainText("UTC");
  await app.settle();
  await page.screenshot({ path: info.outputPath("presenter.png") });

  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save picture" }).click();
  expect((await saving).suggestedFilename()).toMatch(/\.png$/);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("report html");
  const reporting = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const report = await readFile(await (await reporting).path(), "utf8");
  expect(report).toContain("<svg");
  expect(report).not.toMatch(/(?:src|href)="https?:/);
});
