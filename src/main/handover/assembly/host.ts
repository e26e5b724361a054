/** What the compiled engine asks of the program around it. */

/** A state met an event that it does not know. */
export declare function unknown(state: i32, event: i32): void;

export declare function endedTwice(procedure: i32): void;

/** No memory is left. */
export declare function full(): void;

/** The rows of the ledger have filled their columns. */
export declare function takeRows(count: i32): void;

/** A message of the watched procedure. */
export declare function chartMessage(
  kind: i32,
  bytes: u32,
  startMs: f64,
  wayMs: f64,
  waitMs: f64,
  workMs: f64,
  lost: bool,
): void;

/** A wait of the watched procedure, at the UE or in the cell it accesses. */
export declare function chartPause(what: i32, startMs: f64, endMs: f64): void;
