import { perfectOutlook, persistenceOutlook, type Outlook } from "../../hetnet/outlook.ts";
import { physicsOutlook } from "../../hetnet/physics.ts";
import type { HetnetSeries } from "../../hetnet/series.ts";
import { DEFAULT_WORLD } from "../../hetnet/world.ts";
import { Random } from "../../math/random.ts";
import type { Lab } from "../lab.ts";
import type { SteeringAnswer, SteeringAsk } from "./steering-trials.ts";
import { HORIZON, unseenSeries } from "./steering-world.ts";

export const PREDICTORS = [
  "LSTM",
  "boosted trees",
  "physics",
  "physics, 5 m off",
  "persistence",
  "perfect",
] as const;
export type Predictor = (typeof PREDICTORS)[number];

/** What the steering figures are made from: reports of unseen paths and everybody's forecasts of them. */
export interface Unseen {
  series: HetnetSeries;
  outlooks: Record<Predictor, Outlook>;
  /** of the networks, by kind of node */
  onnx: { cellular: Uint8Array; wifi: Uint8Array };
  trained: { rat: string; kind: string; rows: number; fitS: number }[];
}

/** Random paths beside the one like the paper's. */
export const unseenPaths = ({ quick }: Lab) => (quick ? 20 : 60);

const KINDS = ["network", "boosted"] as const;
const RATS = ["cellular", "wifi"] as const;

export async function unseenOutlooks(lab: Lab, title: string): Promise<Unseen> {
  const { seed, quick } = lab;
  const paths = unseenPaths(lab);
  const asks = KINDS.flatMap((kind) => RATS.map((rat): SteeringAsk => ({ seed, rat, kind, paths, quick })));
  const answers = await lab.run("steeringForecast", asks, { title });
  const of = (kind: SteeringAsk["kind"]) => answers.filter((_, i) => asks[i].kind === kind);
  const series = unseenSeries(seed, paths);
  const model = (rat: SteeringAsk["rat"]) =>
    answers[asks.findIndex((ask) => ask.kind === "network" && ask.rat === rat)].onnx!;
  return {
    series,
    outlooks: {
      LSTM: joined(of("network")),
      "boosted trees": joined(of("boosted")),
      physics: physicsOutlook(series, DEFAULT_WORLD, HORIZON),
      "physics, 5 m off": physicsOutlook(series, DEFAULT_WORLD, HORIZON, (path) => offBy(seed, path)),
      persistence: persistenceOutlook(series, HORIZON),
      perfect: perfectOutlook(series, HORIZON),
    },
    onnx: { cellular: model("cellular"), wifi: model("wifi") },
    trained: answers.map(({ rows, fitS }, i) => ({ ...asks[i], rows, fitS })),
  };
}

/** Standard deviation of a satellite fix along each axis [m], the same for a whole path; assumed. */
const FIX_M = 5;

function offBy(seed: number, path: number) {
  const random = new Random(seed, "steering-fix").at(path);
  return { x: FIX_M * random.normal(), y: FIX_M * random.normal() };
}

/** Forecasts of the kinds of nodes side by side. */
function joined(answers: readonly SteeringAnswer[]): Outlook {
  const sinrDb = answers[0].sinrDb.slice();
  for (const answer of answers)
    answer.sinrDb.forEach((value, at) => {
      if (!Number.isNaN(value)) sinrDb[at] = value;
    });
  return { horizon: HORIZON, sinrDb };
}
