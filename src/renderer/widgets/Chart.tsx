import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

export interface Series {
  title: string;
  colour: string;
  values: ArrayLike<number>;
  /** dots instead of an area */
  dots?: boolean;
}

interface Props {
  /** quantity and unit; also what is said aloud */
  title: string;
  /** empty where the chart below says it */
  xTitle: string;
  x: ArrayLike<number>;
  series: readonly Series[];
  height?: number;
  /** a line at this x */
  marker?: number | null;
  /** a click picks an x */
  onPick?: (x: number) => void;
}

const QUIET = "#8fa1b3";
const LINE = "#243041";

/** Lines or areas from zero over one axis. */
export function Chart({ title, xTitle, x, series, height = 150, marker = null, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<{ plot: uPlot; line: HTMLElement } | null>(null);
  const latest = useRef({ marker, onPick });
  useEffect(() => {
    latest.current = { marker, onPick };
  });

  useEffect(() => {
    const room = place.current!;
    const data = [x, ...series.map((s) => s.values)] as unknown as uPlot.AlignedData;
    const plot = new uPlot(options(room.clientWidth, height, xTitle, series), data, room);
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
  }, [x, series, height, xTitle]);

  useEffect(() => {
    if (drawn.current) putMarker(drawn.current.plot, drawn.current.line, marker);
  }, [marker]);

  return (
    <figure className="chart">
      <figcaption>
        {title}
        {series.length > 1 &&
          series.map((s) => (
            <span key={s.title} className="chart-key">
              <i style={{ background: s.colour }} /> {s.title}
            </span>
          ))}
      </figcaption>
      <div className="chart-place" role="img" aria-label={title} ref={place} />
    </figure>
  );
}

function putMarker(plot: uPlot, line: HTMLElement, x: number | null): void {
  const left = x === null ? Number.NaN : plot.valToPos(x, "x");
  line.hidden = !(left >= 0 && left <= plot.over.clientWidth);
  line.style.transform = `translateX(${left}px)`;
}

function options(width: number, height: number, xTitle: string, series: readonly Series[]): uPlot.Options {
  const axis = {
    stroke: QUIET,
    font: "11px system-ui, sans-serif",
    labelFont: "11px system-ui, sans-serif",
    grid: { stroke: LINE, width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    padding: [8, 8, 0, 0],
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
      ...series.map((s) => ({
        label: s.title,
        value: exact,
        stroke: s.colour,
        width: 1.5,
        fill: s.dots ? undefined : `${s.colour}22`,
        points: { show: s.dots === true, size: 6, fill: s.colour },
      })),
    ],
  };
}

const exact = (_: uPlot, n: number | null) =>
  n === null ? "–" : n.toLocaleString("en", { maximumFractionDigits: 1 });

const short = (n: number) =>
  new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(n);
