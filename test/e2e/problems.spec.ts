import { readFileSync } from "node:fs";
import { dataFile } from "./doors.ts";
import { expect, test } from "./fixtures.ts";

test("a scenario with problems is refused with every field, reason and remedy", async ({ open }) => {
  const app = await open();
  await app.chooseFile(dataFile("problems.json"));
  const problems = app.panel("Scenario").getByRole("alert");
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

test("a file is read wherever on the page it is dropped", async ({ open }) => {
  const app = await open();
  const text = readFileSync(dataFile("one-good-one-bad.tle"), "utf8");
  const dataTransfer = await app.page.evaluateHandle((content) => {
    const files = new DataTransfer();
    files.items.add(new File([content], "dropped.tle"));
    return files;
  }, text);
  const taken = await app.globe.evaluate(
    (globe, files) =>
      ["dragover", "drop"].map(
        (type) =>
          !globe.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true })),
      ),
    dataTransfer,
  );
  expect(taken).toEqual([true, true]);
  await expect(app.page.getByText("1 accepted, 2 rejected")).toBeVisible();
});

test("a wrong seed keeps what was typed and holds the plan back", async ({ open }) => {
  const app = await open();
  await app.page.getByLabel("Seed").fill("1.5");
  await expect(app.page.getByText("A whole number from 0")).toBeVisible();
  await expect(app.page.getByLabel("Seed")).toHaveValue("1.5");
  await expect(app.plan).toBeDisabled();
});

test("frames that failed stop the clock and say so; seeking asks for them again", async ({
  open,
  workplace,
}) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  const app = await open();
  let broken = true;
  await app.page.route("**/frames?*", (route) =>
    broken ? route.fulfill({ body: "nothing" }) : route.continue(),
  );
  await app.page.goto(`${app.page.url().split("#")[0]}#run=${run}&t=10`);
  const message = app.page.getByText("The run cannot be shown");
  await expect(message).toBeVisible();
  await app.page.keyboard.press("Space");
  await expect(app.page.getByRole("button", { name: /^Play/ })).toBeVisible();
  await expect(message).toBeVisible();
  broken = false;
  await app.scrubTo(20);
  await app.shows(20);
  await expect(message).toHaveCount(0);
});
