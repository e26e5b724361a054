import {
  add,
  and,
  choose,
  div,
  greater,
  magnitude,
  mul,
  nearest,
  or,
  root,
  shiftLeft,
  shiftRight,
  sub,
  type Body,
  type Code,
} from "./simd.ts";

/** 2^52: a whole number added to it stands in the low bits of the sum. */
const SHIFTER = 2 ** 52;

/**
 * Natural logarithm of two positive normal doubles, to 4e-15: x = m·2^e, ln m by the series of the inverse hyperbolic
 * tangent of (m − √2)/(m + √2). Infinite and zero arguments give a finite number.
 */
export function logarithm(body: Body, x: Code): Code {
  const value = body.keep(x);
  const exponent = sub(
    or(shiftRight(value, 52), body.both(0x4330_0000_0000_0000n)),
    body.both(SHIFTER + 1023),
  );
  const m = body.keep(or(and(value, body.both(0x000f_ffff_ffff_ffffn)), body.both(0x3ff0_0000_0000_0000n)));
  const s = body.keep(div(sub(m, body.both(Math.SQRT2)), add(m, body.both(Math.SQRT2))));
  const z = body.keep(mul(s, s));
  const series = body.polynomial(
    z,
    Array.from({ length: 10 }, (_, k) => 2 / (2 * k + 1)),
  );
  return add(mul(add(exponent, body.both(0.5)), body.both(Math.LN2)), mul(s, series));
}

const FACTORIALS = Array.from({ length: 13 }, (_, n) => {
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return 1 / product;
});

/** e to the power of two doubles between −700 and 700, to 1e-15 relative: 2^n times the series of the rest. */
export function exponential(body: Body, x: Code): Code {
  const value = body.keep(x);
  const n = body.keep(nearest(mul(value, body.both(Math.LOG2E))));
  const rest = body.keep(sub(value, mul(n, body.both(Math.LN2))));
  const power = shiftLeft(add(n, body.both(SHIFTER + 1023)), 52);
  return mul(power, body.polynomial(rest, FACTORIALS));
}

/** Numerator and denominator of (asin x − x)/x³ over x², |x| ≤ 1/2 (Sun's fdlibm, e_asin.c). */
const ABOVE = [
  1.666_666_666_666_666_6e-1, -3.255_658_186_224_009e-1, 2.012_125_321_348_629_3e-1,
  -4.005_553_450_067_941e-2, 7.915_349_942_898_145e-4, 3.479_331_075_960_212e-5,
];
const BELOW = [
  1, -2.403_394_911_734_414_2, 2.020_945_760_233_505_7, -6.882_839_716_054_533e-1, 7.703_815_055_590_194e-2,
];

/** Arcsine of two doubles from 0 to 1 in magnitude, its sign left out: beyond 1/2 by the half angle of its complement. */
export function arcsine(body: Body, x: Code): Code {
  const value = body.keep(magnitude(x));
  const large = body.keep(greater(value, body.both(0.5)));
  const z = body.keep(choose(large, mul(sub(body.both(1), value), body.both(0.5)), mul(value, value)));
  const s = body.keep(choose(large, root(z), value));
  const angle = body.keep(add(s, mul(mul(s, z), div(body.polynomial(z, ABOVE), body.polynomial(z, BELOW)))));
  return choose(large, sub(body.both(Math.PI / 2), mul(body.both(2), angle)), angle);
}
