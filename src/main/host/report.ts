import { runReportFile } from "../export/report-html.ts";
import type { PublishedRow } from "../export/report-reference.ts";
import type { RunReader } from "../store/reader.ts";
import { footprintSource } from "../studies/footprints.ts";
import { checkReference } from "../studies/reference.ts";
import { referenceTables } from "./terminal/reference.ts";

const reference = (): readonly PublishedRow[] => checkReference(referenceTables()).rows;

/** The report of a run, made while it is read; `say` is told before each part. */
export function reportOf(reader: RunReader, run: string, say?: (part: string, done: number) => void) {
  const record = reader.run(run);
  return runReportFile(
    { reader, record, footprint: footprintSource(reader, record.run) },
    { reference, say },
  );
}
