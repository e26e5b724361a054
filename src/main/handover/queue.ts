/**
 * The engine's events in order of time, then of arrival: a timing wheel (Varghese and Lauck, SOSP'87). Events of the present tick stand
 * sorted; the next ones hang in lists of one tick each, later ones in lists of 1024 ticks, the rest in lists of 1024² ticks, which are
 * taken apart as their time comes near. An event is 32 bytes of one buffer, so that each step meets one cache line.
 */
const TICKS_PER_MS = 16;
const TURN = 1024;
/** lists of a wheel: those of the present turn and of the next one */
const RING = 2 * TURN;
/** beyond it a comparison sort takes over from insertion */
const FEW = 512;
/** events for which there is room at first: at least, at most */
const [LEAST, MOST] = [64, 16_384];

export class EventQueue {
  size = 0;
  /** the event taken out last */
  time = NaN;
  item = 0;
  code = 0;
  cell = 0;
  /** [event × 4] time first, then as `#fields` */
  #times: Float64Array<ArrayBuffer>;
  /** [event × 8] after the time: item, code, next of its list, cell */
  #fields: Int32Array<ArrayBuffer>;
  /** first of the events not in use; they hang together as those of a list */
  #free = 0;
  /** [(wheel × list) × 2] its first event, its last; −1 none */
  readonly #lists = new Int32Array(2 * 3 * RING).fill(-1);
  /** [wheel] events in its lists */
  readonly #count = new Int32Array(3);
  /** the present tick; the first tick, and the first turn, that lie beyond the finest wheel and the next one */
  #tick = 0;
  #reach = 2 * TURN;
  #farReach = 2 * TURN;
  /** events of the present tick in order, from `#at` to `#end` */
  #present = new Int32Array(1024);
  #at = 0;
  #end = 0;
  readonly #byTime = (a: number, b: number) => this.#times[4 * a] - this.#times[4 * b];
  readonly #isVoid: (item: number, code: number) => boolean;

  /**
   * `items` is how many of them there may be: room for one event of each, or more when needed. `isVoid` names events that have lost
   * their meaning: those far off are dropped as their time comes near.
   */
  constructor(items: number, isVoid: (item: number, code: number) => boolean) {
    this.#times = new Float64Array(4 * Math.min(MOST, Math.max(LEAST, items)));
    this.#fields = new Int32Array(this.#times.buffer);
    this.#isVoid = isVoid;
    this.#chain(0);
  }

  /** `time` is not before the event that was taken last, nor before the last `next`. */
  push(time: number, item: number, code: number, cell: number): void {
    if (this.#free < 0) this.#extend();
    const event = this.#free;
    const fields = this.#fields;
    this.#free = fields[8 * event + 4];
    this.#times[4 * event] = time;
    fields[8 * event + 2] = item;
    fields[8 * event + 3] = code;
    fields[8 * event + 5] = cell;
    this.size++;
    const tick = Math.floor(time * TICKS_PER_MS);
    if (tick <= this.#tick) this.#insert(event, time);
    else this.#list(event, tick);
  }

  /** Takes out the first event if it comes before an instant; `time`, `item`, `code` and `cell` then show it. */
  next(beforeMs: number): boolean {
    if (this.#at === this.#end && this.size > 0) this.#advance(Math.floor(beforeMs * TICKS_PER_MS));
    if (this.#at === this.#end) return false;
    const event = this.#present[this.#at];
    const time = this.#times[4 * event];
    if (time >= beforeMs) return false;
    this.#at++;
    const fields = this.#fields;
    this.time = time;
    this.item = fields[8 * event + 2];
    this.code = fields[8 * event + 3];
    this.cell = fields[8 * event + 5];
    this.#release(event);
    return true;
  }

  #release(event: number): void {
    this.#fields[8 * event + 4] = this.#free;
    this.#free = event;
    this.size--;
  }

  #list(event: number, tick: number): void {
    if (tick < this.#reach) this.#append(event, tick & (RING - 1), 0);
    else this.#listFar(event, Math.floor(tick / TURN));
  }

  #listFar(event: number, turn: number): void {
    if (turn < this.#farReach) this.#append(event, RING + (turn & (RING - 1)), 1);
    else {
      const now = this.#farReach / TURN - 2;
      this.#append(event, 2 * RING + (Math.min(Math.floor(turn / TURN), now + RING - 1) & (RING - 1)), 2);
    }
  }

  #append(event: number, list: number, wheel: number): void {
    const lists = this.#lists;
    const fields = this.#fields;
    const last = lists[2 * list + 1];
    fields[8 * event + 4] = -1;
    if (last < 0) lists[2 * list] = event;
    else fields[8 * last + 4] = event;
    lists[2 * list + 1] = event;
    this.#count[wheel]++;
  }

  /** Among the events of the present tick, behind all that are not later. */
  #insert(event: number, time: number): void {
    if (this.#end === this.#present.length) this.#grow();
    this.#settle(event, time, this.#at, this.#end++);
  }

  /** Puts an event into the place `hole` of the present ones, or before it, behind all that are not later. */
  #settle(event: number, time: number, from: number, hole: number): void {
    const present = this.#present;
    const times = this.#times;
    for (; hole > from && times[4 * present[hole - 1]] > time; hole--) present[hole] = present[hole - 1];
    present[hole] = event;
  }

  /** Moves on to the next tick that holds events, but not beyond a limit. */
  #advance(limit: number): void {
    this.#at = this.#end = 0;
    while (this.#tick < limit) {
      if (this.#count[0] === 0) this.#skip(limit);
      if (++this.#tick % TURN === 0) this.#turn();
      const list = this.#tick & (RING - 1);
      if (this.#lists[2 * list] < 0) continue;
      this.#open(list);
      return;
    }
  }

  /** Nothing is left in this turn: goes on to its last tick, of the next wheel's turn if that is empty too. */
  #skip(limit: number): void {
    const ticks = this.#count[1] === 0 ? TURN * TURN : TURN;
    const last = (Math.floor(this.#tick / ticks) + 1) * ticks - 1;
    const turn = Math.floor(limit / TURN) * TURN;
    this.#tick = Math.min(last, (turn > this.#tick ? turn : limit) - 1);
  }

  /** A new turn of the finest wheel: the turn after it comes within reach. */
  #turn(): void {
    const turn = this.#tick / TURN;
    if (turn % TURN === 0) {
      this.#farReach = turn + 2 * TURN;
      this.#spread(2, turn / TURN + 1);
    }
    this.#reach = this.#tick + 2 * TURN;
    this.#spread(1, turn + 1);
  }

  /** Takes a list out; answers its first event. */
  #take(list: number): number {
    const lists = this.#lists;
    const first = lists[2 * list];
    lists[2 * list] = lists[2 * list + 1] = -1;
    return first;
  }

  /** Hangs the events of a coarse list into finer ones, in their order. */
  #spread(wheel: number, place: number): void {
    for (let event = this.#take(wheel * RING + (place & (RING - 1))); event >= 0;) {
      const fields = this.#fields;
      const next = fields[8 * event + 4];
      this.#count[wheel]--;
      if (this.#isVoid(fields[8 * event + 2], fields[8 * event + 3])) this.#release(event);
      else this.#list(event, Math.floor(this.#times[4 * event] * TICKS_PER_MS));
      event = next;
    }
  }

  /** Sorts the events of a list into the present. */
  #open(list: number): void {
    let n = 0;
    for (let event = this.#take(list); event >= 0; event = this.#fields[8 * event + 4]) {
      if (n === this.#present.length) this.#grow();
      if (n < FEW) this.#settle(event, this.#times[4 * event], 0, n++);
      else this.#present[n++] = event;
    }
    this.#count[0] -= n;
    this.#end = n;
    if (n > FEW) this.#present.subarray(0, n).sort(this.#byTime);
  }

  /** Hangs the events from a number on together as not in use. */
  #chain(from: number): void {
    const fields = this.#fields;
    const end = fields.length / 8;
    for (let event = from; event < end; event++) fields[8 * event + 4] = event + 1 < end ? event + 1 : -1;
    this.#free = from;
  }

  #extend(): void {
    const used = this.#times.length / 4;
    const times = new Float64Array(2 * this.#times.length);
    times.set(this.#times);
    this.#times = times;
    this.#fields = new Int32Array(times.buffer);
    this.#chain(used);
  }

  #grow(): void {
    const present = new Int32Array(2 * this.#present.length);
    present.set(this.#present);
    this.#present = present;
  }
}
