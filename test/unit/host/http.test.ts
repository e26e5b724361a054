import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Handler } from "../../../src/main/host/http.ts";
import { createHandler } from "../../../src/main/host/http.ts";
import type { Services } from "../../../src/main/host/services.ts";
import { decodeColumns } from "../../../src/shared/columns.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import type { FrameColumn } from "../../../src/shared/frame.ts";
import type { ErrorReport } from "../../../src/shared/errors.ts";
import { scenarioOf } from "../../builders/scenario.ts";
import { summaryOf } from "../../builders/summary.ts";
import { FakeJobs } from "./fake-jobs.ts";

const UES = 3;
const STEPS = 4;
const RUN = "small-abc123";

/** The reader's answers of a run with 3 UEs and 4 steps. */
const STRATEGIES = [{ strategy: "a3" }, { strategy: "group" }];
const reader = {
  runs: () => [],
  run: (run: string) => {
    if (RUN.startsWith(run))
      return { run: RUN, ues: UES, stepsTotal: STEPS, summary: { signalling: STRATEGIES } };
    throw new BadInput([{ field: "run", reason: `there is no run "${run}"`, remedy: "See runs" }]);
  },
  frames: (_: string, from: number, to: number, names: FrameColumn[]) => {
    const steps = Math.min(to, STEPS - 1) - from + 1;
    const cellState = Uint32Array.from({ length: steps * UES }, (_unused, i) => from * UES + i);
    const whole = { cellState, rsrp: new Int16Array(steps * UES), sinr: new Int16Array(steps * UES) };
    const named = Object.fromEntries(names.map((name) => [name, whole[name]]));
    return { firstStep: from, steps, ues: UES, ...named };
  },
  scenarioText: () => ({
    scenarioText: JSON.stringify(scenarioOf()),
    elementsName: "a.tle",
    elementsText: "1 …",
    seed: 5,
  }),
  density: () => Uint32Array.of(0, 5, 2),
  events: (_: string, from = 0, end = 9) => ({ ue: Uint32Array.from([5, 6, 7, 8]).slice(from, end) }),
  eventCount: () => 4,
  stormPeaks: () => ({ "tries.2": Uint32Array.of(0, 3) }),
  strategyCurves: () => ({ strategy: Uint8Array.of(0, 1), cell: new Uint32Array(2) }),
  load: (_: string, cell: number | null) => ({ out: [cell ?? 0, 1.5], in: [] }),
};

let folder: string;
let jobs: FakeJobs;
let handler: Handler;
const get = (path: string, signal?: AbortSignal) =>
  handler(new Request(`http://127.0.0.1${path}`, { signal }));
const post = (operation: string, input: unknown) =>
  handler(
    new Request(`http://127.0.0.1/api/${operation}`, {
      method: "POST",
      body: typeof input === "string" ? input : JSON.stringify(input),
    }),
  );
const report = async (answer: Response) => (await answer.json()) as ErrorReport;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "beamwalk-page-"));
  mkdirSync(join(folder, "page", "assets"), { recursive: true });
  writeFileSync(join(folder, "page", "index.html"), "<!doctype html>");
  writeFileSync(join(folder, "page", "assets", "index-DxY3_k-9.js"), "export {};");
  writeFileSync(join(folder, "secret.txt"), "secret");
  mkdirSync(join(folder, "page-beside"));
  writeFileSync(join(folder, "page-beside", "secret.txt"), "secret");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  jobs = new FakeJobs();
  const services = { door: "browser", db: "/tmp/b.db", pageFolder: join(folder, "page"), jobs, reader };
  handler = createHandler(services as unknown as Services);
});

describe("every answer", () => {
  test.each(["/", "/nothing-here", "/data/runs/none/ues", "/jobs/none/events"])(
    "carries the policy that lets the page load only its own: %s",
    async (path) => {
      const { headers } = await get(path);
      const policy = headers.get("content-security-policy")!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe-eval' ");
      expect(policy.replace("'wasm-unsafe-eval'", "")).not.toContain("unsafe-eval");
      expect(policy).not.toMatch(/https?:|\*/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    },
  );
});

describe("the page's files", () => {
  test("are served with their type; hashed ones may be kept", async () => {
    const page = await get("/");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect(await page.text()).toBe("<!doctype html>");
    const script = await get("/assets/index-DxY3_k-9.js");
    expect(script.headers.get("content-type")).toContain("text/javascript");
    expect(script.headers.get("cache-control")).toContain("immutable");
  });

  test.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/..%2fpage-beside%2fsecret.txt",
    "/%00",
    "/%zz",
    "/assets",
  ])("nothing outside the folder can be named: %s", async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain("secret");
  });
});

describe("operations", () => {
  test("answer what the contract says", async () => {
    const answer = await post("about", {});
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ version: expect.any(String), db: "/tmp/b.db", door: "browser" });
    expect(await (await post("jobs.list", {})).json()).toEqual(jobs.list());
  });

  test("refuse what the contract does not know: the name, the input, the body", async () => {
    const unknown = await post("destroy", {});
    expect(unknown.status).toBe(404);
    expect((await report(unknown)).problems[0]).toMatchObject({ field: "operation" });
    expect((await post("constructor", {})).status).toBe(404);
    expect((await report(await post("about", "{"))).problems[0].field).toBe("body");

    const bad = await post("runs.load", { run: 5, cell: 1.5 });
    expect(bad.status).toBe(400);
    expect((await report(bad)).problems.map(({ field }) => field)).toEqual(["run", "cell"]);
  });

  test("an answer that breaks the contract is a failure of ours, not of the asker", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const answer = await post("runs.load", { run: RUN, cell: 2 });
    expect(answer.status).toBe(500);
    expect((await report(answer)).kind).toBe("failure");
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  test("a body beyond every file is turned away unread", async () => {
    const headers = { "content-length": String(80_000_001) };
    const huge = new Request("http://127.0.0.1/api/about", { method: "POST", body: "{}", headers });
    const answer = await handler(huge);
    expect(answer.status).toBe(413);
    expect((await report(answer)).problems[0].field).toBe("body");
  });

  test("plan takes a bundled scenario or a whole one, as JSON or as text, with its seed and elements", async () => {
    const scenario = scenarioOf();
    for (const input of [
      { name: "dahouda-2023", seed: 5 },
      { scenario },
      { scenario: JSON.stringify(scenario), elements: { name: "a.tle", text: "…" } },
    ])
      expect(await (await post("plan", input)).json()).toEqual({ job: "job-1" });
    const [bundled, whole, text] = jobs.planned;
    expect(bundled).toMatchObject({ seed: 5, scenario: { name: "dahouda-2023" } });
    expect(JSON.parse(whole.scenarioText)).toEqual(scenario);
    expect(text).toMatchObject({ scenario, elements: { name: "a.tle", text: "…" } });
  });

  test("plan.beside takes a kept run's scenario, elements and seed, with another strategy", async () => {
    const answer = await post("plan.beside", { run: RUN, strategy: "t1" });
    expect(await answer.json()).toEqual({ job: "job-1" });
    const [{ scenario, scenarioText, seed, elements }] = jobs.planned;
    expect([scenario.handover.strategy, seed, elements]).toEqual(["t1", 5, { name: "a.tle", text: "1 …" }]);
    const { handover, ...rest } = JSON.parse(scenarioText);
    const { handover: before, ...kept } = scenarioOf() as { handover?: object };
    expect([handover, rest]).toEqual([{ ...before, strategy: "t1" }, kept]);
    const unknown = await report(await post("plan.beside", { run: RUN, strategy: "luck" }));
    expect(unknown.problems).toMatchObject([{ field: "strategy" }]);
    expect(jobs.planned).toHaveLength(1);
  });

  test("plan tells every problem of a scenario and starts nothing", async () => {
    const broken = { ...scenarioOf(), version: 9, users: { count: 0 } };
    const answer = await post("plan", { scenario: broken });
    expect(answer.status).toBe(400);
    const { kind, problems } = await report(answer);
    expect(kind).toBe("bad-input");
    expect(problems.map(({ field }) => field)).toEqual(expect.arrayContaining(["version", "users.count"]));
    for (const { reason, remedy } of problems) expect(reason && remedy).toBeTruthy();
    const both = await report(await post("plan", { name: "dahouda-2023", scenario: {} }));
    expect(both.problems[0].field).toBe("scenario");
    const missing = await report(await post("plan", { name: "starlink-catalogue" }));
    expect(missing.problems[0].field).toBe("elements");
    expect(jobs.planned).toEqual([]);
  });

  test("elements.inspect gives each rejected record with line and reason", async () => {
    const input = { name: "x.tle", text: "1 00006U too short\n" };
    const answer = await (await post("elements.inspect", input)).json();
    expect(answer).toMatchObject({ accepted: 0, newestEpoch: null, rejected: [{ line: 1 }] });
  });
});

describe("binary data", () => {
  test("frames come as columns with their place in the run, also by the beginning of a run's name", async () => {
    const answer = await get("/data/runs/small/frames?from=1&to=2");
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    const { columns, meta } = decodeColumns(await answer.arrayBuffer());
    expect(meta).toEqual({ firstStep: 1, steps: 2, ues: UES });
    expect([...columns.cellState]).toEqual([3, 4, 5, 6, 7, 8]);
    expect(Object.keys(columns)).toEqual(["cellState", "rsrp", "sinr"]);
  });

  test("frames come without the columns that nobody asks for", async () => {
    const answer = await get(`/data/runs/${RUN}/frames?from=1&to=2&columns=sinr,cellState`);
    const { columns, meta } = decodeColumns(await answer.arrayBuffer());
    expect(Object.keys(columns)).toEqual(["sinr", "cellState"]);
    expect([...columns.cellState]).toEqual([3, 4, 5, 6, 7, 8]);
    expect(meta).toEqual({ firstStep: 1, steps: 2, ues: UES });
    const wrong = await get(`/data/runs/${RUN}/frames?from=1&to=2&columns=rsrp,snr`);
    expect(wrong.status).toBe(400);
    expect((await report(wrong)).problems).toEqual([
      { field: "columns", reason: '"snr" is not known', remedy: "Use one of cellState, rsrp, sinr" },
    ]);
  });

  test("more steps than one answer may hold are refused, of frames and of footprints", async () => {
    const wide = { ...reader, run: () => ({ run: RUN, ues: 1e6, stepsTotal: 86_400 }) };
    const many = { ...wide, servedCells: () => new Uint32Array(20_000) };
    handler = createHandler({ reader: many } as unknown as Services);
    const problems = async (what: string) => (await report(await get(`/data/runs/${RUN}/${what}`))).problems;
    const reason = "9 steps are too many for one answer";
    expect(await problems("frames?from=0&to=8&columns=sinr")).toEqual([
      { field: "to", reason, remedy: "Ask for at most 8 steps at once" },
    ]);
    const all = await problems("footprints?from=0&to=999999999");
    expect(all).toMatchObject([{ field: "to", remedy: "Ask for at most 133 steps at once" }]);
    expect((await get(`/data/runs/${RUN}/frames?from=0&to=7`)).status).toBe(200);
  });

  test("the density of handovers comes by second", async () => {
    const { columns } = decodeColumns(await (await get(`/data/runs/${RUN}/density`)).arrayBuffer());
    expect([...columns.count]).toEqual([0, 5, 2]);
  });

  test("events come all together or by their numbers, with how many there are", async () => {
    const eventsOf = async (query: string) => {
      const { columns, meta } = decodeColumns(
        await (await get(`/data/runs/${RUN}/events${query}`)).arrayBuffer(),
      );
      expect(meta).toEqual({ total: 4 });
      return [...columns.ue];
    };
    expect(await eventsOf("")).toEqual([5, 6, 7, 8]);
    expect(await eventsOf("?from=1&to=2")).toEqual([6, 7]);
    const answer = await get(`/data/runs/${RUN}/events?from=x&to=2`);
    expect((await report(answer)).problems[0].reason).toBe('"x" is not an event number');
  });

  test("the floors of a storm's pyramids come by quantity and stretch", async () => {
    const { columns } = decodeColumns(await (await get(`/data/runs/${RUN}/peaks`)).arrayBuffer());
    expect(columns).toEqual({ "tries.2": Uint32Array.of(0, 3) });
  });

  test("the curves of strategies come with their names", async () => {
    const { columns, meta } = decodeColumns(await (await get(`/data/runs/${RUN}/curves`)).arrayBuffer());
    expect([...columns.strategy]).toEqual([0, 1]);
    expect(meta).toEqual({ strategies: ["a3", "group"] });
  });

  test("all that is wrong with a range is told", async () => {
    const answer = await get(`/data/runs/${RUN}/frames?from=-1`);
    expect(answer.status).toBe(400);
    expect((await report(answer)).problems.map(({ field }) => field)).toEqual(["from", "to"]);
    expect((await get(`/data/runs/${RUN}/frames?from=3&to=1`)).status).toBe(400);
  });

  test("a range that would not fit in one answer is refused with what would", async () => {
    const big = { ...reader, run: () => ({ run: RUN, ues: 1_000_000, stepsTotal: 600 }) };
    const answer = await createHandler({ reader: big } as unknown as Services)(
      new Request(`http://127.0.0.1/data/runs/${RUN}/frames?from=0&to=599`),
    );
    expect(answer.status).toBe(400);
    expect((await report(answer)).problems[0].remedy).toBe("Ask for at most 8 steps at once");
  });

  test("an unknown run, kind of data, table or format is told as such", async () => {
    expect((await get("/data/runs/gone/ues")).status).toBe(404);
    expect((await get(`/data/runs/${RUN}/everything`)).status).toBe(404);
    const answer = await get(`/data/runs/${RUN}/export?table=ue`);
    expect(answer.status).toBe(400);
    expect((await report(answer)).problems.map(({ field }) => field)).toEqual(["table", "format"]);
  });
});

const lines = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("the events of a job", () => {
  const queued = { kind: "queued", job: "job-1" } as const;

  test("come as JSON lines from the start, and end with the job", async () => {
    const done = { kind: "done", job: "job-1", run: RUN, summary: summaryOf() } as const;
    jobs.say(queued, done);
    const answer = await get("/jobs/job-1/events");
    expect(answer.headers.get("content-type")).toContain("application/jsonl");
    expect(lines(await answer.text())).toEqual([queued, done]);
    expect(jobs.listening).toBe(0);
  });

  test("come one by one, as they happen", async () => {
    jobs.say(queued);
    const body = (await get("/jobs/job-1/events")).body!.getReader();
    const next = async () => lines(new TextDecoder().decode((await body.read()).value))[0];
    expect(await next()).toEqual(queued);
    const waiting = next();
    const progress = { kind: "progress", job: "job-1", stage: "Links", fraction: 0.25, etaS: null } as const;
    jobs.say(progress);
    expect(await waiting).toEqual(progress);
    await body.cancel();
  });

  test("stop at their source when the reader cancels in the middle of a wait", async () => {
    jobs.say(queued);
    const body = (await get("/jobs/job-1/events")).body!.getReader();
    await body.read();
    const waiting = body.read();
    expect(jobs.listening).toBe(1);
    await body.cancel();
    await waiting;
    await vi.waitFor(() => expect(jobs.listening).toBe(0));
  });

  test("stop at their source when the request is aborted", async () => {
    jobs.say(queued);
    const leave = new AbortController();
    const body = (await get("/jobs/job-1/events", leave.signal)).body!.getReader();
    await body.read();
    expect(jobs.listening).toBe(1);
    leave.abort();
    await vi.waitFor(() => expect(jobs.listening).toBe(0));
  });

  test("of an unknown job do not exist", async () => {
    expect((await get("/jobs/none/events")).status).toBe(404);
  });
});
