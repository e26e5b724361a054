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
  let over: { x: number; y: number } | null = null;
  let told: Hover | null = null;
  const tell = () => {
    const text = over && scene.describe(over.x, over.y);
    if (text === (told?.text ?? null) && over?.x === told?.x && over?.y === told?.y) return;
    told = over && text !== null ? { ...over, text } : null;
    onHover(told);
  };
  const point = (at: typeof over) => {
    over = at;
    tell();
  };
  // What lies under a pointer at rest changes as time runs.
  signal.addEventListener("abort", scene.onRender(tell));
  element.addEventListener(
    "pointerdown",
    (e) => {
      if (e.button === 0) down = place(e, element);
    },
    { signal },
  );
  element.addEventListener("pointerleave", () => point(null), { signal });
  element.addEventListener(
    "pointerup",
    (e) => {
      if (e.button !== 0 || !scene.layer?.beams.show) return;
      const { x, y } = place(e, element);
      if (Math.hypot(x - down.x, y - down.y) <= CLICK) selectCell(scene.cellAt(x, y));
    },
    { signal },
  );
  element.addEventListener("pointermove", (e) => point(e.buttons === 0 ? place(e, element) : null), {
    signal,
  });
  return () => stop.abort();
}
