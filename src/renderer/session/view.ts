import { createStore } from "zustand/vanilla";

export const COLOUR_BY = ["cell", "cluster", "ready", "sinr"] as const;
export type ColourBy = (typeof COLOUR_BY)[number];
export const LAYERS = ["cells", "ues", "satellites", "events"] as const;
export type Layer = (typeof LAYERS)[number];

export type Finding = "run" | "cell" | "storm" | "learn";

/** What is shown and what is chosen: one selection for the whole page. */
export interface View {
  colourBy: ColourBy;
  layers: Record<Layer, boolean>;
  /** number of the chosen cell */
  cell: number | null;
  /** number of the opened handover among the run's events */
  handover: number | null;
  /** which of the findings is open … */
  finding: Finding;
  /** … and whether, on a narrow window, the plan lies over them */
  planOpen: boolean;
}

export const view = createStore<View>(() => ({
  colourBy: "cell",
  layers: { cells: true, ues: true, satellites: true, events: true },
  cell: null,
  handover: null,
  finding: "run",
  planOpen: true,
}));

/** The storm stays open while cells are chosen. */
export const selectCell = (cell: number | null) =>
  view.setState(({ finding }) =>
    cell === null
      ? { cell, handover: null }
      : { cell, handover: null, finding: finding === "storm" ? "storm" : "cell", planOpen: false },
  );
export const openHandover = (handover: number | null) => view.setState({ handover });
export const openFinding = (finding: Finding) => view.setState({ finding, planOpen: false });
export const openPlan = () => view.setState({ planOpen: true });
export const setColourBy = (colourBy: ColourBy) => view.setState({ colourBy });
export const toggleLayer = (layer: Layer) =>
  view.setState(({ layers }) => ({ layers: { ...layers, [layer]: !layers[layer] } }));
