import { figureSvg } from "../../shared/figure-svg.ts";
import { escapeXml, numberText } from "../../shared/figure-text.ts";
import type { Figure } from "../../shared/study.ts";

/** Text that is HTML already; everything else is escaped where it is put in. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export type Content = Markup | string | number | null | undefined | false | readonly Content[];

/** HTML5 that is well-formed XML too: every element is closed. */
export const markup = (parts: TemplateStringsArray, ...values: Content[]): Markup =>
  new Markup(parts.map((part, i) => part + textOf(values[i])).join(""));

function textOf(content: Content): string {
  if (content === null || content === undefined || content === false) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "object") return content.map(textOf).join("");
  return escapeXml(String(content));
}

export interface Head {
  title: string;
  /** "1" or nothing for a number without unit */
  unit?: string;
  /** words, which stand at the left */
  words?: boolean;
}
export interface DataTable {
  caption: string;
  head: readonly Head[];
  rows: readonly (readonly Content[])[];
  note?: Content;
}

/** Tables of up to so many rows are not cut in two on paper. */
const SHORT = 14;
/** First words of rows that are not longer than this stand in one line. */
const NARROW = 28;
/** Tables of more columns than this stand closer. */
const WIDE = 10;

/** A table with its units in a line of their own; a first column of words heads its rows. */
export function dataTable({ caption, head, rows, note }: DataTable): Markup {
  const side = head.map(({ words }) => new Markup(words ? ' class="words"' : ""));
  const united = head.some(({ unit }) => unitOf(unit) !== "");
  const narrow = rows.every(([first]) => typeof first !== "string" || first.length <= NARROW);
  const kind = ["table", rows.length <= SHORT && "short", narrow && "narrow", head.length > WIDE && "wide"]
    .filter(Boolean)
    .join(" ");
  const units =
    united &&
    markup`<tr class="units">
      ${head.map(({ unit }, c) => markup`<td${side[c]}>${unitOf(unit)}</td>`)}
    </tr>`;
  const body = rows.map(
    (row) =>
      markup`<tr>
        ${row.map((value, c) =>
          c === 0 && head[0].words
            ? markup`<th scope="row">${value}</th>`
            : markup`<td${side[c]}>${value}</td>`,
        )}
      </tr> `,
  );
  return markup`<div class="${kind}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map(({ title }, c) => markup`<th scope="col" ${side[c]}>${title}</th>`)}
        </tr>
        ${units}
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
    ${note && markup`<p class="note">${note}</p>`}
  </div> `;
}

const unitOf = (unit: string | undefined) => (unit === undefined || unit === "1" ? "" : unit);

/** Names and what they stand for. */
export const facts = (rows: readonly (readonly [Content, Content])[]): Markup =>
  markup`<dl>
    ${rows.map(
      ([name, value]) =>
        markup`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl> `;

export const list = (items: readonly Content[]): Markup =>
  markup`<ul>
    ${items.map((item) => markup`<li>${item}</li>`)}
  </ul> `;

/** @param page begins a new page on paper */
export const section = (id: string, title: string, page: boolean, content: Content): Markup =>
  markup`<section id="${id}" class="${page ? "page" : "part"}">
    <h2>${title}</h2>
    ${content}
  </section> `;

/** A chart in the sizes of a page; `half` stands beside another. */
export function figureHtml(figure: Figure, size: "whole" | "half" = "whole"): Markup {
  const [width, height] = size === "whole" ? [776, 330] : [380, 300];
  return inlineSvg(figureSvg(figure, { width, height, theme: "light" }), size);
}

/** A picture in the page: no namespace is needed there. */
export const inlineSvg = (svg: string, size: "whole" | "half" = "whole"): Markup =>
  new Markup(`<figure class="${size}">${svg.trim().replace(/ xmlns="[^"]*"/, "")}</figure>\n`);

/** Pictures beside one another where there is room. */
export const pair = (...figures: readonly Content[]): Markup => markup`<div class="pair">${figures}</div> `;

/** A number as it stands in a table: with so many digits after the point, or with four that count. */
export function figureText(value: number | null | undefined, digits?: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "none";
  if (digits === undefined) return numberText(value);
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString("en-US", places).replace("-", "−");
}
export const count = (value: number): string => figureText(value, 0);
export const plural = (n: number, thing: string, ending = "s"): string =>
  `${count(n)} ${thing}${n === 1 ? "" : ending}`;

/** Seconds since the start as UTC, to the second. */
export const clockUtc = (startMs: number, seconds: number): string =>
  new Date(startMs + 1000 * seconds).toISOString().slice(11, 19);
export const dateUtc = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
