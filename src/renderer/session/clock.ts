import { createStore } from "zustand/vanilla";
import { recall, remember } from "./memory.ts";

export const SPEEDS = [0.1, 0.5, 1, 2, 5, 10, 30, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/** 1: forwards, −1: backwards */
export type Direction = 1 | -1;

/** A part of the run, s since its start. */
export interface Range {
  fromS: number;
  toS: number;
}

/** The one clock of the page: seconds since the start of the run. It runs outside React. */
export interface Clock {
  timeS: number;
  endS: number;
  stepS: number;
  speed: Speed;
  direction: Direction;
  playing: boolean;
  /** playing, but the frames of the next step are still on their way */
  waiting: boolean;
  /** begins again at the end … */
  loop: boolean;
  /** … of this part of the run; null: of the whole run */
  range: Range | null;
}

export const clock = createStore<Clock>(() => ({
  timeS: 0,
  endS: 0,
  stepS: 1,
  speed: 1,
  direction: 1,
  playing: false,
  waiting: false,
  loop: false,
  range: null,
}));

/** Whether a step can be shown; play goes in the direction. */
export type Gate = (step: number, direction: Direction) => boolean;

/** A little slack, for a time that was reached by adding steps may fall a hair short of the step. */
export const stepAt = (timeS: number, stepS: number) => Math.floor(timeS / stepS + 1e-6);

/** The clock after some wall time; stops at the end or begins again, waits where the next step may not be shown yet. */
export function advance(now: Clock, elapsedS: number, mayShow: Gate): Clock {
  if (!now.playing) return now;
  const { timeS, stops } = moved(now, now.direction * elapsedS * now.speed);
  if (!mayShow(stepAt(timeS, now.stepS), now.direction)) return now.waiting ? now : { ...now, waiting: true };
  return { ...now, timeS, waiting: false, playing: !stops };
}

function moved(
  { timeS, endS, direction, loop, range }: Clock,
  byS: number,
): { timeS: number; stops: boolean } {
  const to = timeS + byS;
  if (!loop) return { timeS: Math.max(0, Math.min(endS, to)), stops: direction > 0 ? to >= endS : to <= 0 };
  const { fromS, toS } = range ?? { fromS: 0, toS: endS };
  // who sought a place past the range plays on to the end of the run
  const end = timeS <= toS ? toS : endS;
  const start = timeS >= fromS ? fromS : 0;
  if (byS > 0 && to >= end) return { timeS: fromS + ((to - end) % (toS - fromS)), stops: false };
  if (byS < 0 && to < start) return { timeS: toS - ((start - to) % (toS - fromS)), stops: false };
  return { timeS: to, stops: false };
}

/** A loop asks for where it begins again so long before it does, s of the viewer. */
const LEAP_AHEAD_S = 3;

/** The step that a loop leaps to soon; null: it does not. */
export function leapAhead({ timeS, endS, stepS, speed, direction, loop, range }: Clock): number | null {
  if (!loop) return null;
  const { fromS, toS } = range ?? { fromS: 0, toS: endS };
  const [last, next] = direction > 0 ? [timeS <= toS ? toS : endS, fromS] : [timeS >= fromS ? fromS : 0, toS];
  return Math.abs(last - timeS) <= LEAP_AHEAD_S * speed ? stepAt(next, stepS) : null;
}

/** The neighbouring whole step: from between two steps, the next or the one just passed. */
export function stepped(now: Clock, direction: Direction): number {
  const at = now.timeS / now.stepS;
  const step = direction > 0 ? Math.floor(at + 1e-6) + 1 : Math.ceil(at - 1e-6) - 1;
  return Math.max(0, Math.min(now.endS, step * now.stepS));
}

let mayShow: Gate = () => true;
let lastMs = 0;
/** which play the ticks belong to: those of an earlier one end */
let plays = 0;

/** A longest tick keeps a page that slept from leaping over the pass. */
const LONGEST_TICK_S = 0.5;

function tick(nowMs: number, mine: number): void {
  if (mine !== plays) return;
  const elapsedS = Math.min(LONGEST_TICK_S, Math.max(0, (nowMs - lastMs) / 1000));
  lastMs = nowMs;
  const before = clock.getState();
  const after = advance(before, elapsedS, mayShow);
  if (after !== before) clock.setState(after);
  if (clock.getState().playing) requestAnimationFrame((ms) => tick(ms, mine));
}

/** From the end it begins at the start, backwards the other way round; a loop goes on where it begins again. */
export function play(direction: Direction = 1): void {
  const { playing, timeS, endS, loop } = clock.getState();
  if (endS === 0) return;
  if (playing) return clock.setState({ direction, waiting: false });
  const over = !loop && (direction > 0 ? timeS >= endS : timeS <= 0);
  const from = direction > 0 ? 0 : endS;
  clock.setState({ playing: true, direction, timeS: over ? from : timeS });
  lastMs = performance.now();
  const mine = ++plays;
  requestAnimationFrame((ms) => tick(ms, mine));
}

export const pause = () => clock.setState({ playing: false, waiting: false });
export const togglePlay = () => (clock.getState().playing ? pause() : play());
export const isReversing = ({ playing, direction }: Clock) => playing && direction < 0;
export const toggleReverse = () => (isReversing(clock.getState()) ? pause() : play(-1));

export function setSpeed(speed: Speed): void {
  remember("speed", String(speed));
  clock.setState({ speed });
}

export function changeSpeed(by: 1 | -1): void {
  const next = SPEEDS[SPEEDS.indexOf(clock.getState().speed) + by];
  if (next !== undefined) setSpeed(next);
}

function setLoop(loop: boolean): void {
  remember("loop", String(loop));
  clock.setState({ loop });
}

export const toggleLoop = () => setLoop(!clock.getState().loop);

/** Loops a part of the run, whichever end is told first; less than a step is none. */
export function chooseRange(oneS: number, otherS: number): void {
  const { endS, stepS } = clock.getState();
  const fromS = Math.max(0, Math.min(oneS, otherS));
  const toS = Math.min(endS, Math.max(oneS, otherS));
  if (toS - fromS < stepS * (1 - 1e-6)) return;
  clock.setState({ range: { fromS, toS } });
  setLoop(true);
}

/** The range begins here; its end stays where that is still behind. */
export function beginRange(): void {
  const { timeS, endS, stepS, range } = clock.getState();
  chooseRange(timeS, range && range.toS - timeS >= stepS ? range.toS : endS);
}

/** The range ends here; its start stays where that is still before. */
export function endRange(): void {
  const { timeS, stepS, range } = clock.getState();
  chooseRange(range && timeS - range.fromS >= stepS ? range.fromS : 0, timeS);
}

/** The whole run again. */
export const dropRange = () => clock.setState({ range: null });

export function seek(timeS: number): void {
  const { endS } = clock.getState();
  clock.setState({ timeS: Math.max(0, Math.min(endS, timeS)), waiting: false });
}

/** Goes to a time and stays there. */
export function stopAt(timeS: number): void {
  pause();
  seek(timeS);
}

export function stepBy(direction: Direction): void {
  stopAt(stepped(clock.getState(), direction));
}

/** Sets the clock to a run; `gate` says whether a step can be shown. */
export function setRange(endS: number, stepS: number, timeS: number, gate: Gate): void {
  mayShow = gate;
  const within = Math.max(0, Math.min(endS, timeS));
  clock.setState({ endS, stepS, timeS: within, playing: false, waiting: false, range: null });
}

/** Takes up the speed and the loop of the last time. */
export function recallClock(): void {
  const kept = Number(recall("speed"));
  const speed = SPEEDS.find((s) => s === kept) ?? 1;
  clock.setState({ speed, loop: recall("loop") === "true" });
}
