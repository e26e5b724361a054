import { describe, expect, it } from "vitest";
import { compile } from "../../../scripts/assembly.mjs";
import { CODE } from "../../../src/main/handover/assembly/code.ts";
import * as n from "../../../src/main/handover/assembly/numbers.ts";
import { OTHERS } from "../../../src/main/handover/attempts.ts";
import { INTERFACES, MESSAGES, ROLES } from "../../../src/main/handover/messages.ts";
import {
  action,
  ACTIONS,
  event,
  EVENT_COUNT,
  EVENTS,
  OUTCOMES,
  STATES,
} from "../../../src/main/handover/procedure.ts";
import { Random, streamKey } from "../../../src/main/math/random.ts";
import { engineParts } from "../../builders/engine-parts.ts";

const numbers = n as Record<string, number>;
/** "radioLinkFailure" or "radio-link-failure" as the name of a constant */
const constant = (name: string) =>
  name
    .replaceAll(/[A-Z]/g, (letter) => `_${letter}`)
    .replaceAll("-", "_")
    .toUpperCase();

describe("the compiled engine", () => {
  it("is what its sources give; `node scripts/assembly.mjs` writes it anew", async () => {
    expect((await compile("index.ts")).toString("base64") === CODE).toBe(true);
  });

  it("has the numbers of the tables", () => {
    for (const name of EVENTS) expect(numbers[`E_${constant(name)}`], name).toBe(event(name));
    for (const name of ACTIONS) expect(numbers[`A_${constant(name)}`], name).toBe(action(name));
    for (const [i, name] of OUTCOMES.entries()) expect(numbers[`O_${constant(name)}`], name).toBe(i);
    for (const [i, role] of ROLES.entries()) expect(numbers[constant(role)], role).toBe(i);
    for (const [i, name] of INTERFACES.entries()) expect(numbers[constant(name.toLowerCase())], name).toBe(i);
    const states = [
      "grouped",
      "reporting",
      "preparing",
      "commanded",
      "configuring",
      "waiting",
      "accessing",
      "completing",
    ];
    const again = ["requesting", "retrieving", "fetching", "reestablishing"];
    for (const name of [...states, ...again, "stranded", "ended"])
      expect(STATES[numbers[constant(name)]], name).toBe(name);
    expect([n.MESSAGE_COUNT, n.EVENT_COUNT, n.STATE_COUNT, n.OTHERS]).toEqual([
      MESSAGES.length,
      EVENT_COUNT,
      STATES.length,
      OTHERS,
    ]);
  });

  it("draws what the random source draws", async () => {
    const random = new Random(9, "signalling");
    const parts = await engineParts({}, { seed: 9, stream: streamKey("signalling") });
    for (let i = 0; i < 500; i++) {
      random.atWords(Math.imul(i, 0x9e3779b1), i);
      expect([parts.firstDraw(Math.imul(i, 0x9e3779b1), i), parts.secondDraw()]).toEqual([
        random.next(),
        random.next(),
      ]);
    }
  });
});
