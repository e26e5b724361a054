/**
 * Every message that was sent: rows in the order of sending, and sums per cell and second. A message belongs to the cell whose gNB
 * works on it, or to the sender's where the receiver is a UE or the core.
 */
import { Cell, cellCount } from "./cell";
import { takeRows } from "./host";
import { allocate } from "./memory";
import { message } from "./message";
import { keepRows } from "./settings";

/** Of one cell in one second. */
@unmanaged
export class Sums {
  bytes: f64;
  messages: u32;
  /** accesses that began */
  executions: u32;
  tries: u32;
  collisions: u32;
  /** longest queue that a message of the cell met at its gNB */
  queue: u32;
  drops: u32;
}

/** cells whose sums of a second lie together, as a power of two */
const BLOCK = 2;

/** rows that are handed over together */
export const ROWS: i32 = 16_384;
export let rowMs: usize = 0;
export let rowCell: usize = 0;
export let rowBytes: usize = 0;
export let rowKind: usize = 0;
let rows: i32 = 0;

/** [second] its blocks of cells, [block] their sums; 0 where nothing happened */
let seconds: usize = 0;
let room: i32 = 0;
/** the second that was met last: its start, its sums */
let secondMs: f64 = -Infinity;
let second: usize = 0;
/** the latest that came */
let lastMs: f64 = 0;

export function makeRows(): void {
  if (!keepRows) return;
  rowMs = allocate(ROWS, 8);
  rowCell = allocate(ROWS, 4);
  rowBytes = allocate(ROWS, 4);
  rowKind = allocate(ROWS, 1);
}

export function sent(timeMs: f64, cell: Cell, kind: i32, bytes: u32): void {
  const sums = sumsAt(timeMs, cell);
  sums.messages++;
  sums.bytes += <f64>bytes;
  message(kind).sent++;
  if (keepRows) keep(timeMs, cell.number, kind, bytes);
}

function keep(timeMs: f64, cell: u32, kind: i32, bytes: u32): void {
  const i = <usize>rows;
  rows++;
  store<f64>(rowMs + i * 8, timeMs);
  store<u32>(rowCell + i * 4, cell);
  store<u32>(rowBytes + i * 4, bytes);
  store<u8>(rowKind + i, <u8>kind);
  if (rows === ROWS) flush();
}

export function flush(): void {
  if (rows > 0) takeRows(rows);
  rows = 0;
}

export function executed(timeMs: f64, cell: Cell): void {
  sumsAt(timeMs, cell).executions++;
}

export function tried(timeMs: f64, cell: Cell, collided: bool): void {
  const sums = sumsAt(timeMs, cell);
  sums.tries++;
  sums.collisions += <u32>collided;
}

export function queued(timeMs: f64, cell: Cell, waiting: i32, dropped: bool): void {
  const sums = sumsAt(timeMs, cell);
  sums.queue = max(sums.queue, <u32>waiting);
  sums.drops += <u32>dropped;
}

/** Seconds until the last that holds anything. */
export function secondCount(): i32 {
  return <i32>Math.floor(lastMs / 1000) + 1;
}

/** Address of the sums of a cell in a second; 0 where nothing happened. */
export function sumsOf(number: i32, cell: i32): usize {
  const blocks = number < room ? load<usize>(seconds + <usize>number * 4) : 0;
  const block = blocks === 0 ? 0 : load<usize>(blocks + <usize>(cell >> BLOCK) * 4);
  return block === 0 ? 0 : block + <usize>(cell & ((1 << BLOCK) - 1)) * offsetof<Sums>();
}

function sumsAt(timeMs: f64, cell: Cell): Sums {
  if (timeMs > lastMs) lastMs = timeMs;
  if (timeMs < secondMs || timeMs >= secondMs + 1000) turn(<i32>Math.floor(timeMs / 1000));
  const place = second + <usize>(cell.number >> BLOCK) * 4;
  let block = load<usize>(place);
  if (block === 0) {
    block = allocate(1 << BLOCK, offsetof<Sums>());
    store<usize>(place, block);
  }
  return changetype<Sums>(block + <usize>(cell.number & ((1 << BLOCK) - 1)) * offsetof<Sums>());
}

function turn(number: i32): void {
  if (number >= room) widen(number + 1);
  const place = seconds + <usize>number * 4;
  if (load<usize>(place) === 0) store<usize>(place, allocate((cellCount >> BLOCK) + 1, 4));
  secondMs = 1000 * <f64>number;
  second = load<usize>(place);
}

function widen(least: i32): void {
  const wider = max(max(least, 64), 2 * room);
  const table = allocate(wider, 4);
  memory.copy(table, seconds, <usize>room * 4);
  seconds = table;
  room = wider;
}
