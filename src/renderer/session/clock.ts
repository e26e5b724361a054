import { createStore } from "zustand/vanilla";

export const SPEEDS = [1, 10, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/** The one clock of the page: seconds since the start of the run. It runs outside React. */
export interface Clock {
  timeS: number;
  endS: number;
  stepS: number;
  speed: Speed;
  playing: boolean;
  /** playing, but the frames of the next step are still on their way */
  waiting: boolean;
}

export const clock = createStore<Clock>(() => ({
  timeS: 0,
  endS: 0,
  stepS: 1,
  speed: 1,
  playing: false,
  waiting: false,
}));

/** A little slack, for a time that was reached by adding steps may fall a hair short of the step. */
export const stepAt = (timeS: number, stepS: number) => Math.floor(timeS / stepS + 1e-6);

/** The clock after some wall time; stops at the end, waits where the next step may not be shown yet. */
export function advance(now: Clock, elapsedS: number, mayShow: (step: number) => boolean): Clock {
  if (!now.playing) return now;
  const timeS = Math.min(now.endS, now.timeS + elapsedS * now.speed);
  if (!mayShow(stepAt(timeS, now.stepS))) return now.waiting ? now : { ...now, waiting: true };
  return { ...now, timeS, waiting: false, playing: timeS < now.endS };
}

/** The neighbouring whole step: from between two steps, the next or the one just passed. */
export function stepped(now: Clock, direction: 1 | -1): number {
  const at = now.timeS / now.stepS;
  const step = direction > 0 ? Math.floor(at + 1e-6) + 1 : Math.ceil(at - 1e-6) - 1;
  return Math.max(0, Math.min(now.endS, step * now.stepS));
}

let mayShow: (step: number) => boolean = () => true;
let lastMs = 0;

/** A longest tick keeps a page that slept from leaping over the pass. */
const LONGEST_TICK_S = 0.5;

function tick(nowMs: number): void {
  const elapsedS = Math.min(LONGEST_TICK_S, Math.max(0, (nowMs - lastMs) / 1000));
  lastMs = nowMs;
  const before = clock.getState();
  const after = advance(before, elapsedS, mayShow);
  if (after !== before) clock.setState(after);
  if (clock.getState().playing) requestAnimationFrame(tick);
}

export function play(): void {
  const { playing, timeS, endS } = clock.getState();
  if (playing || endS === 0) return;
  clock.setState({ playing: true, timeS: timeS >= endS ? 0 : timeS });
  lastMs = performance.now();
  requestAnimationFrame(tick);
}

export const pause = () => clock.setState({ playing: false, waiting: false });
export const togglePlay = () => (clock.getState().playing ? pause() : play());
export const setSpeed = (speed: Speed) => clock.setState({ speed });

export function seek(timeS: number): void {
  const { endS } = clock.getState();
  clock.setState({ timeS: Math.max(0, Math.min(endS, timeS)), waiting: false });
}

export function stepBy(direction: 1 | -1): void {
  pause();
  seek(stepped(clock.getState(), direction));
}

/** Sets the clock to a run; `gate` says whether a step can be shown. */
export function setRange(endS: number, stepS: number, timeS: number, gate: (step: number) => boolean): void {
  mayShow = gate;
  clock.setState({ endS, stepS, timeS: Math.max(0, Math.min(endS, timeS)), playing: false, waiting: false });
}
