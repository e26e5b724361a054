/** Cells, and the gNBs that hold them. */
import { allocate } from "./memory";

@unmanaged
export class Node {
  /** ms of service given */
  busyMs: f64;
  /** messages dropped; the longest queue seen */
  drops: u32;
  longest: u32;
  /** [cpu] when its servers are free, earliest first */
  free: usize;
  /** [place of a ring] when those that wait will be served, from the oldest */
  starts: usize;
  /** places of the ring */
  room: i32;
  head: i32;
  length: i32;
}

@unmanaged
export class Cell {
  number: u32;
  node: Node;
  /** UEs it holds, with those it has admitted */
  held: i32;
  /** contention-free preambles left */
  preambles: i32;
}

let cells: usize = 0;
let nodes: usize = 0;
export let cellCount: i32 = 0;

/** Makes room; their numbers are from 0. */
export function makeCells(count: i32, nodeCount: i32): void {
  cellCount = count;
  cells = allocate(count, offsetof<Cell>());
  nodes = allocate(nodeCount, offsetof<Node>());
}

export function cellAt(number: u32): Cell {
  return changetype<Cell>(cells + <usize>number * offsetof<Cell>());
}

export function nodeAt(number: u32): Node {
  return changetype<Node>(nodes + <usize>number * offsetof<Node>());
}
