import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asn1Event, FIELDS, toAsn1, type Asn1Field } from "../../../src/main/handover/asn1.ts";
import { hasReference, referenceNote, referenceText } from "../../builders/reference.ts";

describe("ASN.1 values", () => {
  it("codes what can be carried", () => {
    expect(toAsn1("a3-Offset", -1.5)).toMatchObject({
      value: -3,
      representable: true,
      nearest: -1.5,
      warning: "",
    });
    expect(toAsn1("RSRP-Range", -110)).toMatchObject({ value: 46, representable: true });
    expect(toAsn1("timeToTrigger", 0.16)).toMatchObject({ value: 160, text: "ms160", representable: true });
    expect(toAsn1("Q-OffsetRange", -6)).toMatchObject({ text: "dB-6", representable: true });
    expect(toAsn1("hysteresisLocation", 50)).toMatchObject({ value: 5, representable: true });
    expect(toAsn1("t310", 1)).toMatchObject({ text: "ms1000", representable: true });
    expect(toAsn1("ntn-UlSyncValidityDuration", 180)).toMatchObject({ text: "s180", representable: true });
  });

  it("codes the thresholds of the conformance test of CondEvent D1 (TS 38.523-1 §8.1.4.4.7: 120 km is 2400)", () => {
    expect(toAsn1("distanceThreshFromReference-r17", 120_000)).toMatchObject({
      value: 2400,
      representable: true,
    });
  });

  it("warns of a value between two steps, naming the nearest", () => {
    const ttt = toAsn1("timeToTrigger", 0.2);
    expect(ttt).toMatchObject({ value: 160, representable: false, nearest: 0.16 });
    expect(ttt.warning).toBe("timeToTrigger: 200 ms is not one of its values; nearest 160 or 256 ms");
    const offset = toAsn1("a3-Offset", 2.3);
    expect(offset).toMatchObject({ value: 5, representable: false, nearest: 2.5 });
    expect(offset.warning).toBe("a3-Offset: 2.3 dB is not a step of 0.5 dB; nearest 2.5 dB");
    expect(toAsn1("filterCoefficient", 10).warning).toMatch(/nearest 9 or 11/);
  });

  it("warns of a value out of range and takes the end of it", () => {
    const offset = toAsn1("a3-Offset", 20);
    expect(offset).toMatchObject({ value: 30, representable: false, nearest: 15 });
    expect(offset.warning).toBe("a3-Offset: 20 dB is outside -15 dB to 15 dB; nearest 15 dB");
    expect(toAsn1("timeToTrigger", 9).warning).toMatch(/nearest 5120 ms/);
    expect(toAsn1("duration", 0)).toMatchObject({ value: 1, representable: false });
    expect(toAsn1("position", 5e7).warning).toMatch(/outside/);
  });

  it("refuses what is not a number", () => {
    expect(() => toAsn1("a3-Offset", NaN)).toThrow(/a3-Offset/);
  });

  it("counts time from 1900 without leap seconds, as SIB9 does (2 524 953 600 s to the start of GPS time)", () => {
    const gps = Date.UTC(1980, 0, 6) / 1000;
    expect(toAsn1("t-Service", gps)).toMatchObject({ value: 252_495_360_000, representable: true });
    expect(toAsn1("t1-Threshold", Date.UTC(2026, 0, 1, 12, 0, 0, 120) / 1000)).toMatchObject({
      representable: true,
    });
    expect(toAsn1("t1-Threshold", Date.UTC(2026, 0, 1, 12, 0, 0, 125) / 1000)).toMatchObject({
      representable: false,
    });
  });

  it("rounds what the network knows to its step without a warning", () => {
    const x = toAsn1("position", 7_158_137.2);
    expect(x.warning).toBe("");
    expect(Math.abs(x.nearest - 7_158_137.2)).toBeLessThanOrEqual(0.65);
    expect(toAsn1("velocity", -7350.01).nearest).toBeCloseTo(-7350.01, 1);
    expect(toAsn1("ta-Common", 0.0041)).toMatchObject({ value: 1_006_876, warning: "" });
    expect(toAsn1("semiMajorAxis", 7_158_137).nearest).toBeCloseTo(7_158_137, 2);
  });

  it("is never further from the quantity than half a step, inside the range of any field", () => {
    const linear = Object.entries(FIELDS).flatMap(([name, field]) =>
      "step" in field ? [{ name: name as Asn1Field, ...field }] : [],
    );
    fc.assert(
      fc.property(fc.constantFrom(...linear), fc.double({ min: 0, max: 1, noNaN: true }), (field, share) => {
        const low = (field.origin ?? 0) + field.min * field.step;
        const si = low + share * (field.max - field.min) * field.step;
        const { value, nearest } = toAsn1(field.name, si);
        expect(value).toBeGreaterThanOrEqual(field.min);
        expect(value).toBeLessThanOrEqual(field.max);
        expect(Math.abs(nearest - si)).toBeLessThanOrEqual(field.step * 0.5001);
        expect(toAsn1(field.name, nearest)).toMatchObject({ value, representable: true });
      }),
    );
  });

  it("codes every enumerated value as itself", () => {
    for (const [name, field] of Object.entries(FIELDS)) {
      if (!("values" in field)) continue;
      for (const value of field.values)
        expect(toAsn1(name as Asn1Field, value / field.scale)).toMatchObject({
          value,
          representable: true,
          text: `${field.prefix}${value}`,
        });
    }
  });
});

describe.skipIf(!hasReference)(`the tables of fields${referenceNote}`, () => {
  /** Numbers of the second column of the row that begins with a name. */
  const row = (name: string) => {
    const line = referenceText("REFERENCE.md")
      .split("\n")
      .find((text) => text.startsWith(`| ${name} |`));
    if (!line) throw new Error(`no row ${name}`);
    return [...line.split("|")[2].replaceAll("+/-", "").matchAll(/-?\d+/g)].map(([number]) => Number(number));
  };

  it("have the enumerated values of TS 38.331", () => {
    expect(FIELDS.timeToTrigger.values).toEqual(row("TimeToTrigger"));
    expect(FIELDS.t300.values).toEqual(row("T300, T301, T319"));
    expect(FIELDS.t304.values).toEqual(row("T304"));
    expect(FIELDS.t310.values).toEqual(row("T310"));
    expect(FIELDS.n310.values).toEqual(row("N310"));
    expect(FIELDS.t311.values).toEqual(row("T311"));
    expect(FIELDS.n311.values).toEqual(row("N311"));
  });

  it.each([
    ["a3-Offset", "a3-Offset"],
    ["Hysteresis", "hysteresis"],
    ["distanceThresh (D1)", "distanceThreshFromReference-r17"],
    ["hysteresisLocation", "hysteresisLocation"],
    ["t1-Threshold", "t1-Threshold"],
    ["duration (T1)", "duration"],
    ["cellSpecificKoffset", "cellSpecificKoffset"],
    ["kmac", "kmac"],
    ["ta-Common", "ta-Common"],
    ["ta-CommonDrift", "ta-CommonDrift"],
    ["ta-CommonDriftVariant", "ta-CommonDriftVariant"],
  ] as const)("have the range of %s", (name, field) => {
    const [min, max] = row(name);
    expect([FIELDS[field].min, FIELDS[field].max].map(Math.abs)).toEqual([min, max].map(Math.abs));
  });
});

describe("an event in ASN.1", () => {
  it("has the names of CondTriggerConfig and its coded values", () => {
    const { event, fields, warnings } = asn1Event(
      { kind: "A5", threshold1Dbm: -110, threshold2Dbm: -105, hysteresisDb: 1, timeToTriggerMs: 320 },
      0,
    );
    expect(event).toBe("condEventA5");
    expect(Object.entries(fields).map(([name, { text }]) => `${name} ${text}`)).toEqual([
      "a5-Threshold1 46",
      "a5-Threshold2 51",
      "hysteresis 2",
      "timeToTrigger ms320",
    ]);
    expect(warnings).toEqual([]);
  });

  it("puts T1 on the calendar", () => {
    const startUnixMs = Date.UTC(1980, 0, 6);
    const t1 = asn1Event({ kind: "T1", thresholdMs: 5000, durationMs: 1250 }, startUnixMs);
    expect(t1.event).toBe("condEventT1-r17");
    expect(t1.fields["t1-Threshold-r17"].value).toBe(252_495_360_500);
    expect(t1.warnings).toEqual(["duration-r17: 1.25 s is not a step of 0.1 s; nearest 1.3 s"]);
  });

  it("warns by the event's own field names", () => {
    const d2 = asn1Event(
      { kind: "D2", threshold1M: 120_010, threshold2M: 4e6, hysteresisM: 100, timeToTriggerMs: 200 },
      0,
    );
    expect(d2.event).toBe("condEventD2-r18");
    expect(d2.warnings.map((warning) => warning.split(":")[0])).toEqual([
      "distanceThreshFromReference1-r18",
      "distanceThreshFromReference2-r18",
      "timeToTrigger-r18",
    ]);
  });

  it("says that RRC has no event by elevation or timing advance", () => {
    const study = { threshold1: 0.5, threshold2: 0.5, hysteresis: 0, timeToTriggerMs: 0 };
    const { event, fields, warnings } = asn1Event({ kind: "elevation", ...study }, 0);
    expect(event).toBeNull();
    expect(fields).toEqual({});
    expect(warnings).toEqual(["elevation: a trigger that TR 38.821 studies; RRC has no such event"]);
  });
});
