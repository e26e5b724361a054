import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClassifierName } from "../../shared/mission.ts";
import { CLASSIFIER_TITLES } from "../../shared/mission.ts";
import type { ClassifierMetrics, PlanSummary } from "../../shared/run.ts";
import { changesWords, STORM_FIGURES } from "../../shared/storm-figures.ts";
import { resourcesFolder } from "../paths.ts";
import { textTable } from "./text-table.ts";

interface Paper {
  doi: string;
  centroids: { rows: { name: string; latitudeDeg: number; longitudeDeg: number }[] };
  classifiers: { rows: PaperClassifier[] };
}
type PaperClassifier = { name: string } & Record<(typeof PAPER_METRICS)[number], number>;
const PAPER_METRICS = ["accuracy", "mse", "f1", "auc", "recall", "precision"] as const;

/** The summary of a plan as plain text of at most 100 columns; the scenario of the paper stands beside the paper. */
export function summaryText(summary: PlanSummary): string {
  const paper = summary.scenario.startsWith("dahouda-2023") ? readPaper() : null;
  return [
    facts(summary),
    radio(summary),
    clusters(summary, paper),
    importance(summary),
    classifiers("Classifiers, on held-out UEs", summary.classifiers, paper),
    ...summary.ablations
      .filter(({ key }) => key !== "none")
      .map(({ title, features, classifiers: rows }) =>
        classifiers(`The same: ${lowerFirst(title)} (${plural(features.length, "feature")})`, rows, null),
      ),
    handovers(summary),
    signalling(summary),
    notes(summary.notes),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const readPaper = (): Paper =>
  JSON.parse(readFileSync(join(resourcesFolder, "reference", "dahouda-2023.json"), "utf8"));

function facts(s: PlanSummary): string {
  const stages = Object.entries(s.stagesS).map(([stage, seconds]) => `${stage} ${seconds.toFixed(1)}`);
  const lines = [
    ["Run", `${s.run}  (scenario ${s.scenario}, seed ${s.seed})`],
    ["Database", s.db],
    [
      "Size",
      [
        plural(s.satellites, "satellite"),
        plural(s.cells, "cell"),
        plural(s.ues, "UE"),
        plural(s.steps, "step"),
      ].join(", "),
    ],
    ["Time", `${s.elapsedS.toFixed(1)} s: ${stages.join(", ")} s`],
    ["Links", `${count(s.linkEvaluations)} evaluated`],
    [
      "Uncovered",
      `${count(s.uncovered)} UEs at the marked instant, ${percent(s.uncoveredShare)} of all UE-steps`,
    ],
    ...lost(s.lostSatellites),
    ...(s.feederSwitches === undefined
      ? []
      : [["Feeders", plural(s.feederSwitches, "feeder-link switch", "es")]]),
  ];
  return lines.map(([name, text]) => `${name.padEnd(10)} ${text}`).join("\n");
}

function lost(satellites: PlanSummary["lostSatellites"]): string[][] {
  if (satellites.length === 0) return [];
  const named = satellites.slice(0, 3).map(({ id, reason }) => `${id} (${reason})`);
  const more = satellites.length > 3 ? ` and ${satellites.length - 3} more` : "";
  return [["Lost", `${plural(satellites.length, "satellite")}: ${named.join(", ")}${more}`]];
}

function radio({ radio: r }: PlanSummary): string {
  if (!r) return "";
  const row = (name: string, unit: string, levels: NonNullable<typeof r.cOverIDb>) => [
    name,
    unit,
    ...[levels.p5, levels.median, levels.p95, levels.meanOfDb, levels.dbOfMeanLinear].map((v) =>
      v.toFixed(2),
    ),
  ];
  const t = r.throughputMbps;
  const rows = [
    row("RSRP", "dBm", r.rsrpDbm),
    row("C/N", "dB", r.cOverNDb),
    ...(r.cOverIDb ? [row("C/I", "dB", r.cOverIDb)] : []),
    row("SINR", "dB", r.sinrDb),
    ["throughput", "Mbit/s", ...[t.p5, t.median, t.p95, t.mean].map((v) => v.toFixed(1)), ""],
  ];
  const head = ["", "unit", "5 %", "median", "95 %", "mean", "of mean power"];
  return [
    `Radio, ${plural(r.ues, "served UE")} at the marked instant; percentiles and mean over the values in dB`,
    textTable(head, rows, [0, 1]),
    `Throughput of a UE alone in its beam: ${r.bandwidthMHz} MHz, 64QAM table of TS 38.214, ${r.implementationMarginDb} dB from Shannon's bound`,
  ].join("\n");
}

function clusters(
  { clusters: { k, centroids, wcss }, readyShare }: PlanSummary,
  paper: Paper | null,
): string {
  if (centroids.length === 0) return "";
  const rows = centroids.map((c, i) => {
    const own = [String(i + 1), count(c.ues), degrees(c.latitudeDeg), degrees(c.longitudeDeg)];
    const theirs = paper && nearest(paper.centroids.rows, c);
    return theirs ? [...own, degrees(theirs.latitudeDeg), degrees(theirs.longitudeDeg), theirs.name] : own;
  });
  const head = ["cluster", "UEs", "latitude °", "longitude °"];
  const beside = paper ? ["paper: lat °", "lon °", "Table 2"] : [];
  const title = `Clusters: elbow at k = ${k}; ${percent(readyShare)} of the UEs are handover-ready`;
  const elbow = `WCSS for k = 1 … ${wcss.length}: ${wcss.map((w) => w.toPrecision(3)).join(" ")}`;
  return [title, textTable([...head, ...beside], rows, [0, 6]), wrapped(elbow)].join("\n");
}

type Place = { latitudeDeg: number; longitudeDeg: number };
function nearest<T extends Place>(places: T[], to: Place): T {
  const off = (p: Place) => Math.hypot(p.latitudeDeg - to.latitudeDeg, p.longitudeDeg - to.longitudeDeg);
  return places.reduce((best, p) => (off(p) < off(best) ? p : best));
}

function importance({ classifiers: all }: PlanSummary): string {
  const forest = all.find(({ name }) => name === "forest");
  if (!forest) return "";
  const first = Object.entries(forest.importance)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([feature, loss]) => `${feature} ${loss.toFixed(3)}`);
  if (first.length === 0) return "";
  return `Most important to the random forest, by the accuracy lost when shuffled:\n  ${first.join(", ")}`;
}

const PRINTED_PLACES = { accuracy: 2, mse: 4, f1: 4, auc: 4, recall: 2, precision: 2 };
const METRICS = [...PAPER_METRICS, "brier", "rocAuc", "trainS"] as const;
/** Where the full title would make the table too wide. */
const SHORT_TITLES: Record<string, string> = { svm: "RBF SVM" };
const HEADS = ["accuracy", "MSE", "F1", "AUC", "recall", "precision", "Brier", "ROC AUC", "train s"];

function classifiers(title: string, ours: ClassifierMetrics[], paper: Paper | null): string {
  if (ours.length === 0) return "";
  const rows = ours.flatMap((metrics) => {
    const name = SHORT_TITLES[metrics.name] ?? CLASSIFIER_TITLES[metrics.name as ClassifierName];
    const own = [name, ...METRICS.map((key) => metrics[key].toFixed(key === "trainS" ? 2 : 4))];
    const theirs = paper?.classifiers.rows.find((row) => row.name === metrics.name);
    return theirs
      ? [own, ["  paper", ...PAPER_METRICS.map((key) => theirs[key].toFixed(PRINTED_PLACES[key]))]]
      : [own];
  });
  const source = paper ? `; paper: Tables 3 and 4 of doi ${paper.doi}` : "";
  return `${title}${source}\n${textTable(["", ...HEADS], rows)}`;
}

function handovers({ handovers: h, predicted: p }: PlanSummary): string {
  const peak =
    h.total > 0 ? `; peak ${count(h.peakPerS)} per second out of cell ${h.peakCell} at ${h.peakAtS} s` : "";
  const error = p.meanAbsoluteErrorS === null ? "" : `, mean error ${p.meanAbsoluteErrorS.toFixed(2)} s`;
  const reselections =
    h.reselections === 0
      ? "no reselections"
      : `${plural(h.reselections, "reselection")} besides, without a handover: the serving cell was no longer heard`;
  return [
    `Handovers  ${count(h.total)}${peak}`,
    `           ${count(h.interSatellite)} between satellites, ${plural(h.pingPong, "ping-pong")}`,
    ...(h.toGround === undefined
      ? []
      : [
          `           ${count(h.toGround)} from satellite to ground, ${count(h.toSatellite ?? 0)} from ground to satellite`,
        ]),
    ...(h.feeder ? [`           ${count(h.feeder)} at feeder-link switches, to another gateway's gNB`] : []),
    `           ${reselections}`,
    `Predicted  ${count(p.total)} UEs leave their cell after the marked instant, ${count(p.ready)} called handover-ready`,
    `           ${count(p.hits)} of ${count(p.scored)} had left by the predicted time${error}`,
  ].join("\n");
}

/** The run's own strategy and, beside it, its handovers moved in other ways; kinds of failure that nobody had are left out. */
function signalling({ signalling: all = [] }: PlanSummary): string {
  if (all.length === 0) return "";
  const kinds = new Set(Object.keys(all[0].outcomes));
  const rows = STORM_FIGURES.map(({ key, title, unit, digits, of }) => {
    const values = all.map(of);
    const shown = !kinds.has(key) || values.some((value) => value);
    const text = values.map((value) => (value === null ? "none" : fixed(value, digits)));
    return shown ? [[title, unit, ...text]] : [];
  }).flat();
  const head = ["", "unit", ...all.map(({ strategy }) => strategy)];
  const words = changesWords(all[0]);
  return [
    "Signalling of the handovers",
    textTable(head, rows, [0, 1]),
    ...(words === "" ? [] : [wrapped(words)]),
  ].join("\n");
}

const fixed = (value: number, digits: number) =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

const WIDTH = 98;

function notes(list: string[]): string {
  return list.length === 0 ? "" : ["Notes", ...list.map((note) => wrapped(note, "- "))].join("\n");
}

/** Lines after the first are indented by two. */
function wrapped(text: string, mark = ""): string {
  const lines: string[] = [];
  let line = mark;
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length > WIDTH) {
      lines.push(line.trimEnd());
      line = "  ";
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join("\n");
}

const count = (n: number) => n.toLocaleString("en-US");
const plural = (n: number, thing: string, ending = "s") => `${count(n)} ${thing}${n === 1 ? "" : ending}`;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const degrees = (value: number) => value.toFixed(4);
const lowerFirst = (text: string) => text[0].toLowerCase() + text.slice(1);
