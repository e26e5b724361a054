/** Event in the queue: type (6 bits; a message number or one of those below), candidate (3), retransmission (8), phase (the rest). */

export const START = 32;
export const CONDITION = 33;
export const TRY = 34;
export const OCCASION = 35;
export const ACCESSED = 36;
export const ACCESS_FAILED = 37;
export const EXPIRED = 38;
export const LINK_FAILED = 39;
export const TARGET_LOST = 40;
export const FOUND = 41;
export const NOT_FOUND = 42;

/** what a further retransmission adds */
export const ONCE_MORE = 1 << 9;

export function encode(type: i32, candidate: i32, phase: u8): i32 {
  return type | (candidate << 6) | ((<i32>phase) << 17);
}

export function typeOf(code: i32): i32 {
  return code & 63;
}

export function candidateOf(code: i32): i32 {
  return (code >> 6) & 7;
}

export function againOf(code: i32): i32 {
  return (code >> 9) & 255;
}

export function phaseOf(code: i32): i32 {
  return code >> 17;
}
