/** Entry of the compiled engine: what `engine.ts` beside this folder fills, calls and reads. Addresses are in bytes. */
import { cellAt, cellCount, nodeAt } from "./cell";
import { sumsOf, Sums } from "./ledger";
import { message } from "./message";
import { columnAt, Procedure } from "./procedure";
import { dedicatedPreambles } from "./settings";

export { makeDetection } from "./access";
export { makeCells } from "./cell";
export { run, setTransition } from "./engine";
export { flush, makeRows, rowBytes, rowCell, rowKind, rowMs, secondCount } from "./ledger";
export { allocate, used } from "./memory";
export { subframes } from "./preambles";
export { makeGroups } from "./preparation";
export { isOrdered, link, makeOthers, makeProcedures } from "./procedure";
export { makeProcessors } from "./processors";
export { watch } from "./transport";
export * from "./settings";

/** places of fields in the record of a procedure, by the name of their column */
export const field_timeMs: usize = offsetof<Procedure>("timeMs");
export const field_beginMs: usize = offsetof<Procedure>("beginMs");
export const field_preparedMs: usize = offsetof<Procedure>("preparedMs");
export const field_sourceUntilMs: usize = offsetof<Procedure>("sourceUntilMs");
export const field_targetFromMs: usize = offsetof<Procedure>("targetFromMs");
export const field_targetUntilMs: usize = offsetof<Procedure>("targetUntilMs");
export const field_serviceDelayMs: usize = offsetof<Procedure>("serviceDelayMs");
export const field_targetDelayMs: usize = offsetof<Procedure>("targetDelayMs");
export const field_startMs: usize = offsetof<Procedure>("startMs");
export const field_endMs: usize = offsetof<Procedure>("endMs");
export const field_downMs: usize = offsetof<Procedure>("downMs");
export const field_upMs: usize = offsetof<Procedure>("upMs");
export const field_source: usize = offsetof<Procedure>("source");
export const field_target: usize = offsetof<Procedure>("target");
export const field_ue: usize = offsetof<Procedure>("ue");
export const field_group: usize = offsetof<Procedure>("group");
export const field_messages: usize = offsetof<Procedure>("messages");
export const field_bytes: usize = offsetof<Procedure>("bytes");
export const field_tries: usize = offsetof<Procedure>("tries");
export const field_drops: usize = offsetof<Procedure>("drops");
export const field_kind: usize = offsetof<Procedure>("kind");
export const field_interSatellite: usize = offsetof<Procedure>("interSatellite");
export const field_outcome: usize = offsetof<Procedure>("outcome");

/** and in the sums of a cell and second */
export const sum_bytes: usize = offsetof<Sums>("bytes");
export const sum_messages: usize = offsetof<Sums>("messages");
export const sum_executions: usize = offsetof<Sums>("executions");
export const sum_tries: usize = offsetof<Sums>("tries");
export const sum_collisions: usize = offsetof<Sums>("collisions");
export const sum_queue: usize = offsetof<Sums>("queue");
export const sum_drops: usize = offsetof<Sums>("drops");

export function setCell(number: u32, node: u32, held: i32): void {
  const cell = cellAt(number);
  cell.number = number;
  cell.node = nodeAt(node);
  cell.held = held;
  cell.preambles = dedicatedPreambles;
}

export function setMessage(
  kind: i32,
  bytes: u32,
  memberBytes: u32,
  serviceMs: f64,
  workMs: f64,
  at: u8,
  from: u8,
  way: u8,
  toGnb: u8,
): void {
  const what = message(kind);
  what.bytes = bytes;
  what.memberBytes = memberBytes;
  what.serviceMs = serviceMs;
  what.workMs = workMs;
  what.at = at;
  what.from = from;
  what.interface = way;
  what.toGnb = toGnb;
}

/** Copies a column of 1, 2, 4 or 8 bytes an item into a field of so many procedures from one on. */
export function scatter(from: usize, field: usize, bytes: usize, first: i32, n: i32): void {
  copy(columnAt(first, field), offsetof<Procedure>(), from, bytes, n, bytes);
}

/** Copies a field of so many procedures from one on into a column. */
export function gather(to: usize, field: usize, bytes: usize, first: i32, n: i32): void {
  copy(to, bytes, columnAt(first, field), offsetof<Procedure>(), n, bytes);
}

/** Copies a field of the sums of all cells in a second into a column. */
export function gatherSums(to: usize, field: usize, bytes: usize, second: i32): void {
  for (let cell = 0; cell < cellCount; cell++, to += bytes) {
    const from = sumsOf(second, cell);
    if (from === 0) memory.fill(to, 0, bytes);
    else copy(to, 0, from + field, 0, 1, bytes);
  }
}

function copy(to: usize, toStep: usize, from: usize, fromStep: usize, items: i32, bytes: usize): void {
  for (; items > 0; items--, to += toStep, from += fromStep)
    if (bytes === 8) store<u64>(to, load<u64>(from));
    else if (bytes === 4) store<u32>(to, load<u32>(from));
    else if (bytes === 2) store<u16>(to, load<u16>(from));
    else store<u8>(to, load<u8>(from));
}

export function sentOf(kind: i32): u32 {
  return message(kind).sent;
}

export function heldBy(cell: u32): i32 {
  return cellAt(cell).held;
}

export function dropsAt(node: u32): u32 {
  return nodeAt(node).drops;
}

export function longestAt(node: u32): u32 {
  return nodeAt(node).longest;
}

export function busyMsAt(node: u32): f64 {
  return nodeAt(node).busyMs;
}
