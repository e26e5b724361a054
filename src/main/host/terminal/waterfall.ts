import { textTable } from "../../export/text-table.ts";
import type { LinkTerm } from "../../../shared/link.ts";

const SIGNS = { plus: "+", minus: "−", info: "=" };

/** The budget as it is added up: sign, term, value, unit; lines with "=" are sums and lengths on the way. */
export function waterfallText(terms: readonly LinkTerm[]): string {
  const rows = terms.map(({ name, unit, value, enters, off }) => [
    SIGNS[enters],
    name,
    unit === "" ? String(value) : value.toFixed(3),
    off ? `${unit} (off)` : unit,
  ]);
  return textTable(["", "term", "value", "unit"], rows, [0, 1, 3]);
}
