import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { scenarioFile } from "./doors.ts";
import type { Workplace } from "./doors.ts";
import type { Ear } from "./ear.ts";
import { expect, test } from "./fixtures.ts";
import type { BeamwalkPage } from "./pages/BeamwalkPage.ts";

/** A plan long enough that nobody waits for its end here. */
function longScenario(workplace: Workplace): string {
  const small = scenarioFile("small.json");
  const long = {
    ...small,
    name: "long",
    time: { durationS: 7200, markS: 3600 },
    users: { ...small.users, count: 50_000, placement: { kind: "cells", atS: 3600 } },
  };
  const path = join(workplace.folder, "long.json");
  writeFileSync(path, JSON.stringify(long));
  return path;
}

async function start(app: BeamwalkPage, workplace: Workplace): Promise<void> {
  await app.chooseFile(longScenario(workplace));
  const stream = app.page.waitForResponse(/\/events$/);
  await app.plan.click();
  await stream;
  await expect(app.progress).toBeVisible();
}

const streamEnds = (ear: Ear) =>
  expect.poll(() => ear.dropped).toContainEqual(expect.stringMatching("/events$"));

test("leaving the page ends its stream; coming back follows the plan again", async ({
  open,
  workplace,
  ear,
}) => {
  const app = await open();
  const { page } = app;
  await start(app, workplace);
  const address = page.url();
  await page.goto("about:blank");
  await streamEnds(ear);
  await page.goto(address);
  await expect(app.progress).toBeVisible();
  await expect(app.progress).toHaveAttribute("aria-valuenow", /\d/);
});

test("closing the view of a plan ends its stream, and the plan goes on", async ({ open, workplace, ear }) => {
  const app = await open();
  const { page } = app;
  await start(app, workplace);
  await page.getByRole("button", { name: /Stop watching/ }).click();
  await streamEnds(ear);
  await expect(app.progress).toHaveCount(0);
  await page.getByRole("button", { name: "Watch" }).click();
  await expect(app.progress).toBeVisible();
  await page.reload();
  await expect(app.progress).toBeVisible();
});

test("a cancelled plan says so and can be resumed", async ({ open, workplace }) => {
  const app = await open();
  const { page } = app;
  await start(app, workplace);
  await expect.poll(async () => Number(await app.progress.getAttribute("aria-valuenow"))).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "Cancelled" })).toBeVisible();
  await page.getByRole("button", { name: "Resume the plan" }).click();
  await expect(app.progress).toBeVisible();
});

test("a killed engine is told in words, and the plan can be resumed", async ({ open, workplace }) => {
  test.skip(process.platform !== "linux", "processes are found by /proc");
  const app = await open();
  const { page } = app;
  await start(app, workplace);
  await expect.poll(async () => Number(await app.progress.getAttribute("aria-valuenow"))).toBeGreaterThan(0);
  for (const engine of workplace.engines()) process.kill(engine, "SIGKILL");
  await expect(
    app.panel("Scenario").getByText(/engine process ended before its work was done \(signal SIGKILL\)/),
  ).toBeVisible();
  await page.getByRole("button", { name: "Resume the plan" }).click();
  await expect(app.progress).toBeVisible();
  await page.reload();
  await expect(app.progress).toBeVisible();
});
