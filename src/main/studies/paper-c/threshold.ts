/**
 * Threshold that follows its own errors. A prediction is an alarm where the probability that another cell will be best
 * exceeds θ. Once the foretold instant has come it is judged by whether another cell is better than the serving one by a margin
 * (a change): an alarm without a change is wrong, a change without an alarm is a miss. At every measurement
 *
 *   θ ← clip(θ + η · (wrong alarms / alarms − misses / changes), least, most)
 *
 * over the predictions judged in the last `memory` measurements, of all UEs together; a ratio over nothing counts 0. Wrong
 * alarms raise the threshold, missed changes lower it.
 */
export interface ThresholdSettings {
  start: number;
  least: number;
  most: number;
  /** η */
  pace: number;
  /** measurements */
  memory: number;
}

export const THRESHOLD: ThresholdSettings = { start: 0.5, least: 0.2, most: 0.99, pace: 0.02, memory: 50 };

export class DynamicThreshold {
  value: number;
  readonly #settings: ThresholdSettings;
  /** [measurement modulo memory] alarms, wrong alarms, changes, misses */
  readonly #counts: Int32Array;
  readonly #sum = new Int32Array(4);
  #slot = 0;

  constructor(settings: ThresholdSettings = THRESHOLD) {
    this.#settings = settings;
    this.value = settings.start;
    this.#counts = new Int32Array(4 * settings.memory);
  }

  /** One prediction whose instant has come. */
  judge(alarm: boolean, changed: boolean): void {
    this.#count(0, alarm);
    this.#count(1, alarm && !changed);
    this.#count(2, changed);
    this.#count(3, changed && !alarm);
  }

  #count(kind: number, holds: boolean): void {
    if (!holds) return;
    this.#counts[4 * this.#slot + kind]++;
    this.#sum[kind]++;
  }

  /** Ends a measurement: moves the threshold by what was judged, and forgets the oldest. */
  step(): void {
    const { pace, least, most, memory } = this.#settings;
    const [alarms, wrong, changes, misses] = this.#sum;
    const error = (alarms > 0 ? wrong / alarms : 0) - (changes > 0 ? misses / changes : 0);
    this.value = Math.min(most, Math.max(least, this.value + pace * error));
    this.#slot = (this.#slot + 1) % memory;
    for (let kind = 0; kind < 4; kind++) {
      this.#sum[kind] -= this.#counts[4 * this.#slot + kind];
      this.#counts[4 * this.#slot + kind] = 0;
    }
  }
}
