import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createHandler } from "../../../src/main/host/http.ts";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import type { RunReader } from "../../../src/main/store/reader.ts";
import { loadBundled } from "../../../src/main/scenario/bundled.ts";
import { keptRun } from "../../builders/kept-run.ts";
import { FakeJobs } from "../host/fake-jobs.ts";
import { FakeWorld } from "./fake-world.ts";

const folder = mkdtempSync(join(tmpdir(), "beamwalk-ledger-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "ledger.csv");

const { scenario } = loadBundled("ground-and-sky");
const time = { ...scenario.time, durationS: 20, markS: 10 };
const { mission, source, procedures, summary } = keptRun({
  ...scenario,
  time,
  users: { ...scenario.users, count: 60 },
});

class LedgerWorld extends FakeWorld {
  /** when the first events are read */
  onRead = () => {};
  override async openReader() {
    const record = { scenario: "town", startMs: mission.startMs, beams: mission.payload.beams };
    return {
      ...source,
      run: (id: string) => ({ ...source.run(id), ...record }),
      satellites: (id: string) => {
        const { columns, meta } = source.satellites(id);
        return { columns, meta: { ...meta, ids: mission.satellites.map((satellite) => satellite.id) } };
      },
      events: (id: string) => {
        this.onRead();
        return source.events(id);
      },
      signalling: () => summary,
      close: () => {},
    } as unknown as RunReader;
  }
}

let world: LedgerWorld;
beforeEach(() => {
  world = new LedgerWorld();
});
const exported = (...more: string[]) =>
  runTerminal(["export", "kept", "--table", "ledger", "--format", "csv", "-o", file, ...more], world);
const messages = procedures.messages.reduce((a, b) => a + b, 0);
const bytes = procedures.bytes.reduce((a, b) => a + b, 0);

describe("the export of the ledger in the terminal", () => {
  test("writes every message and tells the totals by interface", async () => {
    expect(await exported()).toBe(0);
    expect(readFileSync(file, "utf8").trim().split("\r\n")).toHaveLength(messages + 1);
    expect(world.complaints).toMatch(
      new RegExp(
        `^${messages.toLocaleString("en-US")} messages: Uu [\\d,]+ \\([\\d,]+ bytes\\), Xn .*, NG `,
        "m",
      ),
    );
    expect(world.listensToInterrupts).toBe(false);
  });

  test("has the totals in its JSON", async () => {
    expect(await exported("--json")).toBe(0);
    const { interfaces } = JSON.parse(world.results) as { interfaces: Record<string, number>[] };
    expect(interfaces.map((total) => total.interface)).toEqual(["Uu", "Xn", "NG"]);
    expect(interfaces.reduce((all, total) => all + total.messages, 0)).toBe(messages);
    expect(interfaces.reduce((all, total) => all + total.bytes, 0)).toBe(bytes);
  });

  test("stops on Ctrl+C and leaves no half file", async () => {
    world.onRead = () => world.interrupt();
    expect(await exported()).toBe(1);
    expect(world.complaints.trim()).toBe("Stopped.");
    expect(existsSync(file)).toBe(false);
  });
});

describe("the export of the ledger in the browser", () => {
  const asked = async (signal?: AbortSignal) => {
    const reader = await world.openReader();
    const handler = createHandler({
      reader,
      door: "browser",
      db: "",
      pageFolder: folder,
      jobs: new FakeJobs(),
    });
    const url = "http://127.0.0.1/data/runs/kept/export?table=ledger-kinds&format=csv";
    return handler(new Request(url, { signal }));
  };

  test("is a file to save", async () => {
    const answer = await asked();
    expect(answer.headers.get("content-disposition")).toContain("kept-ledger-kinds.csv");
    const lines = (await answer.text()).trim().split("\r\n").slice(1);
    const counted = lines.map((line) => Number(line.split(",")[4]));
    expect(counted.reduce((a, b) => a + b, 0)).toBe(messages);
  });

  test("stops when nobody waits for it any more", async () => {
    const leave = new AbortController();
    world.onRead = () => leave.abort();
    expect((await asked(leave.signal)).status).toBe(409);
  });
});
