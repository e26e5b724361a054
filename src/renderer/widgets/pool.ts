/** Entries of a map of rows × columns, in the order (key, column): typed arrays of one length. A row is a thing with a key. */
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
  const next = Uint32Array.from(x, (pixel) => Math.ceil(((pixel + 1) * columns) / across));
  const line = Uint32Array.from({ length: rows }, (_, i) => Math.floor((i * down) / rows) * across);
  for (let i = 0; i < key.length;) {
    const end = endOf(key, i);
    const of = line[rowOf[key[i]!]!]!;
    while (i < end) {
      const at = of + x[column[i]!]!;
      const to = next[column[i]!]!;
      let most = 0;
      let first = -1;
      for (; i < end && column[i]! < to; i++) {
        const now = value[i]!;
        if (now > most) {
          most = now;
          first = i;
        }
      }
      if (most <= best[at]!) continue;
      best[at] = most;
      winner[at] = first;
    }
  }
  return { winner, width: across, height: down };
}

/** Behind the last entry with the key of entry `from`. */
function endOf(key: Uint32Array, from: number): number {
  let low = from;
  let high = key.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (key[middle]! > key[from]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
