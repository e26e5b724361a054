import { exponential, logarithm } from "../math/simd-functions.ts";
import {
  add,
  and,
  choose,
  differ,
  div,
  greater,
  int,
  join,
  larger,
  load,
  loadBoth,
  loadInt,
  magnitude,
  mul,
  plus,
  root,
  smaller,
  store,
  sub,
  times,
  without,
  type Body,
  type Code,
} from "../math/simd.ts";
import { HIDDEN, layout } from "./network.ts";

/** Kingma and Ba 2015; epsilon as in Keras. */
export const ADAM = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** Rows worked on together. */
export const BLOCK = 4;
const UNITS = [0, 1, 2, 3];
const PAIRS = [0, 1];
const ORIGIN = int(0);
/** Beyond it the exponential of simd-functions.ts ends. */
const BOUND = 700;

/**
 * Byte addresses below those of the list and the rows. `lanes`: sums over the rows in two lanes, first of the parameters behind
 * hidden 1 and one of padding, then of the loss and of the right answers.
 */
export function addresses(width: number) {
  const { count } = layout(width);
  const column = 8 * (count + 1);
  const lanes = 4 * column;
  const loss = lanes + 16 * (HIDDEN * HIDDEN + 2 * HIDDEN + 2);
  return {
    parameters: 0,
    gradient: column,
    mean: 2 * column,
    square: 3 * column,
    lanes,
    loss,
    hits: loss + 16,
    batch: loss + 32,
    pace: loss + 40,
    tail: loss + 48,
    list: loss + 48 + 4 * BLOCK,
  };
}

/** Bytes of a row: its features, then +1 or −1 for its class, or 0 where it fills up a block. */
export const stride = (width: number) => 8 * (width + 1);

/** Adds the rows of a list, a multiple of four, to the gradient, the loss and the right answers. */
export function learnRows(body: Body, width: number): void {
  const [list, bytes, base] = UNITS.map((i) => body.parameter(i));
  const at = addresses(width);
  const { weight2, count } = layout(width);
  body.loop(bytes, 4 * BLOCK, (i) => {
    const place = body.keepInt(plus(list, i));
    const rows = UNITS.map((r) => body.keepInt(plus(base, times(loadInt(place, 4 * r), stride(width)))));
    const first = hiddenOne(body, rows, width);
    // [row] the derivative of the loss by both pairs of units
    const slope = PAIRS.flatMap((p) => {
      const [a, b] = [rows[2 * p], rows[2 * p + 1]];
      const units = transposed(first[2 * p], first[2 * p + 1]).map((unit) => body.keep(unit));
      const truth = join(loadBoth(a, 8 * width), 0, loadBoth(b, 8 * width), 0);
      return untransposed(upperLayers(body, units, truth, width)).map((pair) =>
        pair.map((two) => body.keep(two)),
      );
    });
    for (let f = 0; f <= width; f++) {
      // the biases of hidden 1 stand behind its weights, as those of an input that is always 1
      const inputs = rows.map((row) => (f < width ? body.keep(loadBoth(row, 8 * f)) : null));
      for (const p of PAIRS) {
        const parts = inputs.map((z, r) => (z ? mul(z, slope[r][p]) : slope[r][p]));
        const sum = add(add(parts[0], parts[1]), add(parts[2], parts[3]));
        addTo(body, at.gradient + 8 * (HIDDEN * f + 2 * p), sum);
      }
    }
  });
  for (let i = weight2; i < count; i += 2) {
    const lane = at.lanes + 16 * (i - weight2);
    const [a, b] = [load(ORIGIN, lane), load(ORIGIN, lane + 16)];
    addTo(body, at.gradient + 8 * i, add(join(a, 0, b, 0), join(a, 1, b, 1)));
    body.do(store(ORIGIN, body.both(0), lane), store(ORIGIN, body.both(0), lane + 16));
  }
}

const addTo = (body: Body, address: number, value: Code) =>
  body.do(store(ORIGIN, add(load(ORIGIN, address), value), address));

/** [row][pair of units] activations of hidden 1. */
function hiddenOne(body: Body, rows: Code[], width: number): Code[][] {
  const weight = (f: number, p: number) => body.keep(load(ORIGIN, 8 * (HIDDEN * f + 2 * p)));
  const bias = PAIRS.map((p) => weight(width, p));
  const sums = rows.map(() => bias.map((value) => body.keep(value)));
  for (let f = 0; f < width; f++) {
    const two = PAIRS.map((p) => weight(f, p));
    rows.forEach((row, r) => {
      const z = body.keep(loadBoth(row, 8 * f));
      for (const p of PAIRS) body.change(sums[r][p], add(sums[r][p], mul(z, two[p])));
    });
  }
  return sums.map((pair) => pair.map((sum) => body.keep(larger(sum, body.both(0)))));
}

/** [unit] of two rows, from pairs of units of each. */
const transposed = (a: Code[], b: Code[]): Code[] =>
  UNITS.map((k) => join(a[k >> 1], (k & 1) as 0 | 1, b[k >> 1], (k & 1) as 0 | 1));
const untransposed = (units: Code[]): Code[][] =>
  ([0, 1] as const).map((row) => PAIRS.map((p) => join(units[2 * p], row, units[2 * p + 1], row)));

/** The layers behind hidden 1 for two rows; gives [unit] the derivative of the loss by the sums of hidden 1. */
function upperLayers(body: Body, first: Code[], truthOf: Code, width: number): Code[] {
  const { weight2, bias2, weight3, bias3 } = layout(width);
  const { lanes } = addresses(width);
  const parameter = (index: number) => loadBoth(ORIGIN, 8 * index);
  const collect = (index: number, value: Code) => addTo(body, lanes + 16 * (index - weight2), value);
  const zero = body.both(0);
  const weight = (k: number, j: number) => weight2 + HIDDEN * k + j;
  const second = UNITS.map((j) => {
    const sum = UNITS.reduce((s, k) => add(s, mul(first[k], parameter(weight(k, j)))), parameter(bias2 + j));
    return body.keep(larger(sum, zero));
  });
  const score = body.keep(
    UNITS.reduce((s, j) => add(s, mul(second[j], parameter(weight3 + j))), parameter(bias3)),
  );
  const error = body.keep(measured(body, score, body.keep(truthOf), width));
  collect(bias3, error);
  const delta = UNITS.map((j) => {
    collect(weight3 + j, mul(error, second[j]));
    const d = body.keep(and(greater(second[j], zero), mul(error, parameter(weight3 + j))));
    collect(bias2 + j, d);
    return d;
  });
  return UNITS.map((k) => {
    for (const j of UNITS) collect(weight(k, j), mul(delta[j], first[k]));
    const parts = UNITS.map((j) => mul(delta[j], parameter(weight(k, j))));
    return body.keep(and(greater(first[k], zero), parts.reduce(add)));
  });
}

/** Counts the loss and the right answers of two rows; gives the derivative of the loss by the score. */
function measured(body: Body, score: Code, truth: Code, width: number): Code {
  const { loss, hits } = addresses(width);
  const zero = body.both(0);
  const one = body.both(1);
  const counts = body.keep(mul(truth, truth));
  const power = body.keep(exponential(body, sub(zero, smaller(magnitude(score), body.both(BOUND)))));
  const whole = body.keep(add(one, power));
  const away = larger(sub(zero, mul(truth, score)), zero);
  addTo(body, loss, mul(counts, add(away, logarithm(body, whole))));
  addTo(body, hits, without(counts, differ(greater(score, zero), greater(truth, zero))));
  const probability = div(choose(greater(score, zero), one, power), whole);
  return sub(mul(counts, probability), larger(truth, zero));
}

/** One step of Adam on the mean of a batch's gradient, which it clears. */
export function takeStep(body: Body, width: number): void {
  const at = addresses(width);
  const { beta1, beta2, epsilon } = ADAM;
  const batch = body.keep(loadBoth(ORIGIN, at.batch));
  const pace = body.keep(loadBoth(ORIGIN, at.pace));
  body.loop(int(at.gradient), 16, (i) => {
    const towards = (column: number, value: Code, share: number) => {
      const old = body.keep(load(i, column));
      const moved = body.keep(add(old, mul(body.both(share), sub(value, old))));
      body.do(store(i, moved, column));
      return moved;
    };
    const slope = body.keep(div(load(i, at.gradient), batch));
    const mean = towards(at.mean, slope, 1 - beta1);
    const square = towards(at.square, mul(slope, slope), 1 - beta2);
    const move = div(mul(pace, mean), add(root(square), body.both(epsilon)));
    body.do(store(i, sub(load(i, at.parameters), move), at.parameters), store(i, body.both(0), at.gradient));
  });
}
