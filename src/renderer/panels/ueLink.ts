import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { cellOf } from "../../shared/frame.ts";
import type { UeLink } from "../../shared/link.ts";
import { call } from "../session/client.ts";
import { clock, stepAt } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { runs } from "../session/runs.ts";
import { view } from "../session/view.ts";

export interface LinkShown {
  ue: number | null;
  /** the handover whose UE it is, at the last frame before it was decided; null: a UE at the clock's time */
  handover: number | null;
  /** no cell serves the UE at this time of the run, s */
  unservedAtS?: number;
  value?: UeLink;
  error?: Error;
}

/** The clock is followed where it stands, not while it runs or is dragged. */
const CALM_MS = 150;

/** The link of the chosen UE, else that of the opened handover; null where neither is chosen, or while it is on its way. */
export function useChosenLink(run: LoadedRun): LinkShown | null {
  const ue = useStore(view, (s) => s.ue);
  const opened = useStore(view, (s) => s.handover);
  const handover = ue === null && opened !== null && opened < run.events.ue.length ? opened : null;
  const step = useStore(clock, (s) => (ue === null || s.playing ? -1 : stepAt(s.timeS, s.stepS)));
  // every frame that arrives may be the one that tells
  const cell = useStore(runs, () => (ue === null || step < 0 ? null : cellAt(run, ue, step)));
  const [shown, setShown] = useState<LinkShown | null>(null);
  useEffect(() => {
    if (handover === null && !cell) return;
    const stop = new AbortController();
    const put = (found: Pick<LinkShown, "value" | "error">) =>
      stop.signal.aborted || setShown({ ue, handover, ...found });
    const answer = () =>
      (handover === null ? linkAt(run, ue!, step, stop.signal) : linkBefore(run, handover, stop.signal)).then(
        (value) => put({ value }),
        (error: Error) => put({ error }),
      );
    const timer = setTimeout(() => void answer(), handover === null ? CALM_MS : 0);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [run, ue, handover, step, cell]);
  if (cell === 0) return { ue, handover, unservedAtS: step * run.record.stepS };
  const chosen = ue !== null || handover !== null;
  return chosen && shown?.ue === ue && shown.handover === handover ? shown : null;
}

/** The cell that serves a UE, 0 for none; null while the frame is on its way. */
function cellAt({ frames }: LoadedRun, ue: number, step: number): number | null {
  const cells = frames.at(step);
  return cells && cellOf(cells[ue]!);
}

const linkAt = ({ record }: LoadedRun, ue: number, step: number, signal: AbortSignal) =>
  call("runs.link", { run: record.run, ue, atS: step * record.stepS }, signal);

/**
 * The link of a handover's UE at the last frame with its source, or the first with its target. A frame already shows a
 * change that falls between it and the next measurement: then the one before it is asked for.
 */
async function linkBefore(run: LoadedRun, event: number, signal: AbortSignal): Promise<UeLink> {
  const { events, record } = run;
  const source = events.source[event]!;
  const ask = (step: number) => linkAt(run, events.ue[event]!, step, signal);
  const decidedAtStep = Math.ceil(events.timeMs[event]! / 1000 / record.stepS);
  if (source === 0) return ask(decidedAtStep);
  const before = Math.max(0, decidedAtStep - 1);
  const link = await ask(before);
  return link.cell === source || before === 0 ? link : ask(before - 1);
}
