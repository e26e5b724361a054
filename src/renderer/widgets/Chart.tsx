import { Table2 } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import uPlot from "uplot";
import { Button } from "./Button.tsx";
import { ChartTable } from "./ChartTable.tsx";
import { standingOut, useInk } from "./ink.ts";
import type { Ink } from "./ink.ts";
import "uplot/dist/uPlot.min.css";
import "./chart.css";

export interface Series {
  title: string;
  colour: string;
  values: ArrayLike<number>;
  /** dots instead of an area */
  dots?: boolean;
}

export interface ChartProps {
  /** quantity and unit; also what is said aloud */
  title: string;
  xTitle: string;
  /** the chart below says it */
  xTitleBelow?: boolean;
  x: ArrayLike<number>;
  series: readonly Series[];
  height?: number;
  /** a line at this x */
  marker?: number | null;
  /** a click picks an x */
  onPick?: (x: number) => void;
  /** beside the title */
  tools?: ReactNode;
}

/** Lines or areas from zero over one axis, or the same as a table. */
export function Chart(props: ChartProps) {
  const { title, xTitle, x, series, tools } = props;
  const ink = useInk();
  const [asTable, setAsTable] = useState(false);
  const drawn = useMemo(
    () => series.map((s) => ({ ...s, colour: standingOut(s.colour, ink.ground) })),
    [series, ink],
  );
  return (
    <figure className="chart">
      <figcaption>
        <span>
          {title}
          {series.length > 1 &&
            drawn.map((s, i) => (
              <span key={s.title} className="chart-key">
                <Sample colour={s.colour} dash={dashes(series)[i]!} /> {s.title}
              </span>
            ))}
        </span>
        <span className="chart-tools">
          {tools}
          <Button
            kind="quiet"
            icon={<Table2 size={13} aria-hidden="true" />}
            label={`Values as a table: ${title}`}
            pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          />
        </span>
      </figcaption>
      {asTable ? (
        <ChartTable title={title} xTitle={xTitle} x={x} series={series} />
      ) : (
        <Plot {...props} series={drawn} ink={ink} />
      )}
    </figure>
  );
}

function Plot({
  title,
  xTitle,
  xTitleBelow = false,
  x,
  series,
  height = 150,
  marker = null,
  onPick,
  ink,
}: ChartProps & { ink: Ink }) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<{ plot: uPlot; line: HTMLElement } | null>(null);
  const latest = useRef({ marker, onPick });
  useEffect(() => {
    latest.current = { marker, onPick };
  });

  useEffect(() => {
    const room = place.current!;
    const data = [x, ...series.map((s) => s.values)] as unknown as uPlot.AlignedData;
    const plot = new uPlot(
      options(room.clientWidth, height, xTitleBelow ? "" : xTitle, series, ink),
      data,
      room,
    );
    const line = document.createElement("div");
    line.className = "chart-marker";
    plot.over.append(line);
    plot.over.addEventListener("click", () => latest.current.onPick?.(plot.posToVal(plot.cursor.left!, "x")));
    const fit = new ResizeObserver(() => {
      plot.setSize({ width: room.clientWidth, height });
      putMarker(plot, line, latest.current.marker);
    });
    fit.observe(room);
    drawn.current = { plot, line };
    return () => {
      fit.disconnect();
      plot.destroy();
      drawn.current = null;
    };
  }, [x, series, height, xTitle, xTitleBelow, ink]);

  useEffect(() => {
    if (drawn.current) putMarker(drawn.current.plot, drawn.current.line, marker);
  }, [marker]);

  return <div className="chart-place" role="img" aria-label={title} ref={place} />;
}

/** A line as it is drawn. */
function Sample({ colour, dash }: { colour: string; dash: number[] }) {
  return (
    <svg width="16" height="6" aria-hidden="true">
      <path d="M0 3h16" stroke={colour} strokeWidth="2" strokeDasharray={dash.join(" ")} />
    </svg>
  );
}

const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 2]];
/** Two lines are told apart by colour and area; more are dashed too, and none is filled. */
const isCrowded = (series: readonly Series[]) => series.length > 2;
const dashes = (series: readonly Series[]) =>
  series.map((_, i) => (isCrowded(series) ? DASHES[i % DASHES.length]! : []));

function putMarker(plot: uPlot, line: HTMLElement, x: number | null): void {
  const left = x === null ? Number.NaN : plot.valToPos(x, "x");
  line.hidden = !(left >= 0 && left <= plot.over.clientWidth);
  line.style.transform = `translateX(${left}px)`;
}

function options(
  width: number,
  height: number,
  xTitle: string,
  series: readonly Series[],
  ink: Ink,
): uPlot.Options {
  const axis = {
    stroke: ink.quiet,
    font: "11px system-ui, sans-serif",
    labelFont: "11px system-ui, sans-serif",
    grid: { stroke: ink.line, width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    padding: [8, 14, 0, 0],
    legend: { show: true, live: true },
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      x: { time: false },
      y: { range: (_, __, most) => [0, most > 0 ? most * 1.08 : 1] },
    },
    axes: [
      { ...axis, label: xTitle || undefined, labelSize: xTitle ? 16 : 0, size: 26, gap: 6 },
      { ...axis, size: 46, gap: 4, values: (_, ticks) => ticks.map(short) },
    ],
    series: [
      { label: "at", value: exact },
      ...series.map((s, i) => ({
        label: s.title,
        value: exact,
        stroke: s.colour,
        width: 1.5,
        dash: dashes(series)[i],
        fill: s.dots || isCrowded(series) ? undefined : `${s.colour}22`,
        points: { show: s.dots === true, size: 6, fill: s.colour },
      })),
    ],
  };
}

const exact = (_: uPlot, n: number | null) =>
  n === null ? "–" : n.toLocaleString("en", { maximumFractionDigits: 1 });

const short = (n: number) =>
  new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(n);
