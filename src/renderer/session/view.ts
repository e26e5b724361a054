import { createStore } from "zustand/vanilla";
import { followIn, layout, showPanel } from "./layout.ts";
import type { Panel } from "./layout.ts";

export const COLOUR_BY = ["cell", "cluster", "ready", "sinr", "leave"] as const;
export type ColourBy = (typeof COLOUR_BY)[number];
export const LAYERS = ["cells", "ues", "satellites", "events"] as const;
/** Layers that lie over what a run always shows. */
export const OVERLAYS = ["heat", "reuse", "tracks", "coverage", "feeders", "daylight"] as const;
export type OverlayLayer = (typeof OVERLAYS)[number];
export type Layer = (typeof LAYERS)[number] | OverlayLayer;

/** What is shown and what is chosen: one selection for the whole page. */
export interface View {
  colourBy: ColourBy;
  layers: Record<Layer, boolean>;
  /** number of the chosen cell */
  cell: number | null;
  /** place of the chosen satellite among the run's */
  satellite: number | null;
  /** number of the opened handover among the run's events */
  handover: number | null;
  /** the UE whose link is looked at, where it is not that of the opened handover */
  ue: number | null;
}

/** What a run shows at first. */
export const FIRST_LAYERS: View["layers"] = {
  cells: true,
  ues: true,
  satellites: true,
  events: true,
  heat: false,
  reuse: false,
  tracks: false,
  coverage: false,
  feeders: false,
  daylight: false,
};

export const view = createStore<View>(() => ({
  colourBy: "cell",
  layers: FIRST_LAYERS,
  cell: null,
  satellite: null,
  handover: null,
  ue: null,
}));

const NOTHING = { cell: null, satellite: null, handover: null, ue: null };

/** A cell's panel comes to the front, but not over the storm; none: nothing is chosen any more. */
export function selectCell(cell: number | null): void {
  if (cell === null) return view.setState(NOTHING);
  view.setState({ cell });
  followIn("cells", "storm");
}

/** Its facts and cells stand among the cells. */
export function selectSatellite(satellite: number | null): void {
  view.setState({ satellite });
  if (satellite !== null) followIn("cells");
}

export function openHandover(handover: number | null): void {
  view.setState({ handover, ue: null });
  if (handover !== null) followIn("handover");
}

export function selectUe(ue: number | null): void {
  view.setState({ ue });
  if (ue !== null) followIn("link");
}

export const setColourBy = (colourBy: ColourBy) => view.setState({ colourBy });
export const setLayers = (shown: Partial<View["layers"]>) =>
  view.setState(({ layers }) => ({ layers: { ...layers, ...shown } }));
export const toggleLayer = (layer: Layer) => setLayers({ [layer]: !view.getState().layers[layer] });

export type Finding = "run" | "cell" | "storm" | "learn";

export const openFinding = (finding: Finding) => followIn(finding === "cell" ? "cells" : finding);
export const openPlan = () => followIn("scenario");

/** The panels whose place in front is worth a word in the address. */
const TOLD: readonly Panel[] = ["run", "cells", "storm", "handover", "link", "learn", "compare"];

/** What the address tells of the view beside run, time and cell; what goes without saying is left out. */
export interface Shown {
  satellite: number | null;
  ue: number | null;
  handover: number | null;
  colourBy: ColourBy | null;
  panel: Panel | null;
}

export function shownNow(): Shown {
  const { satellite, ue, handover, colourBy, cell } = view.getState();
  const { front } = layout.getState();
  const implied = handover !== null ? "handover" : cell !== null || satellite !== null ? "cells" : "run";
  return {
    satellite,
    ue,
    handover,
    colourBy: colourBy === "cell" ? null : colourBy,
    panel: front !== implied && TOLD.includes(front) ? front : null,
  };
}

/** How many of each a run has. */
export interface Counts {
  satellites: number;
  events: number;
  ues: number;
}

/** Shows again what an address told of a run that is open; what the run has not is passed over. */
export function showAgain({ satellite, ue, handover, colourBy, panel }: Shown, run: Counts): void {
  setColourBy(colourBy ?? "cell");
  if (satellite !== null && satellite < run.satellites) selectSatellite(satellite);
  if (handover !== null && handover < run.events) openHandover(handover);
  if (ue !== null && ue < run.ues) selectUe(ue);
  if (panel) showPanel(panel);
}
