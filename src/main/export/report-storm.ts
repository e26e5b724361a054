import type { Figure } from "../../shared/study.ts";
import type { StormColumns } from "../../shared/storm.ts";
import { heatSvg, secondsPerColumn } from "./report-heat.ts";
import {
  clockUtc,
  count,
  dataTable,
  facts,
  figureHtml,
  figureText,
  markup,
  inlineSvg,
  pair,
  plural,
  type Markup,
} from "./report-markup.ts";
import { cellNames, type Source } from "./source.ts";

/** Rows of the map and of the table; further cells are drawn together. */
const CELLS_SHOWN = 40;

interface CellStorm {
  cell: number;
  handoversOut: number;
  handoversIn: number;
  /** handovers in and out in its worst second, and that second */
  peak: number;
  peakAtS: number;
  messages: number;
  mostMessages: number;
  bytes: number;
  tries: number;
  collisions: number;
  queue: number;
  drops: number;
}

/** Signalling by cell and second: when it hurts, and where. */
export function stormPart(source: Source): Markup {
  const { reader, record } = source;
  const storm = reader.storm(record.run) as unknown as StormColumns;
  if (storm.cell.length === 0)
    return markup`<p>
      None: the signalling of a run is worked out after its last step, and not in runs of earlier versions.
    </p> `;
  const cells = cellsOf(storm);
  return markup`${worst(source, storm)}${allCells(storm, record.durationS)}${maps(storm, cells, record.durationS)}${tableOf(source, cells)}`;
}

function tableOf(source: Source, cells: CellStorm[]): Markup {
  const names = cellNames(source);
  const more = cells.slice(CELLS_SHOWN);
  const further =
    more.length === 0
      ? ""
      : `${plural(more.length, "further cell")} with ${count(sum(more, "messages"))} messages: see the export "storm". `;
  return dataTable({
    caption: "Cells, the one with the worst second first",
    head: [
      { title: "cell", words: true },
      { title: "handovers out" },
      { title: "handovers in" },
      { title: "most in, out", unit: "1/s" },
      { title: "at", unit: "s" },
      { title: "messages" },
      { title: "messages, most", unit: "1/s" },
      { title: "bytes" },
      { title: "preambles" },
      { title: "collided", unit: "%" },
      { title: "longest queue" },
      { title: "messages dropped" },
    ],
    rows: cells
      .slice(0, CELLS_SHOWN)
      .map((c) => [
        `${c.cell}: ${names.title(c.cell)}`,
        ...[c.handoversOut, c.handoversIn, c.peak, c.peakAtS].map(count),
        ...[c.messages, c.mostMessages, c.bytes, c.tries].map(count),
        c.tries === 0 ? "none" : figureText((100 * c.collisions) / c.tries, 2),
        count(c.queue),
        count(c.drops),
      ]),
    note: `${further}Bytes and processing times of messages are assumptions of the scenario. At a feeder-link switch handovers go out of a cell and into the same one.`,
  });
}

const sum = (cells: CellStorm[], key: keyof CellStorm) => cells.reduce((all, cell) => all + cell[key], 0);

function cellsOf(storm: StormColumns): CellStorm[] {
  const cells = new Map<number, CellStorm>();
  storm.cell.forEach((cell, i) => {
    const zero = {
      handoversOut: 0,
      handoversIn: 0,
      peak: -1,
      peakAtS: 0,
      messages: 0,
      mostMessages: 0,
      bytes: 0,
      tries: 0,
      collisions: 0,
      queue: 0,
      drops: 0,
    };
    const of = cells.get(cell) ?? { cell, ...zero };
    const both = storm.handoversOut[i] + storm.handoversIn[i];
    if (both > of.peak) [of.peak, of.peakAtS] = [both, storm.second[i]];
    for (const key of [
      "handoversOut",
      "handoversIn",
      "messages",
      "bytes",
      "tries",
      "collisions",
      "drops",
    ] as const)
      of[key] += storm[key][i];
    of.mostMessages = Math.max(of.mostMessages, storm.messages[i]);
    of.queue = Math.max(of.queue, storm.queue[i]);
    cells.set(cell, of);
  });
  return [...cells.values()].sort((a, b) => b.peak - a.peak || b.messages - a.messages || a.cell - b.cell);
}

/** The cell and second with the most handovers, and what else happened in that second. */
function worst(source: Source, storm: StormColumns): Markup {
  const { record } = source;
  let at = 0;
  const both = (i: number) => storm.handoversOut[i] + storm.handoversIn[i];
  for (let i = 1; i < storm.cell.length; i++) if (both(i) > both(at)) at = i;
  const second = storm.second[at];
  const then = [...storm.second.keys()].filter((i) => storm.second[i] === second);
  const all = (key: keyof StormColumns) => then.reduce((total, i) => total + storm[key][i], 0);
  const share =
    storm.tries[at] === 0 ? "none" : `${figureText((100 * storm.collisions[at]) / storm.tries[at], 2)} %`;
  return markup`<h3>The worst second</h3>
    ${facts([
      ["when", `${count(second)} s after the start (${clockUtc(record.startMs, second)} UTC)`],
      ["where", `cell ${storm.cell[at]} (${cellNames(source).title(storm.cell[at])})`],
      [
        "handovers",
        `${count(storm.handoversOut[at])} out, ${count(storm.handoversIn[at])} in; all cells: ${count(all("handoversOut"))} out`,
      ],
      [
        "messages",
        `${count(storm.messages[at])} of ${count(storm.bytes[at])} bytes; all cells: ${count(all("messages"))}`,
      ],
      ["random access", `${count(storm.tries[at])} preambles, collided: ${share}`],
      ["queue", `${plural(storm.queue[at], "message")} at the longest, ${count(storm.drops[at])} dropped`],
    ])}`;
}

/** All cells together, second by second. */
function allCells(storm: StormColumns, durationS: number): Markup {
  const seconds = secondsOf(storm, durationS);
  const of = (key: "handoversOut" | "messages") => {
    const values = Array.from({ length: seconds }, () => 0);
    storm.second.forEach((second, i) => (values[second] += storm[key][i]));
    return values;
  };
  const x = Array.from({ length: seconds }, (_, second) => second);
  const figure = (name: string, y: number[], note: string): Figure => ({
    id: name,
    of: null,
    title: `${name} of all cells by second`,
    kind: "steps",
    x: { title: "time since the start", unit: "s" },
    y: { title: name.toLowerCase(), unit: "1/s" },
    series: [{ name: name.toLowerCase(), x, y }],
    note,
  });
  return pair(
    figureHtml(figure("Handovers", of("handoversOut"), "By the second in which they begin."), "half"),
    figureHtml(figure("Messages", of("messages"), "By the second in which they are worked on."), "half"),
  );
}

const secondsOf = ({ second }: StormColumns, durationS: number) =>
  second.reduce((most, one) => Math.max(most, one + 1), Math.ceil(durationS));

function maps(storm: StormColumns, cells: CellStorm[], durationS: number): Markup {
  const seconds = secondsOf(storm, durationS);
  const place = new Map(cells.map(({ cell }, i) => [cell, Math.min(i, CELLS_SHOWN)]));
  const more = cells.length - CELLS_SHOWN;
  const rows = cells.slice(0, CELLS_SHOWN).map(({ cell }) => `cell ${cell}`);
  if (more > 0) rows.push(`${count(more)} others`);
  const row = Array.from(storm.cell, (cell) => place.get(cell)!);
  const map = (title: string, value: ArrayLike<number>) =>
    inlineSvg(heatSvg({ title, unit: "1/s", rows, seconds, row, second: storm.second, value }));
  const both = storm.handoversOut.map((out, i) => out + storm.handoversIn[i]);
  const pooled = secondsPerColumn(seconds);
  return markup`${map("Handovers in and out by cell", both)}${map("Messages by cell", storm.messages)}
    <p class="note">
      ${
        pooled > 1 &&
        `A column is ${pooled} s and shows the greatest second among them, so that no peak is lost. `
      }${more > 0 && "Others: the greatest among them. "}White: none.
    </p> `;
}
