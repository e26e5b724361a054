import { STORM_FIGURES } from "../../shared/storm-figures.ts";
import type { StormFigure } from "../../shared/storm-figures.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import { Table } from "../widgets/Table.tsx";
import type { TableColumn } from "../widgets/Table.tsx";

interface Props {
  caption: string;
  named: readonly { name: string; summary: SignallingSummary }[];
}

/** The figures of several strategies or runs beside each other; those that are zero in all are left out. */
export function FiguresTable({ caption, named }: Props) {
  const rows = STORM_FIGURES.filter((figure) => named.some(({ summary }) => figure.of(summary)));
  return (
    <div className="figures-table">
      <Table caption={caption} columns={columnsOf(named)} rows={rows} rowKey={(figure) => figure.key} />
    </div>
  );
}

const columnsOf = (named: Props["named"]): TableColumn<StormFigure>[] => [
  { key: "figure", title: "Figure", cell: ({ title, unit }) => (unit ? `${title}, ${unit}` : title) },
  ...named.map(({ name, summary }, i) => ({
    key: String(i),
    title: name,
    number: true,
    cell: (figure: StormFigure) => say(figure, summary),
  })),
];

function say({ of, digits }: StormFigure, summary: SignallingSummary): string {
  const value = of(summary);
  if (value === null) return "none";
  const text = (n: number, places: number) =>
    n.toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places });
  return value < 1e6 ? text(value, digits) : `${text(value / 1e6, 2)} M`;
}
