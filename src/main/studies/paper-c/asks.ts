import { deviation, mean } from "../../math/statistics.ts";
import type { Lab } from "../lab.ts";
import { FULL, QUICK, type Sizes, type WorldAsk } from "./settings.ts";
import type { TrainAsk } from "./trials.ts";

export const sizesOf = (lab: Lab): Sizes => (lab.quick ? QUICK : FULL);

export function worldAsk(lab: Lab, kind: WorldAsk["kind"]): WorldAsk {
  const { world, satellite } = sizesOf(lab);
  return { kind, seed: lab.seed, ...(kind === "terrestrial" ? world : satellite) };
}

/** A training of the study, with what differs from its base. */
export function trainAsk(
  lab: Lab,
  {
    kind = "terrestrial",
    hyper,
    ...over
  }: Partial<Omit<TrainAsk, "hyper">> & {
    kind?: WorldAsk["kind"];
    hyper?: Partial<TrainAsk["hyper"]>;
  },
): TrainAsk {
  const { window, stride, share, base } = sizesOf(lab);
  return {
    world: worldAsk(lab, kind),
    window,
    stride,
    share,
    hyper: { ...base, ...hyper },
    seed: lab.seed,
    ...over,
  };
}

/** Mean and standard deviation (of a sample) of the values that there are; null where there are none. */
export function meanOf(values: readonly (number | null)[]): { mean: number | null; deviation: number } {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { mean: null, deviation: 0 };
  return { mean: mean(known), deviation: deviation(known) };
}
