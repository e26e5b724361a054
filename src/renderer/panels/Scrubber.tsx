import { X } from "lucide-react";
import { memo, useMemo, useRef, useState } from "react";
import type { PointerEvent } from "react";
import { useStore } from "zustand";
import { chooseRange, clock, dropRange, seek, stopAt } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { peaksOfRun, shownSeconds } from "../session/peaks.ts";
import type { Peak } from "../session/peaks.ts";
import { Button } from "../widgets/Button.tsx";
import { greatestAt, peaks, utcTime, whole } from "./format.ts";
import { markShare, placeLabels } from "./marks.ts";
import type { LabelPlace } from "./marks.ts";

const BINS = 400;
const HEIGHT = 36;

/** All seconds of the run on one line: how many handovers, what stands out, which part is looped. */
export function Scrubber({ run }: { run: LoadedRun }) {
  const timeS = useStore(clock, (s) => s.timeS);
  const { endS, record, density } = run;
  const room = useRef<HTMLDivElement>(null);
  const { bins, most, marks } = useMemo(() => {
    const seconds = shownSeconds(density, endS);
    const at = greatestAt(seconds);
    return {
      bins: peaks(seconds, BINS),
      most: at === null ? 0 : seconds[at]!,
      marks: peaksOfRun(density, endS),
    };
  }, [density, endS]);
  const { hover, handlers } = usePointing(endS, room);
  const share = (t: number) => (endS > 0 ? t / endS : 0);
  const instant = (t: number) => utcTime(record.startMs + 1000 * t);
  const perSecond = (t: number) => density[Math.min(density.length - 1, Math.floor(t))] ?? 0;
  const highest = marks.find(({ rank }) => rank === 1);
  const pointed = marks.find(({ second }) => second === hover);
  const mark = markShare(record.markS, endS);
  const labels = placeLabels(mark, highest ? share(highest.second) : null);
  return (
    <div className="scrubber">
      <div className="scrubber-head quiet">
        <span>
          Handovers/s, all cells: <b>{whole(perSecond(timeS))}</b> now, {whole(most)} at most
        </span>
        <RangeWords instant={instant} />
      </div>
      <div className="scrubber-room" ref={room} {...handlers}>
        <Density bins={bins} most={Math.max(1, most)} />
        <RangeBand share={share} />
        {mark !== null && <Mark at={mark} text="mark" label={labels.mark} />}
        {highest && <Mark at={share(highest.second)} text="peak" label={labels.peak} />}
        <div className="scrubber-now" style={{ left: `${100 * share(timeS)}%` }} />
        <input
          type="range"
          aria-label="Time since the start, s"
          aria-valuetext={`${timeS.toFixed(1)} s, ${instant(timeS)} UTC`}
          min={0}
          max={endS}
          step={record.stepS / 10}
          value={timeS}
          onChange={(e) => seek(Number(e.target.value))}
        />
        {marks.map((peak) => (
          <PeakMark
            key={peak.second}
            peak={peak}
            at={share(peak.second)}
            time={instant(peak.second).slice(0, 8)}
          />
        ))}
        {hover !== null && (
          <div className={`scrubber-tip ${tipSide(share(hover))}`} style={{ left: `${100 * share(hover)}%` }}>
            <span>
              <b>{instant(hover)}</b> UTC, {hover.toFixed(1)} s
            </span>
            <span>
              {pointed && `Peak ${pointed.rank} of ${marks.length}: `}
              {whole(perSecond(hover))} handovers/s, all cells
            </span>
          </div>
        )}
      </div>
    </div>
  );
}

const tipSide = (share: number) => (share < 0.2 ? "right" : share > 0.8 ? "left" : "middle");

/** Time under the pointer; with Shift held, a drag chooses the range of the loop. */
function usePointing(endS: number, room: React.RefObject<HTMLDivElement | null>) {
  const [hover, setHover] = useState<number | null>(null);
  const begunS = useRef<number | null>(null);
  const timeOf = (event: PointerEvent) => {
    const { left, width } = room.current!.getBoundingClientRect();
    return endS * Math.max(0, Math.min(1, (event.clientX - left) / width));
  };
  const end = () => {
    begunS.current = null;
  };
  const handlers = {
    onPointerMove: (event: PointerEvent) => {
      const at = timeOf(event);
      // a mark stands for its second
      const { second } = (event.target as HTMLElement).dataset;
      setHover(second === undefined ? at : Number(second));
      if (begunS.current !== null) chooseRange(begunS.current, at);
    },
    onPointerLeave: () => setHover(null),
    onPointerDown: (event: PointerEvent) => {
      if (!event.shiftKey || event.button !== 0) return;
      begunS.current = timeOf(event);
      room.current!.setPointerCapture(event.pointerId);
    },
    // the slider under the pointer would follow the drag
    onMouseDown: (event: React.MouseEvent) => event.shiftKey && event.preventDefault(),
    onPointerUp: end,
    onPointerCancel: end,
  };
  return { hover, handlers };
}

function RangeWords({ instant }: { instant: (timeS: number) => string }) {
  const range = useStore(clock, (s) => s.range);
  const loop = useStore(clock, (s) => s.loop);
  if (!range) return null;
  return (
    <span className="range-words" data-testid="range">
      {loop ? "Loop" : "Range, loop is off:"} {instant(range.fromS)} to {instant(range.toS)}
      <Button
        kind="quiet"
        icon={<X size={12} aria-hidden="true" />}
        label="Let go of the range (Esc)"
        onClick={dropRange}
      />
    </span>
  );
}

function RangeBand({ share }: { share: (timeS: number) => number }) {
  const range = useStore(clock, (s) => s.range);
  const loop = useStore(clock, (s) => s.loop);
  if (!range) return null;
  const [from, to] = [share(range.fromS), share(range.toS)];
  return (
    <div
      className={loop ? "scrubber-range" : "scrubber-range off"}
      style={{ left: `${100 * from}%`, width: `${100 * (to - from)}%` }}
    />
  );
}

/** Drawn once a run: the rest goes with the clock. */
const Density = memo(function Density({ bins, most }: { bins: number[]; most: number }) {
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
});

function Mark({ at, text, label }: { at: number; text: "mark" | "peak"; label: LabelPlace }) {
  return (
    <span className={`scrubber-mark ${text} ${label}`} style={{ left: `${100 * at}%` }}>
      <i>{text}</i>
    </span>
  );
}

/** A little triangle over the curve. The keys P and Shift P reach it, so that Tab does not have to. */
function PeakMark({ peak, at, time }: { peak: Peak; at: number; time: string }) {
  const words = `Peak ${peak.rank}: ${time} UTC, ${peak.second} s, ${whole(peak.count)} handovers/s`;
  return (
    <button
      type="button"
      className={peak.rank === 1 ? "peak-mark highest" : "peak-mark"}
      style={{ left: `${100 * at}%` }}
      tabIndex={-1}
      aria-label={words}
      data-second={peak.second}
      onClick={() => stopAt(peak.second)}
    />
  );
}
