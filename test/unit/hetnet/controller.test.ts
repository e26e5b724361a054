import { describe, expect, it } from "vitest";
import { SteeringController, type Batch, type Order } from "../../../src/main/hetnet/controller.ts";
import type { Rule } from "../../../src/main/hetnet/decision.ts";
import { persistenceOutlook } from "../../../src/main/hetnet/outlook.ts";
import { DEFAULT_TIMING } from "../../../src/main/hetnet/sequence.ts";
import { hetnetSeries, type HetnetSeries } from "../../../src/main/hetnet/series.ts";
import { limitsOf, steer } from "../../../src/main/hetnet/steer.ts";

const HORIZON = 2;
const WINDOW = { cellular: 4, wifi: 3 };

/** The newest SINR again, from the features. */
const persist =
  (window: number, seen: Batch[] = []) =>
  (batch: Batch) => {
    seen.push({ ...batch, features: batch.features.slice() });
    const width = window * 3;
    return Float32Array.from(
      { length: batch.rows * HORIZON },
      (_, i) => batch.features[Math.floor(i / HORIZON) * width + width - 3],
    );
  };

function controllerFor(series: HetnetSeries, rule: Rule, capacity: number, seen: Batch[] = []) {
  return new SteeringController({
    nodes: series.nodes,
    ues: series.paths.length,
    rats: {
      cellular: { window: WINDOW.cellular, predict: persist(WINDOW.cellular, seen) },
      wifi: { window: WINDOW.wifi, predict: persist(WINDOW.wifi) },
    },
    horizon: HORIZON,
    rule,
    limits: limitsOf(series),
    capacity: series.nodes.map(({ rat }) => (rat === "wifi" ? capacity : 1000)),
    timing: DEFAULT_TIMING,
  });
}

async function run(series: HetnetSeries, controller: SteeringController): Promise<Order[]> {
  const count = series.nodes.length;
  const orders: Order[] = [];
  const steps = Math.max(...series.paths.map((path) => path.steps));
  for (let step = 0; step < steps; step++) {
    series.paths.forEach((path, ue) => {
      if (step >= path.steps) return;
      const at = (series.firstStep[ue] + step) * count;
      const row = (column: Float32Array) => column.subarray(at, at + count);
      controller.report(ue, step, row(series.sinrDb), row(series.rssiDbm), row(series.throughputMbps));
    });
    // oxlint-disable-next-line no-await-in-loop
    orders.push(...(await controller.decide(step)));
  }
  return orders;
}

const series = hetnetSeries({ seed: 11, paths: 8 });

describe("the steering controller", () => {
  it.each([
    { kind: "soft", deltaDb: 1 },
    { kind: "hysteresis", deltaDb: 1, reports: 2 },
    { kind: "a3", offsetDb: 1, hysteresisDb: 0.5, reports: 2 },
    { kind: "best" },
  ] as Rule[])(
    "steers each of many UEs as if it were alone, by $kind, while all are let in",
    async (rule) => {
      const controller = controllerFor(series, rule, 1000);
      await run(series, controller);
      const outlook = persistenceOutlook(series, HORIZON);
      const span = { from: WINDOW.cellular - 1, to: Infinity };
      series.paths.forEach((_, path) => {
        const alone = steer(series, outlook, path, rule, limitsOf(series), span);
        expect(controller.attachment(path)!.tally.handovers).toEqual(alone.handovers);
        expect(controller.attachment(path)!.tally.serving).toEqual(alone.serving);
      });
    },
  );

  it("hands the forecasters the last W reports of every UE and node of their kind, oldest first", async () => {
    const seen: Batch[] = [];
    await run(series, controllerFor(series, { kind: "soft", deltaDb: 1 }, 1000, seen));
    const batch = seen[20];
    const step = 20 + WINDOW.cellular - 1;
    expect(batch.rows).toBe(series.paths.length * 2);
    for (let row = 0; row < batch.rows; row++)
      for (let k = 0; k < WINDOW.cellular; k++) {
        const from =
          (series.firstStep[batch.ues[row]] + step - WINDOW.cellular + 1 + k) * 6 + batch.nodes[row];
        expect(Array.from(batch.features.subarray((row * 4 + k) * 3, (row * 4 + k) * 3 + 3))).toEqual([
          series.sinrDb[from],
          series.rssiDbm[from],
          series.throughputMbps[from],
        ]);
      }
  });

  it("refuses where the target is full, keeps the UE where it is and counts it", async () => {
    const controller = controllerFor(series, { kind: "soft", deltaDb: 1 }, 1);
    const orders = await run(series, controller);
    const refused = orders.filter(({ outcome }) => outcome === "refused");
    expect(refused.length).toBeGreaterThan(0);
    for (const { ue, step, from, to, sequence } of refused) {
      expect(series.nodes[to].rat).toBe("wifi");
      const { handovers } = controller.attachment(ue)!.tally;
      expect(handovers.some((one) => one.step === step + 1 && one.from === from && one.to === to)).toBe(
        false,
      );
      expect(sequence.messages.at(-1)!.name).toBe("handover preparation failure");
    }
    const tallied = series.paths.reduce((sum, _, ue) => sum + controller.attachment(ue)!.tally.refused, 0);
    expect(tallied).toBe(refused.length);
  });

  it("knows how many UEs each node serves, and frees the place of who leaves", async () => {
    const controller = controllerFor(series, { kind: "soft", deltaDb: 1 }, 1000);
    await run(series, controller);
    const expected = series.nodes.map(
      (_, node) =>
        series.paths.filter((__, ue) => {
          const { serving, ordered } = controller.attachment(ue)!;
          return serving === node || ordered === node;
        }).length,
    );
    expect(Array.from(controller.load)).toEqual(expected);
    series.paths.forEach((_, ue) => controller.leave(ue));
    expect(Array.from(controller.load)).toEqual(series.nodes.map(() => 0));
  });
});
