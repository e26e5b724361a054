import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import type { LibraryModel } from "../../src/shared/study.ts";
import { dataFile, rootFolder } from "./doors.ts";
import { expect, test } from "./fixtures.ts";

async function serious(page: Page, part: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}`));
}

/** The text of the file that a button gives. */
async function saved(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

const terminal = async (...args: string[]) =>
  (await promisify(execFile)(process.execPath, ["out/main/cli.js", ...args], { cwd: rootFolder })).stdout;

const field = (page: Page, name: string) => page.getByRole("combobox", { name, exact: true });

test("a model is trained in sight, judged by pictures, kept, and used on the run", async ({
  open,
  workplace,
}, info) => {
  test.setTimeout(300_000);
  const { run } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}`);
  const { page } = app;
  const report = page.getByTestId("report");
  const pictures = report.getByTestId("picture");
  await expect(app.summary).toBeVisible();
  await app.show("Learn");

  await test.step("nothing learned yet is said", async () => {
    await expect(page.getByTestId("learn")).toContainText("None yet. Each keeps its report here");
    expect(await serious(page, ".dock")).toEqual([]);
  });

  await test.step("its loss falls while it trains, and its report opens", async () => {
    await field(page, "What").selectOption("forecast");
    await field(page, "Size").selectOption("full");
    const live = page.getByTestId("live").getByRole("img", { name: /Training of/ });
    const seen = live.waitFor();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await seen;
    await page.screenshot({ path: info.outputPath("live.png") });
    await expect(report).toBeVisible({ timeout: 90_000 });
    await expect(report.getByRole("heading").first()).toContainText("LSTM");
  });

  await test.step("its pictures are drawn, and saved as SVG and CSV", async () => {
    await expect(pictures.first().locator("svg[role=img] .data > *").first()).toBeAttached();
    expect(await pictures.count()).toBeGreaterThan(1);
    const svg = await saved(page, pictures.first().getByRole("button", { name: "SVG" }));
    expect(svg.name).toMatch(/^forecast-001-.*\.svg$/);
    expect(
      await page.evaluate(
        (text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror"),
        svg.text,
      ),
    ).toBeNull();
    const csv = await saved(page, pictures.first().getByRole("button", { name: "CSV" }));
    expect(csv.text).toMatch(/^series,"time ahead, s","RMSE of the SINR, dB"/);
    expect(await serious(page, ".dock")).toEqual([]);
    await page.screenshot({ path: info.outputPath("report.png") });
  });

  await test.step("a picture is enlarged, the arrows go on, Esc closes it and nothing else", async () => {
    await pictures
      .first()
      .getByRole("button", { name: /^Enlarge/ })
      .click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(/Picture 1 of/);
    await page.keyboard.press("ArrowRight");
    await expect(dialog).toContainText(/Picture 2 of/);
    const wide = await dialog.locator("svg[role=img]").boundingBox();
    expect(wide!.width).toBeGreaterThan(900);
    expect(await serious(page, "dialog")).toEqual([]);
    await page.screenshot({ path: info.outputPath("enlarged.png") });
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(report).toBeVisible();
  });

  await test.step("tables carry their units", async () => {
    await report.getByRole("tab", { name: /^Tables/ }).click();
    const table = report.getByTestId("table").first();
    await expect(table.getByRole("columnheader").first()).toBeVisible();
    await expect(table).toContainText("dB");
    expect(await serious(page, ".dock")).toEqual([]);
  });

  await test.step("a classifier is trained, kept, and says which UEs of the run it calls ready", async () => {
    await report.getByRole("button", { name: "Back to the studies" }).click();
    await field(page, "What").selectOption("train");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await expect(report.getByRole("img", { name: /^Confusion matrix/ })).toBeVisible({ timeout: 60_000 });
    await report.getByRole("button", { name: "Back to the studies" }).click();
    const library = page.getByTestId("library");
    await expect(library).toContainText("classifier");
    await expect(library).toContainText(/accuracy \d+\.\d\d %/);
    await expect(library).toContainText(/RMSE \d\.\d{3} dB/);
    await library.getByRole("button", { name: "Use on this run" }).first().click();
    await expect(report.getByRole("heading").first()).toContainText(run, { timeout: 60_000 });
  });

  await test.step("a small window holds it all", async () => {
    await page.setViewportSize({ width: 1024, height: 700 });
    const panel = app.panel("Learn");
    expect(await panel.evaluate((e) => e.scrollWidth - e.clientWidth)).toBeLessThanOrEqual(0);
    await report.getByRole("button", { name: "Back to the studies" }).click();
    await expect(page.getByRole("button", { name: /^LSTM|LSTM, / }).first()).toBeVisible();
    expect(await panel.evaluate((e) => e.scrollWidth - e.clientWidth)).toBeLessThanOrEqual(0);
    expect(await serious(page, ".dock")).toEqual([]);
    await page.screenshot({ path: info.outputPath("small-window.png") });
  });
});

test("a paper is followed, stopped, and what it had done is kept", async ({ open }) => {
  const app = await open();
  const { page } = app;
  await app.show("Learn");
  await field(page, "What").selectOption("paper-b");
  await page.getByRole("button", { name: "Start", exact: true }).click();
  const watched = page.getByTestId("study-job");
  await expect(watched.getByRole("progressbar")).toBeVisible();
  await expect(watched).toContainText(/≈ .* left/);
  await watched.getByRole("button", { name: "Cancel" }).click();
  await expect(watched).toContainText("What was done is kept");
  const row = page.getByRole("button", { name: /paper-b-001/ });
  // an engine too busy to answer within 3 s is ended, and leaves the study interrupted
  await expect(row).toContainText(/cancelled|interrupted/);
  await expect(row).toBeDisabled();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(watched.getByRole("progressbar")).toBeVisible();
  await expect(page.getByRole("banner")).toContainText(/Paper B: predictive conditional handover \d+ %/);
  await watched.getByRole("button", { name: "Cancel" }).click();
  await expect(watched).toContainText("What was done is kept");
});

test("a model that is brought along stands in the library beside those made here", async ({
  open,
  workplace,
}) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  await terminal("train", run, "--model", "logistic", "--name", "mine", "--db", workplace.db);
  const [mine] = JSON.parse(await terminal("models", "--json", "--db", workplace.db)) as LibraryModel[];
  const [graph, card] = ["brought.onnx", "brought.json"].map((name) => join(workplace.folder, name));
  await terminal("models", "export", "mine", "-o", graph, "--db", workplace.db);
  writeFileSync(card, JSON.stringify(mine.card));

  const app = await open(`#run=${run}`);
  const { page } = app;
  await expect(app.summary).toBeVisible();
  await app.show("Learn");
  const library = page.getByTestId("library");
  const files = library.locator('input[type="file"]');
  await files.setInputFiles(graph);
  await expect(library).toContainText("brought.onnx is here; give its card (.json) too");
  await files.setInputFiles(card);
  await expect(page.getByTestId("report").getByRole("heading").first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Back to the studies" }).click();
  await expect(library.getByRole("heading", { name: /^brought/ })).toBeVisible();
  await expect(library.getByRole("heading", { name: /^mine/ })).toBeVisible();
});
