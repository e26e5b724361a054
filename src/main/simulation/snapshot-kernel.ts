import { PER_UNIT, TABLE_MAX_X } from "../beam/pattern.ts";
import { SPEED_OF_LIGHT } from "../math/constants.ts";
import { arcsine, exponential, logarithm } from "../math/simd-functions.ts";
import {
  add,
  assemble,
  atLeast,
  choose,
  div,
  greater,
  int,
  join,
  larger,
  load,
  loadBoth,
  lowInt,
  mul,
  plus,
  root,
  smaller,
  store,
  sub,
  times,
  type Body,
  type Code,
} from "../math/simd.ts";

/** UEs that are taken through all formulas at once: their scratch columns stay in the first cache. */
export const BLOCK = 512;
const DB_PER_NEPER = 10 / Math.LN10;

/** Byte addresses, and what else does not change while a snapshot lives. */
export interface Layout {
  memory: WebAssembly.Memory;
  /** satellite x, y, z; aim x, y, z; number of the cell */
  current: number;
  /** [5 × BLOCK] direction from the satellite x, y, z; what arrives from a beam's centre in dBW and in W */
  scratch: number;
  gainDb: number;
  gainLinear: number;
  lossDb: number;
  /** [ue] what makes C/N0 and RSRP of the isotropic power */
  toCOverN0: number;
  toRsrp: number;
  /** [ue] mW in a resource element per W of isotropic power */
  toMw: number;
  strongest: number;
  best: number;
  /** wanted power [ue], behind which interference, noise, C/I and SINR stand */
  service: number;
  /** bytes from one column to the next: per UE × satellite, per UE × beam, per UE */
  pathBytes: number;
  beamBytes: number;
  userBytes: number;
  kind: "antenna" | "circular-cells";
  scale: number;
  lossPerUnit: number;
  minSine: number;
  /** whether other beams interfere */
  interference: 0 | 1;
  radiatedDbw: number;
  lossAtOneMetreDb: number;
  bandwidthDb: number;
  rateDb: number;
  toFluxDb: number;
}

/** x, y, z of two neighbours in a column of vectors [ue × 3]. */
function vectors(body: Body, address: Code): [Code, Code, Code] {
  const first = body.keep(load(address));
  const middle = body.keep(load(address, 16));
  const last = body.keep(load(address, 32));
  return [join(first, 0, middle, 1), join(first, 1, last, 0), join(middle, 0, last, 1)];
}

const dot = (a: Code[], b: Code[]) => add(add(mul(a[0], b[0]), mul(a[1], b[1])), mul(a[2], b[2]));

/** 1.5 · 2^52: a number added to it stands in the low bits of the sum, rounded to a whole one. */
const SHIFTER = 1.5 * 2 ** 52;

/** Reads tables at two places from 0 on, linear between the entries. */
function reader(body: Body, place: Code): (table: number) => Code {
  const at = body.keep(place);
  // a whole place may be taken as the end of the interval before it: the value is the same
  const shifted = body.keep(add(sub(at, body.both(0.5)), body.both(SHIFTER)));
  const part = body.keep(sub(at, sub(shifted, body.both(SHIFTER))));
  const one = body.keepInt(times(lowInt(shifted, 0), 8));
  const two = body.keepInt(times(lowInt(shifted, 1), 8));
  return (table) => {
    const a = body.keep(load(one, table));
    const b = body.keep(load(two, table));
    const low = body.keep(join(a, 0, b, 0));
    return add(low, mul(sub(join(a, 1, b, 1), low), part));
  };
}

/** Parameters: position and up of the first UE, its first path column, bytes of the block in a column. */
function path(layout: Layout, body: Body): void {
  const [position, up, column, end] = [0, 1, 2, 3].map((i) => body.parameter(i));
  const satellite = [0, 1, 2].map((k) => body.keep(loadBoth(int(layout.current), 8 * k)));
  body.loop(end, 16, (i) => {
    const place = vectors(body, body.keepInt(plus(position, times(i, 3))));
    const normal = vectors(body, body.keepInt(plus(up, times(i, 3))));
    const d = [0, 1, 2].map((k) => body.keep(sub(satellite[k], place[k])));
    const squared = body.keep(dot(d, d));
    const range = body.keep(root(squared));
    const inverse = body.keep(div(body.both(1), range));
    const sine = body.keep(mul(dot(d, normal), inverse));
    const spreadDb = body.keep(
      add(mul(body.both(DB_PER_NEPER), logarithm(body, squared)), body.both(layout.lossAtOneMetreDb)),
    );
    const visible = body.keep(atLeast(sine, body.both(layout.minSine)));
    const table = reader(body, larger(body.both(0), mul(sine, body.both(layout.lossPerUnit))));
    const lossDb = body.keep(choose(visible, table(layout.lossDb), body.both(Number.NaN)));
    const arrivingDbw = body.keep(sub(sub(body.both(layout.radiatedDbw), spreadDb), lossDb));
    const watts = choose(
      visible,
      exponential(body, mul(arrivingDbw, body.both(1 / DB_PER_NEPER))),
      body.both(0),
    );
    const angle = body.keep(arcsine(body, sine));
    const elevation = choose(greater(body.both(0), sine), sub(body.both(0), angle), angle);
    const at = body.keepInt(plus(column, i));
    const delay = mul(range, body.both(1 / SPEED_OF_LIGHT));
    [range, sine, elevation, spreadDb, lossDb, delay].forEach((value, k) =>
      body.do(store(at, value, k * layout.pathBytes)),
    );
    const away = body.keep(sub(body.both(0), inverse));
    [...d.map((component) => mul(component, away)), arrivingDbw, watts].forEach((value, k) =>
      body.do(store(i, value, layout.scratch + 8 * BLOCK * k)),
    );
  });
}

/** Place in the gain table of two UEs: of an antenna by their directions, of a circular cell by their positions. */
function gainPlace(layout: Layout, body: Body, aim: Code[], i: Code, position: Code): Code {
  const scale = body.both(layout.scale * PER_UNIT);
  const last = body.both(TABLE_MAX_X * PER_UNIT);
  const zero = body.both(0);
  const one = body.both(1);
  if (layout.kind === "antenna") {
    const direction = [0, 1, 2].map((k) => load(i, layout.scratch + 8 * BLOCK * k));
    const cosine = body.keep(dot(direction, aim));
    const sine = root(larger(zero, sub(one, mul(cosine, cosine))));
    return smaller(last, choose(greater(cosine, zero), mul(scale, sine), last));
  }
  const place = vectors(body, body.keepInt(plus(position, times(i, 3))));
  const away = place.map((component, k) => body.keep(sub(component, aim[k])));
  return smaller(last, mul(scale, root(dot(away, away))));
}

/** Parameters: position of the first UE, its first beam column, its total, its offset in a column per UE, bytes of the block. */
function beam(layout: Layout, body: Body): void {
  const [position, column, total, user, end] = [0, 1, 2, 3, 4].map((i) => body.parameter(i));
  const aim = [3, 4, 5].map((k) => body.keep(loadBoth(int(layout.current), 8 * k)));
  const cell = body.keep(loadBoth(int(layout.current), 48));
  body.loop(end, 16, (i) => {
    const gain = reader(body, gainPlace(layout, body, aim, i, position));
    const gainDb = body.keep(gain(layout.gainDb));
    const isotropic = body.keep(add(load(i, layout.scratch + 8 * BLOCK * 3), gainDb));
    const power = body.keep(mul(load(i, layout.scratch + 8 * BLOCK * 4), gain(layout.gainLinear)));
    const at = body.keepInt(plus(column, i));
    const ue = body.keepInt(plus(user, i));
    const cOverN0 = body.keep(add(isotropic, load(ue, layout.toCOverN0)));
    [
      gainDb,
      isotropic,
      cOverN0,
      sub(cOverN0, body.both(layout.bandwidthDb)),
      sub(cOverN0, body.both(layout.rateDb)),
      add(isotropic, body.both(layout.toFluxDb)),
      add(isotropic, load(ue, layout.toRsrp)),
    ].forEach((value, k) => body.do(store(at, value, k * layout.beamBytes)));
    const sum = body.keepInt(plus(total, i));
    body.do(store(sum, add(load(sum), power)));
    const strongest = body.keep(load(ue, layout.strongest));
    const stronger = body.keep(greater(power, strongest));
    body.do(store(ue, choose(stronger, power, strongest), layout.strongest));
    body.do(store(ue, choose(stronger, cell, load(ue, layout.best)), layout.best));
  });
}

/** Parameters: power [W] on the channel of the first UE's cell, bytes of the column. */
function ratios(layout: Layout, body: Body): void {
  const [heard, end] = [0, 1].map((i) => body.parameter(i));
  const column = (k: number) => layout.service + k * layout.userBytes;
  const nothing = body.both(Number.NaN);
  body.loop(end, 16, (i) => {
    const strongest = body.keep(load(i, layout.strongest));
    const served = body.keep(greater(strongest, body.both(0)));
    const toMw = body.keep(load(i, layout.toMw));
    const wanted = body.keep(mul(strongest, toMw));
    const rest = body.keep(sub(load(body.keepInt(plus(heard, i))), strongest));
    const others = body.keep(mul(mul(rest, toMw), body.both(layout.interference)));
    const disturbed = greater(others, body.both(0));
    const inDb = (ratio: Code) => mul(body.both(DB_PER_NEPER), logarithm(body, ratio));
    const cOverI = choose(disturbed, inDb(div(wanted, others)), body.both(Number.POSITIVE_INFINITY));
    body.do(store(i, choose(served, wanted, nothing), column(0)));
    body.do(store(i, others, column(1)));
    body.do(store(i, choose(served, cOverI, nothing), column(3)));
    const sinr = inDb(div(wanted, add(others, load(i, column(2)))));
    body.do(store(i, choose(served, sinr, nothing), column(4)));
  });
}

/** The inner loops of a snapshot as WebAssembly, two UEs at a time. */
export const snapshotKernel = (layout: Layout) =>
  assemble(layout.memory, {
    path: { parameters: 4, write: (body) => path(layout, body) },
    beam: { parameters: 5, write: (body) => beam(layout, body) },
    ratios: { parameters: 2, write: (body) => ratios(layout, body) },
  });
