/** From values to places on a picture, with ticks at round numbers. */
import { numberText, powerText } from "./figure-text.ts";

export interface Domain {
  low: number;
  high: number;
  log: boolean;
  /** counts: no tick between them */
  whole?: boolean;
}

export interface Scale extends Domain {
  /** px of a value within the domain */
  place: (value: number) => number;
  ticks: number[];
  label: (tick: number) => string;
}

/** Whether a value has a place on an axis. */
export const canStand = ({ log }: { log: boolean }, value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Math.abs(value) <= 1e300 && !(log && value < 1e-300);

/** Least and greatest of what can stand on the axis, with a little room; `zero`: from zero on. */
export function domainOf(values: Iterable<number>, log: boolean, zero: boolean): Domain {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!canStand({ log }, value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) [low, high] = log ? [1, 10] : [0, 1];
  if (log) {
    const room = low === high ? 0.5 : 0.04 * Math.log10(high / low);
    return { low: clampLog(low * 10 ** -room), high: clampLog(high * 10 ** room), log };
  }
  if (zero) [low, high] = [Math.min(0, low), Math.max(0, high)];
  // a span too narrow for floats is none
  const narrow = !(high - low > 1e-9 * Math.max(Math.abs(high), 1e-290));
  const room = !narrow ? 0.05 * (high - low) : Math.abs(high) > 1e-280 ? Math.abs(high) / 2 : 0.5;
  const grown = {
    low: zero && low === 0 ? 0 : low - room,
    high: zero && high === 0 ? 0 : high + room,
    log,
  };
  return grown.low < grown.high ? grown : { low: 0, high: 1, log };
}

const clampLog = (value: number) => Math.min(1e302, Math.max(1e-302, value));

/** The domain between two places of the picture, with at most `most` ticks. */
export function scaleOf(domain: Domain, from: number, to: number, most: number): Scale {
  const { low, high, log } = domain;
  const turn = log ? Math.log10 : (value: number) => value;
  const [start, end] = [turn(low), turn(high)];
  const place = (value: number) => from + (turn(value) / (end - start) - start / (end - start)) * (to - from);
  const ticks = log ? logTicks(low, high, most) : linearTicks(low, high, most, domain.whole ? 1 : 0);
  return { ...domain, place, ticks, label: labelOf(ticks, log) };
}

function labelOf(ticks: number[], log: boolean): (tick: number) => string {
  const digits = log ? 2 : digitsOf(ticks);
  const far = log && ticks.some((tick) => tick >= 1e6 || tick < 1e-4);
  return (tick) => (far ? powerText(tick, digits) : numberText(tick, digits));
}

/** Digits that tell neighbouring ticks apart. */
function digitsOf(ticks: number[]): number {
  const step = Math.abs(ticks[1] - ticks[0]);
  const most = Math.max(...ticks.map(Math.abs));
  if (!(step > 0)) return 4;
  return Math.min(15, Math.max(4, Math.ceil(Math.log10(most / step)) + 2));
}

/** A step of 1, 2 or 5 times a power of ten that cuts the range into at most `most`. */
function linearTicks(low: number, high: number, most: number, least = 0): number[] {
  const range = high - low;
  const power = 10 ** Math.floor(Math.log10(range / Math.max(1, most)));
  const step =
    [1, 2, 5, 10, 20, 50, 100].map((n) => n * power).find((s) => s >= least && range / s <= most) ?? range;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first;
  if (!(step > 0) || !(count < 1000)) return [];
  return Array.from({ length: count + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten, thinned; 1, 2 and 5 times these where the range has few. */
function logTicks(low: number, high: number, most: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const decades = last - first + 1;
  if (decades >= 3 || 3 * decades + 2 > 2 * most) {
    const every = Math.max(1, Math.ceil(decades / Math.max(1, most)));
    return Array.from(
      { length: Math.max(0, Math.ceil(decades / every)) },
      (_, i) => 10 ** (first + i * every),
    );
  }
  const fine: number[] = [];
  for (let n = first - 1; n <= last; n++)
    for (const m of [1, 2, 5]) if (m * 10 ** n >= low && m * 10 ** n <= high) fine.push(Number(`${m}e${n}`));
  return fine.length > 1 ? fine : linearTicks(low, high, most).filter((tick) => tick >= low);
}
