import payloads from "../../../../resources/reference/payloads.json";
import { getAt, isObject, setAt } from "../../session/draftEdits.ts";
import type { Json, JsonObject } from "../../session/draftEdits.ts";
import { choicesOf, fieldAt } from "./schema.ts";

export interface Preset {
  title: string;
  apply: (scenario: JsonObject) => JsonObject;
}

const changed = (scenario: JsonObject, changes: [path: string[], value: Json][]) =>
  changes.reduce((whole, [path, value]) => setAt(whole, path, value) as JsonObject, scenario);

/** Beams of a scenario that has none yet: four rings around the middle one. */
const BEAMS = 61;

/** Satellites of TR 38.821 Tables 6.1.1.1-1 and -2: aperture, power and figure of merit; bands and beams stay. */
const PAYLOADS: Preset[] = payloads.map(({ name, altitudeKm, down, up }) => ({
  title: `TR 38.821 ${name.replace(/^(geo|leo)/, (orbit) => orbit.toUpperCase())}, for ${altitudeKm.toLocaleString("en")} km`,
  apply: (scenario) => {
    const before = getAt(scenario, ["payload"]);
    const kept = Object.entries(isObject(before) ? before : {}).filter(([key]) =>
      ["processing", "steering", "beams"].includes(key),
    );
    return changed(scenario, [
      [
        ["payload"],
        {
          kind: "antenna",
          layout: "hexagon",
          beams: BEAMS,
          ...Object.fromEntries(kept),
          apertureDiameterM: down.apertureM,
        },
      ],
      [["radio", "frequencyGHz"], down.frequencyGhz],
      [["radio", "eirpDensityDbwPerMHz"], down.eirpDensityDbwPerMhz],
      [["radio", "uplink", "frequencyGHz"], up.frequencyGhz],
      [["radio", "uplink", "gOverTDbPerK"], up.gOverTDbPerK],
    ]);
  },
}));

/** Each strategy with the defaults of all its parameters. */
const HANDOVERS: Preset[] = choicesOf(fieldAt(["handover", "strategy"], {})!).map((strategy) => ({
  title: `${String(strategy)}, everything else as default`,
  apply: (scenario) => ({ ...scenario, handover: { strategy } }),
}));

export const PRESETS: Record<string, Preset[]> = { payload: PAYLOADS, handover: HANDOVERS };

/** A group as another scenario has it; without it where that has none. */
export const groupFrom =
  (group: string, other: JsonObject) =>
  (scenario: JsonObject): JsonObject =>
    setAt(scenario, [group], other[group]) as JsonObject;
