import { dataFile } from "./doors.ts";
import { expect, test } from "./fixtures.ts";

test("the keyboard plays, steps and clears", async ({ open, workplace }) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}&t=10&cell=1`);
  const { page } = app;
  await app.shows(10);

  await page.keyboard.press("ArrowRight");
  await app.shows(11);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await app.shows(9);
  await page.keyboard.press("End");
  await expect(app.clock).toHaveText("00:01:00.0");
  await page.keyboard.press("Home");
  await expect(app.clock).toHaveText("00:00:00.0");

  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: /^Pause/ })).toBeVisible();
  await expect(app.clock).not.toHaveText("00:00:00.0");
  await page.keyboard.press("Space");
  const stood = await app.clock.innerText();
  await page.waitForTimeout(400);
  await expect(app.clock).toHaveText(stood);

  await expect(app.cell).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(app.cell).toHaveCount(0);
  await expect(page).not.toHaveURL(/cell=/);
});

test("a cell is reached without a mouse, and tabs answer to arrows", async ({ open, workplace }) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}`);
  await expect(app.summary).toBeVisible();
  await app.page.getByRole("tab", { name: "Run" }).focus();
  await app.page.keyboard.press("ArrowRight");
  const first = app.page
    .getByRole("table", { name: /highest peak/ })
    .getByRole("button")
    .first();
  await first.focus();
  await app.page.keyboard.press("Enter");
  await expect(app.cell.getByRole("heading", { name: /^Cell \d/ })).toBeVisible();
});
