import { changesWords, STORM_FIGURES } from "../../shared/storm-figures.ts";
import { OUTCOME_NAMES, type SignallingSummary, type StrategyCurves } from "../../shared/storm.ts";
import type { Figure } from "../../shared/study.ts";
import {
  dataTable,
  figureHtml,
  figureText,
  markup,
  pair,
  type Content,
  type Markup,
} from "./report-markup.ts";
import type { Source } from "./source.ts";

/** Named in the tables of 3GPP; the words a reader needs. */
const MEANING: Record<string, string> = {
  a3: "individual handovers on measurement reports (event A3)",
  a4: "conditional handovers, event A4",
  a5: "conditional handovers, event A5",
  d1: "conditional handovers by location (events D1, D2)",
  t1: "conditional handovers by time (event T1)",
  elevation: "conditional handovers by elevation (a study trigger of TR 38.821)",
  "timing-advance": "conditional handovers by timing advance (a study trigger of TR 38.821)",
  group: "the same handovers, clusters commanded together",
  flattened: "the same handovers, executions spread over the time in which both cells serve",
  "flattened-forecast": "as flattened, by forecast windows",
  "flattened-ready":
    "only UEs that the classifier calls handover-ready at the mark are spread, by forecast windows and up to their predicted leave",
};

/** The run's own strategy and, beside it, its handovers moved in other ways. */
export function strategiesPart(source: Source): Markup {
  const { reader, record } = source;
  const all = record.summary?.signalling ?? [];
  if (all.length === 0) return markup`<p>None: this run kept no signalling.</p> `;
  const meanings = all.map(
    ({ strategy }) => markup`<li><b>${strategy}</b>: ${MEANING[strategy] ?? "a strategy of this run"}</li>`,
  );
  return markup`<ul>
      ${meanings}
    </ul>
    ${figuresOf(all)}${pair(...curves(all, reader.strategyCurves(record.run) as unknown as StrategyCurves))}`;
}

function figuresOf(all: SignallingSummary[]): Markup {
  const kinds: readonly string[] = OUTCOME_NAMES.filter((name) => name !== "success");
  const rows = STORM_FIGURES.flatMap(({ key, title, unit, digits, of }): Content[][] => {
    const values = all.map(of);
    if (kinds.includes(key) && !values.some(Boolean)) return [];
    return [[title, unit, ...values.map((value) => figureText(value, digits))]];
  });
  return dataTable({
    caption: "The same UEs and seed under each strategy",
    head: [
      { title: "", words: true },
      { title: "unit", words: true },
      ...all.map(({ strategy }) => ({ title: strategy })),
    ],
    rows,
    note: `Ratios over nothing print “none”; kinds of failure that no strategy had are left out. ${changesWords(all[0])}`,
  });
}

const QUANTITIES = [
  { title: "Handovers out of", unit: "1/s", name: "handovers", of: (c: StrategyCurves) => c.handoversOut },
  { title: "Messages of", unit: "1/s", name: "messages", of: (c: StrategyCurves) => c.messages },
] as const;

/** Curves over one another: of all cells, and of the worst cell of the run's own strategy. */
function curves(all: SignallingSummary[], kept: StrategyCurves): Content[] {
  const rows = kept.strategy.length;
  if (rows === 0) return [];
  const seconds = kept.messages.length / rows;
  const worst = all[0].peakCell;
  const x = Array.from({ length: seconds }, (_, second) => second);
  return [0, worst].flatMap((cell) =>
    QUANTITIES.map(({ title, unit, name, of }) => {
      const series = [...kept.strategy.keys()]
        .filter((row) => kept.cell[row] === cell)
        .map((row) => ({
          name: all[kept.strategy[row]]?.strategy ?? `strategy ${kept.strategy[row] + 1}`,
          x,
          y: [...of(kept).subarray(row * seconds, (row + 1) * seconds)],
        }));
      const figure: Figure = {
        id: `curve-${name}-${cell}`,
        of: null,
        title: `${title} ${cell === 0 ? "all cells" : `cell ${cell}`} by second`,
        kind: "line",
        x: { title: "time since the start", unit: "s" },
        y: { title: name, unit },
        series,
        note: cell === 0 ? "" : `The worst cell of ${all[0].strategy}.`,
      };
      return figureHtml(figure, "half");
    }),
  );
}
