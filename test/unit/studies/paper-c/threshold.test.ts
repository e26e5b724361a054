import { describe, expect, it } from "vitest";
import { Random } from "../../../../src/main/math/random.ts";
import { DynamicThreshold, THRESHOLD } from "../../../../src/main/studies/paper-c/threshold.ts";

type Judged = { step: number; alarm: boolean; changed: boolean };

/** The rule from its text: everything that was ever judged, counted anew at every step. */
function naive(judged: Judged[], steps: number): number[] {
  const { start, pace, least, most, memory } = THRESHOLD;
  const trace = [start];
  for (let step = 0; step < steps; step++) {
    const recent = judged.filter((one) => one.step <= step && one.step > step - memory);
    const share = (some: Judged[], of: Judged[]) => (of.length > 0 ? some.length / of.length : 0);
    const alarms = recent.filter(({ alarm }) => alarm);
    const changes = recent.filter(({ changed }) => changed);
    const wrong = share(
      alarms.filter(({ changed }) => !changed),
      alarms,
    );
    const missed = share(
      changes.filter(({ alarm }) => !alarm),
      changes,
    );
    trace.push(Math.min(most, Math.max(least, trace[step] + pace * (wrong - missed))));
  }
  return trace.slice(1);
}

function follow(judged: Judged[], steps: number): number[] {
  const threshold = new DynamicThreshold();
  return Array.from({ length: steps }, (_, step) => {
    for (const one of judged) if (one.step === step) threshold.judge(one.alarm, one.changed);
    threshold.step();
    return threshold.value;
  });
}

describe("the dynamic threshold", () => {
  it("agrees with the rule written from its text", () => {
    const random = new Random(1, "judged");
    const steps = 400;
    const judged = Array.from({ length: steps }, (_, step) =>
      Array.from({ length: random.below(5) }, () => {
        // more changes as time goes on, and alarms that are mostly right
        const changed = random.next() < (step % 200) / 300;
        return { step, changed, alarm: random.next() < (changed ? 0.7 : 0.1) };
      }),
    ).flat();
    const expected = naive(judged, steps);
    follow(judged, steps).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 10));
    expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(0.2);
  });

  it("rises with wrong alarms and falls with missed changes, within its bounds", () => {
    const each = (alarm: boolean, changed: boolean) =>
      follow(
        Array.from({ length: 100 }, (_, step) => ({ step, alarm, changed })),
        100,
      );
    expect(each(true, false).at(-1)).toBe(THRESHOLD.most);
    expect(each(false, true).at(-1)).toBe(THRESHOLD.least);
    expect(each(true, true).at(-1)).toBe(THRESHOLD.start);
    expect(each(false, false).at(-1)).toBe(THRESHOLD.start);
  });
});
