import { controllerTrials } from "./controller-trials.ts";
import { forecastTrials } from "./forecast-trials.ts";
import { orderTrials } from "./steering-order.ts";
import { steeringTrials } from "./steering-trials.ts";
import { thirdRatTrials } from "./third-rat-trials.ts";

/** Trials of paper B, by name. */
export const paperBTrials = {
  ...forecastTrials,
  ...steeringTrials,
  ...orderTrials,
  ...controllerTrials,
  ...thirdRatTrials,
};
