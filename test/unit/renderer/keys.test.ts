import { beforeEach, describe, expect, it, vi } from "vitest";
import { chooseRange, clock, setRange } from "../../../src/renderer/session/clock.ts";
import { actionOf, CLOCK_KEYS, listenToKeys, SHORTCUTS } from "../../../src/renderer/session/keys.ts";
import { selectCell, view } from "../../../src/renderer/session/view.ts";

const press = (key: string, shiftKey = false) => actionOf({ key, shiftKey })?.();
const at = () => clock.getState().timeS;

describe("a key", () => {
  beforeEach(() => setRange(60, 1, 10, () => true));

  it("steps, and leaps to the ends of the run", () => {
    press("ArrowRight");
    expect(at()).toBe(11);
    press("ArrowLeft", true);
    expect(at()).toBe(10);
    press("End");
    expect(at()).toBe(60);
    press("Home");
    expect(at()).toBe(0);
  });

  it("counts Shift only where that makes another key of it", () => {
    const loop = clock.getState().loop;
    press("L", true);
    expect(clock.getState().loop).toBe(!loop);
    press("l");
    expect(clock.getState().loop).toBe(loop);
    expect(actionOf({ key: "p", shiftKey: false })).not.toBe(actionOf({ key: "P", shiftKey: true }));
    expect(actionOf({ key: " ", shiftKey: false })).not.toBe(actionOf({ key: " ", shiftKey: true }));
  });

  it("changes the speed by sign too, with or without Shift", () => {
    clock.setState({ speed: 10 });
    press("+", true);
    expect(clock.getState().speed).toBe(30);
    press("-");
    press(",");
    expect(clock.getState().speed).toBe(5);
    press(".");
    expect(clock.getState().speed).toBe(10);
  });

  it("lets go of the range first and of the cell next", () => {
    selectCell(3);
    chooseRange(10, 20);
    press("Escape");
    expect(clock.getState().range).toBeNull();
    expect(view.getState().cell).toBe(3);
    press("Escape");
    expect(view.getState().cell).toBeNull();
  });

  it("does nothing where it means nothing", () => {
    for (const key of ["x", "F5", "Enter", "Shift", "Tab"])
      expect(actionOf({ key, shiftKey: false })).toBeUndefined();
  });
});

it("a control keeps the keys that it needs for itself and no others", () => {
  setRange(60, 1, 10, () => true);
  let follow = (_event: unknown) => {};
  vi.stubGlobal("addEventListener", (_: string, listener: typeof follow) => (follow = listener));
  vi.stubGlobal("removeEventListener", () => {});
  vi.stubGlobal("requestAnimationFrame", () => 0);
  const leave = listenToKeys();
  const taken = (key: string, ...selectors: string[]) => {
    const matches = (list: string) => list.split(", ").some((one) => selectors.includes(one));
    const preventDefault = vi.fn();
    follow({ key, target: { matches }, preventDefault, getModifierState: () => false });
    return preventDefault.mock.calls.length === 0;
  };
  const keys = [" ", "ArrowRight", "p", "Escape"];
  const takenBy = (...selectors: string[]) => keys.map((key) => taken(key, ...selectors));
  expect(takenBy("p")).toEqual([false, false, false, false]);
  expect(takenBy("input", 'input[type="range"]')).toEqual([false, false, false, false]);
  expect(takenBy("input", 'input[type="checkbox"]')).toEqual([true, false, false, false]);
  expect(takenBy("input")).toEqual([true, true, true, false]);
  expect(takenBy("button")).toEqual([true, false, false, false]);
  leave();
  vi.unstubAllGlobals();
});

it("every key of the clock stands on the sheet once, and none means two things", () => {
  const sheet = SHORTCUTS.find(({ title }) => title === "Clock")!.keys.map(({ show }) => show);
  expect(sheet).toEqual(CLOCK_KEYS.map(({ show }) => show));
  expect(new Set(CLOCK_KEYS.map(({ key }) => key)).size).toBe(CLOCK_KEYS.length);
});
