import { hetnetNotes } from "./steering-notes.ts";
import type { Findings } from "../../../shared/study.ts";
import type { Lab } from "../lab.ts";
import { controllerTable } from "./controller-table.ts";
import { steeringClaims } from "./steering-claims.ts";
import { figure10, figure9, handoverCounts, servingOnRoute } from "./steering-figures.ts";
import { compareOrder, ORDER_PREDICTORS, orderTable, sumOrder } from "./steering-order.ts";
import { WAITING } from "./steering-schemes.ts";
import { unseenOutlooks, unseenPaths, type Unseen } from "./steering-outlooks.ts";
import { outcomeRows, outcomeTable, rmseTable } from "./steering-table.ts";

const FORECASTERS = "Forecasters that steer";
const ORDER = "Hysteresis against soft";
const CONTROLLER = "The controller at work";

/** For `lab.plan`. */
export const steeringPlan = (quick: boolean) => [
  { title: FORECASTERS, seconds: quick ? 8 : 35 },
  { title: ORDER, seconds: quick ? 2 : 10 },
  { title: CONTROLLER, seconds: quick ? 1 : 2 },
];

/** UEs that a base station and an access point let in: all of them, and few enough that some are refused. */
const CAPACITIES = [
  { cellular: 100, wifi: 100 },
  { cellular: 100, wifi: 2 },
];

/** Paper B, Figures 9 and 10: what forecasts do to handovers. */
export async function steeringFindings(lab: Lab): Promise<Findings & { unseen: Unseen }> {
  const { seed, quick } = lab;
  const paths = unseenPaths(lab);
  const unseen = await unseenOutlooks(lab, FORECASTERS);
  const counts = handoverCounts(unseen, "LSTM");
  const worlds = Array.from({ length: quick ? 3 : 20 }, (_, i) => ({ seed: seed + i, paths: 20 }));
  const orders = await lab.run("steeringOrder", worlds, { title: ORDER });
  const order = [
    { predictor: "LSTM", order: compareOrder(counts) },
    ...ORDER_PREDICTORS.map((predictor, i) => ({
      predictor,
      order: sumOrder(orders.map((answer) => answer[i])),
    })),
  ];
  const models = await lab.share(unseen.onnx);
  const controlled = await lab.run(
    "steeringController",
    CAPACITIES.map((capacity) => ({ seed, paths, models, capacity })),
    { title: CONTROLLER, alone: true },
  );
  const rows = outcomeRows(unseen);
  const serving = servingOnRoute(unseen.series, unseen.outlooks.LSTM);
  return {
    title: "Steering by forecasts",
    figures: [
      ...figure9(counts, handoverCounts(unseen, "LSTM", WAITING), handoverCounts(unseen, "physics")),
      ...figure10(unseen.series, serving),
    ],
    tables: [
      outcomeTable(rows, paths),
      rmseTable(unseen),
      orderTable(order, worlds.length),
      controllerTable(controlled, CAPACITIES),
    ],
    claims: steeringClaims({ unseen, counts, rows, order, serving }),
    notes: hetnetNotes(),
    unseen,
  };
}
