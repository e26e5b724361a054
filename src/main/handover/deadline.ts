/**
 * The least peak of one cell: unit jobs, each with a window of slots, spread so that the fullest slot holds as few as
 * possible. Exact: earliest deadline first under a search on the peak. What fails at one less leaves an interval of
 * slots too small for the jobs that must lie in it (Hall's condition), which proves the peak without trusting the search.
 */

export interface LeastPeak {
  /** jobs in the fullest slot; equals the bound */
  peak: number;
  /** Hall's bound: max over intervals [a, b] of ⌈jobs with their window inside / slots⌉, and the interval that gives it */
  bound: number;
  from: number;
  to: number;
  /** [job] its slot */
  slot: Int32Array;
}

/** The next slot that is not taken, from `at`; paths are halved on the way. `next[i] === i` is free; its end always is. */
function free(next: Int32Array, at: number): number {
  while (next[at] !== at) {
    next[at] = next[next[at]];
    at = next[at];
  }
  return at;
}

/** Every slot free again. */
function freeAll(next: Int32Array): void {
  for (let i = 0; i < next.length; i++) next[i] = i;
}

/** Jobs (not none) in the order of `last`: windows of slots `first` to `last`, both inside. */
export function leastPeak(first: Int32Array, last: Int32Array): LeastPeak {
  const jobs = first.length;
  let low = first[0];
  for (const slot of first) low = Math.min(low, slot);
  const slots = last[jobs - 1] - low + 1;
  const next = new Int32Array(slots + 1);
  const used = new Int32Array(slots);
  const reaches = new Int32Array(slots);
  const slot = new Int32Array(jobs);
  const certificate = { from: low, to: low + slots - 1, bound: Math.ceil(jobs / slots) };

  /**
   * Each job, by deadline, into the first slot of its window with room: none has a later choice that helps another
   * (exchange). Gives the first job that fits nowhere, or −1.
   */
  function place(capacity: number): number {
    freeAll(next);
    used.fill(0);
    for (let i = 0; i < slots; i++) reaches[i] = i;
    for (let job = 0; job < jobs; job++) {
      const release = first[job] - low;
      const at = free(next, release);
      if (at > last[job] - low) return job;
      slot[job] = at + low;
      reaches[at] = Math.min(reaches[at], release);
      if (++used[at] === capacity) next[at] = at + 1;
    }
    return -1;
  }

  /**
   * The slots from the failed job's first to its last are full; so are all from the first slot of any job found there.
   * All those jobs and this one must lie inside: more than fit.
   */
  function witness(failed: number): void {
    const to = last[failed];
    let from = first[failed];
    for (let at = to; at >= from; at--) from = Math.min(from, reaches[at - low] + low);
    let inside = 0;
    for (let job = 0; job < jobs; job++) if (first[job] >= from && last[job] <= to) inside++;
    certificate.from = from;
    certificate.to = to;
    certificate.bound = Math.ceil(inside / (to - from + 1));
  }

  let enough = jobs;
  while (certificate.bound < enough) {
    const capacity = (certificate.bound + enough) >> 1;
    const failed = place(capacity);
    if (failed < 0) enough = capacity;
    else witness(failed);
  }
  place(enough);
  return { peak: enough, ...certificate, slot };
}
