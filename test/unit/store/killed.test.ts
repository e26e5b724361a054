import Database from "better-sqlite3";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { Random } from "../../../src/main/math/random.ts";
import { RunReader } from "../../../src/main/store/reader.ts";
import { RunWriter } from "../../../src/main/store/writer.ts";
import { blockOf, handoversIn, learningOf, problemsOf, startOf, temporaryFolder } from "./kept-run.ts";

const RUN = "small-aaa111";
const child = join(import.meta.dirname, "writing-child.ts");

/** Starts a writing process and kills it some time after its first block; answers the last step that it told of. */
async function killedAfter(path: string, run: string, delayMs: number): Promise<number> {
  const writing = spawn(process.execPath, [child, path, run, "100000"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<string | null>((resolve) => writing.on("exit", (_, signal) => resolve(signal)));
  let told = "";
  writing.stdout.on("data", (text) => (told += text));
  while (told === "" && writing.exitCode === null) await sleep(5);
  await sleep(delayMs);
  writing.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
  return Number(told.trimEnd().split("\n").at(-1));
}

/** Everything of a run that ends after `steps`, held against what was to be written. */
function expectComplete(reader: RunReader, run: string, steps: number) {
  const { cellState, rsrp, sinr } = blockOf(0, steps).block;
  expect(reader.frames(run, 0, steps)).toEqual({ firstStep: 0, steps, ues: 40, cellState, rsrp, sinr });
  const blocks = Array.from({ length: steps / 2 }, (_, i) => blockOf(2 * i, 2));
  const events = reader.events(run);
  expect([...events.timeMs]).toEqual(blocks.flatMap((b) => [...b.events.timeMs]));
  expect([...events.target]).toEqual(blocks.flatMap((b) => [...b.events.target]));
  expect(reader.density(run).reduce((a, b) => a + b, 0)).toBe(
    blocks.reduce((sum, { events: made }) => sum + handoversIn(made), 0),
  );
}

describe("a process killed at any instant", () => {
  test("leaves a database that opens, every block that it told of, and a run that can go on", async () => {
    const path = join(temporaryFolder(), "runs.db");
    const random = new Random(5, "kill");
    for (let i = 0; i < 10; i++) {
      const run = `killed-${i}`;
      const told = await killedAfter(path, run, random.next() * 120);
      const reader = new RunReader(path);
      const { status, stepsDone } = reader.run(run);
      expect(status).toBe("interrupted");
      expect(stepsDone).toBeGreaterThanOrEqual(told);
      expectComplete(reader, run, stepsDone);
      const writer = new RunWriter(path);
      expect(writer.resumePoint(run)).toMatchObject({ stepsDone, state: Buffer.of(stepsDone - 2, 2, 255) });
      writer.claim(run);
      writer.append(run, blockOf(stepsDone, 2));
      writer.close();
      expectComplete(reader, run, stepsDone + 2);
      reader.close();
    }
    const db = new Database(path, { readonly: true });
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.pragma("foreign_key_check")).toEqual([]);
    db.close();
  });
});

describe("a full disk", () => {
  class SmallDisk extends RunWriter {
    fill(spare: number) {
      const pages = this.db.pragma("page_count", { simple: true }) as number;
      this.db.pragma(`max_page_count = ${pages + spare}`);
    }
  }

  test("is told in words, and every block before stays", () => {
    const path = join(temporaryFolder(), "runs.db");
    const writer = new SmallDisk(path);
    writer.begin(startOf({ ues: 2000, stepsTotal: 2000 }));
    writer.fill(40);
    let steps = 0;
    const fill = () => {
      for (; steps < 1000; steps += 2) writer.append(RUN, blockOf(steps, 2, 2000));
    };
    expect(fill).toThrow(
      `The database "${path}" cannot grow: the disk is full (database or disk is full). Every complete block is kept: make room, then resume the run.`,
    );
    expect(steps).toBeGreaterThan(0);
    const reader = new RunReader(path);
    expect(reader.run(RUN).stepsDone).toBe(steps);
    expect(reader.frames(RUN, 0, 1000).cellState).toEqual(blockOf(0, steps, 2000).block.cellState);
    expect(reader.events(RUN).ue).toHaveLength(6 * steps);
    writer.fill(1000);
    writer.append(RUN, blockOf(steps, 2, 2000));
    expect(reader.run(RUN).stepsDone).toBe(steps + 2);
    reader.close();
    writer.close();
  });
});

describe("the owner of a run", () => {
  function open() {
    const path = join(temporaryFolder(), "runs.db");
    const writer = new RunWriter(path);
    const reader = new RunReader(path);
    /** Acts as if another process had done something. */
    const tamper = (sql: string, ...values: unknown[]) => {
      const db = new Database(path);
      db.prepare(sql).run(...values);
      db.close();
    };
    onTestFinished(() => {
      reader.close();
      writer.close();
    });
    writer.begin(startOf());
    writer.append(RUN, blockOf(0, 2));
    return { path, writer, reader, tamper };
  }

  test("is alive while its process is and sends signs of life; else the run is interrupted", () => {
    const { path, writer, reader, tamper } = open();
    expect(reader.run(RUN).status).toBe("running");
    tamper("UPDATE run SET heartbeat_ms = ?", Date.now() - 61_000);
    expect(reader.run(RUN).status).toBe("interrupted");
    writer.heartbeat(RUN);
    expect(reader.run(RUN).status).toBe("running");
    tamper("UPDATE run SET owner_pid = ?", 2 ** 22 + 1); // beyond the greatest process id of Linux
    expect(reader.run(RUN).status).toBe("interrupted");
    new RunWriter(path).close();
    tamper("UPDATE run SET owner_pid = ?", process.pid);
    expect(reader.run(RUN).status).toBe("interrupted");
    writer.append(RUN, blockOf(2, 2));
    expect(reader.run(RUN).status).toBe("running");
  });

  test("keeps others from taking the run while it lives", () => {
    const { writer, tamper } = open();
    tamper("UPDATE run SET owner_pid = ?", process.ppid);
    expect(problemsOf(() => writer.claim(RUN))).toMatchObject([
      { field: "run", reason: `${RUN} is being worked on by process ${process.ppid}` },
    ]);
    tamper("UPDATE run SET heartbeat_ms = ?", Date.now() - 61_000);
    writer.claim(RUN);
    writer.append(RUN, blockOf(2, 2));
  });

  test("that has lost its run to another cannot write to it any more", () => {
    const { writer, reader, tamper } = open();
    tamper("UPDATE run SET owner_pid = ?", process.ppid);
    const work = [
      () => writer.append(RUN, blockOf(2, 2)),
      () => writer.saveLearning(RUN, learningOf()),
      () => writer.finish(RUN, "failed", null),
    ];
    for (const attempt of work) expect(attempt).toThrow(/another one has taken it over/);
    writer.heartbeat(RUN);
    expect(reader.run(RUN)).toMatchObject({ status: "running", stepsDone: 2 });
  });

  test.each(["cancelled", "failed"] as const)("may take up a run that was %s", (status) => {
    const { writer, reader } = open();
    writer.finish(RUN, status, null);
    writer.heartbeat(RUN);
    expect(reader.run(RUN).status).toBe(status);
    expect(writer.resumePoint(RUN)).toMatchObject({ stepsDone: 2, seed: 7, state: Buffer.of(0, 2, 255) });
    writer.claim(RUN);
    writer.append(RUN, blockOf(2, 2));
    expect(reader.run(RUN)).toMatchObject({ status: "running", stepsDone: 4 });
  });

  test("resumes from the start where no block was complete", () => {
    const { writer } = open();
    writer.begin(startOf({ run: "early", elementsName: "a.tle", elementsText: "text" }));
    expect(writer.resumePoint("early")).toEqual({
      scenarioText: startOf().scenarioText,
      elementsName: "a.tle",
      elementsText: "text",
      seed: 7,
      stepsDone: 0,
      state: null,
    });
  });

  test("has nothing to resume in a finished or an unknown run", () => {
    const { writer } = open();
    writer.finish(RUN, "finished", null);
    for (const attempt of [() => writer.resumePoint(RUN), () => writer.claim(RUN)])
      expect(problemsOf(attempt)).toMatchObject([{ field: "run", reason: `${RUN} is finished` }]);
    expect(problemsOf(() => writer.resumePoint("nothing"))).toMatchObject([
      { field: "run", reason: 'there is no run "nothing"' },
    ]);
  });
});
