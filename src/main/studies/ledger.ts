/** Every message of a kept run's handovers. The run keeps only sums: all handovers are carried out again. */
import type { LedgerRows } from "../handover/ledger.ts";
import { MESSAGES } from "../handover/messages.ts";
import { signalling } from "../handover/signalling.ts";
import { feedersOf } from "../simulation/feeders.ts";
import { cellOf } from "../../shared/frame.ts";
import { BadInput } from "../../shared/errors.ts";
import type { Ledger, MessageKind } from "../../shared/ledger.ts";
import { handoversOf } from "./attempts.ts";
import type { ShownRun } from "./handover-show.ts";
import { reopen } from "./kept-run.ts";
import { windowsInParts } from "./ledger-windows.ts";
import { settingsOf } from "./storm.ts";
import { QOUT_DB } from "./strategies.ts";
import { usersOf } from "./ue-link.ts";

/** Share of the work that finding the links takes; the messages themselves come in one go after it. */
const LINKS_SHARE = 0.8;
const KINDS: readonly MessageKind[] = MESSAGES.map(({ name, interface: way, from, to }) => ({
  name,
  interface: way,
  from,
  to,
}));

/** Yields how much of the work is done, 0 … 1; whoever asks may stop between two pieces. */
export function* ledgerOf(source: ShownRun, id: string): Generator<number, Ledger> {
  const { run } = source.run(id);
  const { mission, track } = reopen(source, run);
  const events = source.events(run);
  const feeders = feedersOf(mission, track);
  const users = usersOf(source.ues(run));
  const parts = windowsInParts({ mission, track, feeders, users, firstUe: 0, qoutDb: QOUT_DB }, events);
  const windows = yield* scaled(parts, LINKS_SHARE);
  yield LINKS_SHARE;
  const serving = source.frames(run, 0, 0).cellState.map(cellOf);
  const handovers = handoversOf({ mission, feeders, events, windows, serving });
  const settings = { ...settingsOf(mission, handovers), keepRows: true };
  const { rows, procedures } = signalling(handovers.attempts, settings);
  checkKept(run, source.procedures(run).bytes, procedures.bytes);
  yield 0.95;
  return inOrder(rows, handovers.cellOf);
}

function* scaled<T>(work: Generator<number, T>, share: number): Generator<number, T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield share * step.value;
  }
}

const sum = (column: Iterable<number>) => {
  let total = 0;
  for (const value of column) total += value;
  return total;
};

/** A ledger that contradicts the run's other tables helps nobody. */
function checkKept(run: string, kept: Iterable<number>, made: Iterable<number>): void {
  const [before, now] = [sum(kept), sum(made)];
  if (before === now) return;
  throw new BadInput([
    {
      field: "table",
      reason: `the messages of run ${run} come to ${now} bytes, not to the ${before} bytes that it keeps: another version counted them`,
      remedy: "Plan the scenario again",
    },
  ]);
}

/** By time of sending; those of one instant as they were booked. A message that is sent again is booked before its time. */
function inOrder({ count, timeMs, cell, kind, bytes }: LedgerRows, cellOfNumber: Uint32Array): Ledger {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => timeMs[a] - timeMs[b] || a - b);
  return {
    kinds: KINDS,
    timeMs: Float64Array.from(order, (i) => timeMs[i]),
    cell: Uint32Array.from(order, (i) => cellOfNumber[cell[i]]),
    kind: Uint8Array.from(order, (i) => kind[i]),
    bytes: Uint32Array.from(order, (i) => bytes[i]),
  };
}
