import type { RunRecord } from "../../shared/run.ts";
import { INFERNO } from "../session/palette.ts";
import { coloursOf, poolMax } from "../widgets/pool.ts";
import type { Stretch } from "../widgets/pool.ts";
import { utcDate, utcTime, whole } from "./format.ts";
import type { StormGrid } from "./stormGrid.ts";

const WIDTH = 1280;
const SCALE = 2;
const [LEFT, RIGHT, TOP, FOOT] = [74, 20, 56, 92];
const TALLEST = 560;
const TALLEST_ROW = 28;
/** With more rows than this, their numbers would touch. */
const NAMED_ROWS = 40;
const TICKS = 6;
const INK = { ground: "#ffffff", text: "#1b2430", quiet: "#566473", zero: "#0b0f14" };

type Shown = Pick<RunRecord, "run" | "title" | "scenario" | "startMs">;

const utc = ({ startMs }: Shown, second: number) => utcTime(startMs + 1000 * second).slice(0, 8);

/** A stretch of the storm's map as a picture of its own, on white, with its scales. */
export function stormPicture(
  record: Shown,
  { grid, ranking, peak }: StormGrid,
  stretch: Stretch,
  unit: string,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const across = WIDTH - LEFT - RIGHT;
  const tall = Math.min(TALLEST, grid.rows * TALLEST_ROW);
  canvas.width = WIDTH * SCALE;
  canvas.height = (TOP + tall + FOOT) * SCALE;
  const context = canvas.getContext("2d")!;
  context.scale(SCALE, SCALE);
  context.fillStyle = INK.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = "middle";
  const write = (text: string, x: number, y: number, ink = INK.quiet, align: CanvasTextAlign = "left") => {
    context.font = `${ink === INK.text ? "600 15px" : "12px"} system-ui, sans-serif`;
    context.fillStyle = ink;
    context.textAlign = align;
    context.fillText(text, x, y);
  };
  write(`${unit} by cell and time`, LEFT, 18, INK.text);
  const from = `${utcDate(record.startMs)} ${utc(record, stretch.from)} to ${utc(record, stretch.to)} UTC`;
  write(`${record.title || record.scenario}, run ${record.run}, ${from}`, LEFT, 38);

  const most = grid.value[peak!]!;
  const map = poolMax(grid, stretch, across * SCALE, tall * SCALE);
  const pixels = new OffscreenCanvas(map.width, map.height);
  const colours = new Uint8ClampedArray(coloursOf(map, grid.value, INFERNO, most).buffer);
  pixels.getContext("2d")!.putImageData(new ImageData(colours, map.width, map.height), 0, 0);
  const perColumn = across / (stretch.to - stretch.from);
  context.save();
  context.beginPath();
  context.rect(LEFT, TOP, across, tall);
  context.clip();
  context.fillStyle = INK.zero;
  context.fill();
  context.imageSmoothingEnabled = false;
  // the outer pixels may reach beyond the stretch
  const x = LEFT + (map.first - stretch.from) * perColumn;
  context.drawImage(pixels, x, TOP, map.width * map.perPixel * perColumn, tall);
  context.restore();

  const row = tall / grid.rows;
  if (grid.rows <= NAMED_ROWS)
    for (let i = 0; i < grid.rows; i++)
      write(`cell ${ranking.cell[i]}`, LEFT - 6, TOP + (i + 0.5) * row, INK.quiet, "right");
  for (let i = 0; i <= TICKS; i++) {
    const second = stretch.from + (i / TICKS) * (stretch.to - stretch.from);
    const align = i === 0 ? "left" : i === TICKS ? "right" : "center";
    write(utc(record, second), LEFT + (i / TICKS) * across, TOP + tall + 12, INK.quiet, align);
  }
  write(
    `${whole(grid.rows)} ${grid.rows === 1 ? "cell" : "cells"}, the busiest on top; each pixel shows the greatest of what lies under it`,
    LEFT,
    TOP + tall + 36,
  );
  const y = TOP + tall + 56;
  INFERNO.forEach((colour, i) => {
    context.fillStyle = colour;
    context.fillRect(LEFT + (i * 360) / INFERNO.length, y, 360 / INFERNO.length + 0.5, 10);
  });
  write("> 0", LEFT, y + 22);
  write(unit, LEFT + 180, y + 22, INK.quiet, "center");
  write(whole(most), LEFT + 360, y + 22, INK.quiet, "right");
  return canvas;
}

/** What the map shows above zero, a line each, by cell and second. */
export function stormCsv(record: Shown, { grid }: StormGrid, { from, to }: Stretch, unit: string): string {
  const rows = [`cell,s since the start,UTC,${unit}`];
  for (let i = 0; i < grid.value.length; i++) {
    const second = grid.column[i]!;
    if (grid.value[i] === 0 || second < from || second >= to) continue;
    const at = new Date(record.startMs + 1000 * second).toISOString();
    rows.push(`${grid.key[i]},${second},${at},${grid.value[i]}`);
  }
  return `${rows.join("\r\n")}\r\n`;
}
