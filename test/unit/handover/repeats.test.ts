import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signallingSettings } from "../../../src/main/handover/attempts.ts";
import { REPORT } from "../../../src/main/handover/messages.ts";
import { OUTCOMES } from "../../../src/main/handover/procedure.ts";
import { Repeats } from "../../../src/main/handover/repeats.ts";
import { signalling } from "../../../src/main/handover/signalling.ts";
import { attemptsOf } from "../../builders/attempts.ts";

describe("messages that are sent again", () => {
  it("come in their order with all that was said of them, however many there are", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 150 }), { maxLength: 12 }), (waves) => {
        const repeats = new Repeats();
        const list: number[] = [];
        let pushed = 0;
        for (const [i, wave] of waves.entries()) {
          for (let k = 0; k < wave; k++, pushed++) {
            repeats.push(pushed / 2, pushed, pushed + 1, pushed + 2, pushed + 3, -pushed, pushed / 3, i);
            list.push(pushed);
          }
          for (let taken = 0; taken < wave / 2 && list.length > 0; taken++) {
            const first = list.shift()!;
            const { timeMs, item, code, cell, bytes, wayMs, calmMs } = repeats;
            expect([timeMs, item, code, cell]).toEqual([first / 2, first, first + 1, first + 2]);
            expect([bytes, wayMs, calmMs]).toEqual([first + 3, -first, first / 3]);
            repeats.drop();
          }
          expect(repeats.size).toBe(list.length);
          expect(repeats.timeMs).toBe(list.length > 0 ? list[0] / 2 : Infinity);
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
