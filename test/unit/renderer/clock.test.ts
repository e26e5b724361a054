import { afterEach, describe, expect, it, vi } from "vitest";
import {
  advance,
  clock,
  pause,
  play,
  seek,
  setRange,
  setSpeed,
  stepAt,
  stepBy,
  stepped,
} from "../../../src/renderer/session/clock.ts";
import type { Clock } from "../../../src/renderer/session/clock.ts";

const at = (timeS: number, change: Partial<Clock> = {}): Clock => ({
  timeS,
  endS: 180,
  stepS: 1,
  speed: 1,
  playing: true,
  waiting: false,
  ...change,
});
const always = () => true;

describe("advance", () => {
  it("goes with the wall clock times the speed", () => {
    expect(advance(at(10), 0.25, always).timeS).toBe(10.25);
    expect(advance(at(10, { speed: 60 }), 0.25, always).timeS).toBe(25);
  });

  it("stops playing exactly at the end", () => {
    expect(advance(at(179.9, { speed: 10 }), 0.5, always)).toMatchObject({ timeS: 180, playing: false });
  });

  it("stands still and says so while the frames of the step are missing, and goes on once they are here", () => {
    const waiting = advance(at(9.9), 0.2, (step) => step < 10);
    expect(waiting).toMatchObject({ timeS: 9.9, waiting: true, playing: true });
    expect(advance(waiting, 0.2, always)).toMatchObject({ waiting: false, timeS: 10.1 });
  });

  it("leaves a paused clock alone", () => {
    const paused = at(3, { playing: false });
    expect(advance(paused, 1, always)).toBe(paused);
  });
});

describe("stepped", () => {
  it("goes to the neighbouring step from on a step", () => {
    expect(stepped(at(10), 1)).toBe(11);
    expect(stepped(at(10), -1)).toBe(9);
  });

  it("goes to the next or the one just passed from between steps", () => {
    expect(stepped(at(10.4), 1)).toBe(11);
    expect(stepped(at(10.4), -1)).toBe(10);
  });

  it("stays within the run", () => {
    expect(stepped(at(180), 1)).toBe(180);
    expect(stepped(at(0), -1)).toBe(0);
  });

  it("reaches every step of a tenth of a second once, in spite of rounding", () => {
    let now = at(0, { stepS: 0.1, endS: 5 });
    for (let i = 0; i < 50; i++) {
      expect(stepAt(now.timeS, 0.1)).toBe(i);
      now = { ...now, timeS: stepped(now, 1) };
    }
  });
});

describe("the running clock", () => {
  afterEach(() => {
    pause();
    vi.unstubAllGlobals();
  });

  const frames: ((ms: number) => void)[] = [];
  const runFrames = (fromMs: number, toMs: number, everyMs: number) => {
    for (let ms = fromMs; ms <= toMs; ms += everyMs) frames.shift()?.(ms);
  };

  it("plays by animation frames, at the speed chosen, and does not leap after a sleep", () => {
    frames.length = 0;
    vi.stubGlobal("requestAnimationFrame", (f: (ms: number) => void) => frames.push(f));
    vi.spyOn(performance, "now").mockReturnValue(0);
    setRange(100, 1, 20, always);
    setSpeed(10);
    play();
    runFrames(100, 1000, 100);
    expect(clock.getState().timeS).toBeCloseTo(30, 6);
    runFrames(61_000, 61_000, 1);
    expect(clock.getState().timeS).toBeCloseTo(35, 6);
    pause();
    runFrames(61_100, 61_100, 1);
    expect(frames).toHaveLength(0);
    vi.restoreAllMocks();
  });

  it("starts over when played from the end", () => {
    vi.stubGlobal("requestAnimationFrame", () => 0);
    setRange(100, 1, 100, always);
    play();
    expect(clock.getState()).toMatchObject({ timeS: 0, playing: true });
  });

  it("pauses on a step, and keeps a seek within the run", () => {
    setRange(100, 1, 50, always);
    stepBy(1);
    expect(clock.getState()).toMatchObject({ timeS: 51, playing: false });
    seek(1e9);
    expect(clock.getState().timeS).toBe(100);
    seek(-1);
    expect(clock.getState().timeS).toBe(0);
  });
});
