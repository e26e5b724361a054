import { useMemo } from "react";
import { useStore } from "zustand";
import { clock } from "../session/clock.ts";
import { leavingAt } from "../session/leaving.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { runs } from "../session/runs.ts";
import { fixed, percent, whole } from "./format.ts";

/** What geometry takes out of a cell at the clock's step: the UEs in it over the mean dwell, as far as another cell takes them. */
export function CellDwell({ run, cell }: { run: LoadedRun; cell: number }) {
  const step = useStore(clock, (s) => Math.min(run.steps - 1, Math.floor(s.timeS / run.record.stepS + 1e-9)));
  const arrivals = useStore(runs, (s) => s.arrivals);
  // what was not here may have arrived
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const leaving = useMemo(() => leavingAt(run, cell, step), [run, cell, step, arrivals]);
  if (!leaving) return null;
  const { ues, dwell, into } = leaving;
  const rate = ues / dwell.seconds;
  return (
    <p className="facts" data-testid="dwell">
      Unavoidable: <b>{fixed(rate * into, 1)}</b> UEs a second leave the footprint for another cell. N / mean
      dwell, its {whole(ues)} UEs now over {fixed(dwell.seconds, 1)} s, are {fixed(rate, 1)} that leave it
      (πD/4v, D {fixed(dwell.widthM / 1000, 1)} km across, v {fixed(dwell.speed / 1000, 2)} km/s, UEs evenly
      spread); {percent(into)} of its trailing edge lies in other cells, the rest leave into none.
    </p>
  );
}
