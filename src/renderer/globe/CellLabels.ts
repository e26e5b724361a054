import { view } from "../session/view.ts";
import { EARTH_MEAN_RADIUS_M } from "./footprints.ts";
import type { GlobeScene } from "./GlobeScene.ts";

/** With more names than this, they would hide what they name. */
const MOST_CELLS = 24;
const MOST_SATELLITES = 12;
/** A cell smaller than its number on the screen goes without. */
const LEAST_PIXELS = 16;

/** Numbers of the cells, names of the satellites, and rings around what is chosen, as plain elements over the globe. */
export class CellLabels {
  readonly #place: HTMLElement;
  readonly #scene: GlobeScene;
  #used = 0;
  #rings: { x: number; y: number }[] = [];
  #words: { text: string; x: number; y: number; kind: string }[] = [];

  constructor(place: HTMLElement, scene: GlobeScene) {
    this.#place = place;
    this.#scene = scene;
  }

  place(): void {
    this.#used = 0;
    this.#rings = [];
    this.#words = [];
    this.#cells();
    this.#satellites();
    this.#chosenUes();
    this.#chosenSatellite();
    while (this.#place.children.length > this.#used) this.#place.lastChild!.remove();
  }

  #cells(): void {
    const { layer } = this.#scene;
    if (!layer?.beams.show) return;
    const { count, cell, data } = layer.beams.footprints;
    const few = count <= MOST_CELLS;
    const leastArc = (LEAST_PIXELS * this.#scene.metresPerPixel) / EARTH_MEAN_RADIUS_M;
    for (let row = 0; row < count; row++) {
      const chosen = data[8 * row + 6] === 1;
      if (!chosen && (!few || data[8 * row + 3]! < leastArc)) continue;
      const at = this.#scene.onScreen(data[8 * row + 1]!, data[8 * row]!);
      if (at) this.#put(String(cell[row]), "cell", at.x, at.y);
    }
  }

  #satellites(): void {
    const { layer } = this.#scene;
    const names = layer?.run.track.names ?? [];
    if (!layer?.satellites.show || names.length > MOST_SATELLITES) return;
    const { satellite } = view.getState();
    for (const [i, name] of names.entries()) {
      const at = i === satellite ? null : this.#scene.satelliteOnScreen(i);
      if (at) this.#put(name, "satellite", at.x, at.y - 14);
    }
  }

  /** Also where its layer is off. */
  #chosenSatellite(): void {
    const { satellite } = view.getState();
    const { layer } = this.#scene;
    if (satellite === null || !layer) return;
    this.#ring(this.#scene.satelliteOnScreen(satellite), layer.satelliteName(satellite));
  }

  /** The chosen UE, and that whose handover is open. */
  #chosenUes(): void {
    const { layer } = this.#scene;
    if (!layer) return;
    const { ue, handover } = view.getState();
    const opened = handover === null ? undefined : layer.run.events.ue[handover];
    for (const one of new Set([ue, opened]))
      if (typeof one === "number") this.#ring(this.#scene.ueOnScreen(one), `UE ${one}`);
  }

  #ring(at: { x: number; y: number } | null, name: string): void {
    if (!at) return;
    this.#put("", "ring", at.x, at.y);
    this.#put(name, "name", at.x, at.y - 22);
  }

  /** The same on a canvas, whose pixels are `scale` to one of the page. */
  paint(context: CanvasRenderingContext2D, scale: number): void {
    context.save();
    context.scale(scale, scale);
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const { text, x, y, kind } of this.#words) {
      const cell = kind === "cell";
      context.font = cell ? "600 13px system-ui, sans-serif" : "11px system-ui, sans-serif";
      const width = context.measureText(text).width + (cell ? 12 : 8);
      const height = cell ? 20 : 16;
      context.fillStyle = "rgb(11 15 20 / 78%)";
      if (kind !== "satellite") context.fillRect(x - width / 2, y - height / 2, width, height);
      context.fillStyle = "#dbe4ee";
      context.fillText(text, x, y);
    }
    context.strokeStyle = "#fff";
    context.lineWidth = 2;
    for (const { x, y } of this.#rings) {
      context.beginPath();
      context.arc(x, y, 10, 0, 2 * Math.PI);
      context.stroke();
    }
    context.restore();
  }

  #put(text: string, kind: string, x: number, y: number): void {
    if (kind === "ring") this.#rings.push({ x, y });
    else this.#words.push({ text, x, y, kind });
    if (this.#used === this.#place.children.length) this.#place.append(document.createElement("span"));
    const label = this.#place.children[this.#used++] as HTMLElement;
    label.className = kind;
    label.textContent = text;
    label.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`;
  }
}
