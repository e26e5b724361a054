/** Read-only figures for the tests: what a tick costs in JavaScript, and whether the picture is whole. */
export interface GlobeStats {
  /** UEs on the globe */
  readonly ues: number;
  /** median over the last recolourings: bytes written and sent, ms */
  readonly recolourMs: number;
  /** median over the last ticks: satellites and footprints moved, ms */
  readonly moveMs: number;
  /** step of the run that the UEs show; -1 for none */
  readonly frameStep: number;
  /** the tiles of the Earth in view are all here */
  readonly loaded: boolean;
}

declare global {
  interface Window {
    beamwalkStats?: GlobeStats;
  }
}

/** Median of the last few values. */
export class Recent {
  readonly #values: number[] = [];
  add(value: number): void {
    this.#values.push(value);
    if (this.#values.length > 31) this.#values.shift();
  }
  get median(): number {
    const sorted = [...this.#values].sort((a, b) => a - b);
    return sorted.length === 0 ? Number.NaN : sorted[sorted.length >> 1]!;
  }
}
