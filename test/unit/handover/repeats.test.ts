import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signallingSettings } from "../../../src/main/handover/attempts.ts";
import { REPORT } from "../../../src/main/handover/messages.ts";
import { OUTCOMES } from "../../../src/main/handover/procedure.ts";
import { signalling } from "../../../src/main/handover/signalling.ts";
import { attemptsOf } from "../../builders/attempts.ts";
import { engineParts } from "../../builders/engine-parts.ts";

describe("messages that are sent again", () => {
  it("come in their order with all that was said of them, however many there are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 150 }), { maxLength: 12 }), async (waves) => {
        const repeats = await engineParts({ procedures: 2000 });
        const list: number[] = [];
        let pushed = 0;
        let now = 0;
        for (const wave of waves) {
          for (let k = 0; k < wave; k++, pushed++) {
            repeats.pushRepeat(now++, pushed, 1, 0, pushed + 3, 0, 0);
            list.push(pushed);
          }
          for (let taken = 0; taken < wave / 2 && list.length > 0; taken++) {
            const first = list.shift()!;
            expect([repeats.repeatProcedure(), repeats.repeatBytes()]).toEqual([first, first + 3]);
            if (taken % 3 > 0) repeats.dropRepeat();
            else {
              repeats.turnRepeat(now++);
              list.push(first);
            }
          }
          expect(repeats.repeatCount()).toBe(list.length);
          if (list.length === 0) expect(repeats.repeatMs()).toBe(Infinity);
        }
      }),
    );
  });

  // one processor is busy for 1 s, nobody may wait: the second UE's report meets a full queue until its sends are used up
  const two = attemptsOf([{ timeMs: 100 }, { timeMs: 100.5 }]);
  const settings = signallingSettings(1, Uint32Array.of(0, 0, 1), {
    processing: { cpus: 1, queueLimit: 0 },
    maxRetransmissions: 7,
  });
  settings.messages.serviceMs[REPORT] = 1000;

  it("are dropped and sent again every 20 ms, each time booked, until they are given up", () => {
    const { procedures, rows, sums, nodes } = signalling(two, settings);
    expect(OUTCOMES[procedures.outcome[1]]).toBe("overload");
    expect(procedures.drops[1]).toBe(8);
    expect(procedures.messages[1]).toBe(8);
    expect(procedures.bytes[1]).toBe(8 * settings.messages.bytes[REPORT]);
    expect(nodes.drops[0]).toBe(8);
    expect(sums.drops.reduce((a, b) => a + b, 0)).toBe(8);
    const sent = [...rows.timeMs].filter((_, i) => rows.kind[i] === REPORT).slice(1);
    for (const [i, timeMs] of sent.entries()) expect(timeMs).toBeCloseTo(100.5 + 20 * i, 9);
  });

  it("end with the link that carries them, and their UE with its failure", () => {
    const radioLink = { ...settings.radioLink, t310Ms: 20 };
    const failing = attemptsOf([{ timeMs: 100 }, { timeMs: 1000.5, sourceUntilMs: 1050 }]);
    const { procedures, rows } = signalling(failing, { ...settings, radioLink });
    expect(OUTCOMES[procedures.outcome[1]]).toBe("too-late");
    const sent = [...rows.timeMs].filter((_, i) => rows.kind[i] === REPORT).slice(1);
    expect(sent.map((timeMs) => Math.floor(timeMs))).toEqual([1000, 1020, 1040, 1060]);
  });
});
