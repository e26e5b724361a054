import { heatOf } from "../globe/heat.ts";
import { leaveSpan } from "../globe/leave.ts";
import type { Layers } from "../session/layers.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { CATEGORIES, cellColour, COLOURS, INFERNO, VIRIDIS } from "../session/palette.ts";
import type { Storm } from "../session/storm.ts";
import type { View } from "../session/view.ts";
import { whole } from "./format.ts";

export interface Swatch {
  colour: string;
  text: string;
  small?: boolean;
  /** a ring, a line or a square in place of a dot */
  shape?: "ring" | "line" | "square";
}

/** One layer's colours, with unit and range. */
export interface LegendPart {
  title: string | null;
  swatches: Swatch[];
  ramp: { colours: readonly string[]; low: string; unit: string; high: string } | null;
  note: string | null;
}

const part = (given: Partial<LegendPart>): LegendPart => ({
  title: null,
  swatches: [],
  ramp: null,
  note: null,
  ...given,
});

const NO_CELL: Swatch = { colour: COLOURS.none, text: "no service", small: true };

/** What the colours on the globe mean now: the page and the saved pictures show the same. */
export function legendOf(
  run: LoadedRun,
  { colourBy, handover }: Pick<View, "colourBy" | "handover">,
  over: Pick<Layers, "heat" | "feeders" | "daylight" | "leave" | "gateways">,
  storm: Storm | null,
): LegendPart[] {
  const parts = [over.leave ? leaveLegend(run) : COLOURINGS[colourBy](run)];
  if (over.heat) parts.push(heatLegend(run, storm));
  if (over.feeders) parts.push(feederLegend(run, over.gateways));
  if (over.daylight)
    parts.push(part({ title: "Daylight", note: "The dark half of the Earth is where the sun is down." }));
  const ue = handover === null ? undefined : run.events.ue[handover];
  if (ue !== undefined)
    parts.push(
      part({ swatches: [{ colour: "#fff", shape: "ring", text: `UE ${ue}, whose handover is open` }] }),
    );
  return parts;
}

const COLOURINGS: Record<View["colourBy"], (run: LoadedRun) => LegendPart> = {
  cell: cellLegend,
  cluster: clusterLegend,
  ready: readyLegend,
  sinr: sinrLegend,
};

function cellLegend({ record: { satellites, beams } }: LoadedRun): LegendPart {
  const cells = satellites * beams;
  if (cells <= CATEGORIES.length)
    return part({
      title: "UEs by serving cell",
      swatches: [
        ...Array.from({ length: cells }, (_, i) => ({
          colour: cellColour(i + 1, beams),
          text: `cell ${i + 1}`,
        })),
        NO_CELL,
      ],
    });
  return part({
    title: "UEs by serving cell",
    swatches: [...CATEGORIES.map((colour) => ({ colour, text: "" })), NO_CELL],
    note: `${CATEGORIES.length} colours repeat over ${whole(cells)} cells, by beam and satellite. Point at a cell for its number. Faint rings: cells that serve nobody now.`,
  });
}

function clusterLegend({ record, ues }: LoadedRun): LegendPart {
  if (!ues.cluster) return part({ note: "Clusters are made at the marked instant." });
  const k = record.summary?.clusters.k ?? 0;
  return part({
    title: "UEs by cluster, at the mark",
    swatches: [
      ...Array.from({ length: k }, (_, i) => ({
        colour: CATEGORIES[i % CATEGORIES.length]!,
        text: `cluster ${i + 1}`,
      })),
      { colour: COLOURS.none, text: "none", small: true },
    ],
  });
}

function readyLegend({ ues }: LoadedRun): LegendPart {
  if (!ues.ready) return part({ note: "Readiness is predicted at the marked instant." });
  return part({
    title: "UEs as predicted, at the mark",
    swatches: [
      { colour: COLOURS.ready, text: "handover-ready, larger dot" },
      { colour: COLOURS.notReady, text: "not ready", small: true },
      { colour: COLOURS.none, text: "none", small: true },
    ],
  });
}

function sinrLegend({ sinrSpan }: LoadedRun): LegendPart {
  if (!sinrSpan) return part({});
  const [low, high] = sinrSpan;
  return part({
    ramp: { colours: VIRIDIS, low: `≤ ${low / 100}`, unit: "SINR, dB", high: `≥ ${high / 100}` },
    swatches: [NO_CELL],
  });
}

function leaveLegend({ ues }: LoadedRun): LegendPart {
  if (!ues.leaveS) return part({ note: "Times to leave are known once the run has passed its mark." });
  const end = leaveSpan(ues.leaveS);
  const stays = { colour: COLOURS.none, text: "stays until the end, or no cell", small: true };
  if (end === null) return part({ title: "UEs by time to leave, from the mark", swatches: [stays] });
  return part({
    title: "UEs by time to leave their cell's contour, from the mark",
    ramp: { colours: VIRIDIS, low: "0", unit: "s", high: `≥ ${end}` },
    swatches: [stays],
  });
}

function heatLegend({ record }: LoadedRun, storm: Storm | null): LegendPart {
  const title = "Cells by handovers in this second, out and in";
  if (storm?.run !== record.run) return part({ title, note: "on their way …" });
  const { most } = heatOf(storm.columns);
  if (most === 0) return part({ title, note: "This run has no signalling to count." });
  return part({
    title,
    ramp: { colours: INFERNO, low: "1", unit: "handovers/s, log scale", high: whole(most) },
    swatches: [{ colour: COLOURS.none, text: "none", small: true }],
  });
}

function feederLegend({ record }: LoadedRun, gateways: Layers["gateways"]): LegendPart {
  const title = "Gateways and feeder links";
  if (gateways?.run !== record.run) return part({ title, note: "on their way …" });
  const squares: Swatch = {
    colour: "#5bd1a5",
    shape: "square",
    text: gateways.names.length === 1 ? "gateway" : `${gateways.names.length} gateways`,
  };
  if (gateways.start.length === 0)
    return part({
      title,
      swatches: gateways.names.length === 0 ? [] : [squares],
      note: "No satellite of this run needs a gateway of its own.",
    });
  return part({
    title,
    swatches: [squares, { colour: "#5bd1a5", shape: "line", text: "feeder link in use" }],
  });
}
