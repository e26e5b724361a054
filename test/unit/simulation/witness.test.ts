import { describe, expect, it } from "vitest";
import { loadBundled } from "../../../src/main/scenario/bundled.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { witness } from "../../../src/main/simulation/witness.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import { TRIGGERS, type EventColumns } from "../../../src/shared/frame.ts";
import type { Scenario } from "../../../src/shared/scenario.ts";

const box = { kind: "box", southDeg: 44, northDeg: 50, westDeg: 0, eastDeg: 10 };

/** A bundled scenario, shortened, with another strategy. */
function runOf(name: string, handover: object, users: object) {
  const { scenario } = loadBundled(name);
  const mission = compileMission(
    {
      ...scenario,
      time: { ...scenario.time, durationS: 60, markS: 20 },
      users: { ...scenario.users, ...users },
      handover: { ...scenario.handover, ...handover },
    } as Scenario,
    null,
  );
  return { mission, ...wholeRun(mission, null) };
}

/** The table as if it held one event alone. */
const alone = (events: EventColumns, event: number) =>
  Object.fromEntries(
    Object.entries(events).map(([key, column]) => [key, column.slice(event, event + 1)]),
  ) as unknown as EventColumns;

describe("what made a conditional handover happen", () => {
  it.each([
    ["iridium-next", { strategy: "d1" }, { count: 60 }],
    ["iridium-next", { strategy: "t1" }, { count: 60 }],
    ["iridium-next", { strategy: "elevation", l3FilterCoefficient: 4, measurementErrorDb: 2 }, { count: 60 }],
    ["europe-held", { strategy: "a4", targetThresholdDbm: -122 }, { count: 150, placement: box }],
    ["ground-and-sky", { strategy: "timing-advance" }, { count: 30 }],
  ])(
    "is seen again from the UE's change of cell before as from the start: %s by %o",
    (name, rules, users) => {
      const run = runOf(name, rules, users);
      const { mission, track, feeders, events } = run;
      const conditional = [...events.ue.keys()].filter(
        (i) => !["reselection", "feeder"].includes(TRIGGERS[events.trigger[i]]),
      );
      expect(conditional.length).toBeGreaterThan(15);
      const stride = Math.ceil(conditional.length / 16);
      for (const event of conditional.filter((_, i) => i % stride === 0)) {
        const seen = witness(mission, track, feeders, run.users, events, event)!;
        expect(witness(mission, track, feeders, run.users, alone(events, event), 0)).toEqual(seen);
        expect(seen.configs[seen.decidedBy].kind).toBe(TRIGGERS[events.trigger[event]]);
        expect(Math.max(...seen.fulfilledMs)).toBe(events.timeMs[event]);
      }
    },
  );
});
