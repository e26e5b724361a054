import { Random } from "../../src/main/math/random.ts";

/** A CSV of `rows` rows whose label follows from two of its three columns, a little blurred. */
export function labelledCsv(rows: number, extra: string[] = []): string {
  const random = new Random(7, "labelled-csv");
  const lines = Array.from({ length: rows }, () => {
    const [a, b, c] = [random.next(), random.next(), random.next()];
    return `${a},${b},${c},${a * a + b + 0.1 * random.next() > 0.9 ? 1 : 0}`;
  });
  return ["a,b,c,label", ...lines, ...extra].join("\n");
}
