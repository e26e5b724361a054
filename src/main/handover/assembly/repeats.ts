/**
 * Messages that met a full queue and are sent again. All come the same time after they were dropped, so that they stand in a row in
 * order of time, and with them all that the next drop needs. One that comes at the same instant as another event is first.
 */
import { Cell } from "./cell";
import { makeRecords } from "./memory";
import { Procedure } from "./procedure";

@unmanaged
export class Repeat {
  /** arrival, way, until when nothing but a full queue can befall it */
  timeMs: f64;
  wayMs: f64;
  calmMs: f64;
  procedure: Procedure;
  code: i32;
  cell: Cell;
  bytes: u32;
  /** times dropped here */
  dropped: i32;
  next: Repeat | null;
}

export let size: i32 = 0;
/** when the first arrives */
export let timeMs: f64 = Infinity;
let head: Repeat | null = null;
let tail: Repeat | null = null;
let unused: Repeat | null = null;

/** The one that arrives first; there must be one. */
export function first(): Repeat {
  return changetype<Repeat>(changetype<usize>(head));
}

/** Puts one behind the others, which arrive no later. */
export function push(
  atMs: f64,
  procedure: Procedure,
  code: i32,
  cell: Cell,
  bytes: u32,
  wayMs: f64,
  calmMs: f64,
): void {
  let repeat = unused;
  if (repeat === null) repeat = changetype<Repeat>(makeRecords(offsetof<Repeat>(), offsetof<Repeat>("next")));
  unused = repeat.next;
  repeat.timeMs = atMs;
  repeat.wayMs = wayMs;
  repeat.calmMs = calmMs;
  repeat.procedure = procedure;
  repeat.code = code;
  repeat.cell = cell;
  repeat.bytes = bytes;
  repeat.dropped = 0;
  append(repeat);
  size++;
}

/** Puts the first behind the others, to arrive at an instant. */
export function turn(atMs: f64): void {
  const repeat = first();
  head = repeat.next;
  repeat.timeMs = atMs;
  append(repeat);
}

/** Takes the first out. */
export function drop(): void {
  const repeat = first();
  head = repeat.next;
  repeat.next = unused;
  unused = repeat;
  size--;
  const following = head;
  timeMs = following === null ? Infinity : following.timeMs;
}

function append(repeat: Repeat): void {
  repeat.next = null;
  if (head === null) head = repeat;
  else changetype<Repeat>(changetype<usize>(tail)).next = repeat;
  tail = repeat;
  timeMs = first().timeMs;
}
