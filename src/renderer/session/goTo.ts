import { pause, seek } from "./clock.ts";
import { selectCell } from "./view.ts";

/** One selection for all views: a cell at a second of the run. */
export function goTo(cell: number, second: number): void {
  pause();
  seek(second);
  selectCell(cell);
}
