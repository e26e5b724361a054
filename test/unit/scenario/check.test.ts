import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { listBundled, loadBundled } from "../../../src/main/scenario/bundled.ts";
import { checkScenario, requireScenario } from "../../../src/main/scenario/check.ts";
import { scanJson } from "../../../src/main/scenario/json-scan.ts";
import { schemaPath, schemaText } from "../../../src/main/scenario/json-schema.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import { MESSAGE_NAMES } from "../../../src/shared/storm.ts";
import { scenarioOf } from "../../builders/scenario.ts";

/** Fields of the problems of a scenario with some sections replaced. */
const problemsOf = (overrides: object) =>
  checkScenario(JSON.stringify({ ...scenarioOf(), ...overrides })).problems;
const one = (overrides: object) => {
  const problems = problemsOf(overrides);
  expect(problems).toHaveLength(1);
  return problems[0];
};
const walker = (overrides: object) => ({
  kind: "walker",
  altitudeKm: 550,
  inclinationDeg: 53,
  planes: 10,
  satellitesPerPlane: 10,
  ...overrides,
});

/** A tree as text with one of its values after the other replaced by ones that are wrong there, or nearly all. */
function* spoiled(whole: object, at = whole as Record<string, unknown>, path = ""): Generator<Spoiled> {
  for (const key of Array.isArray(at) ? ["0"] : Object.keys(at)) {
    const kept = at[key];
    const place = `${path}.${key}`;
    for (const wrong of [-5, 5e9, "x", null]) {
      at[key] = wrong;
      yield { place: `${place} = ${JSON.stringify(wrong)}`, text: JSON.stringify(whole) };
    }
    at[key] = kept;
    if (typeof kept === "object" && kept !== null)
      yield* spoiled(whole, kept as Record<string, unknown>, place);
  }
}
interface Spoiled {
  place: string;
  text: string;
}

describe("a scenario file", () => {
  it("wants the run and its mark on the frame grid", () => {
    const time = { durationS: 90, stepS: 60, measurementPeriodMs: 1000, markS: 31 };
    const { problems } = checkScenario(JSON.stringify(scenarioOf({ time })));
    expect(problems.map((problem) => problem.field)).toEqual(["time.durationS", "time.markS"]);
  });

  it("that is good has no problems, also with a byte order mark, and its defaults are filled in", () => {
    const { scenario, problems } = checkScenario(`\uFEFF${JSON.stringify(scenarioOf())}`);
    expect(problems).toEqual([]);
    expect(scenario?.handover.timeToTriggerMs).toBe(256);
    expect(scenario?.learning.label).toEqual({ kind: "distance", fraction: Math.SQRT1_2 });
  });

  it("that is no JSON is told by line and column", () => {
    expect(checkScenario('{\n  "name": "x",\n}').problems).toEqual([
      { field: "line 3, column 1", reason: 'not JSON: "}" is out of place', remedy: expect.any(String) },
    ]);
    expect(checkScenario('{"a": [1, 2').problems[0]).toMatchObject({
      field: "line 1, column 12",
      reason: "not JSON: the text ends too early",
    });
  });

  it("tells field, value, range, unit and default of everything that is wrong, at once", () => {
    const problems = problemsOf({
      name: "a b",
      time: { durationS: 1e9, stepS: "fast", markS: -1 },
      constellation: { kind: "walkr" },
      payload: { kind: "antenna", beams: 2.5 },
      tme: 1,
    });
    expect(Object.fromEntries(problems.map((p) => [p.field, `${p.reason} | ${p.remedy}`]))).toEqual({
      name: '"a b" does not have the right form | Give a text: short name: letters, digits, dot, dash, underscore.',
      "time.durationS":
        "1000000000 s is above 86400 s | Give a number from 1 to 86400 s (600 when left out): length of the run.",
      "time.stepS":
        '"fast" is not a number | Give a number from 0.1 to 60 s (1 when left out): time between frames.',
      "time.markS": expect.stringMatching(/^-1 s is below 0 s \| Give a number from 0 to 86400 s/),
      "constellation.kind": expect.stringMatching(
        /^"walkr" is not one of the values allowed \| Give "walker", "circular"/,
      ),
      "payload.beams": expect.stringMatching(
        /^2.5 is not a whole number \| Give a whole number from 1 to 127/,
      ),
      "payload.apertureDiameterM": expect.stringMatching(/^missing \| Give a number from 0.01 to 50 m/),
      tme: expect.stringMatching(/^unknown field \| Did you mean "time"\? Known here: /),
    });
  });

  it("of another kind than an object is refused", () => {
    for (const text of ["[]", "null", "3", '"x"'])
      expect(checkScenario(text)).toMatchObject({ scenario: null, problems: [{ field: "(the file)" }] });
  });

  it("points into lists and unions", () => {
    const constellation = { kind: "circular", satellites: [{ id: "a", altitudeKm: 10, inclinationDeg: 0 }] };
    expect(one({ constellation })).toMatchObject({
      field: "constellation.satellites[0].altitudeKm",
      reason: "10 km is below 160 km",
    });
    expect(one({ radio: { frequencyReuse: 4 } }).remedy).toMatch(/^Give 1, 2 or 3 \(1 when left out\)/);
    expect(one({ payload: 7 }).remedy).toBe('Give an object whose kind is "antenna" or "circular-cells".');
    expect(one({ users: { count: 5, placement: {} } })).toMatchObject({
      field: "users.placement.kind",
      reason: "missing",
    });
  });

  it("lists the message names for an unknown one, and knows what a message has", () => {
    const signalling = (messages: unknown) => one({ signalling: { messages } });
    expect(signalling({ Foo: { bytes: 3 } })).toEqual({
      field: "signalling.messages.Foo",
      reason: "unknown field",
      remedy: `Known here: ${MESSAGE_NAMES.join(", ")}.`,
    });
    expect(signalling({ "HANDOVER REQEST": { bytes: 3 } }).remedy).toMatch(
      /^Did you mean "HANDOVER REQUEST"\? Known here: MeasurementReport, /,
    );
    expect(signalling({ "HANDOVER REQUEST": { bytes: -5 } })).toEqual({
      field: "signalling.messages.HANDOVER REQUEST.bytes",
      reason: "-5 byte is below 0 byte",
      remedy: "Give a whole number from 0 to 1000000 byte: size.",
    });
    expect(signalling({ "HANDOVER REQUEST": { memberBites: 5 } })).toMatchObject({
      field: "signalling.messages.HANDOVER REQUEST.memberBites",
      remedy: expect.stringContaining("bytes, processingMs"),
    });
  });

  it("is never told its faults in the words of the library that checks it", () => {
    for (const { name } of listBundled()) {
      const whole = requireScenario(loadBundled(name).text);
      whole.signalling.messages = { "HANDOVER REQUEST": { bytes: 3, processingMs: 1 } };
      for (const { text, place } of spoiled(whole))
        for (const { reason, remedy } of checkScenario(text).problems)
          expect(`${reason} | ${remedy}`, `${name}: ${place}`).not.toMatch(
            /Invalid|expected|Too (small|big)|Unrecognized|[<>]=|undefined|Infinity|NaN|here: \./,
          );
    }
  }, 30_000);

  it("has fields that contradict each other reported, beside what is wrong alone", () => {
    const time = { durationS: 60, markS: 90, stepS: 1, measurementPeriodMs: 300 };
    const fields = problemsOf({
      time,
      seed: -1,
      users: { count: 10, placement: { kind: "cells", atS: 61 } },
    });
    expect(fields.map((p) => p.field).sort()).toEqual([
      "seed",
      "time.markS",
      "time.measurementPeriodMs",
      "users.placement.atS",
    ]);
  });

  it.each([
    ["payload.beams", { payload: { kind: "antenna", beams: 20, apertureDiameterM: 1 } }],
    [
      "payload.beams",
      {
        constellation: walker({ planes: 1000, satellitesPerPlane: 1000 }),
        payload: { kind: "antenna", beams: 19, apertureDiameterM: 1 },
      },
    ],
    ["constellation.phasing", { constellation: walker({ phasing: 10 }) }],
    [
      "users.classes",
      { users: { count: 1, placement: { kind: "cells", atS: 0 }, classes: [{ name: "vsat", share: 0 }] } },
    ],
    [
      "users.placement.southDeg",
      { users: { count: 1, placement: { kind: "box", southDeg: 5, northDeg: 5, westDeg: 0, eastDeg: 1 } } },
    ],
    [
      "users.placement.eastDeg",
      { users: { count: 1, placement: { kind: "box", southDeg: 4, northDeg: 5, westDeg: 1, eastDeg: 1 } } },
    ],
    [
      "users.count",
      {
        time: { durationS: 86_400, stepS: 1 },
        users: { count: 100_000, placement: { kind: "cells", atS: 0 } },
      },
    ],
    [
      "constellation.satellites[1].id",
      {
        constellation: {
          kind: "circular",
          satellites: ["a", "a"].map((id) => ({ id, altitudeKm: 500, inclinationDeg: 1 })),
        },
      },
    ],
    [
      "constellation.satellites[0].eccentricity",
      {
        constellation: {
          kind: "keplerian",
          satellites: [{ id: "a", semiMajorAxisKm: 7000, eccentricity: 0.1, inclinationDeg: 1 }],
        },
      },
    ],
    [
      "terrestrial.frequencyGHz",
      {
        terrestrial: {
          layout: { kind: "list", sites: [{ latitudeDeg: 1, longitudeDeg: 2 }] },
          frequencyGHz: 8,
        },
      },
    ],
    [
      "terrestrial.frequencyGHz",
      {
        radio: { frequencyGHz: 2, bandwidthMHz: 30, eirpDensityDbwPerMHz: 34 },
        terrestrial: {
          layout: { kind: "hexagon", latitudeDeg: 1, longitudeDeg: 2, rings: 1, interSiteKm: 2 },
          frequencyGHz: 2.024,
        },
      },
    ],
    [
      "terrestrial.layout.sites[1]",
      {
        terrestrial: {
          layout: { kind: "list", sites: [1, 1].map((longitudeDeg) => ({ latitudeDeg: 1, longitudeDeg })) },
        },
      },
    ],
  ])("has its %s checked against the rest", (field, overrides) => {
    expect(one(overrides).field).toBe(field);
  });

  it("may have a box across the antimeridian, and a step of a tenth of a second", () => {
    const box = { kind: "box", southDeg: -5, northDeg: 5, westDeg: 170, eastDeg: -170 };
    expect(
      problemsOf({
        users: { count: 1, placement: box },
        time: { durationS: 60, stepS: 0.3, measurementPeriodMs: 100 },
      }),
    ).toEqual([]);
  });

  it("throws all its problems where a scenario is required", () => {
    const text = JSON.stringify({ ...scenarioOf(), seed: -1, name: "" });
    expect(() => requireScenario(text)).toThrow(BadInput);
    try {
      requireScenario(text);
    } catch (error) {
      expect((error as BadInput).problems.map((p) => p.field).sort()).toEqual(["name", "seed"]);
    }
  });
});

describe("the JSON Schema for editors", () => {
  it("is the one that the program checks by (run `node src/main/scenario/json-schema.ts` after a change)", () => {
    expect(readFileSync(schemaPath, "utf8")).toBe(schemaText());
  });

  it("keeps unit, range and default, and asks for no field that has a default", () => {
    const schema = JSON.parse(schemaText());
    expect(schema.properties.time.properties.durationS).toMatchObject({
      unit: "s",
      minimum: 1,
      maximum: 86_400,
      default: 600,
    });
    expect(schema.required).toEqual(["version", "name", "time", "constellation", "payload", "users"]);
  });
});

describe("scanJson", () => {
  it("finds a fault exactly where JSON.parse refuses", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"\\u00e9\\n"',
      "1",
      "-0.5e3",
      "true",
      "null",
      " ",
      "\n",
      "01",
      "x",
      '"',
      "\t",
    );
    const texts = fc.oneof(
      fc.json(),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("")),
      fc.tuple(fc.json(), fc.nat()).map(([text, n]) => text.slice(0, n % (text.length + 1))),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(scanJson(text).fault === null).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });

  it("lists the lines of the records of the first list only", () => {
    const text = '{"meta": {"a": 1},\n"list": [\n{"x": [{"deep": 1}]},\n\n{"y": {"z": 2}}\n]}';
    expect(scanJson(text)).toEqual({ fault: null, recordLines: [3, 5] });
  });

  it("stands deep nesting and long texts", () => {
    expect(scanJson("[".repeat(200_000)).fault?.column).toBe(200_001);
    expect(scanJson(`"${"a\\n".repeat(2_000_000)}"`).fault).toBeNull();
  });
});
