/** Colours, marks and dashes of pictures. What a colour says, a mark and a dash say too. */
import { px } from "./figure-text.ts";

export type PictureTheme = "dark" | "light";

export interface Ink {
  ground: string;
  line: string;
  text: string;
  quiet: string;
  /** of series, in fixed order */
  colours: readonly string[];
}

/** Okabe and Ito's colours; on a light ground darkened until each stands out by 3 : 1. */
export const INKS: Record<PictureTheme, Ink> = {
  dark: {
    ground: "#11171f",
    line: "#243041",
    text: "#dbe4ee",
    quiet: "#8fa1b3",
    colours: ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#2f86c5", "#d55e00", "#cc79a7", "#dbe4ee"],
  },
  light: {
    ground: "#ffffff",
    line: "#dde3ea",
    text: "#1b2430",
    quiet: "#566473",
    colours: ["#b67600", "#2490cf", "#00855f", "#8b8000", "#00518a", "#d55e00", "#b25a8b", "#1b2430"],
  },
};

/** viridis at 16 equal steps (matplotlib), for values of one sign. */
export const VIRIDIS = [
  "#440154",
  "#481a6c",
  "#472f7d",
  "#414487",
  "#39568c",
  "#31688e",
  "#2a788e",
  "#23888e",
  "#1f988b",
  "#22a884",
  "#35b779",
  "#54c568",
  "#7ad151",
  "#a5db36",
  "#d2e21b",
  "#fde725",
];
/** blue – white – orange, through zero. */
const DIFFERENCE = [
  "#2166ac",
  "#3f7fbb",
  "#67a0cd",
  "#92c0de",
  "#bcd9ea",
  "#deeaf2",
  "#f7f7f7",
  "#fbe6d0",
  "#fbcb9c",
  "#f3a963",
  "#e58635",
  "#cf671a",
  "#b04e0b",
];

export const rampFor = (low: number, high: number) => (low < 0 && high > 0 ? DIFFERENCE : VIRIDIS);

/** Colour of a value between the ends of a ramp. */
export function rampColour(ramp: readonly string[], share: number): string {
  return ramp[Math.max(0, Math.min(ramp.length - 1, Math.floor(share * ramp.length)))];
}

/** Relative luminance of #rrggbb (WCAG 2). */
export function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** What can be read on a colour. */
export const textOn = (colour: string) => (luminance(colour) > 0.18 ? "#000000" : "#ffffff");

const DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 2"];
export const dashOf = (series: number) => DASHES[series % DASHES.length];

const around = (n: number, r: number, turn: number, inner = r) =>
  Array.from({ length: n }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / n;
    const size = i % 2 === 0 ? r : inner;
    return [size * Math.sin(angle), -size * Math.cos(angle)];
  });

/** Outlines of the marks around 0, px; the circle apart. */
const OUTLINES: readonly (readonly number[][] | null)[] = [
  null,
  around(4, 4.6, Math.PI / 4),
  around(3, 4.8, 0),
  around(4, 4.8, 0),
  around(3, 4.8, Math.PI),
  around(10, 5.2, 0, 2.3),
  around(6, 4.4, 0),
];

/** A mark at a place; `inside`: its title as an element, or nothing. */
export function markAt(series: number, x: number, y: number, look: string, inside = "", size = 1): string {
  const outline = OUTLINES[series % OUTLINES.length];
  if (!outline)
    return close(`<circle cx="${px(x)}" cy="${px(y)}" r="${px(3.6 * size)}" ${look}`, "circle", inside);
  const points = outline.map(([dx, dy]) => `${px(x + size * dx)},${px(y + size * dy)}`).join(" ");
  return close(`<polygon points="${points}" ${look}`, "polygon", inside);
}

const close = (open: string, name: string, inside: string) =>
  inside === "" ? `${open}/>` : `${open}>${inside}</${name}>`;
