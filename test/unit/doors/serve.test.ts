import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeColumns } from "../../../src/shared/columns.ts";
import type { JobEvent } from "../../../src/shared/run.ts";
import { scenarioOf } from "../../builders/scenario.ts";

/** The browser door as a user starts it, over a real socket, with a real engine and database. */
const UES = 200;
let folder: string;
let program: ChildProcess;
let address: URL;
let origin: string;
let cookie: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "beamwalk-serve-"));
  const door = join(import.meta.dirname, "../../../src/main/serve.ts");
  const args = [door, "--port", "0", "--no-open", "--db", join(folder, "runs", "b.db")];
  program = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const died = once(program, "exit").then(([code]) => Promise.reject(new Error(`ended with code ${code}`)));
  const [line] = await Promise.race([once(program.stdout!, "data"), died]);
  died.catch(() => {});
  address = new URL(/^Beamwalk is at (http:\S+)\n$/.exec(String(line))![1]);
  origin = address.origin;
  const welcome = await fetch(address, { redirect: "manual" });
  cookie = welcome.headers.get("set-cookie")!.split(";")[0];
});
afterAll(() => {
  program.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, signal?: AbortSignal) => fetch(origin + path, { headers: { cookie }, signal });
const post = async (operation: string, input: unknown) => {
  const body = JSON.stringify(input);
  const answer = await fetch(`${origin}/api/${operation}`, {
    method: "POST",
    headers: { cookie, origin },
    body,
  });
  return answer.json();
};
async function lastEvent(job: string): Promise<JobEvent> {
  const text = await (await get(`/jobs/${job}/events`)).text();
  return JSON.parse(text.trimEnd().split("\n").at(-1)!);
}

describe("the browser door", () => {
  test("begins without a database and makes none by looking", async () => {
    expect(await post("runs.list", {})).toEqual([]);
    expect(existsSync(join(folder, "runs"))).toBe(false);
  });

  test("plans a scenario, tells its progress and gives its results out", async () => {
    const { job } = await post("plan", { scenario: scenarioOf() });
    const done = await lastEvent(job);
    if (done.kind !== "done") throw new Error(JSON.stringify(done));
    const { run, summary } = done;
    expect(summary).toMatchObject({ ues: UES, steps: 61, seed: 1 });
    expect(await post("runs.get", { run })).toMatchObject({ run, status: "finished", stepsDone: 61 });

    const frames = decodeColumns(await (await get(`/data/runs/${run}/frames?from=0&to=9`)).arrayBuffer());
    expect(frames.meta).toMatchObject({ firstStep: 0, ues: UES });
    expect(frames.columns.cellState.length).toBe(Number(frames.meta.steps) * UES);
    const events = decodeColumns(await (await get(`/data/runs/${run}/events`)).arrayBuffer());
    const { total, reselections } = summary.handovers;
    expect(events.columns.ue.length).toBe(total + reselections);
    const density = decodeColumns(await (await get(`/data/runs/${run}/density`)).arrayBuffer());
    expect([...density.columns.count].reduce((a, b) => a + b, 0)).toBe(total);

    const storm = decodeColumns(await (await get(`/data/runs/${run}/storm`)).arrayBuffer());
    expect(storm.meta.summary).toEqual(summary.signalling![0]);
    expect([...storm.columns.handoversOut].reduce((a, b) => a + b, 0)).toBe(
      summary.signalling![0].procedures,
    );
    const procedures = decodeColumns(await (await get(`/data/runs/${run}/procedures`)).arrayBuffer());
    expect(procedures.columns.outcome.length).toBe(total + reselections);
    expect(total).toBe(summary.signalling![0].procedures);
    const sib19 = (await (await get(`/data/runs/${run}/export?table=sib19&format=json`)).json()) as {
      cells: { cell: number; sib19: object[] }[];
    };
    const cells = decodeColumns(await (await get(`/data/runs/${run}/cells`)).arrayBuffer());
    expect(sib19.cells.map(({ cell }) => cell)).toEqual([...cells.columns.cell]);
    for (const cell of sib19.cells) expect(cell.sib19.length).toBeGreaterThan(0);

    const csv = await get(`/data/runs/${run}/export?table=ues&format=csv`);
    expect(csv.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w.-]+\.csv"$/);
    expect((await csv.text()).trimEnd().split("\n")).toHaveLength(UES + 1);
    const nonsense = await get(`/data/runs/${run}/export?table=metrics&format=kml`);
    expect(nonsense.status).toBe(400);
    expect(await nonsense.json()).toMatchObject({ kind: "bad-input" });
  });

  test("cancels a plan on demand and keeps the run", async () => {
    const { job } = await post("plan", {
      scenario: scenarioOf({ users: { count: 60_000, placement: { kind: "cells", atS: 30 } } }),
    });
    const leave = new AbortController();
    const events = (await get(`/jobs/${job}/events`, leave.signal)).body!.getReader();
    let heard = "";
    while (!heard.includes("progress")) heard += new TextDecoder().decode((await events.read()).value);
    leave.abort();
    expect(await post("cancel", { job })).toEqual({ cancelled: true });
    expect(await lastEvent(job)).toMatchObject({ kind: "error", error: { kind: "cancelled" } });
    expect(await post("cancel", { job })).toEqual({ cancelled: false });
  });

  test("ends with exit code 0 on Ctrl+C", async () => {
    program.kill("SIGINT");
    expect(await once(program, "exit")).toEqual([0, null]);
  });
});
