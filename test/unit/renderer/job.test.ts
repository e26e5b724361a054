import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cancel, job, startPlan, unwatch, watchUnderWay } from "../../../src/renderer/session/job.ts";
import { keepListFresh, runs } from "../../../src/renderer/session/runs.ts";

const record = (run: string, status: string) => ({ run, status });
let jobs: { job: string; study: boolean; run: string | null }[];
let list: { run: string; status: string }[];
let asked: string[];

/** A program that answers lists, and holds every stream of events open. */
function answer(path: string): Promise<Response> {
  asked.push(path);
  if (path === "/api/jobs.list") return Promise.resolve(Response.json(jobs));
  if (path === "/api/runs.list") return Promise.resolve(Response.json(list));
  return new Promise(() => {});
}

beforeEach(() => {
  [jobs, list, asked] = [[], [], []];
  vi.stubGlobal("fetch", vi.fn(answer));
  job.setState({ job: null });
  runs.setState({ list: null, error: null });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const listed = () => runs.getState().list?.map((r) => r.status);

describe("watching a plan", () => {
  it("follows the job of the run that was asked for, not the first there is", async () => {
    jobs = [
      { job: "a", study: false, run: "1" },
      { job: "b", study: false, run: "2" },
    ];
    void watchUnderWay("2");
    await vi.waitFor(() => expect(job.getState().job?.id).toBe("b"));
    expect(asked).toContain("/jobs/b/events");
  });

  it("takes no study for a plan", async () => {
    jobs = [{ job: "a", study: true, run: null }];
    await watchUnderWay();
    expect(job.getState().job).toBeNull();
  });

  it("reads the list of runs anew where the run has no job any more", async () => {
    jobs = [{ job: "a", study: false, run: "1" }];
    list = [record("2", "finished")];
    await watchUnderWay("2");
    expect(job.getState().job).toBeNull();
    expect(listed()).toEqual(["finished"]);
  });

  it("says what went wrong where the program does not answer", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("refused")));
    await watchUnderWay("2");
    expect(runs.getState().error?.message).toMatch(/does not answer/);
  });

  it("says so where its stream ends without a word, though it was being cancelled", async () => {
    jobs = [{ job: "a", study: false, run: "1" }];
    let end = () => {};
    vi.stubGlobal("fetch", (path: string) => {
      if (path === "/api/cancel") return Promise.resolve(Response.json({}));
      if (!path.endsWith("/events")) return answer(path);
      const stream = new ReadableStream({ start: (controller) => void (end = () => controller.close()) });
      return Promise.resolve(new Response(stream));
    });
    const watched = watchUnderWay();
    await vi.waitFor(() => expect(job.getState().job?.id).toBe("a"));
    await cancel();
    expect(job.getState().job?.state).toBe("cancelling");
    end();
    await watched;
    expect(job.getState().job).toMatchObject({ state: "failed" });
  });

  it("goes on, and can be cancelled once more, where it could not be cancelled", async () => {
    jobs = [{ job: "a", study: false, run: "1" }];
    vi.stubGlobal("fetch", (path: string) =>
      path === "/api/cancel" ? Promise.reject(new TypeError("refused")) : answer(path),
    );
    void watchUnderWay();
    await vi.waitFor(() => expect(job.getState().job?.id).toBe("a"));
    await cancel();
    expect(job.getState().job?.state).toBe("running");
    expect(job.getState().job?.error?.message).toMatch(/does not answer/);
    const cancelling = cancel();
    job.setState((now) => ({ job: now.job && { ...now.job, state: "failed" } }));
    await cancelling;
    expect(job.getState().job?.state).toBe("failed");
  });

  it("stays closed where it was closed before the program had answered", async () => {
    const planned = Promise.withResolvers<Response>();
    vi.stubGlobal("fetch", (path: string) => (path === "/api/plan" ? planned.promise : answer(path)));
    const started = startPlan({} as never);
    unwatch();
    planned.resolve(Response.json({ job: "a" }));
    await started;
    expect(job.getState().job).toBeNull();
    expect(asked).not.toContain("/jobs/a/events");
  });

  it("reads the list of runs anew when the view is closed", async () => {
    list = [record("1", "running")];
    unwatch();
    await vi.waitFor(() => expect(listed()).toEqual(["running"]));
  });
});

describe("the list of runs", () => {
  it("follows a run while it is under way, and asks no more once it has ended", async () => {
    vi.useFakeTimers();
    list = [record("1", "finished")];
    runs.setState({ list: [record("1", "running")] as never });
    const leave = keepListFresh();
    await vi.advanceTimersByTimeAsync(10_000);
    leave();
    expect(listed()).toEqual(["finished"]);
    expect(asked).toEqual(["/api/runs.list"]);
  });

  it("waits for the run of a plan that was left before it had one", async () => {
    vi.useFakeTimers();
    const leave = keepListFresh();
    unwatch();
    await vi.advanceTimersByTimeAsync(4000);
    list = [record("1", "running")];
    await vi.advanceTimersByTimeAsync(4000);
    leave();
    expect(listed()).toEqual(["running"]);
  });
});
