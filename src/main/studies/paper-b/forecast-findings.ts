import type { Findings } from "../../../shared/study.ts";
import type { Lab } from "../lab.ts";
import { AHEAD, effortOf, Forecasts, NETWORK, RATS, seedsOf, wantAll } from "./forecast-asks.ts";
import { forecastClaims } from "./forecast-claims.ts";
import { costTable, forecastFigures, splitTable, variantTable } from "./forecast-figures.ts";

const FORECASTERS = "Forecasters";
const SURPRISE = "Shadows and fading";

/** For `lab.plan` */
export const forecastPlan = (quick: boolean) => [
  { title: SURPRISE, seconds: quick ? 2 : 3 },
  { title: FORECASTERS, seconds: quick ? 50 : 500 },
];

/** Paper B, Figures 4 to 8: how well SINR can be forecast, and what a window, more paths and a farther horizon do to it. */
export async function forecastFindings(lab: Lab): Promise<Findings> {
  const seeds = seedsOf(lab);
  const surprise = await lab.run(
    "surprise",
    seeds.map((seed) => ({ seed })),
    { title: SURPRISE },
  );
  const forecasts = new Forecasts(lab);
  wantAll(forecasts);
  await forecasts.run(FORECASTERS);
  const setting = { forecasts, seeds, surprise };
  keepModels(lab, forecasts);
  const { rows, visits, lstm, bilstm, rounds } = effortOf(lab);
  return {
    title: "Signal quality forecast in a multi-RAT network",
    figures: forecastFigures(setting),
    tables: [costTable(setting), splitTable(setting), variantTable(setting)],
    claims: forecastClaims(setting),
    notes: [
      `Seeds ${seeds.join(", ")}: each draws shadows, paths, fading and first weights anew.`,
      "The paper's list of contributions names shadowing, its equations (1) and (2) have none: BSs are looked at in both worlds. “No shadows” is the same world with all else equal.",
      "The split is by path, since a forecaster in use meets paths that it has not seen; the end of each training path (15 %) chooses the epoch, and rows across a border are left out. Standardisation is fitted on training rows only.",
      `Ours, where the paper prints nothing: LSTM of ${lstm} units, BiLSTM of 2 × 2 × ${bilstm} with a dense layer of 32 and 10 % dropout, Adam at 0.003 falling by half a cosine, batches of 64, at most ${rows} rows taken evenly and ${visits} rows seen in all epochs together, weights of the lowest validation loss; ${rounds} boosted trees of depth 5 at rate 0.1; ARIMA(2, 1, 1) by exact likelihood, one fit a node.`,
      `Windows hold SINR, RSSI and throughput of one node; one model for all nodes of a kind, as in the paper.`,
    ],
  };
}

/** The forecasters of Figure 6, for the library. */
function keepModels(lab: Lab, forecasts: Forecasts): void {
  for (const rat of RATS) {
    const kind = NETWORK[rat];
    const [{ model, rmseDb, maeDb, energyJ }] = forecasts.answers(rat, { kind, ahead: AHEAD });
    if (!model) continue;
    lab.keep({
      model: `paper-b-${rat}-${kind}`,
      card: model.card,
      metrics: { rmseDb, maeDb },
      energyJ,
      lineage: `Paper B, hybrid network of seed ${lab.seed}${lab.quick ? ", quick" : ""}: 16 of 20 paths; energy with other trainings beside it`,
      onnx: model.onnx,
    });
  }
}
