import { dataFile } from "./doors.ts";
import { expect, test } from "./fixtures.ts";

test("a scenario with problems is refused with every field, reason and remedy", async ({ open }) => {
  const app = await open();
  await app.chooseFile(dataFile("problems.json"));
  const problems = app.page.getByRole("alert");
  for (const field of ["name", "altitudeKm", "users.count"]) await expect(problems).toContainText(field);
  for (const item of await problems.getByRole("listitem").all())
    expect((await item.locator("span").allInnerTexts()).every((text) => text.length > 3)).toBe(true);
  await expect(app.plan).toBeDisabled();
  await app.page.getByRole("button", { name: "Back to the samples" }).click();
  await expect(app.plan).toBeEnabled();
});

test("an element file is inspected: what is good is kept, what is bad is named with its line", async ({
  open,
}) => {
  const app = await open();
  await app.chooseFile(dataFile("one-good-one-bad.tle"));
  await expect(app.page.getByText("1 accepted, 2 rejected")).toBeVisible();
  await app.page.getByText("Rejected (2)").click();
  await expect(app.page.locator(".records li", { hasText: "line 5" })).toContainText("line 1 without line 2");
  await expect(app.page.getByLabel("Sample")).toHaveValue("starlink-catalogue");
  await expect(app.plan).toBeEnabled();
});

test("a wrong seed keeps what was typed and holds the plan back", async ({ open }) => {
  const app = await open();
  await app.page.getByLabel("Seed").fill("1.5");
  await expect(app.page.getByText("A whole number from 0")).toBeVisible();
  await expect(app.page.getByLabel("Seed")).toHaveValue("1.5");
  await expect(app.plan).toBeDisabled();
});
