/** What the parts of the signalling engine share. */
import type { Attempts, SignallingSettings } from "./attempts.ts";
import type { Progress } from "./progress.ts";
import type { Preambles } from "./rach.ts";
import type { Transport } from "./transport.ts";

export interface Machinery {
  readonly attempts: Attempts;
  readonly settings: SignallingSettings;
  readonly progress: Progress;
  readonly transport: Transport;
  readonly preambles: Preambles;
  /** Walks a procedure's machine by one event. */
  fire(p: number, what: number, t: number): void;
}
