import { describe, expect, it } from "vitest";
import { planNotes, outcomeNotes } from "../../../src/main/studies/plan-notes.ts";
import { missionOf, rulesOf, townOf } from "../../builders/mission.ts";

const signalling = (change: object) => ({ signalling: { ...missionOf().signalling, ...change } });

describe("notes on what is legal and hardly meant", () => {
  it("are none for the defaults of an ordinary handover", () => {
    expect(planNotes(missionOf())).toEqual([]);
  });

  it("warn of cells that win over one another", () => {
    const [note, ...more] = planNotes(missionOf({ a3OffsetDb: -3, hysteresisDb: 1 }));
    expect(note).toMatch(/^handover\.a3OffsetDb .* -2 dB is below 0.*ping-pongs/);
    expect(more).toEqual([]);
    expect(planNotes(missionOf({ a3OffsetDb: -1, hysteresisDb: 1 }))).toEqual([]);
    // no event A3 beside the cells in space
    const d1 = { a3OffsetDb: -3, handover: rulesOf({ strategy: "d1" }) };
    expect(planNotes(missionOf(d1)).join()).not.toContain("ping-pongs");
    expect(planNotes(missionOf({ ...d1, terrestrial: townOf() })).join()).toContain("ping-pongs");
  });

  // TR 38.821 Table 4.2-2: 25.77 ms over service and feeder link of LEO-600 at 10°; TR 38.811 Table 5.3.4.1-1: GEO 270.6 ms one way
  it("warn of a T304 that is shorter than the round trip of the farthest link", () => {
    const geo = { ...missionOf().satellites[0], semiMajorAxisM: 42_157_000 };
    const of = (t304Ms: number) =>
      planNotes(missionOf({ satellites: [geo as never], ...signalling({ t304Ms }) })).join();
    expect(of(100)).toMatch(
      /100 ms is shorter than .* \(270\.\d ms; nearest 238\.\d ms\): every access will run out/,
    );
    expect(of(500)).toBe("");
    const leo = { ...geo, semiMajorAxisM: 6_971_000 };
    const gateways = {
      stations: [],
      minElevation: missionOf().minElevation,
      interSatelliteLinks: false,
      switchOverlap: 0,
    };
    const transparent = planNotes(
      missionOf({
        satellites: [leo as never],
        gateways,
        payload: { ...missionOf().payload, processing: "transparent" },
        ...signalling({ t304Ms: 20 }),
      }),
    ).join();
    expect(transparent).toContain("(25.8 ms; nearest 8 ms): accesses over the farther links");
  });

  it("read the height of element sets from their mean motion", () => {
    const fields = { MEAN_MOTION: "1.00273791", ECCENTRICITY: "0" };
    const omm = { kind: "omm" as const, id: "g", name: "g", fields };
    const line2 = "2 28884   0.0155 142.6710 0000000 281.2834 356.7116  1.00273791 15438";
    const tle = { kind: "tle" as const, id: "g", name: "g", line1: "", line2 };
    for (const source of [omm, tle])
      expect(planNotes(missionOf({ satellites: [source], ...signalling({ t304Ms: 200 }) })).join()).toMatch(
        /\(270\.\d ms; nearest 238\.\d ms\)/,
      );
  });

  it("tell when conditional handovers are configured, and that T430 runs out before", () => {
    const handover = rulesOf({ strategy: "d1" });
    expect(planNotes(missionOf({ handover }))).toEqual([
      "signalling.configurationLeadMs: conditional handovers are configured 2 s before their condition holds, or when the UE enters the cell if that is later",
    ]);
    expect(planNotes(missionOf({ handover, timeToTrigger: 2.56 })).join()).toContain("2.76 s before");
    expect(planNotes(missionOf({ handover, ...signalling({ leadMs: 40_000 }) })).join()).toMatch(
      /40 s before .*T430 of 30 s runs out.*SIB19/,
    );
  });

  it("name the threshold that is seldom met where reselections outnumber handovers", () => {
    const a4 = missionOf({ handover: rulesOf({ strategy: "a4" }) });
    const few = [
      { procedures: 345, reselections: 1000, pingPongs: 0 },
      { procedures: 0, reselections: 629, pingPongs: 0 },
    ];
    expect(outcomeNotes(a4, few).join()).toMatch(
      /1,629 reselections and 345 handovers.*targetThresholdDbm is seldom met; left out/,
    );
    expect(outcomeNotes(a4, [{ procedures: 10, reselections: 10, pingPongs: 5 }])).toEqual([]);
    expect(outcomeNotes(missionOf(), few).join()).not.toContain("Threshold");
    const mostBack = [{ procedures: 10, reselections: 0, pingPongs: 6 }];
    expect(outcomeNotes(a4, mostBack).join()).toMatch(
      /6 ping-pongs among 10 handovers: event A4 does not compare/,
    );
  });
});
