/**
 * One way to carry typed arrays over a wire or into a file: a JSON header with names, types, lengths and
 * units, then the arrays, each at a multiple of 8 bytes, little-endian.
 * Layout: `BWC1`, uint32 header length, header, padding, arrays.
 */
const TYPES = {
  u8: Uint8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

export type ColumnType = keyof typeof TYPES;
export type Column =
  | Uint8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;
export type Columns = Record<string, Column>;

interface Header {
  columns: { name: string; type: ColumnType; length: number }[];
  meta: Record<string, unknown>;
}

const MAGIC = 0x31435742;
const align = (n: number) => (n + 7) & ~7;
const PADDING = new Uint8Array(8);

export function columnType(array: Column): ColumnType {
  for (const [type, Type] of Object.entries(TYPES)) if (array instanceof Type) return type as ColumnType;
  throw new TypeError("not a column");
}

/** Views bytes as an array of the given type; copies only where the bytes are not aligned. */
export function asColumn(bytes: Uint8Array, type: ColumnType): Column {
  const Type = TYPES[type];
  const aligned = bytes.byteOffset % Type.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return new Type(
    aligned.buffer as ArrayBuffer,
    aligned.byteOffset,
    aligned.byteLength / Type.BYTES_PER_ELEMENT,
  );
}

export const bytesOf = (array: Column) =>
  new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);

export function encodeColumns(columns: Columns, meta: Record<string, unknown> = {}): Uint8Array<ArrayBuffer> {
  const parts = encodedParts(columns, meta);
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The bytes of `encodeColumns` one after another; those of the columns are not copied. */
export function encodedParts(columns: Columns, meta: Record<string, unknown> = {}): Uint8Array[] {
  const header: Header = {
    columns: Object.entries(columns).map(([name, c]) => ({ name, type: columnType(c), length: c.length })),
    meta,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const head = new Uint8Array(align(8 + text.length));
  const view = new DataView(head.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, text.length, true);
  head.set(text, 8);
  const bytes = Object.values(columns).map(bytesOf);
  return [
    head,
    ...bytes.flatMap((part) => [part, PADDING.subarray(0, align(part.length) - part.length)]),
  ].filter((part) => part.length > 0);
}

export function decodeColumns(buffer: ArrayBuffer): { columns: Columns; meta: Record<string, unknown> } {
  const view = new DataView(buffer);
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw new TypeError("not a column file");
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length))) as Header;
  let at = align(8 + length);
  const columns = header.columns.map(({ name, type, length: n }) => {
    const column = new TYPES[type](buffer, at, n);
    at += align(column.byteLength);
    return [name, column] as const;
  });
  // not by assignment: a column may be called __proto__
  return { columns: Object.fromEntries(columns), meta: header.meta };
}
