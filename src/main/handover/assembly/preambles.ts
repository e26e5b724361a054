/**
 * Preambles in use, and who sends in the coming occasions of every cell (TS 38.321 §5.1): slotted ALOHA among the contention preambles.
 * A preamble that two UEs send in one occasion is lost for both (no capture). UEs with a contention-free preamble meet nobody.
 */
import { Cell } from "./cell";
import { allocate, makeRecords } from "./memory";
import { Procedure } from "./procedure";
import { first as chance } from "./random";
import { frameX, frameY, places, subframeCount } from "./settings";

/** lists of the choices that are kept */
const LISTS = 4096;

@unmanaged
class Choice {
  /** occasion */
  atMs: f64;
  /** number of the preamble among those of all cells */
  place: i32;
  /** who chose it first */
  procedure: Procedure;
  next: Choice | null;
}

const lists: usize = allocate(LISTS, 4);
/** [k] subframes with an occasion */
export const subframes: usize = allocate(10, 4);
let unused: Choice | null = null;

/** Gives a contention-free preamble if the cell has one left. */
export function reserve(cell: Cell, p: Procedure): void {
  if (cell.preambles === 0 || p.dedicated === 1) return;
  cell.preambles--;
  p.dedicated = 1;
}

export function release(cell: Cell, p: Procedure): void {
  if (p.dedicated === 0) return;
  cell.preambles++;
  p.dedicated = 0;
}

/** Start of the first occasion after an instant: `nextOccasion` of `prach.ts`. */
export function nextOccasion(afterMs: f64): f64 {
  const period = <f64>(10 * frameX);
  let base = Math.floor(afterMs / period) * period + <f64>(10 * frameY);
  let at: f64 = 0;
  let i = 0;
  do {
    if (i === subframeCount) {
      base += period;
      i = 0;
    }
    at = base + <f64>load<i32>(subframes + <usize>i * 4);
    i++;
  } while (at <= afterMs);
  return at;
}

/**
 * Chooses a preamble for an occasion by the draw `random.first`. What was chosen for occasions until `nowMs` is forgotten. `p.met` tells
 * whether it meets another, which is known once the occasion has come.
 */
export function choose(cell: Cell, p: Procedure, at: f64, nowMs: f64): void {
  const place = <i32>cell.number * places + <i32>(chance * <f64>places);
  const other = take(place, at, p, nowMs);
  if (other !== null) p.met = other.met = 1;
}

/** Who has taken a place of an occasion before; null: nobody, and now this one has. */
function take(place: i32, at: f64, p: Procedure, nowMs: f64): Procedure | null {
  const list = lists + <usize>((place ^ (<i32>(<i64>at) * 0x9e3779b1)) & (LISTS - 1)) * 4;
  let before: Choice | null = null;
  let choice = changetype<Choice | null>(load<usize>(list));
  while (choice !== null) {
    const following = choice.next;
    if (choice.atMs === at && choice.place === place) return choice.procedure;
    if (choice.atMs <= nowMs) {
      if (before === null) store<usize>(list, changetype<usize>(following));
      else before.next = following;
      choice.next = unused;
      unused = choice;
    } else before = choice;
    choice = following;
  }
  choice = unused;
  if (choice === null) choice = changetype<Choice>(makeRecords(offsetof<Choice>(), offsetof<Choice>("next")));
  unused = choice.next;
  choice.atMs = at;
  choice.place = place;
  choice.procedure = p;
  choice.next = changetype<Choice | null>(load<usize>(list));
  store<usize>(list, changetype<usize>(choice));
  return null;
}
