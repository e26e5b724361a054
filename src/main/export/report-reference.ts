import { count, dataTable, markup, type Markup } from "./report-markup.ts";

/** A published number beside ours, as `beamwalk reference` prints it. */
export interface PublishedRow {
  group: string;
  quantity: string;
  source: string;
  label: string;
  published: number;
  ours: number;
  unit: string;
  tolerance: number;
  relative: boolean;
  note: string | null;
  pass: boolean;
}

/** How far off a row is, as a share of its tolerance. */
const used = ({ published, ours, tolerance, relative }: PublishedRow) => {
  const allowed = relative ? tolerance * Math.abs(published) : tolerance;
  const off = Math.abs(ours - published);
  return allowed > 0 ? off / allowed : off === 0 ? 0 : Infinity;
};

/** Published numbers beside the program's own, by source; all of them on demand. */
export function referencePart(rows: readonly PublishedRow[]): Markup {
  const passed = rows.filter(({ pass }) => pass).length;
  const keys = [...new Set(rows.map(({ group, source }) => `${group}\n${source}`))];
  const sources = keys.map((key) => rows.filter(({ group, source }) => `${group}\n${source}` === key));
  return markup`<p>
      <b>${count(passed)} of ${count(rows.length)}</b> published numbers come out of this program's own
      formulas within their tolerance: the digits that the source prints, or what its note says.
    </p>
    ${dataTable({
      caption: "By source",
      head: [
        { title: "group", words: true },
        { title: "source", words: true },
        { title: "numbers" },
        { title: "within tolerance" },
        { title: "farthest off: quantity", words: true },
        { title: "published" },
        { title: "ours" },
      ],
      rows: sources.map((own) => {
        const worst = own.reduce((most, row) => (used(row) > used(most) ? row : most));
        const pass = own.filter((row) => row.pass).length;
        return [
          own[0].group,
          own[0].source,
          count(own.length),
          pass === own.length ? count(pass) : markup`<b>${count(pass)}</b>`,
          worst.note === null
            ? worst.quantity
            : markup`${worst.quantity} <span class="quiet">(${worst.note})</span>`,
          quantity(worst.published, worst.unit),
          quantity(worst.ours, worst.unit),
        ];
      }),
      note: "Farthest off: by the share of its tolerance that the difference takes.",
    })}
    <p class="note paper">All rows: open this page on a screen, or run “beamwalk reference”.</p>
    <details>
      <summary>All ${count(rows.length)} numbers</summary>
      ${dataTable({
        caption: "Published numbers beside ours",
        head: [
          { title: "quantity", words: true },
          { title: "source", words: true },
          { title: "published" },
          { title: "ours" },
          { title: "unit", words: true },
          { title: "tolerance" },
          { title: "", words: true },
        ],
        rows: rows.map((row) => [
          row.quantity,
          row.source,
          numeral(row.published),
          numeral(row.ours),
          row.unit === "1" ? "" : row.unit,
          row.relative ? `${row.tolerance} rel.` : String(row.tolerance),
          row.pass ? "pass" : markup`<b>FAIL</b>`,
        ]),
      })}
    </details> `;
}

const numeral = (value: number) => String(Number(value.toPrecision(7))).replace("-", "−");
const quantity = (value: number, unit: string) =>
  unit === "1" ? numeral(value) : `${numeral(value)}\u00a0${unit}`;
