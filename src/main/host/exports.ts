import type { Ledger } from "../../shared/ledger.ts";
import type { ExportFormat, ExportTable } from "../../shared/operations.ts";
import { exportTable, type ExportFile } from "../export/export.ts";
import type { RunReader } from "../store/reader.ts";
import { footprintSource } from "../studies/footprints.ts";
import { ledgerOf } from "../studies/ledger.ts";
import { sib19 } from "../studies/sib19.ts";

/** Hears how the messages of a run are made again: the share that is done, where it may throw to stop, and what came of it. */
export interface LedgerWatch {
  update(fraction: number): void;
  done?(ledger: Ledger): unknown;
}

/** A table of a run as a file, with all that the studies give for it. */
export function exportOf(
  reader: RunReader,
  run: string,
  table: ExportTable,
  format: ExportFormat,
  watch?: LedgerWatch,
): ExportFile {
  const id = reader.run(run).run;
  return exportTable(reader, id, table, format, {
    footprint: footprintSource(reader, id),
    sib19: () => sib19(reader, id),
    ledger: () => watched(ledgerOf(reader, id), watch),
  });
}

function* watched(work: Iterator<number, Ledger>, watch?: LedgerWatch): Generator<number, Ledger> {
  let step = work.next();
  for (; !step.done; step = work.next()) {
    watch?.update(step.value);
    yield step.value;
  }
  watch?.done?.(step.value);
  return step.value;
}
