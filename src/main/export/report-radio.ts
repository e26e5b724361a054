import { NO_SIGNAL } from "../../shared/frame.ts";
import type { Figure } from "../../shared/study.ts";
import {
  count,
  dataTable,
  figureHtml,
  figureText,
  markup,
  plural,
  type Content,
  type Markup,
} from "./report-markup.ts";
import type { Source } from "./source.ts";

/** Levels of the served UEs at the mark, and how RSRP and SINR are spread. */
export function radioPart(source: Source): Markup {
  const { reader, record } = source;
  const r = record.summary?.radio;
  if (!r) return markup`<p>None: no UE was served at the marked instant, or the run has not finished.</p> `;
  type Levels = typeof r.sinrDb;
  const row = (name: string, unit: string, l: Levels): Content[] => [
    name,
    unit,
    ...[l.p5, l.median, l.p95, l.meanOfDb, l.dbOfMeanLinear].map((value) => figureText(value, 2)),
  ];
  const t = r.throughputMbps;
  const step = Math.round(record.markS / record.stepS);
  const { rsrp, sinr } = reader.frames(record.run, step, step);
  return markup`${dataTable({
    caption: `${plural(r.ues, "served UE")} at the marked instant`,
    head: [
      { title: "quantity", words: true },
      { title: "unit", words: true },
      ...["5 %", "median", "95 %", "mean of the values", "of the mean power"].map((title) => ({ title })),
    ],
    rows: [
      row("RSRP", "dBm", r.rsrpDbm),
      row("C/N", "dB", r.cOverNDb),
      ...(r.cOverIDb ? [row("C/I", "dB", r.cOverIDb)] : []),
      row("SINR", "dB", r.sinrDb),
      ["throughput", "Mbit/s", ...[t.p5, t.median, t.p95, t.mean].map((value) => figureText(value, 1)), ""],
    ],
    note: `Percentiles and mean over the values in dB. Throughput of a UE alone in its beam: ${figureText(r.bandwidthMHz)} MHz, 64QAM table of TS 38.214, ${figureText(r.implementationMarginDb)} dB from Shannon's bound.`,
  })}
    <div class="pair">
      ${figureHtml(distribution("RSRP", "dBm", rsrp), "half")}${figureHtml(distribution("SINR", "dB", sinr), "half")}
    </div> `;
}

const POINTS = 100;

/** Share of the UEs at or below a level. */
function distribution(name: string, unit: string, centi: Int16Array): Figure {
  const values = centi.filter((value) => value !== NO_SIGNAL).sort();
  const shares = values.length === 0 ? [] : Array.from({ length: POINTS + 1 }, (_, i) => i / POINTS);
  return {
    id: `cdf-${name}`,
    of: null,
    title: `${name} at the marked instant: share of the UEs at or below it`,
    kind: "line",
    x: { title: name, unit },
    y: { title: "share of the UEs", unit: "1" },
    series: [
      { name, x: shares.map((share) => values[Math.round(share * (values.length - 1))] / 100), y: shares },
    ],
    note: `${count(values.length)} UEs that receive a cell.`,
  };
}
