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

export class EventQueue {
  size = 0;
  /** [event × 4] time first, then as `#fields` */
  #times = new Float64Array(4 * 4096);
  /** [event × 8] after the time: item, code, next of its list, cell */
  #fields = new Int32Array(this.#times.buffer);
  #used = 0;
  #free = -1;
  /** [wheel × list] event that was added last, −1 none */
  readonly #last = new Int32Array(3 * RING).fill(-1);
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

  get time(): number {
    return this.#times[4 * this.#present[this.#at]];
  }
  get item(): number {
    return this.#fields[8 * this.#present[this.#at] + 2];
  }
  get code(): number {
    return this.#fields[8 * this.#present[this.#at] + 3];
  }
  get cell(): number {
    return this.#fields[8 * this.#present[this.#at] + 5];
  }

  /** `time` is not before the event that was removed last, nor before the last `next`. */
  push(time: number, item: number, code: number, cell: number): void {
    let event = this.#free;
    if (event >= 0) this.#free = this.#fields[8 * event + 4];
    else event = this.#fresh();
    this.#times[4 * event] = time;
    this.#fields[8 * event + 2] = item;
    this.#fields[8 * event + 3] = code;
    this.#fields[8 * event + 5] = cell;
    this.size++;
    const tick = Math.floor(time * TICKS_PER_MS);
    if (tick <= this.#tick) this.#insert(event, time);
    else this.#list(event, tick);
  }

  /** Whether an event comes before an instant; `time`, `item`, `code` and `cell` then show the first. */
  next(beforeMs: number): boolean {
    if (this.#at === this.#end && this.size > 0) this.#advance(Math.floor(beforeMs * TICKS_PER_MS));
    return this.#at < this.#end && this.time < beforeMs;
  }

  /** Removes the event that `next` found. */
  pop(): void {
    const event = this.#present[this.#at++];
    this.#fields[8 * event + 4] = this.#free;
    this.#free = event;
    this.size--;
  }

  #list(event: number, tick: number): void {
    let list = tick & (RING - 1);
    let wheel = 0;
    if (tick >= this.#reach) {
      const turn = Math.floor(tick / TURN);
      if (turn < this.#farReach) {
        wheel = 1;
        list = RING + (turn & (RING - 1));
      } else {
        wheel = 2;
        const now = this.#farReach / TURN - 2;
        list = 2 * RING + (Math.min(Math.floor(turn / TURN), now + RING - 1) & (RING - 1));
      }
    }
    this.#fields[8 * event + 4] = this.#last[list];
    this.#last[list] = event;
    this.#count[wheel]++;
  }

  /** Among the events of the present tick, behind all that are not later. */
  #insert(event: number, time: number): void {
    if (this.#end === this.#present.length) this.#grow();
    let hole = this.#end++;
    const present = this.#present;
    for (; hole > this.#at && this.#times[4 * present[hole - 1]] > time; hole--)
      present[hole] = present[hole - 1];
    present[hole] = event;
  }

  /** Moves on to the next tick that holds events, but not beyond a limit. */
  #advance(limit: number): void {
    this.#at = this.#end = 0;
    while (this.#tick < limit) {
      if (this.#count[0] === 0) this.#skip(limit);
      if (++this.#tick % TURN === 0) this.#turn();
      const list = this.#tick & (RING - 1);
      if (this.#last[list] < 0) continue;
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

  /** Hangs the events of a coarse list into finer ones, oldest first: equal times keep their order. */
  #spread(wheel: number, place: number): void {
    const list = wheel * RING + (place & (RING - 1));
    let older = -1;
    for (let event = this.#last[list]; event >= 0;) {
      const next = this.#fields[8 * event + 4];
      this.#fields[8 * event + 4] = older;
      older = event;
      event = next;
    }
    this.#last[list] = -1;
    for (let event = older; event >= 0;) {
      const next = this.#fields[8 * event + 4];
      this.#count[wheel]--;
      this.#list(event, Math.floor(this.#times[4 * event] * TICKS_PER_MS));
      event = next;
    }
  }

  /** Sorts the events of a list into the present; they hang there newest first. */
  #open(list: number): void {
    let n = 0;
    for (let event = this.#last[list]; event >= 0; event = this.#fields[8 * event + 4]) {
      if (n === this.#present.length) this.#grow();
      this.#present[n++] = event;
    }
    this.#last[list] = -1;
    this.#count[0] -= n;
    this.#end = n;
    const present = this.#present;
    for (let i = 0, j = n - 1; i < j; i++, j--) {
      const event = present[i];
      present[i] = present[j];
      present[j] = event;
    }
    if (n > FEW) {
      present.subarray(0, n).sort(this.#byTime);
      return;
    }
    for (let i = 1; i < n; i++) {
      const event = present[i];
      const time = this.#times[4 * event];
      let hole = i;
      for (; hole > 0 && this.#times[4 * present[hole - 1]] > time; hole--) present[hole] = present[hole - 1];
      present[hole] = event;
    }
  }

  #fresh(): number {
    if (8 * this.#used === this.#fields.length) {
      const times = new Float64Array(2 * this.#times.length);
      times.set(this.#times);
      this.#times = times;
      this.#fields = new Int32Array(times.buffer);
    }
    return this.#used++;
  }

  #grow(): void {
    const present = new Int32Array(2 * this.#present.length);
    present.set(this.#present);
    this.#present = present;
  }
}
