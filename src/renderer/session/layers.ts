import { createStore } from "zustand/vanilla";
import type { Columns } from "../../shared/columns.ts";
import { fetchColumns } from "./client.ts";
import { runs } from "./runs.ts";
import { askForStorm } from "./storm.ts";
import { view } from "./view.ts";
import type { OverlayLayer, View } from "./view.ts";

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

/** What the view shows over a run, and what that needs beside the run itself. */
export interface Layers extends Record<OverlayLayer, boolean> {
  /** the UEs in the colours of their time to leave */
  leave: boolean;
  /** of the open run; null until they are asked for and here */
  gateways: Gateways | null;
  error: Error | null;
}

const ofView = ({ layers: { heat, reuse, tracks, coverage, feeders, daylight }, colourBy }: View) => ({
  heat,
  reuse,
  tracks,
  coverage,
  feeders,
  daylight,
  leave: colourBy === "leave",
});

export const layers = createStore<Layers>(() => ({
  ...ofView(view.getState()),
  gateways: null,
  error: null,
}));

view.subscribe((now, before) => {
  if (now.layers === before.layers && now.colourBy === before.colourBy) return;
  layers.setState(ofView(now));
  fetchMissing();
});

/** What the layers show belongs to one run. */
export function followRun(): () => void {
  return runs.subscribe((now, before) => {
    if (now.current?.record.run === before.current?.record.run) return;
    layers.setState({ gateways: null, error: null });
    fetchMissing();
  });
}

let loading = new AbortController();

function fetchMissing(): void {
  const { current } = runs.getState();
  if (!current) return;
  const { heat, feeders, gateways } = layers.getState();
  if (heat) askForStorm();
  const { run } = current.record;
  if (!feeders || gateways?.run === run) return;
  loading.abort();
  const { signal } = (loading = new AbortController());
  fetchColumns(run, "gateways", signal).then(
    ({ columns, meta }) =>
      signal.aborted || layers.setState({ gateways: gatewaysOf(run, columns, meta), error: null }),
    (error: Error) => signal.aborted || layers.setState({ error }),
  );
}

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
