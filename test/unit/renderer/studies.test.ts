import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  areForModel,
  forgetModelFiles,
  givenModel,
  giveModelFile,
} from "../../../src/renderer/session/importModel.ts";
import {
  cancelStudy,
  closeStudy,
  openStudy,
  refreshStudies,
  startStudy,
  studies,
  unwatchStudy,
  watchStudyUnderWay,
  withEpochs,
} from "../../../src/renderer/session/studies.ts";
import { learningCurve } from "../../../src/renderer/panels/learningCurve.ts";
import { Cancelled, reportError } from "../../../src/shared/errors.ts";
import { figureSvg } from "../../../src/shared/figure-svg.ts";
import type { EpochPoint, JobEvent } from "../../../src/shared/run.ts";

const point = (label: string, epoch: number, change: Partial<EpochPoint> = {}): EpochPoint => ({
  label,
  epoch,
  epochs: 9,
  loss: 1 / epoch,
  validationLoss: null,
  accuracy: null,
  etaS: 9 - epoch,
  ...change,
});

/** A program whose job tells what the test says, and keeps what it was asked. */
let asked: { path: string; body: unknown }[];
let answers: Record<string, unknown>;
let tell: (event: JobEvent) => void;
let end: () => void;

function answer(path: string, { body, signal }: RequestInit): Promise<Response> {
  asked.push({ path, body: body === undefined ? null : JSON.parse(body as string) });
  if (path.endsWith("/events")) {
    const stream = new ReadableStream({
      start(control) {
        tell = (event) => control.enqueue(new TextEncoder().encode(`${JSON.stringify(event)}\n`));
        end = () => control.close();
        signal?.addEventListener("abort", () => control.error(signal.reason));
      },
    });
    return Promise.resolve(new Response(stream));
  }
  return Promise.resolve(Response.json(answers[path.replace("/api/", "")]));
}

beforeEach(() => {
  asked = [];
  answers = {
    "studies.list": [{ study: "train-001" }],
    "models.list": [],
    "studies.start": { job: "j1" },
    "studies.get": { title: "found" },
    "jobs.list": [],
    cancel: { cancelled: true },
    "runs.list": [],
  };
  vi.stubGlobal("fetch", vi.fn(answer));
  studies.setState({ list: null, models: null, job: null, open: null, error: null });
});
afterEach(() => {
  unwatchStudy();
  vi.unstubAllGlobals();
});

const paper = { title: "Paper A", ask: { kind: "paper-a" as const } };
const now = () => studies.getState().job;
const started = async () => {
  const ended = startStudy(paper);
  await vi.waitFor(() => expect(now()?.id).toBe("j1"));
  await vi.waitFor(() => expect(asked.at(-1)!.path).toBe("/jobs/j1/events"));
  return ended;
};

describe("a study", () => {
  it("is asked for with its size and seed, the terminal's where none is given", async () => {
    void startStudy({ ...paper, quick: true });
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
    expect(asked[0]).toEqual({
      path: "/api/studies.start",
      body: { ask: { kind: "paper-a" }, quick: true, seed: 2023, fresh: false, meter: {} },
    });
  });

  it("tells its stage, its share and the time left, and its report opens when it ends", async () => {
    const ended = started();
    await vi.waitFor(() => expect(now()?.state).toBe("running"));
    await vi.waitFor(() => expect(tell).toBeDefined());
    tell({ kind: "planned", job: "j1", study: "paper-a-001", seconds: 90 });
    await vi.waitFor(() => expect(now()?.etaS).toBe(90));
    tell({ kind: "progress", job: "j1", stage: "Forests", fraction: 0.4, etaS: 50, detail: "4 of 10" });
    await vi.waitFor(() =>
      expect(now()).toMatchObject({ stage: "Forests", fraction: 0.4, etaS: 50, detail: "4 of 10" }),
    );
    tell({ kind: "report", job: "j1", study: "paper-a-001" });
    end();
    await ended;
    await vi.waitFor(() => expect(studies.getState().open?.report).toEqual({ title: "found" }));
    expect(studies.getState().open!.study).toBe("paper-a-001");
    expect(now()).toBeNull();
    expect(studies.getState().list).toEqual([{ study: "train-001" }]);
  });

  it("shows the epochs of every training, the one heard of last at the end", async () => {
    void started();
    await vi.waitFor(() => expect(asked.at(-1)?.path).toBe("/jobs/j1/events"));
    for (const epoch of [1, 2]) tell({ kind: "epoch", job: "j1", ...point("LSTM", epoch) });
    tell({ kind: "epoch", job: "j1", ...point("GRU", 1) });
    await vi.waitFor(() => expect([...now()!.epochs.keys()]).toEqual(["LSTM", "GRU"]));
    expect(
      now()!
        .epochs.get("LSTM")!
        .map(({ epoch }) => epoch),
    ).toEqual([1, 2]);
  });

  it("can be cancelled, and says that what was done is kept", async () => {
    void started();
    await vi.waitFor(() => expect(asked.at(-1)?.path).toBe("/jobs/j1/events"));
    await cancelStudy();
    expect(asked.at(-1)).toEqual({ path: "/api/cancel", body: { job: "j1" } });
    expect(now()!.state).toBe("cancelling");
    tell({ kind: "error", job: "j1", run: null, error: reportError(new Cancelled()) });
    await vi.waitFor(() => expect(now()!.state).toBe("cancelled"));
  });

  it("says what went wrong, also where its stream breaks off", async () => {
    void started();
    await vi.waitFor(() => expect(asked.at(-1)?.path).toBe("/jobs/j1/events"));
    end();
    await vi.waitFor(() => expect(now()).toMatchObject({ state: "failed" }));
    expect(now()!.error!.message).toMatch(/ended early/);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("refused")));
    await startStudy(paper);
    expect(now()!.error!.message).toMatch(/does not answer/);
    await refreshStudies();
    expect(studies.getState().error!.message).toMatch(/does not answer/);
  });

  it("has failed where its stream ends without a word, though it was being cancelled", async () => {
    void startStudy(paper);
    await vi.waitFor(() => expect(asked.at(-1)?.path).toBe("/jobs/j1/events"));
    await cancelStudy();
    expect(now()!.state).toBe("cancelling");
    end();
    await vi.waitFor(() => expect(now()!.state).toBe("failed"));
  });

  it("stays closed where it was closed before the program had answered", async () => {
    const ended = startStudy(paper);
    unwatchStudy();
    await ended;
    expect(now()).toBeNull();
    expect(asked.map(({ path }) => path)).not.toContain("/jobs/j1/events");
  });

  it("is found again after a reload; a plan is not taken for one", async () => {
    answers["jobs.list"] = [
      { job: "plan", study: false, run: null },
      { job: "j7", study: true, run: null },
    ];
    void watchStudyUnderWay();
    await vi.waitFor(() => expect(asked.at(-1)!.path).toBe("/jobs/j7/events"));
    expect(now()!.id).toBe("j7");
  });

  it("opens one report at a time: the one asked for last", async () => {
    const first = openStudy("a");
    await openStudy("b");
    await first;
    expect(studies.getState().open).toEqual({ study: "b", report: { title: "found" } });
    closeStudy();
    expect(studies.getState().open).toBeNull();
  });
});

describe("the epochs of trainings", () => {
  it("forget a training that begins anew", () => {
    const before = withEpochs(new Map(), [point("a", 1), point("b", 1), point("a", 2)]);
    expect([...before.keys()]).toEqual(["b", "a"]);
    const after = withEpochs(before, [point("a", 1)]);
    expect(after.get("a")).toHaveLength(1);
    expect(before.get("a")).toHaveLength(2);
  });

  it("are drawn with what they have: no empty line for an accuracy that nobody measured", () => {
    const losses = learningCurve("LSTM", [point("LSTM", 1), point("LSTM", 2)]);
    expect(losses.series.map(({ name }) => name)).toEqual(["loss"]);
    expect(losses.right).toBeUndefined();
    const both = learningCurve("ANN", [point("ANN", 1, { validationLoss: 2, accuracy: 0.5 })]);
    expect(both.series.map(({ name, y }) => [name, y[0]])).toEqual([
      ["loss", 1],
      ["validation loss", 2],
      ["accuracy", 50],
    ]);
    expect(figureSvg(both, { width: 336, height: 228, theme: "dark" })).toContain("accuracy, %");
  });
});

describe("a model that is brought along", () => {
  const onnx = () => new File([Uint8Array.of(8, 255, 0)], "mine.onnx");
  const card = (text = '{"title":"mine"}') => new File([text], "mine.json");
  afterEach(forgetModelFiles);

  it("waits for its card, in either order, and is then imported", async () => {
    await giveModelFile(card());
    expect(givenModel.getState().card!.name).toBe("mine.json");
    expect(asked).toEqual([]);
    void giveModelFile(onnx());
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
    expect(asked[0].body).toMatchObject({
      ask: { kind: "import", name: "mine", onnx: "CP8A", card: { title: "mine" }, from: "mine.onnx" },
    });
    expect(givenModel.getState()).toEqual({ onnx: null, card: null, error: null });
  });

  it("is refused with a card that is not JSON", async () => {
    await giveModelFile(onnx());
    await giveModelFile(card("{"));
    expect(asked).toEqual([]);
    expect(givenModel.getState().error!.message).toMatch(/mine\.json is not JSON/);
  });

  it("is told from a scenario by its graph, or by the graph that waits", async () => {
    expect(areForModel([{ name: "a.json" }])).toBe(false);
    expect(areForModel([{ name: "a.json" }, { name: "a.ONNX" }])).toBe(true);
    await giveModelFile(onnx());
    expect(areForModel([{ name: "a.json" }])).toBe(true);
    expect(areForModel([{ name: "a.tle" }])).toBe(false);
  });
});
