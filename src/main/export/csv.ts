import { isoTimes, type Table, type TableColumn } from "./table.ts";

const SPECIAL = /[",\r\n]/;
const quoted = (text: string) => (SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180: CRLF, a heading, quotes only where needed. A missing value is empty, an instant is ISO 8601 in UTC. */
export function* csv({ rows, columns }: Table): Generator<string> {
  yield `${columns.map((column) => quoted(column.title ?? column.name)).join(",")}\r\n`;
  const cells = columns.map(cellText);
  for (let row = 0; row < rows; row++) {
    let line = cells[0](row);
    for (let c = 1; c < cells.length; c++) line += `,${cells[c](row)}`;
    yield `${line}\r\n`;
  }
}

function cellText({ kind, value }: TableColumn): (row: number) => string {
  const iso = isoTimes();
  return (row) => {
    const cell = value(row);
    if (cell === null) return "";
    if (kind === "text") return quoted(cell as string);
    return kind === "instant" ? iso(cell as number) : String(cell);
  };
}
