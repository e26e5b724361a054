import type { SerializedDockview } from "dockview-react";
import { PANEL_TITLES, PANELS } from "../session/layout.ts";
import type { LayoutName, Panel } from "../session/layout.ts";

/** The globe stands in the dock too, but never moves and is never closed. */
export const GLOBE = "globe";

/** Where beside the globe a panel belongs. */
export type Place = "left" | "right" | "bottom";

interface Plan {
  left?: Panel[][];
  right?: Panel[][];
  /** over the whole width */
  bottom?: Panel[];
}

/** Groups beside the globe, each column from top to bottom; the first of each is in front. */
const WIDE: Record<LayoutName, Plan> = {
  planner: { left: [["scenario"], ["runs"]], right: [["run", "cells"]] },
  analyst: {
    left: [["layers", "runs", "scenario"]],
    right: [["cells", "run"]],
    bottom: ["storm", "handover", "link", "learn", "compare", "log"],
  },
  presenter: { right: [["cells"]] },
};

/** Below 1200 px one group stands beside the globe. */
const NARROW: Record<LayoutName, Plan> = {
  planner: { right: [["scenario", "runs", "run", "cells"]] },
  analyst: {
    right: [["cells", "run", "storm", "handover", "link", "learn", "compare", "layers", "runs", "log"]],
  },
  presenter: { right: [["cells"]] },
};

export const SIZES: Record<LayoutName, Record<Place, number>> = {
  planner: { left: 300, right: 360, bottom: 240 },
  analyst: { left: 280, right: 360, bottom: 240 },
  presenter: { left: 300, right: 340, bottom: 240 },
};
const NARROW_SIDE = 340;

/** Share of a column's height that its first group has. */
const UPPER = 0.62;

/** Where a panel that was closed opens anew. */
export function homeOf(name: LayoutName, narrow: boolean, panel: Panel): Place {
  if (narrow || name === "presenter") return "right";
  if (panel === "layers" || panel === "scenario" || panel === "runs") return "left";
  if (name === "planner" || panel === "run" || panel === "cells") return "right";
  return "bottom";
}

type Grid = SerializedDockview["grid"];
type Node = Grid["root"];

const leaf = (panels: readonly Panel[], size: number): Node => ({
  type: "leaf",
  size,
  data: { id: panels[0]!, views: [...panels], activeView: panels[0]! },
});

const branch = (data: Node[], size: number): Node => ({ type: "branch", data, size });

const globe = (size: number): Node => ({
  type: "leaf",
  size,
  data: { id: GLOBE, views: [GLOBE], activeView: GLOBE, hideHeader: true, locked: true },
});

function column(groups: Panel[][], width: number, height: number): Node {
  if (groups.length === 1) return leaf(groups[0]!, width);
  const upper = Math.round(UPPER * height);
  return branch([leaf(groups[0]!, upper), leaf(groups[1]!, height - upper)], width);
}

/** The layout as it comes, in a dock of so many pixels. */
export function layoutOf(
  name: LayoutName,
  narrow: boolean,
  width: number,
  height: number,
): SerializedDockview {
  const { left, right, bottom } = (narrow ? NARROW : WIDE)[name];
  const size = narrow ? { ...SIZES[name], right: NARROW_SIDE } : SIZES[name];
  const lower = bottom ? size.bottom : 0;
  const high = height - lower;
  const row = [
    ...(left ? [column(left, size.left, high)] : []),
    globe(width - (left ? size.left : 0) - (right ? size.right : 0)),
    ...(right ? [column(right, size.right, high)] : []),
  ];
  const grid: Grid = bottom
    ? {
        root: branch([branch(row, high), leaf(bottom, lower)], width),
        orientation: "VERTICAL" as Grid["orientation"],
        width,
        height,
      }
    : { root: branch(row, height), orientation: "HORIZONTAL" as Grid["orientation"], width, height };
  const panels = [...(left ?? []), ...(right ?? []), bottom ?? []].flat();
  return { grid, panels: panelsOf(panels), activeGroup: (right ?? left)![0]![0]! };
}

const panelsOf = (panels: readonly Panel[]): SerializedDockview["panels"] => ({
  [GLOBE]: {
    id: GLOBE,
    contentComponent: GLOBE,
    title: "Globe",
    renderer: "always",
    minimumWidth: 320,
    minimumHeight: 200,
  },
  ...Object.fromEntries(
    panels.map((id) => [id, { id, contentComponent: id, title: PANEL_TITLES[id] }] as const),
  ),
});

const childrenOf = (node: Node) => (node.type === "branch" ? (node.data as Node[]) : []);

const viewsOf = (node: Node): string[] =>
  node.type === "leaf" ? (node.data as { views: string[] }).views : childrenOf(node).flatMap(viewsOf);

/** The least that the globe is left with where the window has become smaller. */
const LEAST_GLOBE = 320;

/** A kept layout in a dock of another size: what stands beside the globe keeps its size, the globe gives way. */
export function fitted(kept: SerializedDockview, width: number, height: number): SerializedDockview {
  const horizontal = (kept.grid.orientation as string) === "HORIZONTAL";
  const root = fit(kept.grid.root, width, height, horizontal);
  return {
    ...kept,
    grid: { ...kept.grid, root: { ...root, size: horizontal ? height : width }, width, height },
  };
}

function fit(node: Node, width: number, height: number, horizontal: boolean): Node {
  const children = childrenOf(node);
  if (children.length === 0) return node;
  const room = horizontal ? width : height;
  const sizes = sizesIn(
    children.map((child) => child.size ?? 0),
    children.findIndex((child) => viewsOf(child).includes(GLOBE)),
    room,
  );
  const data = children.map((child, i) => {
    const [w, h] = horizontal ? [sizes[i]!, height] : [width, sizes[i]!];
    return { ...fit(child, w, h, !horizontal), size: sizes[i]! };
  });
  return { ...node, data };
}

/** Sizes that fill the room: the globe's changes first, all in proportion where there is none. */
function sizesIn(sizes: number[], globeAt: number, room: number): number[] {
  const sum = sizes.reduce((a, b) => a + b, 0);
  const others = sum - (sizes[globeAt] ?? 0);
  const forOthers = globeAt < 0 ? room : Math.min(others, Math.max(0, room - LEAST_GLOBE));
  const scale = others > 0 ? forOthers / others : 0;
  const fitting = sizes.map((size, i) => (i === globeAt ? 0 : Math.round(size * scale)));
  const last = globeAt < 0 ? sizes.length - 1 : globeAt;
  fitting[last] = room - fitting.reduce((a, size, i) => (i === last ? a : a + size), 0);
  return fitting;
}

/** Whether something kept is a layout of these panels, with one globe in its grid. */
export function isLayoutKept(kept: unknown): kept is SerializedDockview {
  if (typeof kept !== "object" || kept === null) return false;
  const { grid, panels } = kept as Partial<SerializedDockview>;
  if (typeof panels !== "object" || panels === null || grid?.root?.type !== "branch") return false;
  const known = new Set<string>([GLOBE, ...PANELS]);
  return (
    Object.keys(panels).every((id) => known.has(id)) &&
    GLOBE in panels &&
    viewsOf(grid.root).filter((id) => id === GLOBE).length === 1
  );
}
