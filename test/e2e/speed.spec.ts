import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { scenarioFile } from "./doors.ts";
import { expect, test } from "./fixtures.ts";

const UES = 62_908;

test(`recolouring ${UES} UEs costs under 0.5 ms of JavaScript a tick`, async ({ open, workplace }, info) => {
  const small = scenarioFile("small.json");
  const path = join(workplace.folder, "many.json");
  const many = { ...small, name: "many", users: { ...small.users, count: UES } };
  writeFileSync(path, JSON.stringify(many));
  const { run } = await workplace.plan(path);
  const app = await open(`#run=${run}&t=5`);
  await app.shows(5);
  for (let step = 6; step <= 40; step++) {
    await app.page.keyboard.press("ArrowRight");
    await app.shows(step);
  }
  const stats = await app.stats();
  info.annotations.push({ type: "recolourMs", description: String(stats.recolourMs) });
  expect(stats.ues).toBe(UES);
  expect(stats.recolourMs).toBeLessThan(0.5);
  expect(stats.moveMs).toBeLessThan(2);
  await app.picture(info.outputPath("globe.png"));
});
