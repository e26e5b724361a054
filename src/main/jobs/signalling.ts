import { RunReader } from "../store/reader.ts";
import { emptyWindows, type CellChanges, type LinkWindows } from "../simulation/link-windows.ts";
import { cellOf, type EventColumns } from "../../shared/frame.ts";
import { strategyCurves } from "../studies/curves.ts";
import { cellsOf, MOST_ATTEMPTS, MOST_SUMS, tooManyHandovers } from "../studies/sums.ts";
import { isMovable, movingOf, type Learned, type SignallingTask } from "../studies/strategies.ts";
import { changeRates, withChanges, type Sample } from "../studies/unavoidable.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import type { PlanContext } from "./context.ts";
import type { Crew } from "./crew.ts";
import { URGENCY } from "./urgency.ts";

/** The rows of some UEs' events, with the columns that their windows take. */
function eventsOf(
  events: EventColumns,
  from: number,
  to: number,
): { rows: Uint32Array; changes: CellChanges } {
  const rows = Uint32Array.from(events.ue.keys().filter((i) => events.ue[i] >= from && events.ue[i] < to));
  const pick = (column: Uint32Array) => Uint32Array.from(rows, (i) => column[i]);
  const { timeMs, ue, source, target, trigger } = events;
  return {
    rows,
    changes: {
      timeMs: pick(timeMs),
      ue: pick(ue),
      source: pick(source),
      target: pick(target),
      trigger: Uint8Array.from(rows, (i) => trigger[i]),
    },
  };
}

/** Windows of some rows each as those of all; `others` has several numbers a row. */
function joinWindows(count: number, parts: { rows: Uint32Array; windows: LinkWindows }[]): LinkWindows {
  const joined = emptyWindows(
    count,
    parts.some(({ windows }) => windows.others.length > 0),
  );
  for (const { rows, windows } of parts)
    for (const key of Object.keys(joined) as (keyof LinkWindows)[]) {
      const width = windows[key].length / rows.length;
      for (let i = 0; i < rows.length; i++)
        for (let k = 0; k < width; k++) joined[key][rows[i] * width + k] = windows[key][i * width + k];
    }
  return joined;
}

export interface Signalled {
  signalling: SignallingSummary[];
  notes: string[];
}

/**
 * Carries out the handovers of a run: links of every cell change on all threads, then every message of each strategy in one.
 * Keeps what the run's own strategy gives, and of all the curves by second; answers the summaries, the own one first, and after
 * it those of its handovers in groups and spread out, where it measured A3.
 * @param sample those with whom the fewest changes of cell are counted
 */
export async function signal(
  { mission, writer, run, db }: PlanContext,
  crew: Crew,
  ranges: { from: number; to: number }[],
  sample: Sample,
  learned: { cluster: () => Promise<Uint8Array | null>; ready: () => Promise<Learned["ready"]> },
): Promise<Signalled> {
  const reader = new RunReader(db);
  const events = reader.events(run);
  const cellsAt = (step: number) => reader.frames(run, step, step).cellState.map(cellOf);
  const atStart = cellsAt(0);
  const atMark = cellsAt(Math.round(mission.mark / mission.step));
  reader.close();
  if (events.ue.length > MOST_ATTEMPTS)
    return { signalling: [], notes: [`Signalling was left out: ${tooManyHandovers(events.ue.length)}.`] };
  const cells = cellsOf(events);
  if (cells * mission.duration > MOST_SUMS)
    return { signalling: [], notes: [tooManySums(cells, mission.duration)] };
  const shares = ranges.map(({ from, to }) => eventsOf(events, from, to));
  const parts = await crew.all("links", (i) => [shares[i].changes], URGENCY.links);
  const join = (of: (part: (typeof parts)[number]) => LinkWindows) =>
    joinWindows(
      events.ue.length,
      parts.map((part, i) => ({ rows: shares[i].rows, windows: of(part) })),
    );
  const task: SignallingTask = {
    events,
    windows: join(({ windows }) => windows),
    forecast: parts.every(({ forecast }) => forecast) ? join(({ forecast }) => forecast!) : null,
    atStart,
    atMark,
  };
  const fewest = crew.call("least", [sample], URGENCY.least);
  const held = crew.all("handovers", () => [task], URGENCY.first);
  const moving = isMovable(mission, events) ? movingOf(mission) : [];
  const storms = [null, ...moving].map(async (name) => {
    const cluster = name === "group" ? await learned.cluster() : null;
    const ready = name === "flattened-ready" ? await learned.ready() : null;
    if (name === "flattened-ready" && !ready) return null;
    return crew.call("signal", [name, { cluster, ready }], URGENCY[name ?? "own"]);
  });
  const [found, least] = await Promise.all([Promise.all(storms), fewest, held]);
  const changes = changeRates(mission, events, least, sample.numbers.length);
  const [own, ...others] = found
    .filter((storm) => storm !== null)
    .map((storm) => ({ ...storm, summary: withChanges(storm.summary, changes) }));
  writer.saveSignalling(run, own, strategyCurves([own, ...others]));
  return { signalling: [own, ...others].map(({ summary }) => summary), notes: [] };
}

const tooManySums = (cells: number, seconds: number) =>
  `Signalling was left out: ${cells.toLocaleString("en-US")} cells with handovers in ${seconds} s are more than fit into memory.`;
