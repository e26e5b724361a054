import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { coloursOf, poolMax } from "./pool.ts";
import type { Grid, Pooled, Stretch } from "./pool.ts";

/** A place on the map; `entry` is the greatest entry under it, −1 where there is none above zero. */
export interface Spot {
  entry: number;
  row: number;
  column: number;
}

interface Props {
  /** quantity and unit; also what is said aloud */
  title: string;
  grid: Grid;
  /** the columns to show */
  stretch: Stretch;
  /** colours from just above zero to `most` */
  ramp: readonly string[];
  most: number;
  /** a line at this column, with fractions */
  marker: number | null;
  /** the chosen row */
  chosen: number | null;
  onPoint: (spot: Spot | null) => void;
  onPick: (spot: Spot) => void;
  /** the wheel with Ctrl, or two fingers: so many times as long a stretch, about a column */
  onZoom: (factor: number, about: number) => void;
  /** the wheel sideways, by columns */
  onMove: (columns: number) => void;
}

const HEIGHT = 224;
const TALLEST_ROW = 28;

/** A stretch of rows × columns in colour. However narrow it is, each pixel shows the greatest of what lies under it. */
export function HeatMap(props: Props) {
  const { title, grid, stretch, ramp, most, marker, chosen, onPoint, onPick } = props;
  const room = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pooled = useRef<Pooled | null>(null);
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 });
  const wanted = Math.min(HEIGHT, grid.rows * TALLEST_ROW);
  const span = stretch.to - stretch.from;

  useLayoutEffect(() => {
    const element = room.current!;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const fit = new ResizeObserver(measure);
    fit.observe(element);
    return () => fit.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (width === 0 || height === 0) return;
    const scale = devicePixelRatio;
    const map = poolMax(grid, stretch, Math.round(width * scale), Math.round(height * scale));
    paint(canvas.current!, map, coloursOf(map, grid.value, ramp, most));
    // the outer pixels may reach beyond the stretch
    canvas.current!.style.width = `${(100 * map.width * map.perPixel) / span}%`;
    canvas.current!.style.marginLeft = `${(100 * (map.first - stretch.from)) / span}%`;
    pooled.current = map;
  }, [grid, stretch, span, ramp, most, width, height]);

  useWheel(room, props);

  const spotAt = (event: React.PointerEvent | React.MouseEvent): Spot | null => {
    const map = pooled.current;
    if (!map) return null;
    const box = canvas.current!.getBoundingClientRect();
    const x = share(event.clientX, box.left, box.width);
    const y = share(event.clientY, box.top, box.height);
    const entry = map.winner[Math.floor(y * map.height) * map.width + Math.floor(x * map.width)]!;
    if (entry >= 0) return { entry, row: grid.rowOf[grid.key[entry]!]!, column: grid.column[entry]! };
    const column = map.first + Math.floor(x * map.width * map.perPixel);
    return { entry, row: Math.floor(y * grid.rows), column: Math.min(grid.columns - 1, column) };
  };

  return (
    <div className="heat-map" ref={room} style={{ height: wanted }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={title}
        onPointerMove={(event) => onPoint(spotAt(event))}
        onPointerLeave={() => onPoint(null)}
        onClick={(event) => {
          const spot = spotAt(event);
          if (spot) onPick(spot);
        }}
      />
      {chosen !== null && (
        <span
          className="heat-chosen"
          style={{
            top: `${(100 * chosen) / grid.rows}%`,
            height: `${Math.max(100 / wanted, 100 / grid.rows)}%`,
          }}
        />
      )}
      {marker !== null && marker >= stretch.from && marker <= stretch.to && (
        <span className="heat-now" style={{ left: `${(100 * (marker - stretch.from)) / span}%` }} />
      )}
    </div>
  );
}

const share = (at: number, from: number, size: number) =>
  Math.min(0.999_999, Math.max(0, (at - from) / size));

const ZOOM_A_NOTCH = 1.25;

/** React listens to wheels passively; this one keeps the page from zooming with the map. */
function useWheel(
  room: React.RefObject<HTMLDivElement | null>,
  { stretch: { from, to }, onZoom, onMove }: Props,
): void {
  useEffect(() => {
    const element = room.current!;
    const turn = (event: WheelEvent) => {
      const { left, width } = element.getBoundingClientRect();
      const sideways = event.shiftKey ? event.deltaY + event.deltaX : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        const about = from + share(event.clientX, left, width) * (to - from);
        onZoom(event.deltaY > 0 ? ZOOM_A_NOTCH : 1 / ZOOM_A_NOTCH, about);
      } else if (sideways !== 0) onMove((sideways / width) * (to - from));
      else return;
      event.preventDefault();
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [room, from, to, onZoom, onMove]);
}

function paint(
  canvas: HTMLCanvasElement,
  { width, height }: Pooled,
  colours: Uint32Array<ArrayBuffer>,
): void {
  canvas.width = width;
  canvas.height = height;
  const pixels = new Uint8ClampedArray(colours.buffer);
  canvas.getContext("2d")!.putImageData(new ImageData(pixels, width, height), 0, 0);
}
