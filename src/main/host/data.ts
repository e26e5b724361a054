import type { Columns } from "../../shared/columns.ts";
import { encodedParts } from "../../shared/columns.ts";
import type { Problem } from "../../shared/errors.ts";
import { BadInput, Cancelled } from "../../shared/errors.ts";
import { FRAME_BYTES_PER_UE, FRAME_COLUMNS, type FrameColumn } from "../../shared/frame.ts";
import type { ExportFormat, ExportTable } from "../../shared/operations.ts";
import { EXPORT_FORMATS, EXPORT_TABLES } from "../../shared/operations.ts";
import type { ExportFile } from "../export/export.ts";
import type { RunReader } from "../store/reader.ts";
import { beamPlan } from "../studies/beam-plan.ts";
import { feederLinks } from "../studies/feeder-links.ts";
import { footprints } from "../studies/footprints.ts";
import { exportOf } from "./exports.ts";
import { reportOf } from "./report.ts";
import { streamOf } from "./stream.ts";

type Query = Record<string, string>;
interface Block {
  columns: Columns;
  meta?: Record<string, unknown>;
}

/** Frames and footprints are answered in pieces of at most this size; the page asks for blocks. */
const MAX_STEPS_BYTES = 64_000_000;
/** Of one footprint: its cell and five numbers. */
const FOOTPRINT_BYTES = 24;

const sources: Record<string, (reader: RunReader, run: string, query: Query) => Block> = {
  ues: (reader, run) => ({ columns: reader.ues(run) }),
  frames: (reader, run, query) => {
    const [from, to] = range(query, "a step number");
    const names = frameColumns(query.columns);
    checkSize(reader, run, to - from + 1, FRAME_BYTES_PER_UE * reader.run(run).ues);
    const { firstStep, steps, ues, ...columns } = reader.frames(run, from, to, names);
    return { columns, meta: { firstStep, steps, ues } };
  },
  satellites: (reader, run) => reader.satellites(run),
  footprints: (reader, run, query) => {
    const [from, to] = range(query, "a step number");
    checkSize(reader, run, to - from + 1, FOOTPRINT_BYTES * reader.servedCells(run).length);
    return footprints(reader, run, from, to);
  },
  beams: (reader, run) => beamPlan(reader, run),
  gateways: (reader, run) => feederLinks(reader, run),
  events: (reader, run, query) => {
    const [from, to] = "from" in query ? range(query, "an event number") : [];
    const end = to === undefined ? undefined : to + 1;
    return { columns: { ...reader.events(run, from, end) }, meta: { total: reader.eventCount(run) } };
  },
  predicted: (reader, run) => ({ columns: reader.predicted(run) }),
  density: (reader, run) => ({ columns: { count: reader.density(run) } }),
  cells: (reader, run) => ({ columns: reader.cells(run) }),
  storm: (reader, run) => ({ columns: reader.storm(run), meta: { summary: reader.signalling(run) } }),
  peaks: (reader, run) => ({ columns: reader.stormPeaks(run) }),
  curves: (reader, run) => ({
    columns: reader.strategyCurves(run),
    meta: { strategies: reader.run(run).summary?.signalling?.map(({ strategy }) => strategy) ?? [] },
  }),
  procedures: (reader, run) => ({ columns: reader.procedures(run) }),
};

export const isData = (what: string) => Object.hasOwn(sources, what);

export async function dataAnswer(
  reader: RunReader,
  run: string,
  what: string,
  query: Query,
): Promise<Response> {
  const { columns, meta } = sources[what](reader, reader.run(run).run, query);
  const parts = encodedParts(columns, meta);
  return new Response(await streamOf(parts.values(), (part) => part), {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(parts.reduce((size, part) => size + part.length, 0)),
      "cache-control": "no-store",
    },
  });
}

/** `signal` stops what is still being worked out for it. */
export async function exportAnswer(
  reader: RunReader,
  run: string,
  query: Query,
  signal: AbortSignal,
): Promise<Response> {
  const { table, format } = exportQuery(query);
  const update = () => {
    if (signal.aborted) throw new Cancelled();
  };
  return attachment(exportOf(reader, run, table, format, { update }));
}

/** The run's report as one HTML page, to be saved. */
export const reportAnswer = (reader: RunReader, run: string): Promise<Response> =>
  attachment(reportOf(reader, run));

async function attachment(file: ExportFile): Promise<Response> {
  return new Response(await streamOf(iteratorOf(file.chunks), (chunk) => chunk), {
    headers: {
      "content-type": file.type,
      "content-disposition": `attachment; filename="${file.name.replaceAll(/[^\w.-]/g, "_")}"`,
      "cache-control": "no-store",
    },
  });
}

const iteratorOf = (chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) =>
  Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();

function exportQuery({ table, format }: Query): { table: ExportTable; format: ExportFormat } {
  const problems = [...oneOf("table", table, EXPORT_TABLES), ...oneOf("format", format, EXPORT_FORMATS)];
  if (problems.length > 0) throw new BadInput(problems);
  return { table: table as ExportTable, format: format as ExportFormat };
}

/** The problem, if any, of a word that must be one of a few. */
export function oneOf(field: string, value: string | undefined, known: readonly string[]): Problem[] {
  if (value !== undefined && known.includes(value)) return [];
  const reason = value === undefined ? "is missing" : `"${value}" is not known`;
  return [{ field, reason, remedy: `Use one of ${known.join(", ")}` }];
}

/** All of them where none are named. */
function frameColumns(named: string | undefined): readonly FrameColumn[] {
  if (named === undefined) return FRAME_COLUMNS;
  const names = [...new Set(named.split(","))];
  const problems = names.flatMap((name) => oneOf("columns", name, FRAME_COLUMNS));
  if (problems.length > 0) throw new BadInput(problems);
  return names as FrameColumn[];
}

function range(query: Query, what: string): [number, number] {
  const problems: Problem[] = [];
  const [from, to] = ["from", "to"].map((field) => {
    if (/^\d{1,9}$/.test(query[field] ?? "")) return Number(query[field]);
    const reason = field in query ? `"${query[field]}" is not ${what}` : "is missing";
    problems.push({ field, reason, remedy: "Give a whole number from 0" });
    return 0;
  });
  if (problems.length === 0 && to < from)
    problems.push({ field: "to", reason: `${to} is before from = ${from}`, remedy: "Give to ≥ from" });
  if (problems.length > 0) throw new BadInput(problems);
  return [from, to];
}

function checkSize(reader: RunReader, run: string, steps: number, bytesPerStep: number) {
  const { stepsTotal } = reader.run(run);
  const most = Math.max(1, Math.floor(MAX_STEPS_BYTES / bytesPerStep));
  if (Math.min(steps, stepsTotal) <= most) return;
  const remedy = `Ask for at most ${most} steps at once`;
  throw new BadInput([{ field: "to", reason: `${steps} steps are too many for one answer`, remedy }]);
}
