import type { CellLabels } from "./CellLabels.ts";
import type { GlobeScene } from "./GlobeScene.ts";

/** The globe of the page with the names over it, for pictures of both. */
export class Stage {
  readonly scene: GlobeScene;
  readonly #names: CellLabels;

  constructor(scene: GlobeScene, names: CellLabels) {
    this.scene = scene;
    this.#names = names;
  }

  /** Draws the globe as it is now, with its names, on another canvas. */
  paint(context: CanvasRenderingContext2D): void {
    const { canvas } = this.scene;
    this.scene.paint(context);
    this.#names.paint(context, canvas.width / canvas.clientWidth);
  }
}

let shown: Stage | null = null;

/** null: the page has no globe. */
export const stageNow = () => shown;

export function setStage(stage: Stage | null): void {
  shown = stage;
}
