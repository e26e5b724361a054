import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { dataFile } from "./doors.ts";
import { expect, test } from "./fixtures.ts";

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}`));
}

test("nothing serious stands in anybody's way, with a run, a cell, and on a small window", async ({
  open,
  workplace,
}, info) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}`);
  const { page } = app;
  await expect(app.summary).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await app.show("Cells");
  await page
    .getByRole("table", { name: /highest peak/ })
    .getByRole("button")
    .first()
    .click();
  await expect(app.cell.locator(".chart canvas")).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await page.setViewportSize({ width: 1024, height: 700 });
  await app.show("Scenario");
  await expect(page.getByRole("heading", { name: "Scenario" })).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: info.outputPath("small-window.png") });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test("nothing serious stands in anybody's way in an empty program, dark or light", async ({ open }) => {
  const app = await open();
  await expect(app.page.getByText("No run yet")).toBeVisible();
  for (const colorScheme of ["dark", "light"] as const) {
    await app.page.emulateMedia({ colorScheme });
    await expect(app.page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    expect(await serious(app.page)).toEqual([]);
  }
});
