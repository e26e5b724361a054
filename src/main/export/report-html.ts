import type { RunRecord } from "../../shared/run.ts";
import type { ExportFile } from "./export.ts";
import { mapOf } from "./report-map.ts";
import { classifiersPart, clustersPart, modelsPart, predictedPart } from "./report-learning.ts";
import {
  count,
  dateUtc,
  facts,
  figureText,
  markup,
  list,
  plural,
  section,
  type Markup,
} from "./report-markup.ts";
import { radioPart } from "./report-radio.ts";
import { referencePart, type PublishedRow } from "./report-reference.ts";
import { scenarioPart } from "./report-scenario.ts";
import { shell, type Part } from "./report-shell.ts";
import { stormPart } from "./report-storm.ts";
import { strategiesPart } from "./report-strategies.ts";
import type { Source } from "./source.ts";
import { encoded } from "./text.ts";

export interface ReportOptions {
  /** published numbers beside ours, worked out by whoever asks */
  reference: () => readonly PublishedRow[];
  /** told before each part is made: its title, and the share of the parts that are done */
  say?: (part: string, done: number) => void;
}

/** A kept run as one page that needs nothing else: it can be sent, read without a network, and printed. */
export const runReport = (source: Source, options: ReportOptions): string =>
  [...runReportPieces(source, options)].join("");

export function runReportFile(source: Source, options: ReportOptions): ExportFile {
  const pieces = runReportPieces(source, options);
  return {
    name: `${source.record.run}-report.html`,
    type: "text/html; charset=utf-8",
    chunks: encoded(pieces),
  };
}

/** The same piece by piece, so that other work has its turn between two parts. */
export function runReportPieces(source: Source, { reference, say }: ReportOptions): Generator<string> {
  const { record } = source;
  const made: [id: string, title: string, make: () => Markup, page?: boolean][] = [
    ["scenario", "Scenario", () => scenarioPart(source)],
    ["map", "Map", () => mapOf(source), true],
    ["radio", "Radio", () => radioPart(source)],
    ["storm", "Signalling storm", () => stormPart(source)],
    ["strategies", "Strategies side by side", () => strategiesPart(source)],
    ["clusters", "Clusters", () => clustersPart(source)],
    ["classifiers", "Classifiers", () => classifiersPart(source)],
    ["predictions", "Predicted handovers", () => predictedPart(source)],
    ["models", "Models", () => modelsPart(source)],
    ["notes", "Notes", () => notesPart(record)],
    ["reference", "Published numbers beside ours", () => referencePart(reference()), true],
  ];
  const parts = made.map(([id, title, make, page], i): Part => ({
    id,
    title,
    make: () => {
      say?.(title, i / made.length);
      return section(id, title, page ?? false, make());
    },
  }));
  const foot = `Beamwalk ${record.version}, run ${record.run}, seed ${record.seed}. The same scenario, seed and version give the same figures; times are those of the machine.`;
  return shell({ title: record.title || record.scenario, head: headOf(record), parts, foot });
}

function headOf(record: RunRecord): Markup {
  const { summary: s } = record;
  const end = record.startMs + 1000 * record.durationS;
  const known = facts([
    ["run", record.run],
    ["scenario", record.scenario],
    ["seed", String(record.seed)],
    ["version", `Beamwalk ${record.version}`],
    ["simulated time", `${dateUtc(record.startMs)} to ${dateUtc(end)}`],
    ["planned", dateUtc(record.createdMs)],
    [
      "status",
      record.status === "finished"
        ? "finished"
        : `${record.status}, ${count(record.stepsDone)} of ${plural(record.stepsTotal, "step")}`,
    ],
    ...(s ? [["machine time", `${figureText(s.elapsedS, 1)} s`] as const] : []),
    ...(s && s.lostSatellites.length > 0
      ? [
          [
            "lost satellites",
            s.lostSatellites.map(({ id, reason }) => `${id} (${reason})`).join(", "),
          ] as const,
        ]
      : []),
  ]);
  return markup`<p class="lead">Plan of handovers in a low-earth-orbit network</p>
    ${known}${s && tiles(record)}`;
}

function tiles({ summary, satellites }: RunRecord): Markup {
  const s = summary!;
  const all: [string, string][] = [
    [count(satellites), satellites === 1 ? "satellite" : "satellites"],
    [count(s.cells), "cells"],
    [count(s.ues), "UEs"],
    [count(s.uncovered), "UEs without service at the mark"],
    [`${figureText(100 * s.uncoveredShare, 1)} %`, "of all UE-steps without service"],
    [count(s.handovers.total), "handovers"],
    [
      `${count(s.handovers.peakPerS)}/s`,
      s.handovers.total > 0
        ? `handovers out of cell ${s.handovers.peakCell} at ${figureText(s.handovers.peakAtS)} s, the most of all cells`
        : "handovers out of a cell at most",
    ],
    [count(s.handovers.interSatellite), "handovers between satellites"],
    [count(s.handovers.pingPong), "ping-pongs"],
    [count(s.handovers.reselections), "reselections besides: the serving cell was no longer heard"],
    ...(s.feederSwitches === undefined
      ? []
      : [[count(s.feederSwitches), "feeder-link switches"] as [string, string]]),
  ];
  return markup`<div class="tiles">
    ${all.map(([value, name]) => markup`<div><b>${value}</b><span>${name}</span></div>`)}
  </div> `;
}

const notesPart = ({ summary }: RunRecord): Markup =>
  summary && summary.notes.length > 0 ? list(summary.notes) : markup`<p>None.</p> `;
