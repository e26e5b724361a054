import { z } from "zod";
import { handoverShownSchema } from "./handover.ts";
import { ueLinkSchema } from "./link.ts";
import { runRecordSchema } from "./run.ts";
import { scenarioSchema, STRATEGIES } from "./scenario.ts";
import { keptStudySchema, libraryModelSchema, reportSchema, studyRequestSchema } from "./study.ts";

/**
 * Every operation the page can ask for. `POST /api/<name>` with the input as JSON answers the output as JSON;
 * a failure answers an `ErrorReport` with status 400 (bad input), 404 (no such thing), 409 or 500.
 * Binary data goes through `GET /data/...` below, long jobs through `GET /jobs/<job>/events`.
 */
const problem = z.object({ field: z.string(), reason: z.string(), remedy: z.string() });
const elementsInput = z.object({ name: z.string().max(255), text: z.string().max(64_000_000) });

export const operations = {
  /** What this program is: version, where the database is, which door. */
  about: {
    input: z.object({}),
    output: z.object({ version: z.string(), db: z.string(), door: z.enum(["desktop", "browser"]) }),
  },
  "scenarios.list": {
    input: z.object({}),
    output: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        needsElements: z.boolean(),
        ues: z.int(),
        satellites: z.int().nullable(),
        durationS: z.number(),
      }),
    ),
  },
  "scenarios.get": { input: z.object({ name: z.string() }), output: scenarioSchema },
  /** Checks a scenario file as text: every problem at once, or the checked scenario. */
  "scenarios.check": {
    input: z.object({ text: z.string().max(16_000_000) }),
    output: z.object({ scenario: scenarioSchema.nullable(), problems: z.array(problem) }),
  },
  /** Reads an element file: what was accepted and each rejected record with line and reason. */
  "elements.inspect": {
    input: elementsInput,
    output: z.object({
      format: z.string(),
      accepted: z.int(),
      newestEpoch: z.string().nullable(),
      rejected: z.array(z.object({ line: z.int(), id: z.string().nullable(), reason: z.string() })),
      warnings: z.array(z.object({ line: z.int(), id: z.string().nullable(), reason: z.string() })),
    }),
  },
  /** Starts a plan: of a bundled scenario by name, or of a scenario given whole. Answers the job to follow. */
  plan: {
    input: z.object({
      name: z.string().optional(),
      scenario: z.unknown().optional(),
      elements: elementsInput.optional(),
      seed: z.int().min(0).max(4_294_967_295).optional(),
    }),
    output: z.object({ job: z.string() }),
  },
  /** Starts the plan of a kept run's scenario, elements and seed with another strategy. */
  "plan.beside": {
    input: z.object({ run: z.string(), strategy: z.enum(STRATEGIES) }),
    output: z.object({ job: z.string() }),
  },
  resume: { input: z.object({ run: z.string() }), output: z.object({ job: z.string() }) },
  cancel: { input: z.object({ job: z.string() }), output: z.object({ cancelled: z.boolean() }) },
  /** Jobs under way. */
  "jobs.list": {
    input: z.object({}),
    output: z.array(
      z.object({
        job: z.string(),
        /** a study, not a plan */
        study: z.boolean(),
        run: z.string().nullable(),
        stage: z.string(),
        fraction: z.number(),
      }),
    ),
  },
  "runs.list": { input: z.object({}), output: z.array(runRecordSchema) },
  "runs.get": { input: z.object({ run: z.string() }), output: runRecordSchema },
  /** Handovers out of and into one cell, by second of the run. */
  "runs.load": {
    input: z.object({ run: z.string(), cell: z.int().nullable().describe("null: all cells together") }),
    output: z.object({ out: z.array(z.int()), in: z.array(z.int()) }),
  },
  /** The link budget of one UE at the frame nearest to a time, term by term. */
  "runs.link": {
    input: z.object({
      run: z.string(),
      ue: z.int(),
      atS: z.number().describe("s since the start of the run"),
    }),
    output: ueLinkSchema,
  },
  /** One handover opened: what was heard, what decided, what staying meant and how it went; without its messages. */
  "runs.handover": {
    input: z.object({ run: z.string(), event: z.int().min(0).describe("row of the table of events") }),
    output: handoverShownSchema,
  },
  "studies.list": { input: z.object({}), output: z.array(keptStudySchema) },
  /** What a finished study found. */
  "studies.get": { input: z.object({ study: z.string() }), output: reportSchema },
  /** Starts a study, or goes on with an unfinished one of the same settings. Answers the job to follow. */
  "studies.start": { input: studyRequestSchema, output: z.object({ job: z.string() }) },
  "models.list": { input: z.object({}), output: z.array(libraryModelSchema) },
} as const;

export type OperationName = keyof typeof operations;
export type OperationInput<N extends OperationName> = z.input<(typeof operations)[N]["input"]>;
export type OperationOutput<N extends OperationName> = z.output<(typeof operations)[N]["output"]>;

/**
 * Binary data, each an `encodeColumns` answer (content type application/octet-stream):
 *
 * GET /data/runs/<run>/ues                      latitudeDeg f64, longitudeDeg f64 [ue], userClass u8, and where the run
 *                                               has passed its mark: cluster u8 (255 none), ready u8 (255 none; primary
 *                                               classifier), probability f32, label u8 (255 none), leaveS f32 (NaN none)
 * GET /data/runs/<run>/frames?from=&to=         cellState u32, rsrp i16, sinr i16 [step × ue]; `&columns=` names some of
 *                                               them, comma between; meta {firstStep, steps, ues}
 * GET /data/runs/<run>/satellites               knots f64 [knot × satellite × 6], ECEF position m, velocity m/s;
 *                                               meta {knotS, firstS, knots, ids: string[], names: string[]}
 * GET /data/runs/<run>/footprints?from=&to=     cell u32 [n], firstOfStep u32 [steps+1], and per row latitude f32,
 *                                               longitude f32 [rad], semiMajorM f32, semiMinorM f32, azimuth f32 [rad];
 *                                               only cells that served a UE in the run; meta {firstStep, steps}
 * GET /data/runs/<run>/events?from=&to=         EventColumns, of all events or from one number to another; meta {total}
 * GET /data/runs/<run>/predicted                ue u32, cell u32, atS f32, ready u8, probability f32
 * GET /data/runs/<run>/density                  handovers of all cells by second: count u32 [second]
 * GET /data/runs/<run>/gateways                 position f64 [gateway × 3] ECEF m; links of satellite s are start[s] …
 *                                               start[s + 1] − 1 (u32 [satellite + 1]), each fromS f64, gateway i16 (−1
 *                                               none); start empty where satellites need no gateway; meta {names: string[]}
 * GET /data/runs/<run>/beams                    channel u8, polarisation u8 [beam], siteChannel u8 [site];
 *                                               meta {channels, channelHz, siteChannels, siteChannelHz, minElevation rad}
 * GET /data/runs/<run>/cells                    cell u32, satellite u32, beam u16, handoversOut u32, handoversIn u32, peakPerS u16
 * GET /data/runs/<run>/storm                    StormColumns; meta {summary: SignallingSummary, or null where the run has no
 *                                               signalling: then the columns are empty}
 * GET /data/runs/<run>/peaks                    floors of the storm's max pyramids, `<quantity>.<seconds of a stretch>` u32: see
 *                                               shared/peaks.ts; empty where none were kept or the run is short
 * GET /data/runs/<run>/curves                   StrategyCurves; meta {strategies: string[]}, names by their index
 * GET /data/runs/<run>/procedures               ProcedureColumns [event]; empty where the run has no signalling
 * GET /data/runs/<run>/export?table=&format=    the exported file itself, as an attachment
 *
 * GET /jobs/<job>/events                        JobEvent as JSON lines, from the start of the job; ends with done or error
 */
export const ROW_TABLES = [
  "satellites",
  "ues",
  "dataset",
  "cells",
  "service",
  "feeders",
  "events",
  "load",
  "storm",
  "procedures",
  "metrics",
] as const;
export type RowTable = (typeof ROW_TABLES)[number];
/** Rows too, but not kept: every handover is carried out again for them, which takes seconds. */
export const LEDGER_TABLES = ["ledger", "ledger-kinds"] as const;
export type LedgerTable = (typeof LEDGER_TABLES)[number];
/** `sib19` is a tree, not rows: JSON by cell in the units of ASN.1. */
export const EXPORT_TABLES = [...ROW_TABLES, ...LEDGER_TABLES, "sib19"] as const;
export const EXPORT_FORMATS = ["csv", "parquet", "geojson", "czml", "kml", "json"] as const;
export type ExportTable = (typeof EXPORT_TABLES)[number];
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
