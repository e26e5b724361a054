import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { poolMax } from "./pool.ts";
import type { Grid } from "./pool.ts";

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
  /** colours from just above zero to `most` */
  ramp: readonly string[];
  most: number;
  /** a line at this column, with fractions */
  marker: number | null;
  /** the chosen row */
  chosen: number | null;
  onPoint: (spot: Spot | null) => void;
  onPick: (spot: Spot) => void;
}

const HEIGHT = 224;
const TALLEST_ROW = 28;

/** Rows × columns in colour. However narrow it is, each pixel shows the greatest of what lies under it. */
export function HeatMap({ title, grid, ramp, most, marker, chosen, onPoint, onPick }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pooled = useRef<ReturnType<typeof poolMax> | null>(null);
  const [width, setWidth] = useState(0);
  const height = Math.min(HEIGHT, grid.rows * TALLEST_ROW);

  useLayoutEffect(() => {
    setWidth(canvas.current!.clientWidth);
    const fit = new ResizeObserver(() => setWidth(canvas.current?.clientWidth ?? 0));
    fit.observe(canvas.current!);
    return () => fit.disconnect();
  }, []);

  useEffect(() => {
    if (width === 0) return;
    const scale = devicePixelRatio;
    pooled.current = poolMax(grid, Math.round(width * scale), Math.round(height * scale));
    paint(canvas.current!, pooled.current, grid.value, ramp, most);
  }, [grid, ramp, most, width, height]);

  const spotAt = (event: React.PointerEvent | React.MouseEvent): Spot | null => {
    const map = pooled.current;
    if (!map) return null;
    const room = canvas.current!.getBoundingClientRect();
    const share = (at: number, from: number, size: number) =>
      Math.min(0.999_999, Math.max(0, (at - from) / size));
    const x = share(event.clientX, room.left, room.width);
    const y = share(event.clientY, room.top, room.height);
    const entry = map.winner[Math.floor(y * map.height) * map.width + Math.floor(x * map.width)]!;
    if (entry < 0) return { entry, row: Math.floor(y * grid.rows), column: Math.floor(x * grid.columns) };
    return { entry, row: grid.rowOf[grid.key[entry]!]!, column: grid.column[entry]! };
  };

  return (
    <div className="heat-map" style={{ height }}>
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
            height: `${Math.max(100 / height, 100 / grid.rows)}%`,
          }}
        />
      )}
      {marker !== null && <span className="heat-now" style={{ left: `${(100 * marker) / grid.columns}%` }} />}
    </div>
  );
}

function paint(
  canvas: HTMLCanvasElement,
  { winner, width, height }: ReturnType<typeof poolMax>,
  value: ArrayLike<number>,
  ramp: readonly string[],
  most: number,
): void {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = ramp.map(abgr);
  for (let i = 0; i < winner.length; i++)
    if (winner[i]! >= 0) pixels[i] = colours[step(value[winner[i]!]!, most, ramp.length)]!;
  context.putImageData(image, 0, 0);
}

const step = (value: number, most: number, steps: number) =>
  Math.min(steps - 1, Math.floor((value / most) * steps));

/** #rrggbb as a pixel of an ImageData, little-endian. */
function abgr(colour: string): number {
  const n = Number.parseInt(colour.slice(1), 16);
  return ((255 << 24) | ((n & 255) << 16) | (n & 0xff00) | (n >> 16)) >>> 0;
}
