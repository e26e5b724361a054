import { useStore } from "zustand";
import { clock } from "../session/clock.ts";
import { runs } from "../session/runs.ts";
import { tour } from "../session/tours.ts";
import { utcDate, utcTime } from "./format.ts";

/** The time for a room to read; a tour shows it beside its caption. */
export function BigClock() {
  const record = useStore(runs, (s) => s.current?.record);
  const timeS = useStore(clock, (s) => s.timeS);
  const led = useStore(tour, (s) => s.open !== null && !s.missing);
  if (!record || led) return null;
  const now = record.startMs + 1000 * timeS;
  return (
    <p className="big-clock">
      <time dateTime={new Date(now).toISOString()}>{utcTime(now)}</time>
      <span>
        {utcDate(now)} UTC, {record.title || record.scenario}
      </span>
    </p>
  );
}
