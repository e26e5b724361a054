/**
 * The processors of the gNBs: at each a queue, first come first served, with several equal servers and a limit on those that wait.
 * A message that comes in order of time is told at once when it will be done: with a first-come queue the earliest free server
 * takes it, so no event of departure is needed. Leaves out: priorities between messages.
 */
import { Node, nodeAt } from "./cell";
import { allocate } from "./memory";
import { cpus, queueLimit } from "./settings";

/** messages that waited when the last one came, itself left out */
export let waiting: i32 = 0;

/** Gives each of so many nodes its servers; its queue follows with the first that waits. */
export function makeProcessors(nodes: i32): void {
  for (let i = 0; i < nodes; i++) {
    const node = nodeAt(i);
    node.free = allocate(cpus, 8);
  }
}

/** When a message that comes now will be done; −1 if the queue is full. Calls come in order of time at every node. */
export function offer(node: Node, nowMs: f64, serviceMs: f64): f64 {
  const freeMs = load<f64>(node.free);
  // a free server has left nobody waiting
  if (freeMs <= nowMs) node.length = waiting = 0;
  else if (!queue(node, nowMs, freeMs)) return -1;
  const doneMs = Math.max(freeMs, nowMs) + serviceMs;
  node.busyMs += serviceMs;
  let server = node.free;
  const last = server + <usize>(cpus - 1) * 8;
  for (; server < last && load<f64>(server, 8) < doneMs; server += 8)
    store<f64>(server, load<f64>(server, 8));
  store<f64>(server, doneMs);
  return doneMs;
}

/** Whether a message that comes now is dropped; counts it if it is. */
export function drop(node: Node, nowMs: f64): bool {
  if (load<f64>(node.free) <= nowMs || wait(node, nowMs) < queueLimit) return false;
  node.drops++;
  return true;
}

/** How many wait. */
function wait(node: Node, nowMs: f64): i32 {
  let head = node.head;
  let length = node.length;
  while (length > 0 && load<f64>(node.starts + <usize>head * 8) <= nowMs) {
    head = head + 1 === node.room ? 0 : head + 1;
    length--;
  }
  node.head = head;
  node.length = waiting = length;
  return length;
}

/** Behind those that wait, until a server is free; answers false if there is no room. */
function queue(node: Node, nowMs: f64, freeMs: f64): bool {
  const length = wait(node, nowMs);
  if (length >= queueLimit) {
    node.drops++;
    return false;
  }
  if (length === node.room) widen(node);
  const place = node.head + length;
  store<f64>(node.starts + <usize>(place < node.room ? place : place - node.room) * 8, freeMs);
  node.length = length + 1;
  if (<u32>(length + 1) > node.longest) node.longest = length + 1;
  return true;
}

/** More places for a full ring, of which the oldest then is the first. */
function widen(node: Node): void {
  const room = min(queueLimit, max(64, 2 * node.room));
  const starts = allocate(room, 8);
  const oldest = <usize>(node.room - node.head) * 8;
  memory.copy(starts, node.starts + <usize>node.head * 8, oldest);
  memory.copy(starts + oldest, node.starts, <usize>node.head * 8);
  node.starts = starts;
  node.head = 0;
  node.room = room;
}
