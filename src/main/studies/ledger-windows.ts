import {
  emptyWindows,
  isConditional,
  WindowSearch,
  type CellChanges,
  type LinkWindows,
  type WindowOptions,
} from "../simulation/link-windows.ts";
import { TRIGGERS } from "../../shared/frame.ts";

/** Handovers that are looked at in one go: some tenths of a second. */
const PART = 256;
const RESELECTION = TRIGGERS.indexOf("reselection");

/** The windows of all handovers among the cell changes, zeros for reselections; yields the share that is done, 0 … 1. */
export function* windowsInParts(
  options: WindowOptions,
  changes: CellChanges,
): Generator<number, LinkWindows> {
  const { beams } = options.mission.payload;
  const { source, trigger } = changes;
  const satellite = source.map((cell) => Math.floor((cell - 1) / beams));
  const order = Uint32Array.from(changes.ue.keys().filter((i) => trigger[i] !== RESELECTION));
  order.sort((a, b) => satellite[a] - satellite[b] || a - b);
  const search = new WindowSearch(options);
  const windows = emptyWindows(trigger.length, trigger.some(isConditional));
  for (let i = 0; i < order.length; i++) {
    search.write(windows, order[i], changes);
    if ((i + 1) % PART === 0) yield (i + 1) / order.length;
  }
  return windows;
}
