import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { dataFile } from "./doors.ts";
import { expect, test } from "./fixtures.ts";

async function serious(page: Page, part = "body"): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")} ${n.failureSummary}`));
}

const command = (page: Page) => page.getByRole("combobox", { name: "Command" });
const chosen = (page: Page) => page.getByRole("dialog").getByRole("option", { selected: true });

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await command(page).fill(text);
}

const themeOf = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme);

test("everything is found by name and done without a mouse", async ({ open, workplace }) => {
  const { run, handovers } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}`);
  const { page } = app;
  await expect(app.summary).toBeVisible();

  await test.step("the list opens with the focus in it, and arrows choose", async () => {
    await page.keyboard.press("Control+k");
    await expect(command(page)).toBeFocused();
    await expect(chosen(page)).toHaveCount(1);
    const first = await chosen(page).innerText();
    await page.keyboard.press("ArrowDown");
    expect(await chosen(page).innerText()).not.toBe(first);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    const last = await page.getByRole("dialog").getByRole("option").last().textContent();
    await expect(chosen(page)).toHaveText(last!);
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  await test.step("the peak", async () => {
    await type(page, "go peak");
    await expect(chosen(page)).toContainText("Peak: cell");
    await page.keyboard.press("Enter");
    await app.shows(Math.floor(handovers.peakAtS));
    await expect(app.cell.getByRole("heading", { name: /^Cell \d/ })).toBeVisible();
  });

  await test.step("a cell by its number, an instant by its time", async () => {
    await type(page, "cell 3");
    await page.keyboard.press("Enter");
    await expect(app.cell.getByRole("heading", { name: /^Cell 3/ })).toBeVisible();
    await type(page, "12 s");
    await page.keyboard.press("Enter");
    await expect(app.clock).toHaveText("00:00:12.0");
    await type(page, "00:00:25");
    await page.keyboard.press("Enter");
    await expect(app.clock).toHaveText("00:00:25.0");
  });

  await test.step("a satellite by its name, a UE by its number", async () => {
    await type(page, "satellite one");
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("satellite")).toContainText("km/s");
    await type(page, "ue 7");
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("link").getByRole("heading", { name: /^Link of UE 7 / })).toBeVisible();
    await expect(page).toHaveURL(/sat=0&ue=7/);
    await type(page, "clear the selection");
    await page.keyboard.press("Enter");
    await expect(page).not.toHaveURL(/cell=|sat=|ue=/);
  });

  await test.step("letters need not stand together, and what was used last comes first", async () => {
    await type(page, "sgnl strm");
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("storm-map")).toBeVisible();
    await page.keyboard.press("Control+k");
    await expect(chosen(page)).toContainText("Show Storm");
    await page.keyboard.press("Escape");
  });

  await test.step("colours, speed and a table to save", async () => {
    await type(page, "colour sinr");
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Colour UEs by")).toHaveValue("sinr");
    await type(page, "×60");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "×60" })).toHaveAttribute("aria-pressed", "true");
    await type(page, "local time");
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("local-clock")).toHaveText(/^\d\d:\d\d:\d\d\.\d UTC/);
    await expect(app.clock).toHaveText("00:00:25.0");
    await type(page, "export handover events csv");
    const saving = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    expect((await saving).suggestedFilename()).toMatch(/events.*\.csv$/);
    await type(page, "save picture");
    const painting = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    expect((await painting).suggestedFilename()).toMatch(/\.png$/);
    await type(page, "report html");
    const reporting = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    expect((await reporting).suggestedFilename()).toMatch(/\.html$/);
  });

  await test.step("nothing fits: it says so", async () => {
    await type(page, "qqqq");
    await expect(page.getByText("Nothing is called that.")).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(command(page)).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("the keys are listed", async () => {
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard and pointer" })).toContainText("play backwards");
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await type(page, "keyboard");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Keyboard and pointer" })).toBeVisible();
    await page.keyboard.press("Escape");
  });
});

test("a light page is as legible as the dark one, and is remembered", async ({ open, workplace }, info) => {
  test.setTimeout(240_000);
  const { run } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}&cell=2`);
  const { page } = app;
  await expect(app.cell.locator(".chart canvas")).toBeVisible();
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await expect.poll(() => themeOf(page)).toBe(theme);
    // the dark tabs are looked at in accessibility.spec.ts
    for (const panel of theme === "light" ? ["Run", "Storm", "Learn", "Cells"] : []) {
      await type(page, `show ${panel}`);
      await page.keyboard.press("Enter");
      const tab = page.getByRole("tab", { name: panel, exact: true, selected: true });
      const place = `#${await tab.getAttribute("aria-controls")}`;
      expect(await serious(page, place), `${panel}, ${theme}`).toEqual([]);
    }
    expect(await serious(page), theme).toEqual([]);
    await page.screenshot({ path: info.outputPath(`${theme}.png`) });
  }
  const colourOf = () => page.evaluate(() => getComputedStyle(document.documentElement).color);
  const dark = await colourOf();
  await page.getByRole("button", { name: "Light theme" }).click();
  await expect.poll(() => themeOf(page)).toBe("light");
  expect(await colourOf()).not.toBe(dark);
  await page.reload();
  await expect.poll(() => themeOf(page)).toBe("light");
  await expect(page.getByRole("button", { name: "Dark theme" })).toBeVisible();
});

test("a newcomer is led, and what happened stands in the log", async ({ open }, info) => {
  test.setTimeout(240_000);
  const app = await open();
  const { page } = app;
  const steps = page.getByTestId("first-steps");
  await expect(steps).toContainText("0 of 4 done");
  await app.chooseFile(dataFile("small.json"));
  await steps.getByRole("button", { name: /Open a run/ }).click();
  await expect(app.summary).toBeVisible({ timeout: 60_000 });

  await test.step("a toast tells, and goes; the log keeps", async () => {
    const toast = page.getByTestId("toasts").getByText(/^Run .* is planned/);
    await expect(toast).toBeVisible();
    await expect(toast).toHaveCount(0);
    await page.getByRole("button", { name: /^Log, \d+ new/ }).click();
    await expect(page.getByTestId("log").getByRole("listitem").filter({ hasText: "is planned" })).toHaveText(
      /\d\d:\d\d:\d\d.*Done/,
    );
    expect(await serious(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath("log.png") });
    await page.getByRole("button", { name: "Close the log" }).click();
  });

  await test.step("each step does what it says and is ticked", async () => {
    await expect(steps).toContainText("1 of 4 done");
    for (const name of [/Scrub to the peak/, /Open the cell/, /Compare the strategies/])
      await steps.getByRole("button", { name }).click();
    await expect(steps).toContainText("4 of 4 done");
  });

  await test.step("a chart is read as a table", async () => {
    const chart = page.getByTestId("strategies").locator(".chart");
    await chart.getByRole("button", { name: /^Values as a table/ }).click();
    await expect(chart.getByRole("table")).toBeVisible();
    expect(await chart.getByRole("row").count()).toBeGreaterThan(10);
    expect(await serious(page)).toEqual([]);
    await chart.getByRole("button", { name: /^Values as a table/ }).click();
    await expect(chart.locator("canvas")).toBeVisible();
  });

  await test.step("once dismissed, it stays away", async () => {
    await steps.getByRole("button", { name: "Dismiss the first steps" }).click();
    await expect(steps).toHaveCount(0);
    await page.reload();
    // the panel in front comes back too
    await expect(page.getByTestId("strategies")).toBeVisible();
    await expect(steps).toHaveCount(0);
  });
});
