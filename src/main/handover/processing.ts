/**
 * The processors of the gNBs: at each a queue, first come first served, with several equal servers and a limit on those that wait.
 * A message that comes in order of time is told at once when it will be done: with a first-come queue the earliest free server
 * takes it, so no event of departure is needed. Leaves out: priorities between messages.
 */
export interface ProcessingSettings {
  cpus: number;
  /** messages that may wait beside those in service */
  queueLimit: number;
}

/** 4 processors, 500 waiting: zbh888/LEOhandover, the simulator of arXiv 2403.13936. */
export const PROCESSING: ProcessingSettings = { cpus: 4, queueLimit: 500 };

export class Processors {
  /** messages that waited when the last one came, itself left out */
  waiting = 0;
  /** [node] messages dropped */
  readonly drops: Uint32Array;
  /** [node] longest queue seen */
  readonly longest: Uint32Array;
  /** [node] ms of service given */
  readonly busyMs: Float64Array;
  readonly #cpus: number;
  readonly #limit: number;
  /** [node × cpu] when its servers are free, earliest first */
  readonly #free: Float64Array;
  /** [node × ring] when those that wait will be served, oldest first */
  readonly #starts: Float64Array;
  readonly #head: Uint32Array;
  readonly #length: Uint32Array;

  constructor(nodes: number, settings: ProcessingSettings) {
    this.#cpus = settings.cpus;
    this.#limit = settings.queueLimit;
    this.drops = new Uint32Array(nodes);
    this.longest = new Uint32Array(nodes);
    this.busyMs = new Float64Array(nodes);
    this.#free = new Float64Array(nodes * settings.cpus);
    this.#starts = new Float64Array(nodes * Math.max(1, settings.queueLimit));
    this.#head = new Uint32Array(nodes);
    this.#length = new Uint32Array(nodes);
  }

  /** When a message that comes now will be done; −1 if the queue is full. Calls come in order of time at every node. */
  offer(node: number, nowMs: number, serviceMs: number): number {
    const free = this.#free;
    let server = node * this.#cpus;
    const freeMs = free[server];
    // a free server has left nobody waiting
    if (freeMs <= nowMs) this.#length[node] = this.waiting = 0;
    else if (!this.#queue(node, nowMs, freeMs)) return -1;
    const doneMs = Math.max(freeMs, nowMs) + serviceMs;
    this.busyMs[node] += serviceMs;
    const last = server + this.#cpus - 1;
    for (; server < last && free[server + 1] < doneMs; server++) free[server] = free[server + 1];
    free[server] = doneMs;
    return doneMs;
  }

  /** Whether a message that comes now is dropped; counts it if it is. */
  drop(node: number, nowMs: number): boolean {
    if (this.#free[node * this.#cpus] <= nowMs || this.#wait(node, nowMs) < this.#limit) return false;
    this.drops[node]++;
    return true;
  }

  /** How many wait. */
  #wait(node: number, nowMs: number): number {
    const limit = this.#limit;
    const ring = node * limit;
    let head = this.#head[node];
    let length = this.#length[node];
    while (length > 0 && this.#starts[ring + head] <= nowMs) {
      head = head + 1 === limit ? 0 : head + 1;
      length--;
    }
    this.#head[node] = head;
    this.#length[node] = this.waiting = length;
    return length;
  }

  /** Behind those that wait, until a server is free; answers false if there is no room. */
  #queue(node: number, nowMs: number, freeMs: number): boolean {
    const limit = this.#limit;
    const ring = node * limit;
    const length = this.#wait(node, nowMs);
    if (length >= limit) {
      this.drops[node]++;
      return false;
    }
    const place = this.#head[node] + length;
    this.#starts[ring + (place < limit ? place : place - limit)] = freeMs;
    this.#length[node] = length + 1;
    if (length + 1 > this.longest[node]) this.longest[node] = length + 1;
    return true;
  }
}

/** Mean wait in an M/D/1 queue (Pollaczek–Khinchine), in the unit of the service time. */
export function waitMD1(load: number, service: number): number {
  return (load * service) / (2 * (1 - load));
}

/** Probability that an arrival waits in an M/M/c queue (Erlang C); `offered` is arrival rate × service time. */
export function erlangC(offered: number, servers: number): number {
  let inverse = 1;
  for (let n = 1; n <= servers; n++) inverse = 1 + (inverse * n) / offered;
  const blocking = 1 / inverse;
  return blocking / (1 - (offered / servers) * (1 - blocking));
}

/** Mean wait in an M/M/c queue, in the unit of the service time. */
export function waitMMc(offered: number, servers: number, service: number): number {
  return (erlangC(offered, servers) * service) / (servers - offered);
}
