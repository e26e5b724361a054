/** Entries of a map of rows × columns: typed arrays of one length. A column of the map is a time, a row a thing with a key. */
export interface Grid {
  key: Uint32Array;
  column: Uint32Array;
  value: ArrayLike<number>;
  /** [key] its row */
  rowOf: Uint32Array;
  rows: number;
  columns: number;
}

/**
 * The greatest entry of each of width × height pixels, −1 where none is above zero: several rows and columns share a pixel
 * without hiding its peak. Where there are fewer of them than pixels, they have one each.
 */
export function poolMax(
  { key, column, value, rowOf, rows, columns }: Grid,
  width: number,
  height: number,
): { winner: Int32Array<ArrayBuffer>; width: number; height: number } {
  const across = Math.min(width, columns);
  const down = Math.min(height, rows);
  const winner = new Int32Array(across * down).fill(-1);
  const best = new Float64Array(across * down);
  const x = Uint32Array.from({ length: columns }, (_, i) => Math.floor((i * across) / columns));
  const line = Uint32Array.from({ length: rows }, (_, i) => Math.floor((i * down) / rows) * across);
  for (let i = 0; i < key.length; i++) {
    const at = line[rowOf[key[i]!]!]! + x[column[i]!]!;
    if (value[i]! <= best[at]!) continue;
    best[at] = value[i]!;
    winner[at] = i;
  }
  return { winner, width: across, height: down };
}
