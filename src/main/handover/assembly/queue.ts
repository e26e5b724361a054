/**
 * The engine's events in order of time, then of arrival: a timing wheel (Varghese and Lauck, SOSP'87). Events of the present tick stand
 * sorted; the next ones hang in lists of one tick each, later ones in lists of 1024 ticks, the rest in lists of 1024² ticks, which are
 * taken apart as their time comes near.
 */
import { Cell } from "./cell";
import { START, phaseOf, typeOf } from "./codes";
import { allocate, makeRecords } from "./memory";
import { isValid, Procedure } from "./procedure";

const TICKS_PER_MS: f64 = 16;
const TURN: i64 = 1024;
/** lists of a wheel: those of the present turn and of the next one */
const RING: i64 = 2 * TURN;
/** beyond it a merge sort takes over from insertion */
const FEW = 512;
/** events of one tick for which there is room at first */
const ROOM = 1024;

@unmanaged
export class Event {
  time: f64;
  procedure: Procedure;
  code: i32;
  /** null: it meets no gNB */
  cell: Cell | null;
  /** of its list, or of those not in use */
  next: Event | null;
}

@unmanaged
class List {
  first: Event | null;
  last: Event | null;
}

/** the event taken out last */
export let time: f64 = NaN;
export let procedure: Procedure = changetype<Procedure>(0);
export let code: i32 = 0;
export let cell: Cell | null = null;
export let size: i32 = 0;

let unused: Event | null = null;
/** [wheel × list] */
const lists: usize = allocate(3 * <usize>RING, offsetof<List>());
/** events in the lists of each wheel */
let near = 0;
let far = 0;
/** the present tick; the first tick, and the first turn, that lie beyond the finest wheel and the next one */
let tick: i64 = 0;
let reach: i64 = 2 * TURN;
let farReach: i64 = 2 * TURN;
/** events of the present tick in order, from `at` to `end`, and room for as many more */
let present: usize = allocate(2 * ROOM, 4);
let capacity: i32 = ROOM;
let at: i32 = 0;
let end: i32 = 0;

/** `atMs` is not before the event that was taken last, nor before the last `next`. */
export function push(atMs: f64, p: Procedure, what: i32, where: Cell | null): void {
  let event = unused;
  if (event === null) event = changetype<Event>(makeRecords(offsetof<Event>(), offsetof<Event>("next")));
  unused = event.next;
  event.time = atMs;
  event.procedure = p;
  event.code = what;
  event.cell = where;
  size++;
  const due = <i64>(atMs * TICKS_PER_MS);
  if (due <= tick) insert(event);
  else hang(event, due);
}

/** Takes out the first event if it comes before an instant; `time`, `procedure`, `code` and `cell` then show it. */
export function next(beforeMs: f64): bool {
  if (at === end) {
    if (size > 0) advance(<i64>(beforeMs * TICKS_PER_MS));
    if (at === end) return false;
  }
  const event = eventAt(at);
  const due = event.time;
  if (due >= beforeMs) return false;
  at++;
  time = due;
  procedure = event.procedure;
  code = event.code;
  cell = event.cell;
  release(event);
  return true;
}

function release(event: Event): void {
  event.next = unused;
  unused = event;
  size--;
}

function eventAt(place: i32): Event {
  return changetype<Event>(load<usize>(present + <usize>place * 4));
}

function put(place: i32, event: Event): void {
  store<usize>(present + <usize>place * 4, changetype<usize>(event));
}

function listAt(wheel: i64, place: i64): List {
  return changetype<List>(lists + <usize>(wheel * RING + (place & (RING - 1))) * offsetof<List>());
}

function hang(event: Event, due: i64): void {
  if (due < reach) {
    append(event, listAt(0, due));
    near++;
    return;
  }
  const turn = due / TURN;
  if (turn < farReach) {
    append(event, listAt(1, turn));
    far++;
    return;
  }
  const now = farReach / TURN - 2;
  append(event, listAt(2, min(turn / TURN, now + RING - 1)));
}

function append(event: Event, list: List): void {
  const last = list.last;
  event.next = null;
  if (last === null) list.first = event;
  else last.next = event;
  list.last = event;
}

/** Among the events of the present tick, behind all that are not later. */
function insert(event: Event): void {
  if (end === capacity) widen();
  settle(event, at, end++);
}

/** Puts an event into the place `hole` of the present ones, or before it, behind all that are not later. */
function settle(event: Event, from: i32, hole: i32): void {
  const due = event.time;
  for (; hole > from; hole--) {
    const before = eventAt(hole - 1);
    if (before.time <= due) break;
    put(hole, before);
  }
  put(hole, event);
}

/** Moves on to the next tick that holds events, but not beyond a limit. */
function advance(limit: i64): void {
  at = end = 0;
  while (tick < limit) {
    if (near === 0) skip(limit);
    if ((++tick & (TURN - 1)) === 0) turnTo(tick / TURN);
    const list = listAt(0, tick);
    if (list.first === null) continue;
    open(list);
    return;
  }
}

/** Nothing is left in this turn: goes on to its last tick, of the next wheel's turn if that is empty too. */
function skip(limit: i64): void {
  const ticks = far === 0 ? TURN * TURN : TURN;
  const last = (tick / ticks + 1) * ticks - 1;
  const turn = (limit / TURN) * TURN;
  tick = min(last, (turn > tick ? turn : limit) - 1);
}

/** A new turn of the finest wheel: the turn after it comes within reach. */
function turnTo(turn: i64): void {
  if ((turn & (TURN - 1)) === 0) {
    farReach = turn + 2 * TURN;
    spread(listAt(2, turn / TURN + 1));
  }
  reach = tick + 2 * TURN;
  const held = spread(listAt(1, turn + 1));
  far -= held;
}

/** Hangs the events of a coarse list into finer ones, in their order, and drops those that have lost their meaning; answers how many it held. */
function spread(list: List): i32 {
  let held = 0;
  let event = list.first;
  list.first = list.last = null;
  while (event !== null) {
    const following = event.next;
    held++;
    if (typeOf(event.code) > START && !isValid(event.procedure, phaseOf(event.code))) release(event);
    else hang(event, <i64>(event.time * TICKS_PER_MS));
    event = following;
  }
  return held;
}

/** Sorts the events of a list into the present. */
function open(list: List): void {
  let n = 0;
  let event = list.first;
  while (event !== null) {
    if (n === capacity) widen();
    if (n < FEW) settle(event, 0, n++);
    else put(n++, event);
    event = event.next;
  }
  list.first = list.last = null;
  near -= n;
  end = n;
  if (n > FEW) sort(n);
}

/** Bottom-up merge sort of the first `n` of the present; the first FEW are sorted already. */
function sort(n: i32): void {
  for (let start = FEW; start < n; start += FEW)
    for (let i = start; i < min(start + FEW, n); i++) settle(eventAt(i), start, i);
  for (let width = FEW; width < n; width *= 2)
    for (let start = 0; start + width < n; start += 2 * width)
      merge(start, start + width, min(start + 2 * width, n));
}

/** Merges two sorted parts that lie side by side; the first waits in the room behind. */
function merge(from: i32, middle: i32, to: i32): void {
  const length = middle - from;
  const aside = present + <usize>capacity * 4;
  memory.copy(aside, present + <usize>from * 4, <usize>length * 4);
  let i = 0;
  let j = middle;
  for (let k = from; i < length; k++) {
    const first = changetype<Event>(load<usize>(aside + <usize>i * 4));
    if (j < to && eventAt(j).time < first.time) put(k, eventAt(j++));
    else {
      put(k, first);
      i++;
    }
  }
}

function widen(): void {
  const wider = allocate(capacity, 16);
  memory.copy(wider, present, <usize>capacity * 4);
  present = wider;
  capacity *= 2;
}
