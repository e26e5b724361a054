/** Draws of the stream "signalling": Philox4x32-10 as in `math/random.ts`. */
import { seed, stream } from "./settings";

const M0: u64 = 0xd2511f53;
const M1: u64 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

/** the first two uniform draws in [0, 1) of the item */
export let first: f64 = 0;
export let second: f64 = 0;

/** Draws for an item, given as its low 32 bits and the rest. */
export function draw(low: u32, high: u32): void {
  let c0: u32 = 0;
  let c1 = low;
  let c2 = high;
  let c3: u32 = 0;
  let k0 = <u32>seed;
  let k1 = <u32>stream;
  for (let round = 0; round < 10; round++) {
    const a = M0 * <u64>c0;
    const b = M1 * <u64>c2;
    c0 = <u32>(b >> 32) ^ c1 ^ k0;
    c1 = <u32>b;
    c2 = <u32>(a >> 32) ^ c3 ^ k1;
    c3 = <u32>a;
    k0 += W0;
    k1 += W1;
  }
  first = uniform(c0, c1);
  second = uniform(c2, c3);
}

/** 53 bits of two words. */
function uniform(high: u32, low: u32): f64 {
  return (<f64>(high >> 5) * 67108864 + <f64>(low >> 6)) / 9007199254740992;
}
