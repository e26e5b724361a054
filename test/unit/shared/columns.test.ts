import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  asColumn,
  bytesOf,
  columnType,
  decodeColumns,
  encodedParts,
  encodeColumns,
  type Column,
} from "../../../src/shared/columns.ts";

const column: fc.Arbitrary<Column> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint16Array({ maxLength: 40 }),
  fc.int16Array({ maxLength: 40 }),
  fc.uint32Array({ maxLength: 40 }),
  fc.int32Array({ maxLength: 40 }),
  fc.float32Array({ maxLength: 40 }),
  fc.float64Array({ maxLength: 40 }),
);
const columns = fc.dictionary(fc.string({ minLength: 1 }), column, { maxKeys: 8, noNullPrototype: true });

describe("a column file", () => {
  test("gives back every array with its type, and the meta", () => {
    fc.assert(
      fc.property(
        columns,
        fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
        (arrays, meta) => {
          const plain = JSON.parse(JSON.stringify(meta)) as Record<string, unknown>;
          const read = decodeColumns(encodeColumns(arrays, plain).buffer);
          expect(read.columns).toEqual(arrays);
          expect(Object.values(read.columns).map(columnType)).toEqual(Object.values(arrays).map(columnType));
          expect(read.meta).toEqual(plain);
        },
      ),
    );
  });

  test("is its parts one after another, with the arrays as they lie in memory", () => {
    fc.assert(
      fc.property(columns, (arrays) => {
        const parts = encodedParts(arrays, { n: 1 });
        expect(Buffer.concat(parts).equals(encodeColumns(arrays, { n: 1 }))).toBe(true);
        const places = parts.map(({ buffer, byteOffset }) => ({ buffer, byteOffset }));
        for (const { buffer, byteOffset } of Object.values(arrays).filter(({ length }) => length > 0))
          expect(places).toContainEqual({ buffer, byteOffset });
      }),
    );
  });

  test("has the layout that it is documented with", () => {
    const bytes = encodeColumns({ a: Uint8Array.of(7), é: Float64Array.of(1.5, -2) }, { n: 1 });
    const view = new DataView(bytes.buffer);
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe("BWC1");
    const length = view.getUint32(4, true);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      columns: [
        { name: "a", type: "u8", length: 1 },
        { name: "é", type: "f64", length: 2 },
      ],
      meta: { n: 1 },
    });
    const first = Math.ceil((8 + length) / 8) * 8;
    expect(view.getUint8(first)).toBe(7);
    expect([view.getFloat64(first + 8, true), view.getFloat64(first + 16, true)]).toEqual([1.5, -2]);
    expect(bytes.length).toBe(first + 24);
  });

  test("is told from anything else", () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(4), new TextEncoder().encode("{}      ")])
      expect(() => decodeColumns(bytes.slice().buffer)).toThrow("not a column file");
  });
});

describe("bytes as a column", () => {
  test("are the same numbers wherever they lie in memory", () => {
    fc.assert(
      fc.property(column, fc.nat(9), (array, offset) => {
        // Node's buffers cut themselves in other ways than plain bytes
        for (const memory of [
          new Uint8Array(array.byteLength + offset),
          Buffer.alloc(array.byteLength + offset),
        ]) {
          memory.set(bytesOf(array), offset);
          expect(asColumn(memory.subarray(offset), columnType(array))).toEqual(array);
        }
      }),
    );
  });

  test("are not copied where they are aligned", () => {
    const bytes = new Uint8Array(16);
    expect(asColumn(bytes, "f64").buffer).toBe(bytes.buffer);
    expect(bytesOf(new Float32Array(bytes.buffer, 4, 2)).byteOffset).toBe(4);
  });

  test("of a type that is none are refused", () => {
    expect(() => columnType(new BigInt64Array(1) as unknown as Column)).toThrow("not a column");
  });
});
