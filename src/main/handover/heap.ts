/** Events in order of time, then of their number of arrival, on typed arrays. */
export class EventHeap {
  size = 0;
  #time = new Float64Array(1024);
  #order = new Float64Array(1024);
  #item = new Int32Array(1024);
  #code = new Int32Array(1024);

  get time(): number {
    return this.#time[0];
  }
  get order(): number {
    return this.#order[0];
  }
  get item(): number {
    return this.#item[0];
  }
  get code(): number {
    return this.#code[0];
  }

  push(time: number, order: number, item: number, code: number): void {
    if (this.size === this.#time.length) this.#grow();
    const times = this.#time;
    const orders = this.#order;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (times[parent] < time || (times[parent] === time && orders[parent] < order)) break;
      this.#move(parent, hole);
      hole = parent;
    }
    times[hole] = time;
    orders[hole] = order;
    this.#item[hole] = item;
    this.#code[hole] = code;
  }

  /** Removes the first event, which `time`, `item` and `code` showed. */
  pop(): void {
    const last = --this.size;
    if (last === 0) return;
    const times = this.#time;
    const orders = this.#order;
    const time = times[last];
    const order = orders[last];
    let hole = 0;
    for (let child = 1; child < last; child = 2 * hole + 1) {
      const right = child + 1;
      if (
        right < last &&
        (times[right] < times[child] || (times[right] === times[child] && orders[right] < orders[child]))
      )
        child = right;
      if (times[child] > time || (times[child] === time && orders[child] > order)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#move(last, hole);
  }

  #move(from: number, to: number): void {
    this.#time[to] = this.#time[from];
    this.#order[to] = this.#order[from];
    this.#item[to] = this.#item[from];
    this.#code[to] = this.#code[from];
  }

  #grow(): void {
    const double = <T extends Float64Array | Int32Array>(old: T, next: T): T => {
      next.set(old);
      return next;
    };
    const length = 2 * this.size;
    this.#time = double(this.#time, new Float64Array(length));
    this.#order = double(this.#order, new Float64Array(length));
    this.#item = double(this.#item, new Int32Array(length));
    this.#code = double(this.#code, new Int32Array(length));
  }
}
