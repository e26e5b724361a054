import { MOST_TRACKS, TRACK_COLOURS, TRACK_REACH_S } from "../globe/trackPaths.ts";
import { heatOf } from "../globe/heat.ts";
import { leaveSpan } from "../globe/leave.ts";
import { beamPlans, reuseWords } from "../session/beamPlan.ts";
import type { BeamPlan } from "../session/beamPlan.ts";
import { coverage, COVERAGE_BINS } from "../session/coverage.ts";
import type { Gateways } from "../session/gateways.ts";
import { gateways } from "../session/gateways.ts";
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

/** What layers know beside the run. */
interface Known {
  plan: BeamPlan | null;
  gateways: Gateways | null;
  /** shares of the Earth by satellites in view, percent */
  percent: readonly number[] | null;
}

const known = (): Known => ({
  plan: beamPlans.getState().known,
  gateways: gateways.getState().known,
  percent: coverage.getState().percent,
});

/** What the colours on the globe mean now: the page and the saved pictures show the same. */
export function legendOf(
  run: LoadedRun,
  { colourBy, layers: over, satellite, handover, ue }: Omit<View, "cell">,
  storm: Storm | null,
  { plan, percent, gateways: found }: Known = known(),
): LegendPart[] {
  const parts = [COLOURINGS[colourBy](run)];
  if (over.heat) parts.push(heatLegend(run, storm));
  const own = plan?.run === run.record.run ? plan : null;
  if (over.reuse) parts.push(reuseLegend(own, over.heat));
  if (over.tracks || satellite !== null) parts.push(trackLegend(run, over.tracks));
  if (over.coverage) parts.push(coverageLegend(own, percent));
  if (over.feeders) parts.push(feederLegend(run, found));
  if (over.daylight)
    parts.push(part({ title: "Daylight", note: "The dark half of the Earth is where the sun is down." }));
  const rings = ringsOf(run, { satellite, handover, ue });
  if (rings.length > 0)
    parts.push(part({ swatches: rings.map((text) => ({ colour: "#fff", shape: "ring" as const, text })) }));
  return parts;
}

/** What is ringed on the globe. */
function ringsOf(
  { events, track }: LoadedRun,
  { satellite, handover, ue }: Pick<View, "satellite" | "handover" | "ue">,
): string[] {
  const opened = handover === null ? undefined : events.ue[handover];
  return [
    ...(opened === undefined ? [] : [`UE ${opened}, whose handover is open`]),
    ...(ue === null || ue === opened ? [] : [`UE ${ue}, whose link is shown`]),
    ...(satellite === null ? [] : [`satellite ${track.names[satellite]}`]),
  ];
}

const COLOURINGS: Record<View["colourBy"], (run: LoadedRun) => LegendPart> = {
  cell: cellLegend,
  cluster: clusterLegend,
  ready: readyLegend,
  sinr: sinrLegend,
  leave: leaveLegend,
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

function reuseLegend(plan: BeamPlan | null, heat: boolean): LegendPart {
  const title = "Cells by channel";
  if (!plan) return part({ title, note: "on their way …" });
  if (heat) return part({ title, note: "The heat of handovers lies over it." });
  const MHz = (hz: number) => `${Number((hz / 1e6).toFixed(3))} MHz`;
  const ground = plan.siteChannels > 0 ? `, ${MHz(plan.siteChannelHz)} on the ground` : "";
  return part({
    title: `${title}, ${MHz(plan.channelHz)} each${ground}`,
    swatches: reuseWords(plan).map(({ category, words }) => ({ colour: CATEGORIES[category]!, text: words })),
  });
}

function trackLegend({ track }: LoadedRun, all: boolean): LegendPart {
  const minutes = TRACK_REACH_S / 60;
  const many = all && track.satellites > MOST_TRACKS;
  return part({
    title: `${all ? "Tracks" : "Track of the satellite"}, ${minutes} min back (solid) and ahead (dashed)`,
    swatches: [
      { colour: TRACK_COLOURS.orbit, shape: "line", text: "orbit" },
      { colour: TRACK_COLOURS.ground, shape: "line", text: "on the ground" },
    ],
    note:
      "Before the run begins and after it ends an approximation (two-body orbit)." +
      (many
        ? ` Of ${whole(track.satellites)} satellites the ${MOST_TRACKS} nearest to the middle of the UEs.`
        : ""),
  });
}

function coverageLegend(plan: BeamPlan | null, percent: Known["percent"]): LegendPart {
  const title = "Satellites in view";
  if (!plan) return part({ title, note: "on their way …" });
  const least = Number(((plan.minElevation * 180) / Math.PI).toFixed(1));
  return part({
    title: `Satellites above ${least}°, share of the Earth`,
    swatches: COVERAGE_BINS.map(({ colour, words }, bin) => ({
      colour,
      shape: "square" as const,
      text: percent ? `${words}: ${percent[bin]!.toFixed(1)} %` : words,
    })),
    note: "Whether a beam points there is left out.",
  });
}

function feederLegend({ record }: LoadedRun, found: Gateways | null): LegendPart {
  const title = "Gateways and feeder links";
  if (found?.run !== record.run) return part({ title, note: "on their way …" });
  const squares: Swatch = {
    colour: "#5bd1a5",
    shape: "square",
    text: found.names.length === 1 ? "gateway" : `${found.names.length} gateways`,
  };
  if (found.start.length === 0)
    return part({
      title,
      swatches: found.names.length === 0 ? [] : [squares],
      note: "No satellite of this run needs a gateway of its own.",
    });
  return part({
    title,
    swatches: [squares, { colour: "#5bd1a5", shape: "line", text: "feeder link in use" }],
  });
}
