import { selectCell } from "../session/view.ts";
import type { GlobeScene } from "./GlobeScene.ts";

export interface Hover {
  x: number;
  y: number;
  text: string;
}

const place = (event: PointerEvent, within: HTMLElement) => {
  const box = within.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
};

/** How far the pointer may go between press and release, in pixels, for a click that is no drag. */
const CLICK = 4;

/** A click chooses the cell under it, a drag turns the globe; pointing tells what is there. */
export function listenToPointer(
  scene: GlobeScene,
  element: HTMLElement,
  onHover: (hover: Hover | null) => void,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let down = { x: 0, y: 0 };
  element.addEventListener("pointerdown", (e) => (down = place(e, element)), { signal });
  element.addEventListener("pointerleave", () => onHover(null), { signal });
  element.addEventListener(
    "pointerup",
    (e) => {
      const { x, y } = place(e, element);
      if (scene.layer && Math.hypot(x - down.x, y - down.y) <= CLICK) selectCell(scene.cellAt(x, y));
    },
    { signal },
  );
  element.addEventListener(
    "pointermove",
    (e) => {
      const { x, y } = place(e, element);
      const text = e.buttons === 0 ? scene.describe(x, y) : null;
      onHover(text === null ? null : { x, y, text });
    },
    { signal },
  );
  return () => stop.abort();
}
