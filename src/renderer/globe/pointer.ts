import { openHandover, selectCell, selectSatellite, selectUe } from "../session/view.ts";
import type { GlobeScene } from "./GlobeScene.ts";
import type { Choice } from "./pick.ts";

export interface Hover {
  x: number;
  y: number;
  text: string;
  /** what a click does here */
  does: string | null;
  /** little room is left beside or under it */
  atRight: boolean;
  atBottom: boolean;
}

const place = (event: MouseEvent, within: HTMLElement) => {
  const box = within.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
};

/** How far the pointer may go between press and release, in pixels, for a click that is no drag. */
const CLICK = 4;

const CHOOSE: Record<Choice["kind"], (number: number) => void> = {
  satellite: selectSatellite,
  handover: openHandover,
  ue: selectUe,
  cell: selectCell,
};

/** What a tooltip may need, pixels. */
const ROOM = { width: 280, height: 120 };

const NOTHING = { words: null, does: null };

/** A click chooses what is under it, a drag turns the globe; pointing tells what is there. */
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
    const { words: text, does } = over ? scene.pointing.at(over.x, over.y) : NOTHING;
    const same = text === (told?.text ?? null) && does === (told?.does ?? null);
    if (same && over?.x === told?.x && over?.y === told?.y) return;
    const atRight = over !== null && element.clientWidth - over.x < ROOM.width;
    const atBottom = over !== null && element.clientHeight - over.y < ROOM.height;
    told = over && text !== null ? { ...over, text, does, atRight, atBottom } : null;
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
      if (e.button !== 0 || !scene.layer) return;
      const { x, y } = place(e, element);
      if (Math.hypot(x - down.x, y - down.y) > CLICK) return;
      const { click } = scene.pointing.at(x, y);
      if (click) CHOOSE[click.kind](click.number);
      else selectCell(null);
    },
    { signal },
  );
  element.addEventListener(
    "dblclick",
    (e) => {
      const { x, y } = place(e, element);
      const { double } = scene.pointing.at(x, y);
      if (double) CHOOSE[double.kind](double.number);
    },
    { signal },
  );
  element.addEventListener("pointermove", (e) => point(e.buttons === 0 ? place(e, element) : null), {
    signal,
  });
  return () => stop.abort();
}
