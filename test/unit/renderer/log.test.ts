import { beforeEach, describe, expect, it } from "vitest";
import { job } from "../../../src/renderer/session/job.ts";
import { keepLog } from "../../../src/renderer/session/listen.ts";
import { dropToast, log, note, toggleLog } from "../../../src/renderer/session/log.ts";
import { runs } from "../../../src/renderer/session/runs.ts";
import { BadInput } from "../../../src/shared/errors.ts";

const texts = () => log.getState().entries.map(({ level, text }) => `${level}: ${text}`);

const watched = {
  id: "1",
  stage: "orbits",
  fraction: 0,
  etaS: null,
  detail: "",
  warnings: [] as string[],
  state: "running",
  error: null,
  run: null,
} as const;

beforeEach(() => log.setState({ entries: [], toasts: [], unread: 0, open: false }));

describe("the log", () => {
  it("keeps what a toast forgets", () => {
    note("done", "planned");
    const { id } = log.getState().toasts[0]!;
    dropToast(id);
    expect(log.getState().toasts).toEqual([]);
    expect(texts()).toEqual(["done: planned"]);
    expect(log.getState().unread).toBe(1);
  });

  it("shows no toast while it is open, and counts nothing as new", () => {
    note("note", "before");
    toggleLog();
    note("note", "after");
    expect(log.getState()).toMatchObject({ toasts: [], unread: 0, open: true });
    expect(texts()).toEqual(["note: before", "note: after"]);
  });

  it("keeps the last 500 entries and shows 4 toasts at most", () => {
    for (let i = 0; i < 520; i++) note("note", `${i}`);
    expect(log.getState().entries).toHaveLength(500);
    expect(log.getState().entries[0]!.text).toBe("20");
    expect(log.getState().toasts.map(({ text }) => text)).toEqual(["516", "517", "518", "519"]);
  });

  it("hears each warning of a job once, and how it ended", () => {
    const stop = keepLog();
    job.setState({ job: watched });
    job.setState({ job: { ...watched, warnings: ["few cells"] } });
    job.setState({ job: { ...watched, warnings: ["few cells"], fraction: 0.5 } });
    job.setState({ job: { ...watched, warnings: ["few cells", "no rain"] } });
    const warnings = ["few cells", "no rain"];
    job.setState({ job: { ...watched, warnings, state: "failed", error: new Error("disk full") } });
    stop();
    job.setState({ job: null });
    expect(texts()).toEqual(["warning: few cells", "warning: no rain", "error: The plan failed"]);
    expect(log.getState().entries.at(-1)!.details).toEqual(["disk full"]);
  });

  it("hears errors of the stores once, every problem of bad input by itself", () => {
    const stop = keepLog();
    const problems = [
      { field: "a", reason: "is negative", remedy: "Give a positive one." },
      { field: "b", reason: "is missing", remedy: "Add it." },
    ];
    runs.setState({ error: new BadInput(problems) });
    runs.setState({ arrivals: 3 });
    runs.setState({ error: null });
    stop();
    expect(texts()).toEqual(["error: Showing a run failed"]);
    expect(log.getState().entries[0]!.details).toEqual([
      "a: is negative. Give a positive one.",
      "b: is missing. Add it.",
    ]);
  });
});
