import { createStore } from "zustand/vanilla";
import { recall, remember } from "./memory.ts";

/** The panels beside the globe, in the order in which they are listed. */
export const PANELS = [
  "layers",
  "scenario",
  "runs",
  "run",
  "cells",
  "storm",
  "handover",
  "link",
  "learn",
  "compare",
  "log",
] as const;
export type Panel = (typeof PANELS)[number];

export const PANEL_TITLES: Record<Panel, string> = {
  layers: "Layers",
  scenario: "Scenario",
  runs: "Runs",
  run: "Run",
  cells: "Cells",
  storm: "Storm",
  handover: "Handover",
  link: "Link",
  learn: "Learn",
  compare: "Compare",
  log: "Log",
};

/** Ways to arrange them, one for each kind of reader. */
export const LAYOUTS = ["planner", "analyst", "presenter"] as const;
export type LayoutName = (typeof LAYOUTS)[number];

export const LAYOUT_TITLES: Record<LayoutName, string> = {
  planner: "Planner",
  analyst: "Analyst",
  presenter: "Presenter",
};

/** What the page is asked to bring to the front or to close. */
export interface Wish {
  panel: Panel;
  /** "follow": because of what was chosen, so that a layout may leave it closed */
  how: "open" | "follow" | "close";
  /** panels that it may not cover */
  spare?: readonly Panel[];
}

interface Layout {
  name: LayoutName;
  /** panels that can be seen now */
  shown: readonly Panel[];
  /** the panel that was brought to the front last */
  front: Panel;
  /** a new object each time */
  wish: Wish | null;
  /** grows with every wish for the layout as it comes */
  resets: number;
}

const isLayout = (name: string | null): name is LayoutName => LAYOUTS.includes(name as LayoutName);

export const isPanel = (name: unknown): name is Panel => PANELS.includes(name as Panel);

const NAME = "layout";
const kept = recall(NAME);

export const layout = createStore<Layout>(() => ({
  name: isLayout(kept) ? kept : "planner",
  shown: [],
  front: "scenario",
  wish: null,
  resets: 0,
}));

export function chooseLayout(name: LayoutName): void {
  remember(NAME, name);
  layout.setState({ name });
}

/** The layout in use as it was before anything was moved. */
export const resetLayout = () => layout.setState(({ resets }) => ({ resets: resets + 1 }));

const ask = (wish: Wish) => layout.setState({ wish });

/** Brings a panel to the front, opened anew where it was closed. */
export const showPanel = (panel: Panel) => ask({ panel, how: "open" });

export const closePanel = (panel: Panel) => ask({ panel, how: "close" });

export const togglePanel = (panel: Panel) =>
  layout.getState().shown.includes(panel) ? closePanel(panel) : showPanel(panel);

/** Something was chosen that this panel tells of: it comes to the front, but not over those that tell of it too. */
export function followIn(panel: Panel, ...spare: Panel[]): void {
  if (!layout.getState().shown.includes(panel)) ask({ panel, how: "follow", spare });
}
