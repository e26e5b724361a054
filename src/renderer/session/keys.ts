import {
  beginRange,
  changeSpeed,
  clock,
  dropRange,
  endRange,
  stepBy,
  stopAt,
  toggleLoop,
  togglePlay,
  toggleReverse,
} from "./clock.ts";
import { goToPeak } from "./peaks.ts";
import { selectCell } from "./view.ts";

/** What a key or the pointer does: a line of the sheet of shortcuts. */
export interface Shortcut {
  show: string;
  what: string;
}

/** A key that does the same wherever nothing is being typed; `key` as KeyboardEvent names it. */
interface Key extends Shortcut {
  key: string;
  act: () => void;
}

export const CLOCK_KEYS: readonly Key[] = [
  { show: "Space", key: " ", what: "play and pause", act: togglePlay },
  { show: "Shift Space", key: "Shift  ", what: "play backwards", act: toggleReverse },
  { show: "←", key: "ArrowLeft", what: "one step back", act: () => stepBy(-1) },
  { show: "→", key: "ArrowRight", what: "one step on", act: () => stepBy(1) },
  { show: "Home", key: "Home", what: "to the start of the run", act: () => stopAt(0) },
  { show: "End", key: "End", what: "to the end of the run", act: () => stopAt(Number.POSITIVE_INFINITY) },
  { show: "P", key: "p", what: "to the next peak of handovers", act: () => goToPeak(1) },
  { show: "Shift P", key: "Shift p", what: "to the peak before", act: () => goToPeak(-1) },
  { show: ",", key: ",", what: "slower (− too)", act: () => changeSpeed(-1) },
  { show: ".", key: ".", what: "faster (+ too)", act: () => changeSpeed(1) },
  { show: "L", key: "l", what: "loop, or stop at the end", act: toggleLoop },
  { show: "[", key: "[", what: "the loop begins here", act: beginRange },
  { show: "]", key: "]", what: "the loop ends here", act: endRange },
];

const ESCAPE: Key = {
  show: "Esc",
  key: "Escape",
  what: "close what lies over the page; then let go of the range of the loop, then of all that is chosen",
  act: () => (clock.getState().range ? dropRange() : selectCell(null)),
};

/** The same as another key. */
const ALSO: readonly [key: string, as: string][] = [
  ["-", ","],
  ["+", "."],
];

export const SHORTCUTS: readonly { title: string; keys: readonly Shortcut[] }[] = [
  {
    title: "Anywhere",
    keys: [
      { show: "Ctrl K", what: "find and do anything by name (⌘ K on a Mac)" },
      { show: "?", what: "this sheet" },
      { show: "Tab", what: "on to the next control" },
      { show: "F6", what: "on to the next group of panels, with Shift back" },
      ESCAPE,
    ],
  },
  { title: "Clock", keys: CLOCK_KEYS },
  {
    title: "Time bar",
    keys: [
      { show: "drag", what: "to that time" },
      { show: "Shift drag", what: "choose the range of the loop" },
    ],
  },
  {
    title: "Scenario form",
    keys: [
      { show: "Ctrl Z", what: "take the last edit back" },
      { show: "Ctrl Shift Z", what: "make it again (Ctrl Y too)" },
    ],
  },
  {
    title: "Panels",
    keys: [
      { show: "← →", what: "from tab to tab, where a tab has the focus" },
      { show: "Delete", what: "close the panel whose tab has the focus" },
      { show: "Enter", what: "open what has the focus: a cell, a second, a handover" },
    ],
  },
  {
    title: "Pictures",
    keys: [
      { show: "← →", what: "the picture before, the next one, where one is enlarged" },
      { show: "Esc", what: "back to the gallery" },
    ],
  },
  {
    title: "Globe",
    keys: [
      { show: "drag", what: "turn" },
      { show: "wheel", what: "nearer, farther" },
      {
        show: "click",
        what: "choose a satellite, a flash or a dot that stands alone, or the cell: the tooltip says which",
      },
      {
        show: "double-click",
        what: "choose the flash or the dot also in a crowd: its handover, its UE's link",
      },
    ],
  },
];

const BY_KEY = new Map([...CLOCK_KEYS, ESCAPE].map(({ key, act }) => [key, act]));
for (const [key, as] of ALSO) BY_KEY.set(key, BY_KEY.get(as)!);

/** What a pressed key does; Shift counts where it makes another key of it. */
export function actionOf({ key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">) {
  const name = key.length === 1 ? key.toLowerCase() : key;
  return (shiftKey ? BY_KEY.get(`Shift ${name}`) : undefined) ?? BY_KEY.get(name);
}

/** Keys that a control needs for itself stay with it; the scrubber's arrows mean the same step. */
function isTaken({ key, target }: KeyboardEvent): boolean {
  const control = target as HTMLElement;
  if (control.matches('input[type="range"]')) return false;
  if (control.matches('input[type="checkbox"]')) return key === " ";
  if (control.matches("input, select, textarea")) return key !== "Escape";
  return key === " " && control.matches("button, a, summary");
}

/** Some keyboards reach [ and ] by AltGr, which tells of Ctrl and Alt. */
const isModified = (event: KeyboardEvent) =>
  (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");

export function listenToKeys(): () => void {
  const follow = (event: KeyboardEvent) => {
    const act = actionOf(event);
    if (!act || isModified(event) || isTaken(event)) return;
    event.preventDefault();
    act();
  };
  addEventListener("keydown", follow);
  return () => removeEventListener("keydown", follow);
}
