/**
 * Instants as Unix milliseconds UTC with a fraction: a double keeps a quarter of a microsecond there, where a Julian
 * date keeps 40 µs (0.3 m of a low orbit). Leap seconds are left out, as in POSIX time.
 */
const DAY_MS = 86_400_000;
const ISO = /^(\d{4})-(?:(\d\d)-(\d\d)|(\d{3}))[T ](\d\d):(\d\d)(?::(\d\d)([.,]\d+)?)?Z?$/i;

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** A year and a fractional day of that year (1 = 1 January, 0 h); NaN where there is no such day. */
export function dayOfYearMs(year: number, day: number): number {
  if (!(day >= 1 && day < (isLeap(year) ? 367 : 366))) return NaN;
  return Date.UTC(year, 0, 1) + (day - 1) * DAY_MS;
}

/** Two-digit year and day of a TLE: 57…99 are 1957…1999, 00…56 are 2000…2056. */
export const tleEpochMs = (year: number, day: number) =>
  dayOfYearMs(year < 57 ? year + 2000 : year + 1900, day);

/** ISO 8601 in UTC, calendar (2025-02-14T…) or ordinal (2025-045T…) date as CCSDS 502.0 allows; NaN where invalid. */
export function isoEpochMs(text: string): number {
  const match = ISO.exec(text.trim());
  if (!match) return NaN;
  const [, year, month, date, ordinal, hour, minute, second = "0", fraction = ""] = match;
  if (+hour > 23 || +minute > 59 || +second > 60) return NaN;
  const start = ordinal ? dayOfYearMs(+year, +ordinal) : calendarMs(+year, +month, +date);
  const parts = +hour * 3_600_000 + +minute * 60_000 + +second * 1000;
  return start + parts + Number(`0${fraction.replace(",", ".")}`) * 1000;
}

function calendarMs(year: number, month: number, date: number): number {
  const ms = Date.UTC(year, month - 1, date);
  const back = new Date(ms);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === date ? ms : NaN;
}
