import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepLayout, keptLayout } from "../../../src/renderer/dock/kept.ts";
import { fitted, GLOBE, homeOf, isLayoutKept, layoutOf } from "../../../src/renderer/dock/layouts.ts";
import { layout, LAYOUTS, PANELS } from "../../../src/renderer/session/layout.ts";
import type { Panel, Wish } from "../../../src/renderer/session/layout.ts";
import {
  openHandover,
  selectCell,
  selectSatellite,
  selectUe,
  showAgain,
  shownNow,
  view,
} from "../../../src/renderer/session/view.ts";

interface Node {
  type: "leaf" | "branch";
  size: number;
  data: Node[] | { views: string[] };
}

/** Widths and heights of all groups by their first panel. */
function boxes(dock: ReturnType<typeof layoutOf>): Record<string, [number, number]> {
  const found: Record<string, [number, number]> = {};
  const walk = (node: Node, width: number, height: number, horizontal: boolean) => {
    if (!Array.isArray(node.data)) {
      found[node.data.views[0]!] = [width, height];
      return;
    }
    const room = node.data.reduce((sum, { size }) => sum + size, 0);
    expect(room).toBe(horizontal ? width : height);
    for (const child of node.data)
      if (horizontal) walk(child, child.size, height, false);
      else walk(child, width, child.size, true);
  };
  const { root, width, height, orientation } = dock.grid;
  walk(root as Node, width, height, (orientation as string) === "HORIZONTAL");
  return found;
}

const all = LAYOUTS.flatMap((name) => [true, false].map((narrow) => [name, narrow] as const));

describe("the layouts as they come", () => {
  it.each(all)("%s fills the dock, narrow: %s, and has one globe", (name, narrow) => {
    const dock = layoutOf(name, narrow, narrow ? 1024 : 1440, 700);
    expect(boxes(dock)[GLOBE]![0]).toBeGreaterThan(600);
    expect(isLayoutKept(structuredClone(dock))).toBe(true);
  });

  it("has the analyst's frame: 280 px left, 360 right, 240 below", () => {
    const found = boxes(layoutOf("analyst", false, 1440, 772));
    expect(found).toEqual({
      layers: [280, 532],
      [GLOBE]: [800, 532],
      cells: [360, 532],
      storm: [1440, 240],
    });
  });

  it("has a single group beside the globe where it is narrow", () => {
    for (const name of LAYOUTS) expect(Object.keys(boxes(layoutOf(name, true, 1024, 572)))).toHaveLength(2);
  });

  it("opens every closed panel somewhere that a layout has", () => {
    for (const panel of PANELS) {
      expect(homeOf("presenter", false, panel)).toBe("right");
      expect(homeOf("analyst", true, panel)).toBe("right");
      expect(homeOf("planner", false, panel)).not.toBe("bottom");
    }
    expect(homeOf("analyst", false, "link")).toBe("bottom");
  });
});

describe("a kept layout in another window", () => {
  it("keeps what stands beside the globe as large as it was", () => {
    const kept = layoutOf("analyst", false, 1440, 772);
    const found = boxes(fitted(kept, 2000, 1000));
    expect(found).toMatchObject({ layers: [280, 760], cells: [360, 760], storm: [2000, 240] });
    expect(found[GLOBE]).toEqual([1360, 760]);
    expect(boxes(fitted(fitted(kept, 2000, 1000), 1440, 772))).toEqual(boxes(kept));
  });

  it("leaves the globe something where there is too little room", () => {
    const found = boxes(fitted(layoutOf("planner", false, 1440, 772), 700, 300));
    expect(found[GLOBE]![0]).toBeGreaterThanOrEqual(320);
  });
});

describe("what is remembered", () => {
  let memory: Map<string, string>;
  beforeEach(() => {
    memory = new Map();
    vi.stubGlobal("localStorage", {
      getItem: (name: string) => memory.get(name) ?? null,
      setItem: (name: string, value: string) => memory.set(name, value),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it("is kept for each layout and width apart", () => {
    const dock = layoutOf("planner", false, 1440, 772);
    keepLayout("planner", false, dock);
    expect(keptLayout("planner", false)).toEqual(dock);
    expect(keptLayout("planner", true)).toBeNull();
    expect(keptLayout("analyst", false)).toBeNull();
  });

  it.each([
    "{",
    "null",
    '{"version":0}',
    '{"version":1,"dock":{}}',
    '{"version":1,"dock":{"panels":{},"grid":{"root":{"type":"branch","data":[]}}}}',
  ])("is forgotten where it is broken or old: %s", (broken) => {
    memory.set("beamwalk.dock.planner.wide", broken);
    expect(keptLayout("planner", false)).toBeNull();
  });

  it("is forgotten where it names a panel that is no more", () => {
    const dock = layoutOf("planner", false, 1440, 772);
    const { globe, ...rest } = dock.panels;
    expect(isLayoutKept({ ...dock, panels: { ...dock.panels, door: rest.run } })).toBe(false);
    expect(globe && isLayoutKept({ ...dock, panels: rest })).toBe(false);
  });
});

describe("what is chosen", () => {
  const wishes: Wish[] = [];
  let stop: () => void;
  const see = (...shown: Panel[]) => layout.setState({ shown });
  beforeEach(() => {
    wishes.length = 0;
    stop = layout.subscribe(({ wish }, before) => {
      if (wish && wish !== before.wish) wishes.push(wish);
    });
  });
  afterEach(() => {
    stop();
    selectCell(null);
    see();
  });

  it("brings its panel to the front, once", () => {
    see("run");
    selectCell(2);
    expect(wishes).toEqual([{ panel: "cells", how: "follow", spare: ["storm"] }]);
    see("cells");
    selectCell(3);
    expect(wishes).toHaveLength(1);
  });

  it("opens a handover over the storm", () => {
    see("storm");
    openHandover(5);
    expect(wishes).toEqual([{ panel: "handover", how: "follow", spare: [] }]);
    openHandover(null);
    expect(wishes).toHaveLength(1);
  });

  it("keeps an opened handover while cells are chosen, and is all cleared at once", () => {
    openHandover(5);
    selectCell(2);
    expect(view.getState()).toMatchObject({ cell: 2, handover: 5 });
    selectSatellite(0);
    selectUe(7);
    expect(view.getState()).toMatchObject({ cell: 2, satellite: 0, handover: 5, ue: 7 });
    selectCell(null);
    expect(view.getState()).toMatchObject({ cell: null, satellite: null, handover: null, ue: null });
  });

  it("is told by the address only as far as it does not go without saying", () => {
    layout.setState({ front: "run" });
    expect(shownNow().panel).toBeNull();
    layout.setState({ front: "storm" });
    expect(shownNow()).toEqual({ satellite: null, ue: null, handover: null, colourBy: null, panel: "storm" });
    selectCell(2);
    layout.setState({ front: "cells" });
    expect(shownNow().panel).toBeNull();
    layout.setState({ front: "runs" });
    expect(shownNow().panel).toBeNull();
    selectCell(null);
    selectSatellite(3);
    layout.setState({ front: "cells" });
    expect(shownNow()).toMatchObject({ satellite: 3, panel: null });
  });

  it("comes back from what was told of it, but for what the run has not", () => {
    const run = { satellites: 66, events: 10, ues: 100 };
    const told = { satellite: 65, handover: 9, ue: 99, colourBy: null, panel: null };
    showAgain(told, run);
    expect(shownNow()).toMatchObject({ satellite: 65, handover: 9, ue: 99 });
    selectCell(null);
    showAgain({ ...told, satellite: 66, handover: 10, ue: 100 }, run);
    expect(shownNow()).toMatchObject({ satellite: null, handover: null, ue: null });
  });

  it("brings a satellite's cells to the front", () => {
    see("run");
    selectSatellite(0);
    expect(wishes).toEqual([{ panel: "cells", how: "follow", spare: [] }]);
    see("cells");
    selectSatellite(1);
    selectSatellite(null);
    expect(wishes).toHaveLength(1);
  });
});
