/** How far each procedure has come: one record each, and what follows from it without any event. */
import { Cell, cellAt } from "./cell";
import { allocate } from "./memory";
import {
  COMMANDED,
  CONFIGURING,
  ENDED,
  GROUPED,
  OTHERS,
  PREPARING,
  REPORTING,
  RUNNING,
  STRANDED,
  WAITING,
} from "./numbers";
import { failureDelayMs, t311Ms } from "./settings";

@unmanaged
export class Procedure {
  /** attempt: see `Attempts`; cells are numbers until `link` */
  source: Cell;
  target: Cell;
  sourceUntilMs: f64;
  targetFromMs: f64;
  targetUntilMs: f64;
  serviceDelayMs: f64;
  targetDelayMs: f64;
  /** its number */
  index: i32;
  /** how often its events have been made void */
  phase: u8;
  state: u8;
  kind: u8;
  interSatellite: u8;
  /** cell that it accesses: target, or the cell of a re-establishment */
  access: Cell;
  /** cell that counts the UE */
  where: Cell;
  messages: u32;
  bytes: u32;
  /** all tries; those of the present access; transmissions that met a full queue */
  tries: u16;
  triesNow: u16;
  drops: u16;
  /** 1: some preamble of the present access was sent while the cell was usable */
  heard: u8;
  /** 1: met another in the occasion it chose; 1: holds a contention-free preamble */
  met: u8;
  dedicated: u8;
  /** candidates that have not answered, and those that have admitted the UE (bits); the last answer is worked on at `answeredMs` */
  pending: u8;
  admitted: u8;
  conditionMet: u8;
  /** 1: the next one's time has come while this one ran */
  due: u8;
  outcome: u8;
  /** UEs that the target has admitted under this procedure; UEs that its preparation and command stand for */
  places: i32;
  groupSize: i32;
  /** of the same UE */
  next: Procedure | null;
  previous: Procedure | null;
  /** first and last member that wait for this procedure's command, next member of the same */
  member: Procedure | null;
  lastMember: Procedure | null;
  nextMember: Procedure | null;
  /** when T304, or T311, runs out */
  deadlineMs: f64;
  /** last user data down and up, as `Procedures` counts them; since when there are none after a failure */
  lastDownMs: f64;
  lastUpMs: f64;
  lostMs: f64;
  lostUpMs: f64;
  answeredMs: f64;
  startMs: f64;
  endMs: f64;
  downMs: f64;
  upMs: f64;
  timeMs: f64;
  preparedMs: f64;
  /** when it starts by its attempt, or by the failure of its source's link where that comes before */
  beginMs: f64;
  configuredMs: f64;
  /** when a target that is lost too soon fails; NaN */
  targetFailsMs: f64;
  /** UE's number; group, or −1 */
  ue: u32;
  group: i32;
}

let procedures: usize = 0;
/** [procedure × 7] numbers of further prepared cells; 0 where nobody has any */
let others: usize = 0;
export let count: i32 = 0;

export function makeProcedures(n: i32): void {
  count = n;
  procedures = allocate(n, offsetof<Procedure>());
}

export function makeOthers(): usize {
  others = allocate(count, OTHERS * 4);
  return others;
}

export function hasOthers(): bool {
  return others !== 0;
}

export function procedureAt(index: i32): Procedure {
  return changetype<Procedure>(procedures + <usize>index * offsetof<Procedure>());
}

/** Address of a field of a record, whose place in it is given. */
export function columnAt(index: i32, field: usize): usize {
  return changetype<usize>(procedureAt(index)) + field;
}

/** Whether the order of the procedures is that of their start. */
export function isOrdered(): bool {
  for (let i = 1; i < count; i++) if (procedureAt(i).beginMs < procedureAt(i - 1).beginMs) return false;
  return true;
}

/** Links what was loaded as numbers: cells, and the procedures of each UE. */
export function link(): void {
  let ues: u32 = 0;
  for (let i = 0; i < count; i++) ues = max(ues, procedureAt(i).ue + 1);
  const last = allocate(ues, 4);
  for (let i = 0; i < count; i++) {
    const p = procedureAt(i);
    p.index = i;
    p.source = cellAt(<u32>changetype<usize>(p.source));
    p.target = cellAt(<u32>changetype<usize>(p.target));
    p.access = p.target;
    p.where = p.source;
    p.outcome = <u8>RUNNING;
    p.groupSize = 1;
    p.startMs = p.endMs = p.lastDownMs = p.lastUpMs = p.targetFailsMs = NaN;
    const mine = last + <usize>p.ue * 4;
    const before = changetype<Procedure | null>(load<usize>(mine));
    p.previous = before;
    if (before !== null) before.next = p;
    store<usize>(mine, changetype<usize>(p));
    const earliest = before === null ? 0 : before.beginMs;
    p.beginMs = Math.min(wantedMs(p), Math.max(earliest, sourceFailsMs(p)));
  }
}

/** Whether a failure of the source's radio link ends what the UE does. */
export function isOnSource(p: Procedure): bool {
  const states =
    (1 << GROUPED) |
    (1 << REPORTING) |
    (1 << PREPARING) |
    (1 << COMMANDED) |
    (1 << CONFIGURING) |
    (1 << WAITING) |
    (1 << STRANDED);
  return ((states >> <i32>p.state) & 1) === 1;
}

/** Whether an event of a phase is none of what has been made void. */
export function isValid(p: Procedure, phase: i32): bool {
  return phase === <i32>p.phase && p.state !== <u8>ENDED;
}

export function wantedMs(p: Procedure): f64 {
  return p.kind === 1 ? p.preparedMs : p.timeMs;
}

/** When the source's radio link fails. */
export function sourceFailsMs(p: Procedure): f64 {
  return p.sourceUntilMs + failureDelayMs;
}

/** When the target can be used again while T311 runs; Infinity: not. */
export function targetAgainMs(p: Procedure, t: f64): f64 {
  const from = Math.max(t, p.targetFromMs);
  return from <= p.targetUntilMs && from <= t + t311Ms ? from : Infinity;
}

/** Cell of a candidate: 0 is the target; null: none. */
export function candidate(p: Procedure, index: i32): Cell | null {
  if (index === 0 || others === 0) return p.target;
  const number = load<u32>(others + (<usize>p.index * OTHERS + <usize>(index - 1)) * 4);
  return number === 0 ? null : cellAt(number);
}

/** One way between the UE and its source or its target. */
export function airMs(p: Procedure, cell: Cell): f64 {
  return cell === p.source ? p.serviceDelayMs : p.targetDelayMs;
}

/** Whether the UE can use a cell, which is its source or its target, at an instant. */
export function isUsable(p: Procedure, cell: Cell, atMs: f64): bool {
  if (cell === p.source) return atMs <= p.sourceUntilMs;
  return atMs >= p.targetFromMs && atMs <= p.targetUntilMs;
}

/** Whether one gNB has source and target. */
export function isInside(p: Procedure): bool {
  return p.source.node === p.target.node;
}

/** The first outcome stays. */
export function conclude(p: Procedure, outcome: i32): void {
  if (p.outcome === <u8>RUNNING) p.outcome = <u8>outcome;
}

export function moveTo(p: Procedure, cell: Cell): void {
  p.where.held--;
  cell.held++;
  p.where = cell;
}
