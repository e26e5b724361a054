import { averageIntensity } from "@tgwf/co2/data";
import { BadInput } from "../../shared/errors.ts";

const JOULES_PER_KWH = 3.6e6;

export const CARBON_CREDIT = "Ember, CC BY-SA 4.0, through @tgwf/co2";

export interface Carbon {
  gramsPerJoule: number;
  /** e.g. "CO₂: FRA, 44 g/kWh (Ember, …)" */
  method: string;
}

/** Intensity of electricity: the user's figure, else the country's mean (ISO 3166-1 alpha-3), else the world's. */
export function carbonOf({ country, gramsPerKwh }: { country?: string; gramsPerKwh?: number }): Carbon {
  if (gramsPerKwh !== undefined) {
    if (!(gramsPerKwh >= 0)) throw wrong("gramsPerKwh", `${gramsPerKwh} g/kWh`, "Give a number from 0 up");
    return answer(gramsPerKwh, `CO₂: ${gramsPerKwh} g/kWh, as given`);
  }
  const code = country?.toUpperCase() ?? "WORLD";
  const grams = Object.hasOwn(averageIntensity.data, code) ? averageIntensity.data[code] : undefined;
  if (grams === undefined)
    throw wrong(
      "country",
      `no intensity is known for "${country}"`,
      "Give a code such as FRA, or gramsPerKwh",
    );
  const place = code === "WORLD" ? "world average" : code;
  return answer(grams, `CO₂: ${place}, ${grams} g/kWh (${CARBON_CREDIT})`);
}

const answer = (gramsPerKwh: number, method: string): Carbon => ({
  gramsPerJoule: gramsPerKwh / JOULES_PER_KWH,
  method,
});
const wrong = (field: string, reason: string, remedy: string) =>
  new BadInput([{ field: `energy.${field}`, reason, remedy }]);
