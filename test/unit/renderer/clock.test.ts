import { afterEach, describe, expect, it, vi } from "vitest";
import {
  advance,
  beginRange,
  changeSpeed,
  chooseRange,
  clock,
  dropRange,
  endRange,
  leapAhead,
  pause,
  play,
  recallClock,
  seek,
  setRange,
  setSpeed,
  SPEEDS,
  stepAt,
  stepBy,
  stepped,
  stopAt,
  toggleLoop,
  togglePlay,
  toggleReverse,
} from "../../../src/renderer/session/clock.ts";
import type { Clock } from "../../../src/renderer/session/clock.ts";

const at = (timeS: number, change: Partial<Clock> = {}): Clock => ({
  timeS,
  endS: 180,
  stepS: 1,
  speed: 1,
  direction: 1,
  playing: true,
  waiting: false,
  loop: false,
  range: null,
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

  it("goes back with the wall clock in reverse, and stops playing exactly at the start", () => {
    const back = at(10, { direction: -1, speed: 10 });
    expect(advance(back, 0.25, always)).toMatchObject({ timeS: 7.5, playing: true });
    expect(advance({ ...back, timeS: 0.3 }, 0.25, always)).toMatchObject({ timeS: 0, playing: false });
  });

  it("asks for the frames of the way it goes, and waits for them in reverse too", () => {
    const asked: [number, number][] = [];
    const gate = (step: number, direction: number) => {
      asked.push([step, direction]);
      return step >= 10;
    };
    const waiting = advance(at(10.1, { direction: -1 }), 0.2, gate);
    expect(waiting).toMatchObject({ timeS: 10.1, waiting: true, playing: true });
    expect(advance(waiting, 0.2, gate)).toBe(waiting);
    expect(advance(waiting, 0.2, always)).toMatchObject({ waiting: false, timeS: 9.9 });
    advance(at(20), 0.5, gate);
    expect(asked).toEqual([
      [9, -1],
      [9, -1],
      [20, 1],
    ]);
  });

  it("leaves a paused clock alone", () => {
    const paused = at(3, { playing: false });
    expect(advance(paused, 1, always)).toBe(paused);
  });
});

describe("a loop", () => {
  const loop = (timeS: number, change: Partial<Clock> = {}) => at(timeS, { loop: true, ...change });
  const range = { fromS: 20, toS: 50 };

  it("begins again with what is left of the tick, so that a round takes exactly its time", () => {
    let now = loop(0, { speed: 10 });
    for (let tick = 0; tick < 100; tick++) now = advance(now, 0.5, always);
    // 100 ticks of 5 s over 180 s
    expect(now).toMatchObject({ timeS: 500 - 2 * 180, playing: true });
    let back = loop(180, { speed: 10, direction: -1 });
    for (let tick = 0; tick < 100; tick++) back = advance(back, 0.5, always);
    expect(back).toMatchObject({ timeS: 180 - (500 - 2 * 180), playing: true });
  });

  it("stays within a range, either way, even where a tick is longer than the range", () => {
    for (const direction of [1, -1] as const)
      for (const speed of [1, 60] as const) {
        let now = loop(30, { range: { fromS: 28, toS: 33 }, direction, speed });
        for (let tick = 0; tick < 500; tick++) {
          now = advance(now, 0.37, always);
          expect(now.timeS).toBeGreaterThanOrEqual(28);
          expect(now.timeS).toBeLessThanOrEqual(33);
        }
      }
    expect(advance(loop(49, { range, speed: 5 }), 0.4, always).timeS).toBe(21);
    expect(advance(loop(21, { range, speed: 5, direction: -1 }), 0.4, always).timeS).toBe(49);
  });

  it("plays into the range from before it, and to the end of the run from past it", () => {
    expect(advance(loop(19.9, { range }), 0.2, always).timeS).toBeCloseTo(20.1, 9);
    expect(advance(loop(60, { range }), 0.5, always).timeS).toBe(60.5);
    expect(advance(loop(179.75, { range }), 0.5, always).timeS).toBeCloseTo(20.25, 9);
    expect(advance(loop(10, { range, direction: -1 }), 0.5, always).timeS).toBe(9.5);
    expect(advance(loop(0.25, { range, direction: -1 }), 0.5, always).timeS).toBeCloseTo(49.75, 9);
  });

  it("waits before it begins again where the first frames are not here", () => {
    const waiting = advance(loop(49.9, { range }), 0.2, (step) => step > 30);
    expect(waiting).toMatchObject({ timeS: 49.9, waiting: true, playing: true });
  });

  it("tells the step it leaps to in the last seconds before, and none otherwise", () => {
    expect(leapAhead(loop(46, { range }))).toBeNull();
    expect(leapAhead(loop(47, { range }))).toBe(20);
    expect(leapAhead(loop(30, { range, speed: 10 }))).toBe(20);
    expect(leapAhead(loop(22, { range, direction: -1 }))).toBe(50);
    expect(leapAhead(loop(60, { range }))).toBeNull();
    expect(leapAhead(loop(178, { range }))).toBe(20);
    expect(leapAhead(loop(178))).toBe(0);
    expect(leapAhead(at(178, { range }))).toBeNull();
  });

  it("plays past a range once it is off", () => {
    expect(advance(at(49.9, { range }), 0.2, always).timeS).toBeCloseTo(50.1, 9);
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
    // the first frame may have begun before the click
    setRange(100, 1, 0, always);
    play();
    runFrames(-5, -5, 1);
    expect(clock.getState().playing).toBe(true);
    pause();
    play();
    runFrames(61_200, 61_300, 100);
    expect(frames).toHaveLength(1);
    pause();
    vi.restoreAllMocks();
  });

  it("starts over when played from the end", () => {
    vi.stubGlobal("requestAnimationFrame", () => 0);
    setRange(100, 1, 100, always);
    play();
    expect(clock.getState()).toMatchObject({ timeS: 0, playing: true });
  });

  it("goes on in the range of its loop when played from either end of the run", () => {
    vi.stubGlobal("requestAnimationFrame", () => 0);
    setRange(100, 1, 100, always);
    chooseRange(60, 90);
    play();
    expect(advance(clock.getState(), 0.5, always).timeS).toBeLessThan(65.1);
    expect(advance(clock.getState(), 0.5, always).timeS).toBeGreaterThan(60);
    stopAt(0);
    play(-1);
    expect(advance(clock.getState(), 0.5, always).timeS).toBeGreaterThan(84.9);
    toggleLoop();
    dropRange();
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

  it("turns round while it plays, and each key stops its own way", () => {
    vi.stubGlobal("requestAnimationFrame", () => 0);
    setRange(100, 1, 0, always);
    toggleReverse();
    expect(clock.getState()).toMatchObject({ timeS: 100, playing: true, direction: -1 });
    play();
    expect(clock.getState()).toMatchObject({ playing: true, direction: 1 });
    toggleReverse();
    expect(clock.getState()).toMatchObject({ playing: true, direction: -1 });
    toggleReverse();
    expect(clock.getState().playing).toBe(false);
    toggleReverse();
    togglePlay();
    expect(clock.getState().playing).toBe(false);
  });

  it("goes through the speeds and stays with the last of them", () => {
    setSpeed(30);
    changeSpeed(1);
    changeSpeed(1);
    expect(clock.getState().speed).toBe(60);
    for (const _ of SPEEDS) changeSpeed(-1);
    expect(clock.getState().speed).toBe(0.1);
  });
});

describe("the range of the loop", () => {
  const chosen = () => clock.getState().range;
  afterEach(() => {
    if (clock.getState().loop) toggleLoop();
  });

  it("is told by either end first, keeps to the run, and loops", () => {
    setRange(100, 1, 0, always);
    chooseRange(50, -3);
    expect(clock.getState()).toMatchObject({ range: { fromS: 0, toS: 50 }, loop: true });
    chooseRange(90, 300);
    expect(chosen()).toEqual({ fromS: 90, toS: 100 });
    chooseRange(40, 40.5);
    expect(chosen(), "less than a step").toEqual({ fromS: 90, toS: 100 });
    dropRange();
    expect(clock.getState()).toMatchObject({ range: null, loop: true });
  });

  it("begins and ends where the clock stands; an end on the wrong side gives way", () => {
    setRange(100, 1, 30, always);
    beginRange();
    expect(chosen()).toEqual({ fromS: 30, toS: 100 });
    seek(60);
    endRange();
    expect(chosen()).toEqual({ fromS: 30, toS: 60 });
    seek(80);
    beginRange();
    expect(chosen()).toEqual({ fromS: 80, toS: 100 });
    seek(10);
    endRange();
    expect(chosen()).toEqual({ fromS: 0, toS: 10 });
  });

  it("belongs to one run", () => {
    setRange(100, 1, 30, always);
    chooseRange(10, 20);
    setRange(50, 1, 0, always);
    expect(chosen()).toBeNull();
  });
});

it("remembers speed and loop, and forgets a speed that there is not", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
  setSpeed(30);
  toggleLoop();
  clock.setState({ speed: 1, loop: false });
  recallClock();
  expect(clock.getState()).toMatchObject({ speed: 30, loop: true });
  kept.set("beamwalk.speed", "7");
  kept.delete("beamwalk.loop");
  recallClock();
  expect(clock.getState()).toMatchObject({ speed: 1, loop: false });
  vi.unstubAllGlobals();
});
