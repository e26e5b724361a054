import { BadInput, type Problem } from "../../shared/errors.ts";

/**
 * Reads a pattern from CSV text: angle off the boresight [deg], gain [dB], in rising order from 0. A first line
 * without numbers is a header, empty lines and lines with # are left out. Gains are given relative to that at 0.
 *
 * @throws BadInput with every faulty line
 */
export function readPatternTable(text: string): { offAxisDeg: number[]; relativeGainDb: number[] } {
  const problems: Problem[] = [];
  const report = (line: number, reason: string, remedy: string) =>
    problems.push({ field: line > 0 ? `line ${line}` : "pattern", reason, remedy });
  const rows: { line: number; angle: number; gain: number }[] = [];
  for (const [line, cells] of linesOf(text)) {
    const [angle, gain] = cells.map((cell) => (cell === "" ? Number.NaN : Number(cell)));
    if (cells.length !== 2 || !Number.isFinite(angle) || !Number.isFinite(gain))
      report(
        line,
        `"${cells.join(",")}" is not an angle and a gain`,
        "Give two numbers with a comma between",
      );
    else if (angle < 0 || angle > 180) report(line, `the angle ${angle}° is outside 0…180°`, "Give 0 to 180");
    else rows.push({ line, angle, gain });
  }
  rows.forEach(({ line, angle, gain }, i) => {
    if (i > 0 && angle <= rows[i - 1].angle)
      report(
        line,
        `the angle ${angle}° does not exceed the ${rows[i - 1].angle}° before it`,
        "Sort the angles",
      );
    if (gain > rows[0].gain)
      report(
        line,
        `the gain ${gain} dB is above the ${rows[0].gain} dB at the first angle`,
        "Put the peak at 0°",
      );
  });
  if (rows.length > 0 && rows[0].angle !== 0)
    report(rows[0].line, `the first angle is ${rows[0].angle}°`, "Begin at the boresight, 0°");
  if (rows.length < 3) report(0, `${rows.length} usable rows`, "Give at least three rows of angle and gain");
  else if (!rows.some(({ gain }) => gain - rows[0].gain <= -3))
    report(0, "the gain never falls 3 dB below its peak", "Go on to the edge of the beam at least");
  if (problems.length > 0) throw new BadInput(problems);
  return {
    offAxisDeg: rows.map(({ angle }) => angle),
    relativeGainDb: rows.map(({ gain }) => gain - rows[0].gain),
  };
}

/** Line number from 1 and cells of each line that has data. */
function linesOf(text: string): [number, string[]][] {
  const lines = text.split(/\r\n|\n|\r/).map((line, i): [number, string] => [i + 1, line.trim()]);
  const filled = lines.filter(([, line]) => line !== "" && !line.startsWith("#"));
  const cells = filled.map(([n, line]): [number, string[]] => [n, line.split(/[,;\t]/).map((c) => c.trim())]);
  const isHeader = cells.length > 0 && cells[0][1].every((cell) => Number.isNaN(Number(cell)));
  return isHeader ? cells.slice(1) : cells;
}
