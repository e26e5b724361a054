import { mean as average } from "../../math/statistics.ts";
import type { Rule } from "../../hetnet/decision.ts";
import { outlookRmse, type Outlook } from "../../hetnet/outlook.ts";
import type { HetnetSeries } from "../../hetnet/series.ts";
import type { Span } from "../../hetnet/steer.ts";
import type { Claim, Figure, Findings, StudyTable } from "../../../shared/study.ts";
import type { Lab } from "../lab.ts";
import { CHOSEN_DELTA, DELTAS, hysteresis, soft } from "./steering-schemes.ts";
import { servingFigures, servingOnRoute } from "./steering-figures.ts";
import { halfWidth, meanOutcome, outcomeOf, steerAll, type Outcome } from "./steering-outcome.ts";
import { unseenPaths, type Unseen } from "./steering-outlooks.ts";
import { failures } from "./steering-table.ts";
import { SPAN, WINDOW } from "./steering-world.ts";
import {
  BEAM_HORIZON,
  beamOutlooks,
  beside,
  nodesOf,
  onTheGround,
  unseenWithBeams,
  USABLE_DB,
  type BeamPredictor,
} from "./third-rat.ts";

const BEAMS = "Satellite beams as a third RAT";

/** For `lab.plan`. */
export const thirdRatPlan = (quick: boolean) => [{ title: BEAMS, seconds: quick ? 5 : 12 }];

const LATE: Span = { ...SPAN, to: -BEAM_HORIZON };

const SOURCE =
  "Beams: three cells of 250 km of one satellite at 300 km (scenario dahouda-2023, with TR 38.811's shadow fading), one frequency for all, 2 GHz, handheld; every path meets its own pass, at a seeded distance of up to 90 km across and 60 km along from the middle beam's centre, and ends with it after 180 s. Not heard counts as −23 dB.";

/** What decides: forecasts of the ground and of the beams. */
const PAIRS: { name: string; ground: keyof Unseen["outlooks"]; beams: BeamPredictor }[] = [
  { name: "persistence", ground: "persistence", beams: "persistence" },
  { name: "LSTM", ground: "LSTM", beams: "LSTM" },
  { name: "LSTM, beams by ephemeris", ground: "LSTM", beams: "ephemeris" },
  { name: "physics and ephemeris", ground: "physics", beams: "ephemeris" },
  { name: "perfect", ground: "perfect", beams: "perfect" },
];

/** of PAIRS: what is drawn beside the LSTM */
const LEARNT = 1;
const EPHEMERIS = 3;

interface Sky {
  series: HetnetSeries;
  beams: Record<BeamPredictor, Outlook>;
  /** [PAIRS] of all nodes */
  all: Outlook[];
}

/** The step beyond the paper: the same steering over cells, WiFi and the beams of a satellite. */
export async function thirdRatFindings(lab: Lab, unseen: Unseen): Promise<Findings> {
  const { seed, quick } = lab;
  const paths = unseenPaths(lab);
  const [answer] = await lab.run("beamForecast", [{ seed, paths, quick }], { title: BEAMS });
  const series = unseenWithBeams(seed, paths);
  const beams = beamOutlooks(series, seed, { horizon: BEAM_HORIZON, sinrDb: answer.sinrDb });
  const all = PAIRS.map((pair) =>
    beside(series, onTheGround(unseen.series, series, unseen.outlooks[pair.ground]), beams[pair.beams]),
  );
  const sky: Sky = { series, beams, all };
  const rows = outcomes(sky, paths);
  return {
    title: "Satellite beams as a third RAT",
    figures: [
      rmseFigure(sky, answer.rows),
      handoverFigure(sky, paths),
      servedFigure(rows, paths),
      ...servingFigures(series, servingOnRoute(series, all[EPHEMERIS], LATE), {
        id: "third-rat-10",
        of: null,
        method: `Forecasts: ${PAIRS[EPHEMERIS].name}. ${SOURCE}`,
      }),
    ],
    tables: [outcomesTable(rows, paths)],
    claims: [beyondClaim(sky, rows)],
    notes: [SOURCE],
  };
}

const AHEAD = Array.from({ length: BEAM_HORIZON }, (_, i) => i + 1);

function rmseFigure({ series, beams }: Sky, rows: number): Figure {
  const nodes = nodesOf(series, true);
  const names = ["persistence", "trend", "LSTM", "ephemeris"] as const;
  return {
    id: "third-rat-rmse",
    of: null,
    title: "RMSE of the forecast SINR of satellite beams that can serve",
    kind: "line",
    x: { title: "reports ahead", unit: "s" },
    y: { title: "RMSE", unit: "dB" },
    series: names.map((name) => ({
      name,
      x: AHEAD,
      y: AHEAD.map((ahead) => outlookRmse(series, beams[name], ahead, nodes, USABLE_DB)),
    })),
    note: `${series.paths.length} unseen paths and passes, reports of at least −${-USABLE_DB} dB. LSTM: one layer, W = ${WINDOW.cellular}, ${BEAM_HORIZON} outputs at once, ${rows} rows of other passes. Trend: straight line through the last two reports. Ephemeris: geometry known, place at the start of the path, shadow tracked. ${SOURCE}`,
  };
}

const count = (sky: Sky, outlook: Outlook, rule: Rule) =>
  steerAll(sky.series, outlook, rule, LATE).map(({ handovers }) => handovers.length);

function handoverFigure(sky: Sky, paths: number): Figure {
  const curve = (name: string, rule: (deltaDb: number) => Rule, outlook: Outlook) => {
    const counts = DELTAS.map((deltaDb) => count(sky, outlook, rule(deltaDb)));
    return { name, x: DELTAS, y: counts.map(average), spread: counts.map(halfWidth) };
  };
  return {
    id: "third-rat-9",
    of: null,
    title: "Handovers against the threshold over three RATs",
    kind: "line",
    x: { title: "P-CHO threshold δ", unit: "dB" },
    y: { title: "Handovers", unit: "1" },
    series: [LEARNT, EPHEMERIS].flatMap((i) => [
      curve(`soft, ${PAIRS[i].name}`, soft, sky.all[i]),
      curve(`hysteresis N = 3, ${PAIRS[i].name}`, (deltaDb) => hysteresis(deltaDb, 3), sky.all[i]),
    ]),
    note: `Mean of ${paths + 1} unseen paths; spread: 95 % confidence interval. ${SOURCE}`,
  };
}

interface SkyRow {
  scheme: string;
  pair: string;
  mean: Outcome;
  /** share of the reports served by a beam */
  bySatellite: number;
}

function outcomes({ series, all }: Sky, paths: number): SkyRow[] {
  const sky = new Set(nodesOf(series, true));
  const row = (scheme: string, pair: string, outlook: Outlook, rule: Rule): SkyRow => {
    const tallies = steerAll(series, outlook, rule, LATE).slice(0, paths + 1);
    const served = tallies.flatMap(({ serving }) => serving);
    return {
      scheme,
      pair,
      mean: meanOutcome(tallies.map((tally) => outcomeOf(series, tally))),
      bySatellite: served.filter((node) => sky.has(node)).length / served.length,
    };
  };
  return [
    row("best of the last report", "none", all[0], { kind: "best" }),
    ...PAIRS.map(({ name }, i) => row("soft", name, all[i], soft(CHOSEN_DELTA))),
    ...PAIRS.map(({ name }, i) => row("hysteresis N = 3", name, all[i], hysteresis(CHOSEN_DELTA, 3))),
  ];
}

function outcomesTable(rows: readonly SkyRow[], paths: number): StudyTable {
  return {
    id: "third-rat-outcomes",
    of: null,
    title: "Steering over cells, WiFi and satellite beams",
    columns: [
      { title: "scheme", unit: "" },
      { title: "forecast by", unit: "" },
      { title: "handovers", unit: "1", digits: 2 },
      { title: "ping-pongs", unit: "1", digits: 2 },
      { title: "failures", unit: "1", digits: 3 },
      { title: "mean SINR", unit: "dB", digits: 2 },
      { title: "served by a beam", unit: "%", digits: 1 },
      { title: "outage", unit: "%", digits: 3 },
    ],
    rows: rows.map(({ scheme, pair, mean, bySatellite }) => [
      scheme,
      pair,
      mean.handovers,
      mean.pingPongs,
      failures(mean),
      mean.meanSinrDb,
      100 * bySatellite,
      100 * mean.outageShare,
    ]),
    note: `Means over ${paths + 1} unseen paths of at most 180 s, δ = ${CHOSEN_DELTA} dB. ${SOURCE}`,
  };
}

function servedFigure(rows: readonly SkyRow[], paths: number): Figure {
  const schemes = ["soft", "hysteresis N = 3"];
  return {
    id: "third-rat-outcomes",
    of: null,
    title: "Handovers over three RATs by who forecasts",
    kind: "bars",
    x: { title: "forecast by", unit: "1" },
    y: { title: "per path", unit: "1" },
    categories: PAIRS.map(({ name }) => name),
    series: schemes.flatMap((scheme) => {
      const mine = PAIRS.map(({ name }) => rows.find((r) => r.scheme === scheme && r.pair === name)!.mean);
      const x = PAIRS.map((_, i) => i);
      return [
        { name: `${scheme}: handovers`, x, y: mine.map(({ handovers }) => handovers) },
        { name: `${scheme}: ping-pongs`, x, y: mine.map(({ pingPongs }) => pingPongs) },
        { name: `${scheme}: failures`, x, y: mine.map(failures) },
      ];
    }),
    note: `Means over ${paths + 1} unseen paths, δ = ${CHOSEN_DELTA} dB. ${SOURCE}`,
  };
}

function beyondClaim({ series, beams }: Sky, rows: readonly SkyRow[]): Claim {
  const nodes = nodesOf(series, true);
  const at = (name: BeamPredictor, ahead: number) =>
    outlookRmse(series, beams[name], ahead, nodes, USABLE_DB);
  const find = (pair: string) =>
    rows.find((row) => row.scheme === "hysteresis N = 3" && row.pair === pair)!.mean;
  const [lstm, known] = [find("LSTM"), find("LSTM, beams by ephemeris")];
  const better = [1, BEAM_HORIZON].every((ahead) => at("LSTM", ahead) < at("ephemeris", ahead));
  return {
    claim: "Beyond the paper: a learnt forecaster is what predictive handover to satellite beams needs",
    holds: better ? "yes" : "no",
    ours: `RMSE 1 and ${BEAM_HORIZON} s ahead: LSTM ${at("LSTM", 1).toFixed(2)} and ${at("LSTM", BEAM_HORIZON).toFixed(2)} dB, ephemeris ${at("ephemeris", 1).toFixed(2)} and ${at("ephemeris", BEAM_HORIZON).toFixed(2)} dB. N = 3: handovers ${lstm.handovers.toFixed(2)} (LSTM), ${known.handovers.toFixed(2)} (ephemeris); failures ${failures(lstm).toFixed(3)}, ${failures(known).toFixed(3)}`,
    reason:
      "The satellite's motion is known and its beams are wide beside the UE's way: geometry forecasts them at any horizon, and only the shadow is left. Our own question; the paper has no satellites.",
  };
}
