/** A figure as a picture, the same in the terminal's files and on the page. */
import { bars, matrix } from "./figure-blocks.ts";
import { curves } from "./figure-curves.ts";
import { frameOf, type PictureOptions } from "./figure-frame.ts";
import { escapeXml, px } from "./figure-text.ts";
import type { Figure } from "./study.ts";

export { figureCsv, tableCsv } from "./figure-csv.ts";
export type { PictureOptions } from "./figure-frame.ts";

export function figureSvg(figure: Figure, options: PictureOptions): string {
  const { frame, svg, over, width, height } = frameOf(figure, options);
  const data =
    figure.kind === "bars" ? bars(frame) : figure.kind === "matrix" ? matrix(frame) : curves(frame);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(height)}" width="${px(width)}" height="${px(height)}" role="img" aria-label="${escapeXml(figure.title)}" font-family="system-ui, sans-serif">`,
    `<rect width="${px(width)}" height="${px(height)}" fill="${frame.ink.ground}"/>`,
    svg,
    `<g class="data">${data}</g>`,
    over,
    "</svg>\n",
  ].join("");
}
