import {
  ChevronFirst,
  ChevronLast,
  ChevronsLeft,
  ChevronsRight,
  Pause,
  Play,
  Repeat,
  StepBack,
  StepForward,
} from "lucide-react";
import { useStore } from "zustand";
import {
  clock,
  isReversing,
  stopAt,
  setSpeed,
  SPEEDS,
  stepBy,
  toggleLoop,
  togglePlay,
  toggleReverse,
} from "../session/clock.ts";
import { localTime, toggleLocalTime } from "../session/localTime.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { goToPeak } from "../session/peaks.ts";
import { runs } from "../session/runs.ts";
import { Button } from "../widgets/Button.tsx";
import { duration, utcDate, utcTime, zoneTime } from "./format.ts";
import { Scrubber } from "./Scrubber.tsx";

/** The one clock: play either way, speed, step, loop, and a scrubber over the handovers of the whole run. */
export function TimeBar() {
  const run = useStore(runs, (s) => s.current);
  return (
    <footer className="time-bar" aria-label="Time">
      <Transport disabled={run === null} />
      <Readout run={run} />
      {run ? <Scrubber run={run} /> : <p className="empty">Time runs here once a run is open.</p>}
    </footer>
  );
}

const icon = { size: 16, "aria-hidden": true } as const;

function Transport({ disabled }: { disabled: boolean }) {
  const playing = useStore(clock, (s) => s.playing);
  const reversing = useStore(clock, isReversing);
  const speed = useStore(clock, (s) => s.speed);
  const loop = useStore(clock, (s) => s.loop);
  return (
    <div className="transport">
      <div className="button-row">
        <Button
          icon={<ChevronFirst {...icon} />}
          label="To the start (Home)"
          disabled={disabled}
          onClick={() => stopAt(0)}
        />
        <Button
          icon={<ChevronsLeft {...icon} />}
          label="To the peak before (Shift P)"
          disabled={disabled}
          onClick={() => goToPeak(-1)}
        />
        <Button
          icon={<StepBack {...icon} />}
          label="One step back (←)"
          disabled={disabled}
          onClick={() => stepBy(-1)}
        />
        <Button
          icon={<Play {...icon} className="backwards" />}
          label="Reverse (Shift Space)"
          pressed={reversing}
          disabled={disabled}
          onClick={toggleReverse}
        />
        <Button
          kind="primary"
          icon={playing ? <Pause {...icon} /> : <Play {...icon} />}
          label={playing ? "Pause (Space)" : "Play (Space)"}
          disabled={disabled}
          onClick={togglePlay}
        />
        <Button
          icon={<StepForward {...icon} />}
          label="One step on (→)"
          disabled={disabled}
          onClick={() => stepBy(1)}
        />
        <Button
          icon={<ChevronsRight {...icon} />}
          label="To the next peak (P)"
          disabled={disabled}
          onClick={() => goToPeak(1)}
        />
        <Button
          icon={<ChevronLast {...icon} />}
          label="To the end (End)"
          disabled={disabled}
          onClick={() => stopAt(Number.POSITIVE_INFINITY)}
        />
        <Button
          icon={<Repeat {...icon} />}
          label="Loop (L)"
          pressed={loop}
          disabled={disabled}
          onClick={toggleLoop}
        />
      </div>
      <div className="button-row speeds" role="group" aria-label="Speed">
        {SPEEDS.map((s) => (
          <Button key={s} kind="quiet" pressed={s === speed} disabled={disabled} onClick={() => setSpeed(s)}>
            ×{s}
          </Button>
        ))}
      </div>
    </div>
  );
}

function Readout({ run }: { run: LoadedRun | null }) {
  const timeS = useStore(clock, (s) => s.timeS);
  const waiting = useStore(clock, (s) => s.waiting);
  if (!run) return <div className="readout" />;
  const now = run.record.startMs + 1000 * timeS;
  return (
    <div className="readout">
      <time dateTime={new Date(now).toISOString()} data-testid="clock">
        {utcTime(now)}
      </time>
      <span>
        {utcDate(now)} UTC {waiting && <em>loading …</em>}
      </span>
      <span>
        {timeS.toFixed(1)} s of {duration(run.endS)}
      </span>
      <Local now={now} />
    </div>
  );
}

/** UTC stands above in any case. */
function Local({ now }: { now: number }) {
  const shown = useStore(localTime, (s) => s.shown);
  return (
    <span className="local">
      <Button
        kind="quiet"
        pressed={shown}
        title="Local time of this machine, beside UTC"
        onClick={toggleLocalTime}
      >
        Local
      </Button>
      {shown && <LocalTime now={now} />}
    </span>
  );
}

const DAYS: Record<number, string> = { [-1]: " −1 day", 0: "", 1: " +1 day" };

function LocalTime({ now }: { now: number }) {
  const { time, offset, days } = zoneTime(now);
  return (
    <time dateTime={new Date(now).toISOString()} data-testid="local-clock">
      {time} {offset}
      {DAYS[days]}
    </time>
  );
}
