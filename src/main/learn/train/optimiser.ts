import {
  add,
  addFloats,
  assemble,
  divFloats,
  firstDoubles,
  int,
  lastFloats,
  load,
  loadFloat,
  mul,
  mulFloats,
  plus,
  rootFloats,
  store,
  subFloats,
  type Body,
} from "../../math/simd.ts";

export type Optimiser =
  | { kind: "adam"; rate: number; beta1: number; beta2: number; epsilon: number }
  | { kind: "sgd"; rate: number; momentum: number };

/** So many weights' vectors fit into one memory of 4 GiB. */
export const MOST_WEIGHTS = 2 ** 28 - 64;

/** What the optimiser works on: views of one memory, all of the same length. */
export interface Descent {
  gradient: Float32Array<ArrayBuffer>;
  /** the weights, then what the optimiser keeps */
  vectors: Float32Array<ArrayBuffer>[];
  /**
   * One step down the gradient, at step `number` (from 1). With `clipNorm` the gradient counts as scaled down to that
   * Euclidean norm, over all weights at once (Pascanu et al. 2013).
   */
  step(rate: number, number: number, clipNorm?: number): void;
}

const PAGE = 65536;
/** Bytes of the numbers that a step is given: pace, floor, the gradient's scale, two factors, a sum of squares. */
const SCALARS = 64;
/** Where the sums of squares stand among them. */
const SQUARES = 32;

/**
 * Memory for vectors of `size` weights, and the optimiser's step over it in one pass. Adam (Kingma and Ba 2015,
 * algorithm 1) keeps its two means undivided by 1 − β, which the scalars of a step make up for. Momentum as in PyTorch:
 * velocity ← momentum·velocity + gradient.
 */
export function makeDescent(size: number, optimiser: Optimiser): Descent {
  const bytes = Math.ceil(size / 16) * 64;
  // gradient and weights; mean and square, or velocity
  const count = optimiser.kind === "adam" ? 4 : 3;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((SCALARS + count * bytes) / PAGE) });
  const at = Array.from({ length: count }, (_, i) => SCALARS + i * bytes);
  const [gradient, ...vectors] = at.map((address) => new Float32Array(memory.buffer, address, size));
  const scalars = new Float32Array(memory.buffer, 0, 5);
  const squares = new Float64Array(memory.buffer, SQUARES, 2);
  const [first, second] =
    optimiser.kind === "adam" ? [optimiser.beta1, optimiser.beta2] : [optimiser.momentum, 0];
  const routines = assemble(memory, {
    norm: { parameters: 2, write: writeNorm },
    descend: { parameters: 1 + count, write: optimiser.kind === "adam" ? writeAdam : writeMomentum },
  });
  return {
    gradient,
    vectors,
    step(rate, number, clipNorm) {
      const { pace, floor } = stepScalars(optimiser, rate, number);
      let scale = 1;
      if (clipNorm) {
        routines.norm(bytes, at[0]);
        scale = Math.min(1, clipNorm / Math.sqrt(squares[0] + squares[1]));
      }
      scalars.set([pace, floor, scale, first, second]);
      routines.descend(bytes, ...at);
    },
  };
}

const SCALAR = { pace: 0, floor: 4, scale: 8, first: 12, second: 16 };
const scalar = (body: Body, name: keyof typeof SCALAR) => body.keep(loadFloat(int(0), SCALAR[name]));

/** (bytes, gradient): the sum of squares in two parts, in double precision. */
function writeNorm(body: Body): void {
  const sum = body.keep(body.both(0));
  body.loop(body.parameter(0), 16, (i) => {
    const g = body.keep(load(plus(body.parameter(1), i)));
    for (const part of [g, lastFloats(g)]) {
      const double = body.keep(firstDoubles(part));
      body.change(sum, add(sum, mul(double, double)));
    }
  });
  body.do(store(int(0), sum, SQUARES));
}

/** (bytes, gradient, weights, mean, square) */
function writeAdam(body: Body): void {
  const [pace, floor, scale] = (["pace", "floor", "scale"] as const).map((name) => scalar(body, name));
  const [beta1, beta2] = (["first", "second"] as const).map((name) => scalar(body, name));
  body.loop(body.parameter(0), 16, (i) => {
    const [gradient, weights, mean, square] = [1, 2, 3, 4].map((k) =>
      body.keepInt(plus(body.parameter(k), i)),
    );
    const g = body.keep(mulFloats(load(gradient), scale));
    const m = body.keep(addFloats(mulFloats(load(mean), beta1), g));
    const v = body.keep(addFloats(mulFloats(load(square), beta2), mulFloats(g, g)));
    const direction = divFloats(m, addFloats(rootFloats(v), floor));
    body.do(
      store(mean, m),
      store(square, v),
      store(weights, subFloats(load(weights), mulFloats(direction, pace))),
    );
  });
}

/** (bytes, gradient, weights, velocity) */
function writeMomentum(body: Body): void {
  const [pace, scale, momentum] = (["pace", "scale", "first"] as const).map((name) => scalar(body, name));
  body.loop(body.parameter(0), 16, (i) => {
    const [gradient, weights, velocity] = [1, 2, 3].map((k) => body.keepInt(plus(body.parameter(k), i)));
    const v = body.keep(addFloats(mulFloats(load(velocity), momentum), mulFloats(load(gradient), scale)));
    body.do(store(velocity, v), store(weights, subFloats(load(weights), mulFloats(v, pace))));
  });
}

/** What a step is given: `pace` multiplies the direction, `floor` is added to Adam's root. */
function stepScalars(optimiser: Optimiser, rate: number, step: number): { pace: number; floor: number } {
  if (optimiser.kind === "sgd") return { pace: rate, floor: 0 };
  const { beta1, beta2, epsilon } = optimiser;
  const scale = Math.sqrt((1 - beta2) / (1 - beta2 ** step));
  return { pace: (rate * (1 - beta1)) / (1 - beta1 ** step) / scale, floor: epsilon / scale };
}
