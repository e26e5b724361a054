/**
 * WebAssembly written from here: functions over addresses that take two doubles (f64x2) or four floats (f32x4) at a
 * time. An expression is the bytes of its code; encodings are those of the WebAssembly Core Specification 2.0 §5.4.
 */
export type Code = readonly number[];

const I32 = 0x7f;
const V128 = 0x7b;

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    if (rest >= -64 && rest < 64) return [...bytes, rest & 127];
    bytes.push((rest & 127) | 128);
  }
}

const vector = (opcode: number, ...operands: Code[]): Code => [...operands.flat(), 0xfd, ...unsigned(opcode)];

const constant = (bytes: ArrayBuffer): Code => [0xfd, 0x0c, ...new Uint8Array(bytes)];

export const add = (a: Code, b: Code) => vector(0xf0, a, b);
export const sub = (a: Code, b: Code) => vector(0xf1, a, b);
export const mul = (a: Code, b: Code) => vector(0xf2, a, b);
export const div = (a: Code, b: Code) => vector(0xf3, a, b);
/** The second where it is the smaller, else the first: the order in which a NaN stays. */
export const smaller = (a: Code, b: Code) => vector(0xf6, a, b);
export const larger = (a: Code, b: Code) => vector(0xf7, a, b);
export const root = (a: Code) => vector(0xef, a);
export const magnitude = (a: Code) => vector(0xec, a);
export const nearest = (a: Code) => vector(0x94, a);
export const greater = (a: Code, b: Code) => vector(0x4a, a, b);
export const atLeast = (a: Code, b: Code) => vector(0x4c, a, b);
export const and = (a: Code, b: Code) => vector(0x4e, a, b);
/** The bits of a that b does not have. */
export const without = (a: Code, b: Code) => vector(0x4f, a, b);
export const or = (a: Code, b: Code) => vector(0x50, a, b);
export const differ = (a: Code, b: Code) => vector(0x51, a, b);
export const choose = (mask: Code, yes: Code, no: Code) => vector(0x52, yes, no, mask);
export const shiftLeft = (a: Code, count: number) => vector(0xcb, a, int(count));
export const shiftRight = (a: Code, count: number) => vector(0xcd, a, int(count));
/** Arithmetic of four floats. */
export const addFloats = (a: Code, b: Code) => vector(0xe4, a, b);
export const subFloats = (a: Code, b: Code) => vector(0xe5, a, b);
export const mulFloats = (a: Code, b: Code) => vector(0xe6, a, b);
export const divFloats = (a: Code, b: Code) => vector(0xe7, a, b);
export const rootFloats = (a: Code) => vector(0xe3, a);
/** The first two of four floats as doubles. */
export const firstDoubles = (a: Code) => vector(0x5f, a);
/** The last two of four floats where the first two were. */
export const lastFloats = (a: Code) => join(a, 1, a, 1);

/** The low 32 bits of one of two doubles. */
export const lowInt = (a: Code, index: 0 | 1): Code => [...vector(0x1b, a), 2 * index];
/** Doubles `i` of a and `j` of b. */
export const join = (a: Code, i: 0 | 1, b: Code, j: 0 | 1): Code => [
  ...vector(0x0d, a, b),
  ...Array.from({ length: 16 }, (_, k) => (k < 8 ? 8 * i + k : 16 + 8 * j + k - 8)),
];

export const int = (value: number): Code => [0x41, ...signed(value)];
export const plus = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const times = (a: Code, factor: number): Code => [...a, ...int(factor), 0x6c];

const where = (offset: number) => [3, ...unsigned(offset)];
/** One integer of 32 bits. */
export const loadInt = (address: Code, offset = 0): Code => [...address, 0x28, 2, ...unsigned(offset)];
export const load = (address: Code, offset = 0): Code => [...address, 0xfd, 0x00, ...where(offset)];
/** One double, twice. */
export const loadBoth = (address: Code, offset = 0): Code => [...address, 0xfd, 0x0a, ...where(offset)];
/** One float, four times. */
export const loadFloat = (address: Code, offset = 0): Code => [
  ...address,
  0xfd,
  0x09,
  2,
  ...unsigned(offset),
];
export const store = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  0xfd,
  0x0b,
  ...where(offset),
];

/** The body of one function while it is written. */
export class Body {
  readonly #parameters: number;
  readonly #locals: number[] = [];
  readonly #constants: number[] = [];
  readonly #known = new Map<number | bigint, Code>();
  readonly #code: number[] = [];

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  parameter(index: number): Code {
    return [0x20, ...unsigned(index)];
  }

  #local(type: number, value: Code, code = this.#code): Code {
    const index = unsigned(this.#parameters + this.#locals.push(type) - 1);
    code.push(...value, 0x21, ...index);
    return [0x20, ...index];
  }

  /** The same double twice, or the same 64 bits, made once before all else: in a loop it would be made anew. */
  both(value: number | bigint): Code {
    const known = this.#known.get(value);
    if (known) return known;
    const { buffer } =
      typeof value === "bigint" ? BigUint64Array.of(value, value) : Float64Array.of(value, value);
    const code = this.#local(V128, constant(buffer), this.#constants);
    this.#known.set(value, code);
    return code;
  }

  /** c0 + x·(c1 + x·(c2 + …)) */
  polynomial(x: Code, coefficients: readonly number[]): Code {
    return coefficients
      .slice(0, -1)
      .reduceRight<Code>((sum, c) => add(this.both(c), mul(x, sum)), this.both(coefficients.at(-1)!));
  }

  /** Keeps a value of two doubles, or of an integer; gives the code that reads it. */
  keep(value: Code): Code {
    return this.#local(V128, value);
  }
  /** Gives a kept value another one. */
  change(kept: Code, value: Code): void {
    this.#code.push(...value, 0x21, ...kept.slice(1));
  }
  keepInt(value: Code): Code {
    return this.#local(I32, value);
  }

  do(...statements: Code[]): void {
    for (const statement of statements) this.#code.push(...statement);
  }

  /** Repeats what `write` emits for i = 0, `step`, … below the integer `end` (at least once). */
  loop(end: Code, step: number, write: (i: Code) => void): void {
    const i = this.keepInt(int(0));
    this.#code.push(0x03, 0x40);
    write(i);
    this.#code.push(...plus(i, int(step)), 0x22, ...i.slice(1), ...end, 0x49, 0x0d, 0, 0x0b);
  }

  bytes(): number[] {
    const locals = this.#locals.flatMap((type) => [1, type]);
    const body = [...unsigned(this.#locals.length), ...locals, ...this.#constants, ...this.#code, 0x0b];
    return [...unsigned(body.length), ...body];
  }
}

export interface Routine {
  parameters: number;
  write: (body: Body) => void;
}

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const section = (id: number, items: number[][]): number[] => {
  const content = [...unsigned(items.length), ...items.flat()];
  return [id, ...unsigned(content.length), ...content];
};
const text = (name: string) => [name.length, ...Array.from(name, (letter) => letter.charCodeAt(0))];

/** Functions over 32-bit addresses into a memory, which they all share. */
export function assemble<Name extends string>(
  memory: WebAssembly.Memory,
  routines: Record<Name, Routine>,
): Record<Name, (...addresses: number[]) => void> {
  const entries = Object.entries<Routine>(routines);
  const types = entries.map(([, { parameters }]) => [
    0x60,
    parameters,
    ...Array.from({ length: parameters }, () => I32),
    0,
  ]);
  const bodies = entries.map(([, { parameters, write }]) => {
    const body = new Body(parameters);
    write(body);
    return body.bytes();
  });
  const module = Uint8Array.from([
    ...HEADER,
    ...section(1, types),
    ...section(2, [[...text("js"), ...text("memory"), 2, 0, 1]]),
    ...section(
      3,
      entries.map((_, i) => [i]),
    ),
    ...section(
      7,
      entries.map(([name], i) => [...text(name), 0, i]),
    ),
    ...section(10, bodies),
  ]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { js: { memory } });
  return exports as Record<Name, (...addresses: number[]) => void>;
}
