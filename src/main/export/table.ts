/** What a column holds. An instant is Unix milliseconds; `single` is a float32. */
export type Kind = "integer" | "double" | "single" | "text" | "instant";

export type Value = number | string | null;

export interface TableColumn {
  /** the unit stands in it: `rangeKm` */
  name: string;
  /** heading of a text table where it differs from the name: `Range [km]` */
  title?: string;
  kind: Kind;
  /** null where the row has none */
  value: (row: number) => Value;
}

export interface Table {
  rows: number;
  columns: TableColumn[];
}

/** A column of whole numbers; `none` stands for no value. */
export const integers = (name: string, data: ArrayLike<number>, none?: number): TableColumn => ({
  name,
  kind: "integer",
  value: (row) => (data[row] === none ? null : data[row]),
});

/** A column of float64 or float32; NaN stands for no value. */
export function numbers(name: string, data: Float64Array | Float32Array): TableColumn {
  const single = data instanceof Float32Array;
  const value = (row: number) => (Number.isNaN(data[row]) ? null : single ? shortest(data[row]) : data[row]);
  return { name, kind: single ? "single" : "double", value };
}

export const texts = (name: string, value: (row: number) => string | null): TableColumn => ({
  name,
  kind: "text",
  value,
});

export const instants = (name: string, value: (row: number) => number): TableColumn => ({
  name,
  kind: "instant",
  value: (row) => Math.round(value(row)),
});

/** The float64 with the fewest digits among those that are the same float32: 0.1 and not 0.10000000149011612. */
export function shortest(single: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const candidate = Number(single.toPrecision(digits));
    if (Math.fround(candidate) === single) return candidate;
  }
  return Number(single.toPrecision(9));
}

/** ISO 8601 in UTC with milliseconds. Rows next to each other often share their instant. */
export function isoTimes(): (ms: number) => string {
  let lastMs = Number.NaN;
  let last = "";
  return (ms) => {
    if (ms !== lastMs) {
      last = new Date(ms).toISOString();
      lastMs = ms;
    }
    return last;
  };
}
