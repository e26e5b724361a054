/** What the address keeps, so that a reload or a link shows the same view. */
export interface Address {
  run: string | null;
  timeS: number | null;
  cell: number | null;
}

export function readAddress(hash: string): Address {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  return {
    run: fields.get("run") || null,
    timeS: numberOr(fields.get("t"), (n) => n >= 0),
    cell: numberOr(fields.get("cell"), (n) => n >= 1 && Number.isInteger(n)),
  };
}

export function writeAddress({ run, timeS, cell }: Address): string {
  if (run === null) return "";
  const fields = new URLSearchParams({ run });
  if (timeS !== null) fields.set("t", String(Math.round(timeS * 10) / 10));
  if (cell !== null) fields.set("cell", String(cell));
  return `#${fields}`;
}

function numberOr(text: string | null, valid: (n: number) => boolean): number | null {
  const n = text === null || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(n) && valid(n) ? n : null;
}
