import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { checkScenario } from "../../../src/main/scenario/check.ts";
import { scenarioJsonSchema } from "../../../src/main/scenario/schema-node.ts";
import { readNumber } from "../../../src/renderer/panels/scenario-form/Field.tsx";
import { differences } from "../../../src/renderer/panels/scenario-form/differences.ts";
import { nameOf } from "../../../src/renderer/panels/scenario-form/names.ts";
import { groupFrom, PRESETS } from "../../../src/renderer/panels/scenario-form/presets.ts";
import { place } from "../../../src/renderer/panels/scenario-form/problems.ts";
import {
  aroundOf,
  asKind,
  fieldAt,
  helpOf,
  isRequired,
  kindOf,
  kindsOf,
  partsOf,
  rangeOf,
  scenarioFields,
  startOf,
  unitOf,
  valueAt,
} from "../../../src/renderer/panels/scenario-form/schema.ts";
import type { FieldSchema } from "../../../src/renderer/panels/scenario-form/schema.ts";
import { pathText } from "../../../src/renderer/session/draftEdits.ts";
import type { Json, JsonObject } from "../../../src/renderer/session/draftEdits.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const folder = resolve(import.meta.dirname, "../../../resources/scenarios");
const small = () => scenarioOf() as unknown as JsonObject;
const bundled = readdirSync(folder).map((file) => ({
  file,
  scenario: JSON.parse(readFileSync(join(folder, file), "utf8")) as JsonObject,
}));

/** Every field of the schema by its path, `[]` for entries and `<kind>` left out; a naive walk of its own. */
function leaves(node: FieldSchema, path: string): string[] {
  if (node.const !== undefined || path.endsWith(".$schema")) return [];
  if (node.oneOf) return node.oneOf.flatMap((option) => leaves(option, path));
  if (node.items?.properties) return leaves(node.items, `${path}[]`);
  const named = node.propertyNames?.enum?.map((name) => [String(name), node.additionalProperties]) ?? [];
  const inside = [...Object.entries(node.properties ?? {}), ...named] as [string, FieldSchema][];
  return inside.length > 0 ? inside.flatMap(([key, part]) => leaves(part, `${path}.${key}`)) : [path];
}

/** What the form shows, in every kind that a group can have. */
function shownFields(field: FieldSchema, path: string): string[] {
  const kind = kindOf(field);
  if (kind === "list") return shownFields(field.items!, `${path}[]`);
  if (kind !== "group") return [path];
  const values: Json[] = field.oneOf ? kindsOf(field).map((one) => asKind(field, undefined, one)) : [{}];
  return values.flatMap((value) =>
    partsOf(field, value).flatMap(([key, part]) => shownFields(part, `${path}.${key}`)),
  );
}

describe("the form's fields", () => {
  it("are all those of the schema", () => {
    const wanted = leaves(scenarioJsonSchema as FieldSchema, "");
    expect(wanted.length).toBeGreaterThan(180);
    expect(shownFields(scenarioFields, "").toSorted()).toEqual(wanted.toSorted());
  });

  it("have a name, and numbers their unit, range, default and help", () => {
    const altitude = fieldAt(["constellation", "altitudeKm"], { constellation: { kind: "walker" } })!;
    expect([nameOf("altitudeKm", true), unitOf(altitude), rangeOf(altitude)]).toEqual([
      "Altitude",
      "km",
      "160 … 50,000",
    ]);
    expect(helpOf(altitude)).toBe("Height above the equatorial radius 6378.137 km");
    expect(rangeOf(fieldAt(["time", "durationS"], {})!)).toBe("1 … 86,400, default 600");
    expect(rangeOf(fieldAt(["handover", "a3OffsetDb"], {})!)).toBe("−15 … 15, default 1");
    expect(unitOf(fieldAt(["signalling", "t304Ms"], {})!)).toBe("ms");
  });

  it("are told from those that may be left out", () => {
    expect(isRequired(scenarioFields, undefined, "users")).toBe(true);
    expect(isRequired(scenarioFields, undefined, "gateways")).toBe(false);
    expect(isRequired(fieldAt(["constellation"], {})!, { kind: "walker" }, "planes")).toBe(true);
  });

  it("read numbers as people type them, and keep what is none", () => {
    expect(["7", " −3,5 ", "1e3", "", "1.", "many"].map(readNumber)).toEqual([
      7,
      -3.5,
      1000,
      undefined,
      1,
      "many",
    ]);
  });
});

describe("another kind of group", () => {
  it("keeps what both kinds have, and makes lists that must be there", () => {
    const payload = { kind: "antenna", beams: 7, layout: "row", apertureDiameterM: 2 };
    expect(asKind(fieldAt(["payload"], {})!, payload, "circular-cells")).toEqual({
      kind: "circular-cells",
      beams: 7,
      layout: "row",
    });
    expect(asKind(fieldAt(["constellation"], {})!, {}, "circular")).toEqual({
      kind: "circular",
      satellites: [{}],
    });
    expect(startOf(fieldAt(["terrestrial"], {})!)).toEqual({ layout: { kind: "hexagon" } });
  });

  it("writes the kind that was left out as default with the first field in it", () => {
    expect(aroundOf(["learning", "label", "fraction"], {})).toEqual([
      [["learning", "label"], { kind: "distance" }],
    ]);
    expect(aroundOf(["users", "classes", 0, "share"], { users: {} })).toHaveLength(1);
    expect(valueAt(["users", "classes", 0, "name"], {})).toBe("handheld");
    expect(aroundOf(["radio", "frequencyGHz"], {})).toEqual([]);
  });
});

describe("a problem", () => {
  const placed = (change: (scenario: JsonObject) => Json) => {
    const scenario = change(small()) as JsonObject;
    const { problems } = checkScenario(JSON.stringify(scenario));
    return place(problems, scenario).map(({ problem, path }) => [problem.field, path && pathText(path)]);
  };

  it.each<[string, (s: JsonObject) => JsonObject, string]>([
    ["a number out of range", (s) => ({ ...s, time: { durationS: -1 } }), "time.durationS"],
    ["words for a number", (s) => ({ ...s, seed: "x" }), "seed"],
    [
      "a field missing",
      (s) => ({ ...s, constellation: { kind: "circular", satellites: [{ id: "a", altitudeKm: 600 }] } }),
      "constellation.satellites[0].inclinationDeg",
    ],
    ["a cross-check", (s) => ({ ...s, time: { durationS: 60, markS: 90 } }), "time.markS"],
  ])("of %s stands at its field", (_, change, field) => {
    expect(placed(change)).toContainEqual([field, field]);
  });

  it("stands at the group around it where the field is unknown, and nowhere where nothing is", () => {
    expect(placed((s) => ({ ...s, radio: { colour: 1 } }))).toContainEqual(["radio.colour", "radio"]);
    expect(placed((s) => ({ ...s, colour: 1 }))).toContainEqual(["colour", null]);
    expect(placed((s) => ({ ...s, constellation: { kind: "ring" } }))).toEqual([
      ["constellation.kind", "constellation"],
    ]);
    const table = { kind: "table", offAxisDeg: [0, 1, 999], relativeGainDb: [0, -1, -2] };
    const payload = { kind: "antenna", beams: 7, apertureDiameterM: 1, pattern: table };
    expect(placed((s) => ({ ...s, payload }))).toContainEqual([
      "payload.pattern.offAxisDeg[2]",
      "payload.pattern.offAxisDeg",
    ]);
  });
});

describe("two scenarios", () => {
  it("differ in the fields that say something else; what is left out is its default", () => {
    const one = { radio: { frequencyGHz: 2 }, users: { count: 5 }, mine: 1 };
    const other = { radio: { bandwidthMHz: 20 }, users: { count: 6 }, gateways: { minElevationDeg: 5 } };
    expect(differences(one, other).map((d) => [d.field, d.unit, d.one, d.other])).toEqual([
      ["radio.bandwidthMHz", "MHz", 30, 20],
      ["users.count", "", 5, 6],
      ["gateways", "", undefined, { minElevationDeg: 5 }],
      ["mine", "", 1, undefined],
    ]);
  });

  it("of different kinds name the kind first", () => {
    const one = { constellation: { kind: "walker", pattern: "delta", planes: 3 } };
    const found = differences(one, { constellation: { kind: "elements" } });
    expect(found.map(({ field, one: before, other }) => [field, before, other])).toEqual([
      ["constellation.kind", "walker", "elements"],
      ["constellation.pattern", "delta", undefined],
      ["constellation.planes", 3, undefined],
      ["constellation.phasing", 0, undefined],
      ["constellation.raanDeg", 0, undefined],
      ["constellation.argumentOfLatitudeDeg", 0, undefined],
    ]);
  });

  it.each(bundled)("$file says the same as itself read by the program", ({ scenario }) => {
    const read = checkScenario(JSON.stringify(scenario)).scenario as unknown as JsonObject;
    expect(differences(scenario, read)).toEqual([]);
  });
});

describe("presets", () => {
  it.each(PRESETS.payload!)("payload $title is a scenario without problems", ({ apply }) => {
    const made = apply({ ...small(), payload: { kind: "antenna", beams: 7 } });
    expect(checkScenario(JSON.stringify(made)).problems).toEqual([]);
    expect(made.payload).toMatchObject({ beams: 7 });
  });

  it.each(PRESETS.handover!)("handover $title is a scenario without problems", ({ apply }) => {
    expect(checkScenario(JSON.stringify(apply(small()))).problems).toEqual([]);
  });

  it("take a group from another scenario, and take it away where that has none", () => {
    const other = { users: { count: 1 } };
    expect(groupFrom("users", other)({ users: { count: 2 }, name: "a" })).toEqual({
      users: { count: 1 },
      name: "a",
    });
    expect(groupFrom("gateways", other)({ gateways: {} })).toEqual({});
  });
});
