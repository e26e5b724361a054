import { readFile } from "node:fs/promises";
import { dataFile } from "./doors.ts";
import { expect, test } from "./fixtures.ts";

test("a scenario is edited in the form, mended, undone, saved and kept over a reload", async ({
  open,
}, info) => {
  const app = await open();
  const { page } = app;
  await app.chooseFile(dataFile("small.json"));
  // until the file is read, the button is that of the sample
  await expect(app.panel("Scenario").getByText("small.json", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Edit this scenario" }).click();
  const form = page.getByRole("group", { name: "Fields of the scenario" });
  const count = form.getByLabel("Count");
  const notSaved = page.getByText("not saved", { exact: true });

  await test.step("a wrong field says so in its place and holds the plan back", async () => {
    await form.locator("summary", { hasText: "Users and places" }).click();
    await expect(notSaved).toHaveCount(0);
    await count.fill("0");
    await expect(form.locator(".entry", { has: page.getByLabel("Count") })).toContainText("0 is below 1");
    await expect(count).toHaveAttribute("aria-invalid", "true");
    await expect(app.plan).toBeDisabled();
    await page.screenshot({ path: info.outputPath("scenario-form.png") });
  });

  await test.step("its problem leads to it from anywhere", async () => {
    await form.locator("summary", { hasText: "Users and places" }).click();
    await expect(count).toHaveCount(0);
    await form.getByRole("button", { name: "users.count" }).click();
    await expect(count).toBeFocused();
  });

  await test.step("undo and redo go by field", async () => {
    await count.fill("1234");
    await expect(app.plan).toBeEnabled();
    await page.keyboard.press("Control+z");
    await expect(count).toHaveValue("0");
    await page.keyboard.press("Control+z");
    await expect(count).toHaveValue("2000");
    await expect(notSaved).toHaveCount(0);
    await page.keyboard.press("Control+Shift+Z");
    await page.keyboard.press("Control+Shift+Z");
    await expect(count).toHaveValue("1234");
    await expect(notSaved).toBeVisible();
  });

  await test.step("a reload brings the draft back", async () => {
    await expect(app.plan).toBeEnabled();
    await page.reload();
    await page.getByRole("button", { name: "Edit this scenario" }).click();
    await form.locator("summary", { hasText: "Users and places" }).click();
    await expect(count).toHaveValue("1234");
    await expect(notSaved).toBeVisible();
  });

  await test.step("comparing lists the fields that differ", async () => {
    await page.getByRole("button", { name: "Duplicate the scenario" }).click();
    await form.locator("summary", { hasText: "Radio" }).click();
    await form.getByRole("textbox", { name: /^Frequency/ }).fill("2.5");
    await page.getByRole("button", { name: "Compare scenarios" }).click();
    const rows = page.getByRole("table", { name: "Fields that differ" }).locator("tbody tr");
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(1)).toContainText("radio.frequencyGHz");
    await page.getByLabel("Or with a file").setInputFiles(dataFile("small.json"));
    await expect(rows).toHaveCount(3);
    await expect(rows.filter({ hasText: "users.count" })).toContainText("2,000");
    await page.screenshot({ path: info.outputPath("compare.png") });
    await page.keyboard.press("Escape");
  });

  await test.step("the saved file holds what was typed", async () => {
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as a file" }).click();
    const saved = JSON.parse(await readFile(await (await saving).path(), "utf8")) as Record<string, unknown>;
    expect(saved).toMatchObject({ users: { count: 1234 }, radio: { frequencyGHz: 2.5 } });
    await expect(notSaved).toHaveCount(0);
  });
});
