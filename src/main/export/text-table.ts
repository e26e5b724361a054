/** A plain text table: the first column to the left, the others to the right unless told otherwise. */
export function textTable(head: string[], rows: string[][], left: readonly number[] = [0]): string {
  const all = [head, ...rows];
  const widths = head.map((_, c) => Math.max(...all.map((row) => (row[c] ?? "").length)));
  const line = (row: string[]) =>
    widths
      .map((width, c) => (left.includes(c) ? (row[c] ?? "").padEnd(width) : (row[c] ?? "").padStart(width)))
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}
