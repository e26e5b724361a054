/** Text of pictures without a screen to measure it on: widths are those of a wide sans-serif, so that real text is never wider. */

/** Margin of a picture, size of its text, height of a line, px. */
export const PAD = 10;
export const SIZE = 11;
export const LINE = 14;

const NARROW = /[iljtfrI.,:;|!'()[\]{} ·°²³]/;
const WIDE = /[mwMWÆŒ@%—…→⇒≈]|[\u3000-\u{10ffff}]/u;
const CAPITAL = /[A-Z0-9&<>=+−±×–]/;

const emOf = (char: string) =>
  NARROW.test(char) ? 0.36 : WIDE.test(char) ? 1 : CAPITAL.test(char) ? 0.68 : 0.58;

export function widthOf(text: string, size: number): number {
  let em = 0;
  for (const char of text) em += emOf(char);
  return em * size;
}

/** XML knows no control characters but tab and line ends. */
const isAllowed = (char: string) => {
  const code = char.codePointAt(0)!;
  return code >= 32 ? code !== 0xfffe && code !== 0xffff : code === 9 || code === 10 || code === 13;
};

/** Fit for text and attributes of XML. */
export const escapeXml = (text: string) =>
  [...text.toWellFormed()]
    .filter(isAllowed)
    .join("")
    .replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Lines no wider than `width`; a word that is too long is broken. */
export function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((w) => pieces(w, width, size))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== "") lines.push(line);
  return lines;
}

function pieces(word: string, width: number, size: number): string[] {
  if (widthOf(word, size) <= width) return [word];
  const out: string[] = [];
  let piece = "";
  for (const char of word) {
    if (piece !== "" && widthOf(piece + char, size) > width) {
      out.push(piece);
      piece = "";
    }
    piece += char;
  }
  return [...out, piece];
}

/** The text, or its beginning with an ellipsis. */
export function shortened(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text;
  const chars = [...text];
  while (chars.length > 1 && widthOf(`${chars.join("")}…`, size) > width) chars.pop();
  return `${chars.join("").trimEnd()}…`;
}

const UP: Record<string, string> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};

/** A number with at most `digits` that count; very large and small ones as powers of ten. */
export function numberText(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) return powerText(value, digits);
  return Number(value.toPrecision(size >= 10 ** digits ? 7 : digits))
    .toLocaleString("en", { maximumFractionDigits: 12 })
    .replace("-", "−");
}

/** A number as a power of ten and what stands before it. */
export function powerText(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const raised = [...exponent.replace("+", "")].map((c) => UP[c]).join("");
  const times = Number(mantissa);
  return times === 1 ? `10${raised}` : `${String(times).replace("-", "−")}·10${raised}`;
}

/** A quantity with its unit; "1" is the unit of a number without one. */
export const withUnit = (text: string, unit: string) =>
  unit === "1" || unit === "" ? text : `${text}, ${unit}`;
export const quantityText = (value: number | null, unit: string) =>
  value === null ? "none" : unit === "1" || unit === "" ? numberText(value) : `${numberText(value)} ${unit}`;

export const textAt = (
  text: string,
  x: number,
  y: number,
  fill: string,
  { anchor = "start", size = SIZE, more = "", inside = "" } = {},
) =>
  `<text x="${px(x)}" y="${px(y)}" fill="${fill}" font-size="${size}"${anchor === "start" ? "" : ` text-anchor="${anchor}"`}${more}>${escapeXml(text)}${inside}</text>`;

export const titleElement = (text: string) => `<title>${escapeXml(text)}</title>`;

/** A length or place in px, in hundredths. */
export const px = (value: number) => String(Math.round(value * 100) / 100);
