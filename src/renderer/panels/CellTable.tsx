import { selectCell } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { Table } from "../widgets/Table.tsx";
import type { TableColumn } from "../widgets/Table.tsx";
import type { CellRow } from "./cellRows.ts";
import { whole } from "./format.ts";

/** So many cells are listed. */
export const BUSIEST = 12;

const columns: TableColumn<CellRow>[] = [
  {
    key: "cell",
    title: "Cell",
    cell: (r) => (
      <Button kind="quiet" onClick={() => selectCell(r.cell)}>
        <i className="swatch" style={{ background: r.colour }} /> {r.cell}
      </Button>
    ),
  },
  { key: "peak", title: "Peak /s", number: true, cell: (r) => whole(r.peak) },
  { key: "out", title: "Out", number: true, cell: (r) => whole(r.out) },
  { key: "in", title: "In", number: true, cell: (r) => whole(r.in) },
];

/** Cells to choose from, with their handovers. */
export function CellTable({
  caption,
  rows,
  chosen,
}: {
  caption: string;
  rows: CellRow[];
  chosen: number | null;
}) {
  return (
    <Table
      caption={caption}
      columns={columns}
      rows={rows}
      rowKey={(r) => String(r.cell)}
      marked={(r) => r.cell === chosen}
    />
  );
}
