/**
 * The engine's events in order of time, then of arrival: a small heap for the present millisecond, lists for the next 2048, a heap for
 * what lies beyond. A storm keeps hundreds of thousands of events at once; one heap of them would miss the cache at each step.
 */
import { EventHeap } from "./heap.ts";

const SPAN = 2048;

export class EventQueue {
  size = 0;
  readonly #near = new EventHeap();
  readonly #far = new EventHeap();
  /** events before it are in `near`, those of the next SPAN ms in lists */
  #edge = 0;
  #listed = 0;
  #order = 0;
  /** [ms mod SPAN] first entry of its list, −1 none */
  readonly #first = new Int32Array(SPAN).fill(-1);
  #time = new Float64Array(4096);
  #orders = new Float64Array(4096);
  #item = new Int32Array(4096);
  #code = new Int32Array(4096);
  #next = new Int32Array(4096);
  #used = 0;
  #free = -1;

  get time(): number {
    return this.#near.time;
  }
  get item(): number {
    return this.#near.item;
  }
  get code(): number {
    return this.#near.code;
  }

  push(time: number, item: number, code: number): void {
    const order = this.#order++;
    if (time < this.#edge) this.#near.push(time, order, item, code);
    else if (time < this.#edge + SPAN) this.#list(time, order, item, code);
    else this.#far.push(time, order, item, code);
    this.size++;
    if (this.#near.size === 0) this.#advance();
  }

  /** Removes the first event, which `time`, `item` and `code` showed. */
  pop(): void {
    this.#near.pop();
    this.size--;
    if (this.#near.size === 0 && this.size > 0) this.#advance();
  }

  /** Moves on to the next millisecond that holds events. */
  #advance(): void {
    while (this.#near.size === 0) {
      if (this.#listed === 0) this.#edge = Math.max(this.#edge, Math.floor(this.#far.time));
      this.#edge++;
      this.#open((this.#edge - 1) & (SPAN - 1));
      const far = this.#far;
      while (far.size > 0 && far.time < this.#edge + SPAN) {
        if (far.time < this.#edge) this.#near.push(far.time, far.order, far.item, far.code);
        else this.#list(far.time, far.order, far.item, far.code);
        far.pop();
      }
    }
  }

  #open(slot: number): void {
    for (let i = this.#first[slot]; i >= 0;) {
      this.#near.push(this.#time[i], this.#orders[i], this.#item[i], this.#code[i]);
      const next = this.#next[i];
      this.#next[i] = this.#free;
      this.#free = i;
      this.#listed--;
      i = next;
    }
    this.#first[slot] = -1;
  }

  #list(time: number, order: number, item: number, code: number): void {
    let i = this.#free;
    if (i >= 0) this.#free = this.#next[i];
    else {
      if (this.#used === this.#time.length) this.#grow();
      i = this.#used++;
    }
    const slot = Math.floor(time) & (SPAN - 1);
    this.#time[i] = time;
    this.#orders[i] = order;
    this.#item[i] = item;
    this.#code[i] = code;
    this.#next[i] = this.#first[slot];
    this.#first[slot] = i;
    this.#listed++;
  }

  #grow(): void {
    const length = 2 * this.#used;
    const reals = (old: Float64Array) => {
      const next = new Float64Array(length);
      next.set(old);
      return next;
    };
    const wholes = (old: Int32Array) => {
      const next = new Int32Array(length);
      next.set(old);
      return next;
    };
    this.#time = reals(this.#time);
    this.#orders = reals(this.#orders);
    this.#item = wholes(this.#item);
    this.#code = wholes(this.#code);
    this.#next = wholes(this.#next);
  }
}
