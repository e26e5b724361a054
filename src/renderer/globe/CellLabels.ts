import { EARTH_MEAN_RADIUS_M } from "./footprints.ts";
import type { GlobeScene } from "./GlobeScene.ts";

/** With more names than this, they would hide what they name. */
const MOST_CELLS = 24;
const MOST_SATELLITES = 12;
/** A cell smaller than its number on the screen goes without. */
const LEAST_PIXELS = 16;

/** Numbers of the cells and names of the satellites, as plain elements over the globe. */
export class CellLabels {
  readonly #place: HTMLElement;
  readonly #scene: GlobeScene;
  #used = 0;

  constructor(place: HTMLElement, scene: GlobeScene) {
    this.#place = place;
    this.#scene = scene;
  }

  place(): void {
    this.#used = 0;
    this.#cells();
    this.#satellites();
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
    for (const [i, name] of names.entries()) {
      const at = this.#scene.satelliteOnScreen(i);
      if (at) this.#put(name, "satellite", at.x, at.y - 14);
    }
  }

  #put(text: string, kind: string, x: number, y: number): void {
    if (this.#used === this.#place.children.length) this.#place.append(document.createElement("span"));
    const label = this.#place.children[this.#used++] as HTMLElement;
    label.className = kind;
    label.textContent = text;
    label.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`;
  }
}
