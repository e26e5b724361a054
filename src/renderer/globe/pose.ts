import type { CesiumWidget } from "cesium";
import { PerspectiveFrustum } from "cesium";

/** Size of a picture of the globe in pixels of the page, and how many of its own pixels make one of these. */
export interface Size {
  width: number;
  height: number;
  scale: number;
}

/** The globe at a size of its own, with all that was in view still in view, until `end`. */
export class Pose {
  readonly #widget: CesiumWidget;
  readonly #fov: number | undefined;
  readonly #resolution: number;

  constructor(widget: CesiumWidget, { width, height, scale }: Size) {
    const { container, canvas } = widget;
    const aspect = canvas.clientWidth / canvas.clientHeight;
    this.#widget = widget;
    this.#resolution = widget.resolutionScale;
    container.classList.add("posed");
    Object.assign((container as HTMLElement).style, { width: `${width}px`, height: `${height}px` });
    widget.resolutionScale = scale;
    const { frustum } = widget.camera;
    if (frustum instanceof PerspectiveFrustum) {
      this.#fov = frustum.fov!;
      frustum.fov = fovThatHolds(this.#fov, aspect, width / height);
    }
    widget.resize();
  }

  end(): void {
    const { container, camera } = this.#widget;
    container.classList.remove("posed");
    Object.assign((container as HTMLElement).style, { width: "", height: "" });
    this.#widget.resolutionScale = this.#resolution;
    if (camera.frustum instanceof PerspectiveFrustum) camera.frustum.fov = this.#fov;
    this.#widget.resize();
  }
}

/**
 * The field of view with which a picture of another aspect ratio (width over height) shows all that was seen and no more than
 * it must; `fov` is that along the longer side, as Cesium has it.
 */
export function fovThatHolds(fov: number, aspect: number, into: number): number {
  const longer = Math.tan(fov / 2);
  const [across, down] = aspect > 1 ? [longer, longer / aspect] : [longer * aspect, longer];
  return 2 * Math.atan(Math.max(down, across / into) * Math.max(1, into));
}
