import type { Command } from "../../session/commands.ts";
import {
  chooseLayout,
  closePanel,
  layout,
  LAYOUT_TITLES,
  LAYOUTS,
  PANEL_TITLES,
  PANELS,
  resetLayout,
  showPanel,
} from "../../session/layout.ts";
import type { LayoutName, Panel } from "../../session/layout.ts";

const LAYOUT_WORDS: Record<LayoutName, string> = {
  planner: "arrange scenario form plan",
  analyst: "arrange storm cells bottom",
  presenter: "arrange globe talk slides large clock",
};

const PANEL_WORDS: Record<Panel, string> = {
  layers: "colours legend map",
  scenario: "plan form first steps",
  runs: "list kept plan",
  run: "summary findings export",
  cells: "busiest chosen",
  storm: "signalling heat map ledger",
  handover: "candidates decided opened",
  link: "budget waterfall UE",
  learn: "learning studies models papers library",
  compare: "strategies side by side",
  log: "warnings errors messages",
};

/** Layouts and panels. */
export function layoutActions(): Command[] {
  const { name, shown } = layout.getState();
  const group = "Layout";
  return [
    ...LAYOUTS.filter((one) => one !== name).map((one) => ({
      id: `layout ${one}`,
      group,
      title: `${LAYOUT_TITLES[one]} layout`,
      words: LAYOUT_WORDS[one],
      run: () => chooseLayout(one),
    })),
    { id: "layout reset", group, title: "Reset this layout", words: "panels default", run: resetLayout },
    ...PANELS.map((panel) => ({
      id: `panel ${panel}`,
      group: "Panels",
      title: `Show ${PANEL_TITLES[panel]}`,
      words: `panel tab open ${PANEL_WORDS[panel]}`,
      run: () => showPanel(panel),
    })),
    ...shown.map((panel) => ({
      id: `close ${panel}`,
      group: "Panels",
      title: `Close ${PANEL_TITLES[panel]}`,
      words: "panel hide",
      run: () => closePanel(panel),
    })),
  ];
}
