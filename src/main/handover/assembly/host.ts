/** What the compiled engine asks of the program around it. */

/** A state met an event that it does not know. */
export declare function unknown(state: i32, event: i32): void;

export declare function endedTwice(procedure: i32): void;

/** No memory is left. */
export declare function full(): void;

/** The rows of the ledger have filled their columns. */
export declare function takeRows(count: i32): void;

/** A message of the watched procedure. `candidate`: further prepared cell that takes part, 0 none; `access`: cell that the UE accesses. */
export declare function chartMessage(
  kind: i32,
  bytes: u32,
  startMs: f64,
  wayMs: f64,
  waitMs: f64,
  workMs: f64,
  lost: bool,
  candidate: u32,
  access: u32,
): void;

/** A wait of the watched procedure: at the UE, in the cell it accesses, or at the sender of a message. */
export declare function chartPause(
  what: i32,
  startMs: f64,
  endMs: f64,
  sends: i32,
  candidate: u32,
  access: u32,
): void;

/** No user data of the watched procedure's UE in a direction. */
export declare function chartOff(direction: i32, fromMs: f64, toMs: f64): void;

/** Its interruption up is counted anew. */
export declare function chartUpAnew(): void;
