import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { RunReader } from "../../../src/main/store/reader.ts";
import { blockOf, temporaryFolder } from "./kept-run.ts";

const RUN = "small-aaa111";
const BLOCKS = 150;
const EVENTS_PER_BLOCK = blockOf(0, 2).events.ue.length;

test("a reader sees whole blocks only, more and more of them, while another process writes; neither has to wait", async () => {
  const path = join(temporaryFolder(), "runs.db");
  const child = join(import.meta.dirname, "writing-child.ts");
  const writing = spawn(process.execPath, [child, path, RUN, String(BLOCKS)], {
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
      const frames = reader.frames(RUN, stepsDone - 2, 2 * BLOCKS);
      // each question sees the run as it stood at one instant, later ones never less
      expect(stepsDone % 2).toBe(0);
      expect(events % EVENTS_PER_BLOCK).toBe(0);
      expect(events / EVENTS_PER_BLOCK).toBeGreaterThanOrEqual(stepsDone / 2);
      expect((frames.firstStep + frames.steps) * EVENTS_PER_BLOCK).toBeGreaterThanOrEqual(2 * events);
      expect(frames.cellState).toEqual(blockOf(frames.firstStep, frames.steps).block.cellState);
      seen.add(stepsDone);
    }
    await sleep(1);
  }
  expect(await ended).toBe(0);
  expect(seen.size).toBeGreaterThan(1);
  expect(reader.run(RUN).stepsDone).toBe(2 * BLOCKS);
  expect(reader.density(RUN).reduce((a, b) => a + b, 0)).toBe(BLOCKS * EVENTS_PER_BLOCK);
  reader.close();
});
