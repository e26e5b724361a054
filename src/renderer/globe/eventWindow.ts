/** First index whose time is greater than `timeMs`; times ascend. */
export function countUntil(times: Uint32Array, timeMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The events of the `lifeMs` before a time as [from, to), at most `capacity`, the newest of them. */
export function eventWindow(
  times: Uint32Array,
  timeMs: number,
  lifeMs: number,
  capacity: number,
): [number, number] {
  const to = countUntil(times, timeMs);
  return [Math.max(countUntil(times, timeMs - lifeMs), to - capacity), to];
}
