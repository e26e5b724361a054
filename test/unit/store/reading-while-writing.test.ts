import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { RunReader } from "../../../src/main/store/reader.ts";
import { blockOf, handoversIn, temporaryFolder } from "./kept-run.ts";

const RUN = "small-aaa111";
/** How many states of the run the reader wants to have met before the writer ends. */
const STATES = 20;
const EVENTS_PER_BLOCK = blockOf(0, 2).events.ue.length;

test("a reader sees whole blocks only, more and more of them, while another process writes; neither has to wait", async () => {
  const folder = temporaryFolder();
  const [path, enough] = [join(folder, "runs.db"), join(folder, "enough")];
  const child = join(import.meta.dirname, "writing-child.ts");
  const writing = spawn(process.execPath, [child, path, RUN, "100000", enough], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => writing.on("exit", resolve));
  const reader = new RunReader(path);
  const seen = new Set<number>();
  while (writing.exitCode === null) {
    const begun = reader.runs().find(({ run }) => run === RUN);
    if (begun) {
      const { stepsDone } = begun;
      const events = reader.events(RUN).ue.length;
      const frames = reader.frames(RUN, stepsDone - 2, 1e9);
      // each question sees the run as it stood at one instant, later ones never less
      expect(stepsDone % 2).toBe(0);
      expect(events % EVENTS_PER_BLOCK).toBe(0);
      expect(events / EVENTS_PER_BLOCK).toBeGreaterThanOrEqual(stepsDone / 2);
      expect((frames.firstStep + frames.steps) * EVENTS_PER_BLOCK).toBeGreaterThanOrEqual(2 * events);
      expect(frames.cellState).toEqual(blockOf(frames.firstStep, frames.steps).block.cellState);
      seen.add(stepsDone);
      if (seen.size === STATES) writeFileSync(enough, "");
    }
    await sleep(1);
  }
  expect(await ended).toBe(0);
  expect(seen.size).toBeGreaterThanOrEqual(STATES);
  const { stepsDone } = reader.run(RUN);
  expect(stepsDone).toBeGreaterThanOrEqual(2 * STATES - 2);
  expect(reader.density(RUN).reduce((a, b) => a + b, 0)).toBe(handoversIn(reader.events(RUN)));
  reader.close();
});
