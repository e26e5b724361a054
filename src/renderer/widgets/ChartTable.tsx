import { useMemo } from "react";
import { Table } from "./Table.tsx";
import type { TableColumn } from "./Table.tsx";

interface Props {
  title: string;
  xTitle: string;
  x: ArrayLike<number>;
  series: readonly { title: string; values: ArrayLike<number> }[];
}

const MOST = 120;

interface Row {
  from: number;
  to: number;
  values: (number | null)[];
}

/** What a chart shows, in numbers: every x, or the greatest of each of equal stretches where they are many. */
export function ChartTable({ title, xTitle, x, series }: Props) {
  const { rows, width } = useMemo(() => rowsOf(x, series), [x, series]);
  const columns: TableColumn<Row>[] = [
    {
      key: "x",
      title: width > 1 ? `${xTitle} (greatest of each ${width})` : xTitle,
      cell: ({ from, to }) => (from === to ? words(from) : `${words(from)} – ${words(to)}`),
    },
    ...series.map((s, i) => ({
      key: s.title,
      title: s.title,
      number: true,
      cell: ({ values }: Row) => words(values[i]!),
    })),
  ];
  return (
    <div className="chart-table" role="region" tabIndex={0} aria-label={`${title}, in numbers`}>
      <Table caption={title} columns={columns} rows={rows} rowKey={({ from }) => String(from)} />
    </div>
  );
}

export function rowsOf(x: ArrayLike<number>, series: readonly { values: ArrayLike<number> }[]) {
  const width = Math.max(1, Math.ceil(x.length / MOST));
  const rows: Row[] = [];
  for (let i = 0; i < x.length; i += width) {
    const end = Math.min(x.length, i + width);
    const values = series.map((s) => greatest(s.values, i, end));
    rows.push({ from: x[i]!, to: x[end - 1]!, values });
  }
  return { rows, width };
}

function greatest(values: ArrayLike<number>, from: number, to: number): number | null {
  let most: number | null = null;
  for (let i = from; i < Math.min(to, values.length); i++)
    if (Number.isFinite(values[i]) && (most === null || values[i]! > most)) most = values[i]!;
  return most;
}

const words = (n: number | null) => (n === null ? "–" : n.toLocaleString("en", { maximumFractionDigits: 1 }));
