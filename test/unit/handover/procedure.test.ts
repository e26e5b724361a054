import { describe, expect, it } from "vitest";
import * as m from "../../../src/main/handover/messages.ts";
import {
  compileMachine,
  CONDITIONAL,
  event,
  EVENT_COUNT,
  MACHINES,
  ORDINARY,
  state,
  STATES,
  UNKNOWN,
  type EventName,
  type State,
  type Transition,
} from "../../../src/main/handover/procedure.ts";

/** Walks a machine by name and answers where it ends and what it sent. */
function walk(kind: 0 | 1, events: (EventName | number)[]): { at: State; sent: number[] } {
  const machine = MACHINES[kind];
  let at = state("idle");
  const sent: number[] = [];
  for (const what of events) {
    const row = at * EVENT_COUNT + (typeof what === "number" ? what : event(what));
    if (machine.next[row] === UNKNOWN) throw new Error(`${STATES[at]} does not know ${what}`);
    at = machine.next[row];
    for (const d of machine.does.subarray(machine.first[row], machine.first[row] + machine.count[row]))
      if (d < m.MESSAGES.length) sent.push(d);
  }
  return { at: STATES[at], sent };
}

const FAREWELL: (EventName | number)[] = [m.COMPLETE, m.SWITCH, m.SWITCHED, m.RELEASE];

describe("the machines", () => {
  it("send the messages of the ordinary handover in the order of TS 38.300 §9.2.3.2", () => {
    const { at, sent } = walk(0, ["start", m.REPORT, "prepared", m.COMMAND, "accessed", ...FAREWELL]);
    expect(at).toBe("ended");
    expect(sent).toEqual([m.REPORT, m.COMMAND, m.STATUS, m.COMPLETE, m.SWITCH, m.SWITCHED, m.RELEASE]);
  });

  it("configure a conditional handover before its condition, and tell the source afterwards (§9.2.3.4)", () => {
    const { at, sent } = walk(1, [
      "start",
      m.REPORT,
      "prepared",
      m.CONFIGURE,
      "condition",
      "accessed",
      ...FAREWELL,
    ]);
    expect(at).toBe("ended");
    expect(sent).toEqual([
      m.REPORT,
      m.CONFIGURE,
      m.CONFIGURED,
      m.COMPLETE,
      m.SUCCESS,
      m.SWITCH,
      m.SWITCHED,
      m.RELEASE,
    ]);
  });

  it.each([ORDINARY, CONDITIONAL])("can end from every state, and never leave the end", (...transitions) => {
    const all = transitions as unknown as Transition[];
    const reach = new Set<State>(["ended"]);
    for (let grown = true; grown;) {
      grown = false;
      for (const t of all)
        if (reach.has(t.to) && !reach.has(t.from)) {
          reach.add(t.from);
          grown = true;
        }
    }
    for (const t of all) expect(reach.has(t.from)).toBe(true);
    expect(all.filter((t) => t.from === "ended")).toEqual([]);
  });

  it.each([ORDINARY, CONDITIONAL])("end a procedure exactly where they enter the end", (...transitions) => {
    for (const t of transitions as unknown as Transition[])
      expect(t.does.filter((d) => d === "end").length).toBe(t.to === "ended" ? 1 : 0);
  });

  it("refuse two answers to one event", () => {
    const twice: Transition = { from: "idle", on: "start", to: "reporting", does: [] };
    expect(() => compileMachine([twice, twice])).toThrow("two transitions from idle on start");
  });
});
