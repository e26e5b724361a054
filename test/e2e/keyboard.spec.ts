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

  await test.step("backwards, faster and slower", async () => {
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+Space");
    await expect(page.getByRole("button", { name: /^Reverse/ })).toHaveAttribute("aria-pressed", "true");
    await expect(app.clock).toHaveText(/^00:00:5/);
    await page.keyboard.press("Space");
    await expect(page.getByRole("button", { name: /^Play/ })).toBeVisible();
    await page.keyboard.press(".");
    await expect(page.getByRole("button", { name: "×2", exact: true })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await page.keyboard.press(",");
  });

  await test.step("from peak to peak", async () => {
    await page.keyboard.press("Home");
    await page.keyboard.press("p");
    const first = page.getByRole("button", { name: /^Peak \d: / }).first();
    await expect(first).toHaveAccessibleName(
      new RegExp(`: ${(await app.clock.innerText()).slice(0, 8)} UTC`),
    );
    await page.keyboard.press("Shift+P");
    await expect(page.getByRole("button", { name: /^Peak \d: / }).last()).toHaveAccessibleName(
      new RegExp(`: ${(await app.clock.innerText()).slice(0, 8)} UTC`),
    );
  });

  await test.step("a loop stays within its range until Escape lets go of it", async () => {
    await app.scrubTo(20);
    await page.keyboard.press("[");
    await app.scrubTo(22);
    await page.keyboard.press("]");
    await expect(page.getByTestId("range")).toHaveText("Loop 00:00:20.0 to 00:00:22.0");
    await expect(page.getByRole("button", { name: /^Loop/ })).toHaveAttribute("aria-pressed", "true");
    await page.keyboard.press("Space");
    await expect(app.clock).toHaveText(/^00:00:20/);
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("range")).toHaveCount(0);
    await page.keyboard.press("l");
  });

  await expect(app.cell).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(app.cell).toHaveCount(0);
  await expect(page).not.toHaveURL(/cell=/);
});

test("a cell is reached without a mouse, and tabs answer to arrows", async ({ open, workplace }) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}`);
  await expect(app.summary).toBeVisible();
  await app.page.getByRole("tab", { name: "Run", exact: true }).focus();
  await app.page.keyboard.press("ArrowRight");
  const first = app.page
    .getByRole("table", { name: /highest peak/ })
    .getByRole("button")
    .first();
  await first.focus();
  await app.page.keyboard.press("Enter");
  await expect(app.cell.getByRole("heading", { name: /^Cell \d/ })).toBeVisible();
});
