import type { ReactNode } from "react";

export interface TableColumn<Row> {
  key: string;
  title: string;
  /** shown on hover */
  about?: string;
  number?: boolean;
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  caption: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  marked?: (row: Row) => boolean;
}

export function Table<Row>({ caption, columns, rows, rowKey, marked }: Props<Row>) {
  return (
    <table className="table">
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((c) => (
            <th key={c.key} scope="col" className={c.number ? "number" : undefined} title={c.about}>
              {c.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className={marked?.(row) ? "marked" : undefined}>
            {columns.map((c) => (
              <td key={c.key} className={c.number ? "number" : undefined}>
                {c.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
