import { Attachment, bestOf, type Limits } from "./attachment.ts";
import { decide, reportsAhead, type Rule } from "./decision.ts";
import { handoverSequence, type Sequence, type Timing } from "./sequence.ts";
import type { Rat } from "./series.ts";

/**
 * Forecasts of one kind of node: from features [row × window × (SINR, RSSI, throughput)] to SINR [row × horizon]. `nodes` and
 * `ues` [row] say whose rows they are.
 */
export type Predict = (batch: Batch) => Promise<Float32Array> | Float32Array;

export interface Batch {
  rows: number;
  features: Float32Array;
  ues: Uint32Array;
  nodes: Uint32Array;
}

export interface ControllerOptions {
  nodes: readonly { name: string; rat: Rat }[];
  ues: number;
  /** of each kind of node that is there: look-back, and who forecasts */
  rats: Partial<Record<Rat, { window: number; predict: Predict }>>;
  horizon: number;
  rule: Rule;
  limits: Limits;
  /** [node] UEs that admission control lets in */
  capacity: readonly number[];
  timing: Timing;
}

/** What the controller did at a step for one UE. */
export interface Order {
  ue: number;
  step: number;
  from: number;
  to: number;
  outcome: "ordered" | "refused" | "lost";
  sequence: Sequence;
}

/** Metrics of a report: SINR [dB], RSSI [dBm], throughput [Mbit/s]. */
export const METRICS = 3;

/**
 * The RAT steering controller: stores the measurement reports, assembles the features of all UEs, lets the forecasters of
 * all kinds of nodes run side by side, decides by (8) … (10) and carries the request through admission control.
 */
export class SteeringController {
  readonly #options: ControllerOptions;
  readonly #depth: number;
  /** [ue × node × depth × METRICS], a ring over the steps */
  readonly #store: Float32Array;
  /** [ue] reports stored so far */
  readonly #stored: Uint32Array;
  readonly #ues: (Attachment | null)[];
  readonly #outlook: Float32Array;
  /** [node] UEs that are served, or on their way */
  readonly load: Uint32Array;

  constructor(options: ControllerOptions) {
    const { ues, nodes, rats, horizon } = options;
    this.#options = options;
    this.#depth = Math.max(1, ...Object.values(rats).map(({ window }) => window));
    this.#store = new Float32Array(ues * nodes.length * this.#depth * METRICS);
    this.#stored = new Uint32Array(ues);
    this.#ues = Array.from({ length: ues }, () => null);
    this.#outlook = new Float32Array(ues * nodes.length * horizon);
    this.load = new Uint32Array(nodes.length);
  }

  attachment(ue: number): Attachment | null {
    return this.#ues[ue];
  }

  /** Stores one UE's report of all nodes; with its first complete window the UE is attached to its best node. */
  report(
    ue: number,
    step: number,
    sinrDb: ArrayLike<number>,
    rssiDbm: ArrayLike<number>,
    mbps: ArrayLike<number>,
  ): void {
    const { nodes, limits } = this.#options;
    const slot = this.#stored[ue]++ % this.#depth;
    for (let node = 0; node < nodes.length; node++) {
      const at = ((ue * nodes.length + node) * this.#depth + slot) * METRICS;
      this.#store[at] = sinrDb[node];
      this.#store[at + 1] = rssiDbm[node];
      this.#store[at + 2] = mbps[node];
    }
    if (this.#stored[ue] < this.#depth) return;
    const known = this.#ues[ue];
    const attached = known ?? new Attachment(bestOf(sinrDb), nodes.length, limits);
    if (!known) {
      this.#ues[ue] = attached;
      this.load[attached.serving]++;
    }
    const before = attached.ordered;
    const left = attached.report(step, sinrDb);
    this.#move(before, left, attached.serving);
  }

  /** Keeps the loads: a target was counted when its request was acknowledged. */
  #move(ordered: number, left: number, serving: number): void {
    if (ordered >= 0) this.load[ordered]--;
    if (left < 0) return;
    this.load[left]--;
    this.load[serving]++;
  }

  /** UE leaves the network. */
  leave(ue: number): void {
    const attached = this.#ues[ue];
    if (!attached) return;
    this.#move(attached.ordered, -1, attached.serving);
    this.load[attached.serving]--;
    this.#ues[ue] = null;
  }

  /** Forecasts and decides for every attached UE, whose reports of the step are all in. */
  async decide(step: number): Promise<Order[]> {
    const { nodes, rule, horizon } = this.#options;
    const ues = this.#ues.flatMap((attached, ue) => (attached ? [ue] : []));
    if (reportsAhead(rule) > 0) await this.#forecast(ues);
    const sinr = new Float32Array(nodes.length);
    return ues.flatMap((ue) => {
      const attached = this.#ues[ue]!;
      for (let node = 0; node < nodes.length; node++) sinr[node] = this.#latestSinr(ue, node);
      const ahead = this.#outlook.subarray(ue * nodes.length * horizon, (ue + 1) * nodes.length * horizon);
      const target = decide(rule, attached.memory, attached.serving, sinr, ahead, horizon);
      return target === attached.serving ? [] : [this.#request(attached, ue, step, target)];
    });
  }

  /** Request, admission control, acknowledge, reconfiguration. */
  #request(attached: Attachment, ue: number, step: number, to: number): Order {
    const { nodes, capacity, timing } = this.#options;
    const from = attached.serving;
    const refused = this.load[to] >= capacity[to];
    const prepared = attached.memory.prepared[to] === 1;
    const sequence = handoverSequence(timing, nodes[from].rat, nodes[to].rat, { refused, prepared });
    if (refused) attached.tally.refused++;
    const ordered = !refused && attached.order(to);
    if (ordered) this.load[to]++;
    return { ue, step, from, to, outcome: refused ? "refused" : ordered ? "ordered" : "lost", sequence };
  }

  /** All kinds of nodes at once; a UE whose window is not full has no row. */
  async #forecast(ues: readonly number[]): Promise<void> {
    const { rats, horizon, nodes } = this.#options;
    this.#outlook.fill(NaN);
    const kinds = Object.entries(rats) as [Rat, { window: number; predict: Predict }][];
    await Promise.all(
      kinds.map(async ([rat, { window, predict }]) => {
        const batch = this.#assemble(rat, window, ues);
        if (batch.rows === 0) return;
        const values = await predict(batch);
        for (let row = 0; row < batch.rows; row++) {
          const at = (batch.ues[row] * nodes.length + batch.nodes[row]) * horizon;
          for (let h = 0; h < horizon; h++) this.#outlook[at + h] = values[row * horizon + h];
        }
      }),
    );
  }

  /** Features of all nodes of one kind for all UEs, oldest report first. */
  #assemble(rat: Rat, window: number, ues: readonly number[]): Batch {
    const { nodes } = this.#options;
    const chosen = nodes.flatMap((node, i) => (node.rat === rat ? [i] : []));
    const rows = ues.length * chosen.length;
    const batch: Batch = {
      rows,
      features: new Float32Array(rows * window * METRICS),
      ues: new Uint32Array(rows),
      nodes: new Uint32Array(rows),
    };
    let row = 0;
    for (const ue of ues)
      for (const node of chosen) {
        batch.ues[row] = ue;
        batch.nodes[row] = node;
        for (let k = 0; k < window; k++) {
          const at = this.#at(ue, node, window - 1 - k);
          batch.features.set(this.#store.subarray(at, at + METRICS), (row * window + k) * METRICS);
        }
        row++;
      }
    return batch;
  }

  #latestSinr(ue: number, node: number): number {
    return this.#store[this.#at(ue, node, 0)];
  }

  /** Place in the store of the report so many steps back. */
  #at(ue: number, node: number, back: number): number {
    const slot = (this.#stored[ue] - 1 - back) % this.#depth;
    return ((ue * this.#options.nodes.length + node) * this.#depth + slot) * METRICS;
  }
}
