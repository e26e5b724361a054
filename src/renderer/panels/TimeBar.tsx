import { ChevronFirst, ChevronLast, Pause, Play, StepBack, StepForward } from "lucide-react";
import { useMemo } from "react";
import { useStore } from "zustand";
import { clock, seek, setSpeed, SPEEDS, stepBy, togglePlay } from "../session/clock.ts";
import { runs } from "../session/runs.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { Button } from "../widgets/Button.tsx";
import { duration, greatestAt, peaks, utcDate, utcTime, whole } from "./format.ts";
import { placeLabels } from "./marks.ts";
import type { LabelPlace } from "./marks.ts";

/** The one clock: play, speed, step, and a scrubber over the handovers of the whole run. */
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

function Transport({ disabled }: { disabled: boolean }) {
  const playing = useStore(clock, (s) => s.playing);
  const speed = useStore(clock, (s) => s.speed);
  const icon = { size: 16, "aria-hidden": true } as const;
  return (
    <div className="transport">
      <div className="button-row">
        <Button
          icon={<ChevronFirst {...icon} />}
          label="To the start (Home)"
          disabled={disabled}
          onClick={() => seek(0)}
        />
        <Button
          icon={<StepBack {...icon} />}
          label="One step back (←)"
          disabled={disabled}
          onClick={() => stepBy(-1)}
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
          icon={<ChevronLast {...icon} />}
          label="To the end (End)"
          disabled={disabled}
          onClick={() => seek(Number.POSITIVE_INFINITY)}
        />
      </div>
      <div className="button-row" role="group" aria-label="Speed">
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
    </div>
  );
}

const BINS = 400;
const HEIGHT = 40;

function Scrubber({ run }: { run: LoadedRun }) {
  const timeS = useStore(clock, (s) => s.timeS);
  const { endS, record, density } = run;
  const { bins, most, peakS } = useMemo(() => {
    const seconds = density.subarray(0, Math.ceil(endS) || 1);
    const at = greatestAt(seconds);
    return { bins: peaks(seconds, BINS), most: at === null ? 0 : seconds[at]!, peakS: at };
  }, [density, endS]);
  const share = (t: number) => (endS > 0 ? t / endS : 0);
  const mark = share(record.markS);
  const peak = peakS === null ? null : share(peakS);
  const labels = placeLabels(mark, peak);
  const second = Math.min(density.length - 1, Math.floor(timeS));
  return (
    <div className="scrubber">
      <div className="scrubber-head quiet">
        <span>
          Handovers per second, all cells: <b>{whole(density[second])}</b> now, {whole(most)} at most
        </span>
      </div>
      <div className="scrubber-room">
        <Density bins={bins} most={Math.max(1, most)} />
        <Mark at={mark} text="mark" label={labels.mark} />
        {peak !== null && <Mark at={peak} text="peak" label={labels.peak} />}
        <div className="scrubber-now" style={{ left: `${100 * share(timeS)}%` }} />
        <input
          type="range"
          aria-label="Time since the start, s"
          aria-valuetext={`${timeS.toFixed(1)} s, ${utcTime(record.startMs + 1000 * timeS)} UTC`}
          min={0}
          max={endS}
          step={record.stepS / 10}
          value={timeS}
          onChange={(e) => seek(Number(e.target.value))}
        />
      </div>
    </div>
  );
}

function Density({ bins, most }: { bins: number[]; most: number }) {
  const width = 1000 / Math.max(1, bins.length);
  const d = bins
    .map((n, i) => {
      const y = HEIGHT - (n / most) * (HEIGHT - 2);
      return `${(i * width).toFixed(2)},${y.toFixed(2)} ${((i + 1) * width).toFixed(2)},${y.toFixed(2)}`;
    })
    .join(" ");
  return (
    <svg viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <polygon points={`0,${HEIGHT} ${d} 1000,${HEIGHT}`} />
    </svg>
  );
}

function Mark({ at, text, label }: { at: number; text: "mark" | "peak"; label: LabelPlace }) {
  return (
    <span className={`scrubber-mark ${text} ${label}`} style={{ left: `${100 * at}%` }}>
      <i>{text}</i>
    </span>
  );
}
