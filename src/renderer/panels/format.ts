/** Numbers and times in words. A missing number is a dash. */
export const whole = (n: number | null | undefined) =>
  n === null || n === undefined || !Number.isFinite(n) ? "–" : Math.round(n).toLocaleString("en");

export const fixed = (n: number | null | undefined, digits: number) =>
  n === null || n === undefined || !Number.isFinite(n) ? "–" : n.toFixed(digits).replace("-", "−");

/** 48.12° N */
export const degrees = (deg: number, positive: string, negative: string) =>
  `${Math.abs(deg).toFixed(2)}° ${deg < 0 ? negative : positive}`;

export const percent = (share: number | null | undefined, digits = 1) =>
  share === null || share === undefined || !Number.isFinite(share)
    ? "–"
    : `${(100 * share).toFixed(digits)} %`;

/** 12:00:41.2, UTC */
export function utcTime(unixMs: number): string {
  return new Date(Math.round(unixMs / 100) * 100).toISOString().slice(11, 21);
}

export const utcDate = (unixMs: number) => new Date(unixMs).toISOString().slice(0, 10);

const zoneClocks = new Map<string | undefined, Intl.DateTimeFormat>();

/** Making one takes a while, and the clock asks for it with every frame. */
function zoneClock(timeZone: string | undefined): Intl.DateTimeFormat {
  const made =
    zoneClocks.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      fractionalSecondDigits: 1,
      timeZoneName: "longOffset",
    });
  zoneClocks.set(timeZone, made);
  return made;
}

/** The time of a place, this machine's unless one is named: its offset, and by how many days its date differs from UTC's. */
export function zoneTime(unixMs: number, timeZone?: string): { time: string; offset: string; days: number } {
  const ms = Math.round(unixMs / 100) * 100;
  const parts = zoneClock(timeZone).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? "";
  const apart = Number(part("day")) - new Date(ms).getUTCDate();
  return {
    time: `${part("hour")}:${part("minute")}:${part("second")}.${part("fractionalSecond")}`,
    // at no offset some say it and some do not
    offset: part("timeZoneName").replace(/^GMT$/, "GMT+00:00").replace("GMT", "UTC"),
    // the 1st after the 31st, or the other way round
    days: Math.abs(apart) > 1 ? -Math.sign(apart) : apart,
  };
}

/** 45 s, 3 min 20 s, 1 h 05 min */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return "–";
  const s = Math.round(seconds);
  if (s < 60) return `${seconds < 10 ? Number(seconds.toFixed(1)) : s} s`;
  if (s < 3600) return s % 60 === 0 ? `${s / 60} min` : `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, "0")} min`;
}

/** Where the greatest value stands first; null where none is above zero. */
export function greatestAt(values: ArrayLike<number>): number | null {
  let best: number | null = null;
  for (let i = 0; i < values.length; i++) if (values[i]! > (best === null ? 0 : values[best]!)) best = i;
  return best;
}

/** Greatest value of each of at most `bins` equal stretches. */
export function peaks(values: ArrayLike<number>, bins: number): number[] {
  const n = Math.min(bins, values.length);
  const out = Array.from({ length: n }, () => 0);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((i * n) / values.length);
    if (values[i]! > out[bin]!) out[bin] = values[i]!;
  }
  return out;
}
