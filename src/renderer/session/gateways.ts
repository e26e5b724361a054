import { createStore } from "zustand/vanilla";
import type { Columns } from "../../shared/columns.ts";
import { followNeed } from "./need.ts";
import type { Known } from "./need.ts";
import { runs } from "./runs.ts";

/** Gateways on the ground, and which of them each satellite works through. */
export interface Gateways {
  run: string;
  names: string[];
  /** [gateway × 3] ECEF m */
  position: Float64Array;
  /** [satellite + 1] links of satellite s are start[s] … start[s + 1] − 1; empty where satellites need no gateway */
  start: Uint32Array;
  /** [link] s from which on, ascending within a satellite */
  fromS: Float64Array;
  /** [link] −1 none */
  gateway: Int16Array;
}

/** Of the open run, once their layer or a chosen satellite needs them. */
export const gateways = createStore<Known<Gateways>>(() => ({ known: null, error: null }));

export const followGateways = () =>
  followNeed(
    gateways,
    "gateways",
    ({ layers, satellite }) => layers.feeders || satellite !== null,
    gatewaysOf,
  );

const gatewaysOf = (run: string, columns: Columns, meta: Record<string, unknown>): Gateways => ({
  run,
  names: meta.names as string[],
  position: columns.position as Float64Array,
  start: columns.start as Uint32Array,
  fromS: columns.fromS as Float64Array,
  gateway: columns.gateway as Int16Array,
});

/** Gateway of a satellite at an instant [s of the run]; −1 none. */
export function gatewayAt({ start, fromS, gateway }: Gateways, satellite: number, timeS: number): number {
  const first = start[satellite] ?? 0;
  let link = (start[satellite + 1] ?? 0) - 1;
  if (link < first) return -1;
  while (link > first && fromS[link]! > timeS) link--;
  return gateway[link]!;
}

/** Name of a satellite's gateway at an instant; "" for none in view, null where it needs none or that is not known. */
export function gatewayName(satellite: number, timeS: number): string | null {
  const { known } = gateways.getState();
  if (!known || known.start.length === 0 || known.run !== runs.getState().current?.record.run) return null;
  return known.names[gatewayAt(known, satellite, timeS)] ?? "";
}
