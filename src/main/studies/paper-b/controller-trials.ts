import { SteeringController, type Order, type Predict } from "../../hetnet/controller.ts";
import { DEFAULT_TIMING } from "../../hetnet/sequence.ts";
import type { HetnetSeries } from "../../hetnet/series.ts";
import { limitsOf } from "../../hetnet/steer.ts";
import { openGraph, tensor } from "../../learn/inference.ts";
import { Cancelled } from "../../../shared/errors.ts";
import type { Bench } from "../bench.ts";
import { CHOSEN_DELTA, hysteresis } from "./steering-schemes.ts";
import { HORIZON, SPAN, unseenSeries, WINDOW } from "./steering-world.ts";

export interface ControllerAsk {
  seed: number;
  paths: number;
  /** of the shared graphs */
  models: string;
  /** UEs that a base station and an access point let in */
  capacity: { cellular: number; wifi: number };
}

export interface ControllerAnswer {
  ues: number;
  steps: number;
  handovers: number;
  refused: number;
  lost: number;
  failed: number;
  outReports: number;
  reports: number;
  /** mean of the sequences that were carried out */
  preparationS: number;
  interruptionS: number;
  totalS: number;
  /** mean wall clock of assembly, inference over all kinds and decision, for all UEs of a step */
  stepS: number;
  mostAtAccessPoint: number;
}

type Opened = Awaited<ReturnType<typeof openGraph>>;

function predictor(graph: Opened, window: number): Predict {
  return async ({ rows, features }) => {
    const out = new Float32Array(rows * HORIZON);
    await graph.run(
      { x: tensor(features, [rows, window, features.length / rows / window]) },
      { forecast: tensor(out, [rows, HORIZON]) },
    );
    return out;
  };
}

/** The controller at work: every unseen path is one UE, all at once, steered by hysteresis P-CHO (N = 3) with live inference. */
export const controllerTrials = {
  steeringController: async (ask: ControllerAsk, bench: Bench): Promise<ControllerAnswer> => {
    const { seed, paths, models, capacity } = ask;
    const series = bench.memo(`steering-unseen ${seed} ${paths}`, () => unseenSeries(seed, paths));
    const columns = bench.columns(models);
    const cellular = await openGraph(columns.cellular as Uint8Array, 1);
    const wifi = await openGraph(columns.wifi as Uint8Array, 1);
    try {
      const controller = new SteeringController({
        nodes: series.nodes,
        ues: series.paths.length,
        rats: {
          cellular: { window: WINDOW.cellular, predict: predictor(cellular, WINDOW.cellular) },
          wifi: { window: WINDOW.wifi, predict: predictor(wifi, WINDOW.wifi) },
        },
        horizon: HORIZON,
        rule: hysteresis(CHOSEN_DELTA, 3),
        limits: limitsOf(series),
        capacity: series.nodes.map(({ rat }) => capacity[rat as keyof typeof capacity]),
        timing: DEFAULT_TIMING,
      });
      return await operate(series, controller, bench);
    } finally {
      await cellular.close();
      await wifi.close();
    }
  },
};

/** All UEs report, then the controller decides, until the last path has ended. */
async function operate(
  series: HetnetSeries,
  controller: SteeringController,
  bench: Bench,
): Promise<ControllerAnswer> {
  const count = series.nodes.length;
  const steps = Math.max(...series.paths.map((path) => path.steps)) + SPAN.to;
  const orders: Order[] = [];
  const tallies = new Map<number, { handovers: number; failed: number; out: number; reports: number }>();
  let mostAtAccessPoint = 0;
  let seconds = 0;
  for (let step = 0; step < steps; step++) {
    if (bench.shouldStop()) throw new Cancelled();
    series.paths.forEach((path, ue) => {
      if (step >= path.steps + SPAN.to) return controller.leave(ue);
      const at = (series.firstStep[ue] + step) * count;
      const row = (column: Float32Array) => column.subarray(at, at + count);
      controller.report(ue, step, row(series.sinrDb), row(series.rssiDbm), row(series.throughputMbps));
      const tally = controller.attachment(ue)?.tally;
      if (tally)
        tallies.set(ue, {
          handovers: tally.handovers.length,
          failed: tally.wrongTargets + tally.tooLate,
          out: tally.outReports,
          reports: tally.serving.length,
        });
    });
    controller.load.forEach((load, node) => {
      if (series.nodes[node].rat === "wifi") mostAtAccessPoint = Math.max(mostAtAccessPoint, load);
    });
    const began = bench.clock();
    // oxlint-disable-next-line no-await-in-loop
    orders.push(...(await controller.decide(step)));
    seconds += bench.clock() - began;
  }
  const sum = (key: "handovers" | "failed" | "out" | "reports") =>
    [...tallies.values()].reduce((total, tally) => total + tally[key], 0);
  const done = orders.filter(({ outcome }) => outcome === "ordered");
  const mean = (key: "preparationS" | "interruptionS" | "totalS") =>
    done.reduce((total, { sequence }) => total + sequence[key], 0) / done.length;
  return {
    ues: series.paths.length,
    steps,
    handovers: sum("handovers"),
    refused: orders.filter(({ outcome }) => outcome === "refused").length,
    lost: orders.filter(({ outcome }) => outcome === "lost").length,
    failed: sum("failed"),
    outReports: sum("out"),
    reports: sum("reports"),
    preparationS: mean("preparationS"),
    interruptionS: mean("interruptionS"),
    totalS: mean("totalS"),
    stepS: seconds / steps,
    mostAtAccessPoint,
  };
}
