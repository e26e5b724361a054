import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Frames } from "../../../src/renderer/session/frames.ts";
import { encodeColumns } from "../../../src/shared/columns.ts";
import type { FrameColumn } from "../../../src/shared/frame.ts";
import type { RunRecord } from "../../../src/shared/run.ts";
import { blockOf } from "../store/blocks.ts";

/** blocks of 64 steps, and a last one of 8 */
const STEPS = 200;
const UES = 5;
const whole = blockOf(0, STEPS, UES).block;
const cut = (name: FrameColumn, step: number) => whole[name].slice(step * UES, (step + 1) * UES);

let asked: string[];
const loaded = vi.fn();
const follow = { leaps: () => true, onArrival: loaded, onError: loaded };
const framesOf = () => new Frames({ run: "a", ues: UES, stepsDone: STEPS } as RunRecord, follow);
const settle = () => vi.waitFor(() => expect(loaded).toHaveBeenCalledTimes(asked.length));

beforeEach(() => {
  asked = [];
  loaded.mockReset();
  vi.stubGlobal("fetch", (path: string) => {
    const [, from, to, name] = /from=(\d+)&to=(\d+)&columns=(\w+)$/.exec(path)!;
    asked.push(`${name} ${from}–${to}`);
    const column = whole[name as FrameColumn].slice(Number(from) * UES, (Number(to) + 1) * UES);
    const meta = { firstStep: Number(from), steps: Number(to) - Number(from) + 1, ues: UES };
    return Promise.resolve(new Response(encodeColumns({ [name!]: column }, meta)));
  });
});
afterEach(() => void vi.unstubAllGlobals());

describe("the frames of a run on the page", () => {
  test("are serving cells alone until somebody looks at a level", async () => {
    const frames = framesOf();
    expect(frames.at(100)).toBeNull();
    await settle();
    expect(frames.at(100)).toEqual(cut("cellState", 100));
    expect(frames.at(64)).toEqual(cut("cellState", 64));
    expect(asked).toEqual(["cellState 64–127"]);
    expect(frames.level("rsrp", 100)).toBeNull();
    await settle();
    expect(frames.level("rsrp", 100)).toEqual(cut("rsrp", 100));
    expect(asked).toEqual(["cellState 64–127", "rsrp 64–127"]);
  });

  test("are not whole without SINR while the picture shows it", async () => {
    const frames = framesOf();
    frames.at(0);
    await settle();
    frames.needsSinr = true;
    expect(frames.at(0)).toBeNull();
    await settle();
    expect(frames.at(0)).toEqual(cut("cellState", 0));
    expect(frames.level("sinr", 0)).toEqual(cut("sinr", 0));
    frames.needsSinr = false;
    frames.at(199);
    await settle();
    expect(asked).toEqual(["cellState 0–63", "sinr 0–63", "cellState 192–199"]);
  });

  test("are asked for ahead, with the levels that are looked at just now", async () => {
    const frames = framesOf();
    frames.at(0);
    frames.level("sinr", 0);
    frames.prefetch(0, 1);
    await settle();
    expect(asked).toEqual(["cellState 0–63", "sinr 0–63", "cellState 64–127", "sinr 64–127"]);
    frames.prefetch(190, 1);
    await settle();
    expect(asked.slice(4)).toEqual(["cellState 192–199"]);
  });

  test("that failed are asked for again, whichever column it was", async () => {
    const answers = fetch;
    vi.stubGlobal("fetch", () => Promise.reject(new Error("gone")));
    const frames = framesOf();
    frames.level("rsrp", 0);
    await vi.waitFor(() => expect(loaded).toHaveBeenCalledOnce());
    vi.stubGlobal("fetch", answers);
    expect(frames.level("rsrp", 0)).toBeNull();
    expect(asked).toEqual([]);
    expect(frames.retry()).toBe(true);
    frames.level("rsrp", 0);
    await vi.waitFor(() => expect(frames.level("rsrp", 0)).toEqual(cut("rsrp", 0)));
    expect(frames.retry()).toBe(false);
  });
});
