import { Cancelled } from "../../shared/errors.ts";
import type { Pose, Size } from "../globe/pose.ts";
import { stageNow } from "../globe/stage.ts";
import type { Stage } from "../globe/stage.ts";
import { clock, stepAt } from "../session/clock.ts";
import { gateways } from "../session/gateways.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { storms } from "../session/storm.ts";
import { view } from "../session/view.ts";
import { utcDate, utcTime } from "./format.ts";
import { legendOf } from "./legendParts.ts";
import type { LegendPart, Swatch } from "./legendParts.ts";

const INK = { ground: "#11171f", text: "#dbe4ee", quiet: "#8fa1b3" };
const FONT = "system-ui, sans-serif";
const PAD = 14;
const LINE = 18;
const COLUMN = 300;
const CREDIT = "Natural Earth · Cesium · Beamwalk";

/** A screen's own pixels to one of the page. */
export const ownScale = () => Math.max(1, devicePixelRatio);

/**
 * The globe with what its colours mean, the time and the credit under it; as large as asked, or the globe as it stands and the
 * rest below. The globe stands for it from the first moment until `close`.
 */
export class ViewPicture {
  readonly canvas = document.createElement("canvas");
  readonly #context = this.canvas.getContext("2d")!;
  readonly #run: LoadedRun;
  readonly #stage: Stage;
  readonly #pose: Pose;
  readonly #scale: number;
  readonly #width: number;
  readonly #globeHeight: number;

  constructor(run: LoadedRun, size: Size | null = null) {
    const stage = stageNow();
    if (!stage) throw new Error("There is no globe to take a picture of.");
    const { clientWidth, clientHeight } = stage.scene.canvas;
    if (clientWidth * clientHeight === 0) throw new Error("The globe is not in sight: make room for it.");
    this.#run = run;
    this.#stage = stage;
    this.#scale = size?.scale ?? ownScale();
    this.#width = size?.width ?? clientWidth;
    const foot = this.#footHeight();
    this.#globeHeight = size ? Math.max(size.height / 2, size.height - foot) : clientHeight;
    this.canvas.width = even(this.#width * this.#scale);
    this.canvas.height = even((size?.height ?? clientHeight + foot) * this.#scale);
    this.#pose = stage.scene.pose({ width: this.#width, height: this.#globeHeight, scale: this.#scale });
    // asks for the tiles that this size needs
    stage.scene.draw();
  }

  close(): void {
    this.#pose.end();
  }

  paint(): void {
    const stage = stageNow();
    if (stage !== this.#stage) throw new Error("The globe is gone.");
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = INK.ground;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    stage.paint(context);
    context.setTransform(this.#scale, 0, 0, this.#scale, 0, 0);
    // names of satellites near the lower edge end there
    context.fillStyle = INK.ground;
    context.fillRect(0, this.#globeHeight, this.#width, this.canvas.height);
    this.#foot();
  }

  #parts(): LegendPart[] {
    return legendOf(this.#run, view.getState(), storms.getState().storm);
  }

  #columns(): number {
    return Math.max(1, Math.floor((this.#width - 2 * PAD) / COLUMN));
  }

  #footHeight(): number {
    const heights = this.#parts().map((part) => this.#part(part, 0, 0, false));
    const rows: number[] = [];
    heights.forEach((height, i) => {
      const row = Math.floor(i / this.#columns());
      rows[row] = Math.max(rows[row] ?? 0, height);
    });
    return 2 * PAD + 2 * LINE + rows.reduce((sum, height) => sum + height + 6, 0);
  }

  #foot(): void {
    const { record } = this.#run;
    const now = record.startMs + 1000 * clock.getState().timeS;
    let y = this.#globeHeight + PAD + LINE / 2;
    this.#write(`${utcDate(now)} ${utcTime(now)} UTC`, PAD, y, INK.text, `600 15px ${FONT}`);
    this.#write(CREDIT, this.#width - PAD, y, INK.quiet, `11px ${FONT}`, "right");
    y += LINE;
    this.#write(record.title || record.scenario, PAD, y, INK.quiet, `12px ${FONT}`);
    y += LINE / 2 + 6;
    const columns = this.#columns();
    let tallest = 0;
    this.#parts().forEach((part, i) => {
      if (i > 0 && i % columns === 0) {
        y += tallest + 6;
        tallest = 0;
      }
      const height = this.#part(part, PAD + (i % columns) * COLUMN, y, true);
      tallest = Math.max(tallest, height);
    });
  }

  /** Height of a part of the legend; draws it where asked. */
  #part({ title, ramp, swatches, note }: LegendPart, x: number, top: number, draw: boolean): number {
    const width = COLUMN - PAD;
    let y = top;
    const say = (text: string) => {
      for (const line of this.#lines(text, width)) {
        if (draw) this.#write(line, x, y + LINE / 2, INK.quiet, `11px ${FONT}`);
        y += LINE - 2;
      }
    };
    if (title) say(title);
    if (ramp) {
      if (draw) this.#ramp(ramp, x, y, width);
      y += 10 + LINE;
    }
    let across = 0;
    this.#context.font = `11px ${FONT}`;
    for (const swatch of swatches) {
      const needs = 16 + this.#context.measureText(swatch.text).width + 12;
      if (across > 0 && across + needs > width) {
        across = 0;
        y += LINE;
      }
      if (draw) this.#swatch(swatch, x + across, y + LINE / 2);
      across += needs;
    }
    if (swatches.length > 0) y += LINE;
    if (note) say(note);
    return y - top;
  }

  #ramp({ colours, low, unit, high }: NonNullable<LegendPart["ramp"]>, x: number, y: number, width: number) {
    colours.forEach((colour, i) => {
      this.#context.fillStyle = colour;
      this.#context.fillRect(x + (i * width) / colours.length, y + 2, width / colours.length + 0.5, 8);
    });
    const middle = y + 10 + LINE / 2;
    this.#write(low, x, middle, INK.text, `11px ${FONT}`);
    this.#write(unit, x + width / 2, middle, INK.text, `11px ${FONT}`, "center");
    this.#write(high, x + width, middle, INK.text, `11px ${FONT}`, "right");
  }

  #swatch({ colour, text, small, shape }: Swatch, x: number, y: number): void {
    const context = this.#context;
    context.fillStyle = context.strokeStyle = colour;
    context.lineWidth = 2;
    context.beginPath();
    if (shape === "line") context.fillRect(x, y - 1, 11, 2);
    else if (shape === "square") context.fillRect(x + 1, y - 4.5, 9, 9);
    else context.arc(x + 5.5, y, small ? 3 : 4.5, 0, 2 * Math.PI);
    if (shape === "ring") context.stroke();
    else if (shape === undefined) context.fill();
    this.#write(text, x + 16, y, INK.text, `11px ${FONT}`);
  }

  #lines(text: string, width: number): string[] {
    this.#context.font = `11px ${FONT}`;
    const lines: string[] = [];
    for (const word of text.split(" ")) {
      const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
      if (lines.length > 0 && this.#context.measureText(longer).width <= width)
        lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  #write(
    text: string,
    x: number,
    y: number,
    ink: string,
    font: string,
    align: CanvasTextAlign = "left",
  ): void {
    const context = this.#context;
    context.font = font;
    context.fillStyle = ink;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.fillText(text, x, y);
  }
}

/** Video coders take no odd sizes. */
const even = (pixels: number) => 2 * Math.ceil(pixels / 2 - 1e-6);

/** Waits until the ground is whole and all that the clock's instant shows is on the globe. Throws `Cancelled`. */
export async function settled(run: LoadedRun, signal?: AbortSignal): Promise<void> {
  const startMs = performance.now();
  await run.eventsHere;
  for (stopWhere(signal); !isWhole(run); stopWhere(signal)) {
    if (performance.now() - startMs > LONGEST_MS)
      throw new Error("The globe did not come to rest. Try again once it is drawn.");
    // a page that lies behind others is not drawn by itself
    if (document.hidden) stageNow()?.scene.draw();
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

export function stopWhere(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Cancelled();
}

function isWhole(run: LoadedRun): boolean {
  const { timeS, stepS } = clock.getState();
  const step = Math.min(run.steps - 1, stepAt(timeS, stepS));
  const { heat, reuse, coverage, feeders } = view.getState().layers;
  const { storm } = storms.getState();
  const { run: name } = run.record;
  const scene = stageNow()?.scene;
  return (
    scene?.loaded === true &&
    scene.layer?.frameStep === step &&
    run.frames.at(step) !== null &&
    run.footprints.has(step) &&
    run.footprints.has(Math.min(run.steps - 1, step + 1)) &&
    (!heat || storm?.run === name) &&
    (!(reuse || coverage) || scene.layer.plan !== null) &&
    (!feeders || gateways.getState().known?.run === name)
  );
}

const POLL_MS = 20;
const LONGEST_MS = 90_000;

export async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("The picture could not be made.");
  return blob;
}

/** Gives a file to the user. */
export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
