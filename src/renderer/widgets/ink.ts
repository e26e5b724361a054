import { useSyncExternalStore } from "react";

/** What is drawn on a canvas must ask the page for its colours. */
export interface Ink {
  ground: string;
  line: string;
  quiet: string;
}

let known: Ink = { ground: "", line: "", quiet: "" };

function read(): Ink {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  const now = { ground: of("--panel"), line: of("--line"), quiet: of("--quiet") };
  if (now.ground !== known.ground || now.line !== known.line || now.quiet !== known.quiet) known = now;
  return known;
}

function listen(onChange: () => void): () => void {
  const watcher = new MutationObserver(onChange);
  watcher.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => watcher.disconnect();
}

/** The page's colours, anew when its theme changes. */
export const useInk = () => useSyncExternalStore(listen, read);

/** Of #rrggbb or #rgb: a style sheet that was made small has both. */
function channels(colour: string): number[] {
  const long = colour.length === 4 ? colour.replaceAll(/[\da-f]/gi, "$&$&") : colour;
  return [1, 3, 5].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
}

/** Relative luminance (WCAG 2). */
function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

/** A mark stands out from its ground by at least this (WCAG 2.2, 1.4.11). */
const ENOUGH = 3;

/** The colour itself where it stands out; else darker on a light ground, lighter on a dark one. */
export function standingOut(colour: string, ground: string): string {
  const end = luminance(ground) > 0.18 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = channels(colour).map((c) => Math.round(c + share * (end - c)));
    const hex = `#${mixed.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
    if (contrast(hex, ground) >= ENOUGH) return hex;
  }
  return end === 0 ? "#000000" : "#ffffff";
}
