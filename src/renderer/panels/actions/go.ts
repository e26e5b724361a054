import { stepBy, stopAt } from "../../session/clock.ts";
import type { Command } from "../../session/commands.ts";
import { goTo } from "../../session/goTo.ts";
import type { LoadedRun } from "../../session/loadRun.ts";
import { goToPeak } from "../../session/peaks.ts";
import { runs } from "../../session/runs.ts";
import { selectCell, selectSatellite, selectUe, view } from "../../session/view.ts";
import { utcTime } from "../format.ts";

const group = "Go to";

const UE = /^(?:(?:go|to|open)\s+)*ue\s*([\d,]+)$/i;
const CELL = /^(?:(?:go|to|cell|open)\s+)*(\d+)$/i;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** So many satellites are found by a part of their name. */
const MOST_SATELLITES = 8;

/** What only the words typed name: a cell or a UE by its number, a satellite by its name, an instant. */
export function namedActions(typed: string): Command[] {
  const run = runs.getState().current;
  if (!run) return [];
  const { satellites, beams, startMs } = run.record;
  const found: Command[] = [];
  const cell = Number(CELL.exec(typed.trim())?.[1] ?? Number.NaN);
  // cells of sites come after those of satellites, and are known where they served somebody
  if ((cell >= 1 && cell <= satellites * beams) || run.cells.cell.includes(cell))
    found.push({ id: `cell ${cell}`, group, title: `Cell ${cell}`, run: () => selectCell(cell) });
  const ue = Number(UE.exec(typed.trim())?.[1]?.replaceAll(",", "") ?? Number.NaN);
  if (ue < run.record.ues)
    found.push({ id: `ue ${ue}`, group, title: `UE ${ue}: its link`, run: () => selectUe(ue) });
  found.push(...satellitesNamed(typed, run));
  const at = secondOf(typed.trim(), startMs);
  if (at !== null && at >= 0 && at <= run.endS)
    found.push({
      id: `second ${at}`,
      group,
      title: `${utcTime(startMs + 1000 * at)} UTC, ${at} s`,
      run: () => stopAt(at),
    });
  return found;
}

function satellitesNamed(typed: string, { track }: LoadedRun): Command[] {
  const part = typed
    .trim()
    .replace(/^(?:go to\s+)?satellite\s+/i, "")
    .toLowerCase();
  if (part.length < 2) return [];
  return [...track.names.entries()]
    .filter(([, name]) => name.toLowerCase().includes(part))
    .slice(0, MOST_SATELLITES)
    .map(([at, name]) => ({
      id: `satellite ${at}`,
      group,
      title: `Satellite ${name}`,
      run: () => selectSatellite(at),
    }));
}

function secondOf(typed: string, startMs: number): number | null {
  const seconds = /^(\d+(?:\.\d)?) ?s?$/.exec(typed)?.[1];
  if (seconds !== undefined) return Number(seconds);
  const [, hours, minutes, s = 0] = CLOCK.exec(typed) ?? [];
  if (hours === undefined) return null;
  const midnight = startMs - (startMs % 86_400_000);
  const at = midnight + 1000 * (3600 * Number(hours) + 60 * Number(minutes) + Number(s));
  return ((at - startMs + 86_400_000) % 86_400_000) / 1000;
}

export function goActions({ record, endS }: LoadedRun): Command[] {
  const found = record.summary?.handovers;
  const list: Command[] = [
    { id: "mark", group, title: "Marked instant", run: () => stopAt(record.markS) },
    { id: "start", group, title: "Start of the run", words: "begin", keys: "Home", run: () => stopAt(0) },
    { id: "end", group, title: "End of the run", keys: "End", run: () => stopAt(endS) },
    { id: "next", group, title: "Next step", words: "forward", keys: "→", run: () => stepBy(1) },
    { id: "previous", group, title: "Previous step", words: "back", keys: "←", run: () => stepBy(-1) },
    {
      id: "next peak",
      group,
      title: "Next peak of handovers",
      words: "busiest second",
      keys: "P",
      run: () => goToPeak(1),
    },
    {
      id: "peak before",
      group,
      title: "Peak of handovers before",
      words: "previous busiest second",
      keys: "Shift P",
      run: () => goToPeak(-1),
    },
  ];
  if (found && found.total > 0)
    list.unshift({
      id: "peak",
      group,
      title: `Peak: cell ${found.peakCell}, ${utcTime(record.startMs + 1000 * found.peakAtS).slice(0, 8)}`,
      words: "worst busiest handovers",
      run: () => goTo(found.peakCell, found.peakAtS),
    });
  const { cell, satellite, handover, ue } = view.getState();
  if ([cell, satellite, handover, ue].some((chosen) => chosen !== null))
    list.push({
      id: "clear",
      group,
      title: "Clear the selection",
      words: "nothing no cell satellite",
      keys: "Esc",
      run: () => selectCell(null),
    });
  return list;
}
