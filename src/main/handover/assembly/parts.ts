/** Entry for tests: what `index.ts` keeps to itself. Procedures, cells and nodes are numbers. */
import { cellAt, nodeAt } from "./cell";
import * as preambles from "./preambles";
import { procedureAt } from "./procedure";
import { offer } from "./processors";
import * as queue from "./queue";
import * as random from "./random";
import * as repeats from "./repeats";

export * from "./index";

export function pushEvent(atMs: f64, procedure: i32, code: i32): void {
  queue.push(atMs, procedureAt(procedure), code, null);
}

export function nextEvent(beforeMs: f64): bool {
  return queue.next(beforeMs);
}

export function eventMs(): f64 {
  return queue.time;
}

export function eventProcedure(): i32 {
  return queue.procedure.index;
}

export function eventCode(): i32 {
  return queue.code;
}

export function eventCount(): i32 {
  return queue.size;
}

/** Makes void what has been pushed for a procedure. */
export function makeVoid(procedure: i32): void {
  procedureAt(procedure).phase++;
}

export function pushRepeat(
  atMs: f64,
  procedure: i32,
  code: i32,
  cell: u32,
  bytes: u32,
  wayMs: f64,
  calmMs: f64,
): void {
  repeats.push(atMs, procedureAt(procedure), code, cellAt(cell), bytes, wayMs, calmMs);
}

export function turnRepeat(atMs: f64): void {
  repeats.turn(atMs);
}

export function dropRepeat(): void {
  repeats.drop();
}

export function repeatCount(): i32 {
  return repeats.size;
}

export function repeatMs(): f64 {
  return repeats.timeMs;
}

export function repeatProcedure(): i32 {
  return repeats.first().procedure.index;
}

export function repeatBytes(): u32 {
  return repeats.first().bytes;
}

export function offerAt(node: u32, nowMs: f64, serviceMs: f64): f64 {
  return offer(nodeAt(node), nowMs, serviceMs);
}

export function reserve(cell: u32, procedure: i32): void {
  preambles.reserve(cellAt(cell), procedureAt(procedure));
}

export function release(cell: u32, procedure: i32): void {
  preambles.release(cellAt(cell), procedureAt(procedure));
}

export function isDedicated(procedure: i32): bool {
  return procedureAt(procedure).dedicated === 1;
}

export function occasionAfter(afterMs: f64): f64 {
  return preambles.nextOccasion(afterMs);
}

/** Chooses by the draw of item `procedure`. */
export function choose(cell: u32, procedure: i32, atMs: f64, nowMs: f64): void {
  random.draw(procedure, 0);
  preambles.choose(cellAt(cell), procedureAt(procedure), atMs, nowMs);
}

export function hasMet(procedure: i32): bool {
  return procedureAt(procedure).met === 1;
}

export function firstDraw(low: u32, high: u32): f64 {
  random.draw(low, high);
  return random.first;
}

export function secondDraw(): f64 {
  return random.second;
}
