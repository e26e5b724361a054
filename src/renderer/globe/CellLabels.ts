import type { GlobeScene } from "./GlobeScene.ts";

/** With more cells than this in view, numbers would hide what they name. */
const MOST = 24;

/** Numbers of the cells at their centres, as plain elements over the globe. */
export class CellLabels {
  readonly #place: HTMLElement;
  readonly #scene: GlobeScene;

  constructor(place: HTMLElement, scene: GlobeScene) {
    this.#place = place;
    this.#scene = scene;
  }

  place(): void {
    const { layer } = this.#scene;
    const footprints = layer?.beams.footprints;
    const wanted = layer?.beams.show && footprints!.count <= MOST ? footprints!.count : 0;
    while (this.#place.children.length > wanted) this.#place.lastChild!.remove();
    while (this.#place.children.length < wanted) this.#place.append(document.createElement("span"));
    for (let row = 0; row < wanted; row++) {
      const label = this.#place.children[row] as HTMLElement;
      const at = this.#scene.onScreen(footprints!.data[8 * row + 1]!, footprints!.data[8 * row]!);
      label.hidden = at === null;
      if (!at) continue;
      label.textContent = String(footprints!.cell[row]);
      label.style.transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px) translate(-50%, -50%)`;
    }
  }
}
