/**
 * One run of the compiled engine (`assembly/`): fills its memory with settings and attempts, has it carry them out, reads the columns.
 */
import { streamKey } from "../math/random.ts";
import type { Attempts, ChartLine, Procedures, SignallingSettings, Span } from "./attempts.ts";
import { Chart } from "./chart.ts";
import { loadProcedures, orderOf, readProcedures, readSums, write } from "./columns.ts";
import { Rows, type LedgerRows, type LedgerSums } from "./ledger.ts";
import { INTERFACES, MESSAGES, ROLES } from "./messages.ts";
import { address, giveBack, instantiate, setGlobals, type EngineModule } from "./module.ts";
import { EVENT_COUNT, MACHINES, STATES } from "./procedure.ts";
import { detection } from "./rach.ts";
import { failureDelay } from "./radio-link.ts";

export interface SignallingResult {
  procedures: Procedures;
  rows: LedgerRows;
  sums: LedgerSums;
  /** [message number] how often it was sent */
  kinds: Uint32Array;
  /** [node] messages dropped, longest queue, ms of service */
  nodes: { drops: Uint32Array; longest: Uint32Array; busyMs: Float64Array };
  /** [cell] UEs held at the end */
  held: Int32Array;
  /** chart of the watched procedure */
  lines: ChartLine[];
  /** its times without user data */
  down: Span[];
  up: Span[];
}

const INT_MAX = 2 ** 31 - 1;

/** Carries out all attempts; `watched` is the one whose chart is drawn, −1 none. */
export function runEngine(
  attempts: Attempts,
  settings: SignallingSettings,
  watched: number,
): SignallingResult {
  const chart = new Chart(attempts.source[watched] ?? 0, attempts.target[watched] ?? 0);
  const rows = new Rows();
  const module = instantiate(chart, (count) => rows.take(module, count));
  const nodes = settings.nodeOf.reduce((most, node) => Math.max(most, node), 0) + 1;
  setScalars(module, attempts, settings);
  describeMessages(module, settings);
  describeMachines(module);
  describeCells(module, settings, nodes);
  loadProcedures(module, attempts);
  module.watch(watched);
  module.run(orderOf(module, attempts.count));
  module.flush();
  const count = (length: number, of: (i: number) => number) => Array.from({ length }, (_, i) => of(i));
  const result = {
    procedures: readProcedures(module, attempts.count),
    rows: rows.joined(),
    sums: readSums(module, settings.nodeOf.length),
    kinds: Uint32Array.from(count(MESSAGES.length, module.sentOf)),
    nodes: {
      drops: Uint32Array.from(count(nodes, module.dropsAt)),
      longest: Uint32Array.from(count(nodes, module.longestAt)),
      busyMs: Float64Array.from(count(nodes, module.busyMsAt)),
    },
    held: Int32Array.from(count(settings.nodeOf.length, module.heldBy)),
    lines: chart.lines,
    down: chart.down,
    up: chart.up,
  };
  giveBack(module);
  return result;
}

function setScalars(module: EngineModule, attempts: Attempts, settings: SignallingSettings): void {
  const { rach, processing } = settings;
  const { prach } = rach;
  setGlobals(module, {
    capacity: Math.min(settings.capacity, INT_MAX),
    interSatelliteMs: settings.interSatelliteMs,
    coreMs: settings.coreMs,
    sib19Ms: settings.sib19Ms,
    t304Ms: settings.t304Ms,
    t311Ms: settings.t311Ms,
    t430Ms: settings.t430Ms,
    minTimeOfStayMs: settings.minTimeOfStayMs,
    maxRetransmissions: settings.maxRetransmissions,
    retryMs: settings.retryMs,
    retransmissionMs: settings.retransmissionMs,
    failureDelayMs: failureDelay(settings.radioLink),
    isGrouped: attempts.groupOf ? 1 : 0,
    keepRows: settings.keepRows ? 1 : 0,
    cpus: Math.min(processing.cpus, INT_MAX),
    queueLimit: Math.min(processing.queueLimit, INT_MAX),
    places: rach.fdm * rach.contentionPreambles,
    dedicatedPreambles: rach.dedicatedPreambles,
    triesMax: rach.triesMax,
    backoffMs: rach.backoffMs,
    responseWindowMs: rach.responseWindowMs,
    responseMs: rach.responseMs,
    frameX: prach.x,
    frameY: prach.y,
    subframeCount: prach.subframes.length,
    seed: settings.seed,
    stream: streamKey("signalling"),
  });
  write(module, address(module, "subframes"), Int32Array.from(prach.subframes));
  const heard = Float64Array.from({ length: rach.triesMax + 1 }, (_, i) =>
    detection(i, rach.rampedDetection),
  );
  write(module, module.makeDetection() >>> 0, heard);
  module.makeRows();
}

/** A message is booked to the cell whose gNB works on it, or to its sender's where the receiver is a UE or the core. */
function describeMessages(module: EngineModule, { messages, rrcMs }: SignallingSettings): void {
  for (const [kind, { from, to, interface: way }] of MESSAGES.entries()) {
    const toGnb = to !== "ue" && to !== "core";
    const serviceMs = messages.serviceMs[kind];
    module.setMessage(
      kind,
      messages.bytes[kind],
      messages.memberBytes[kind],
      serviceMs,
      to === "ue" ? rrcMs : toGnb ? 0 : serviceMs,
      ROLES.indexOf(toGnb ? to : from),
      ROLES.indexOf(from),
      INTERFACES.indexOf(way),
      toGnb ? 1 : 0,
    );
  }
}

function describeMachines(module: EngineModule): void {
  for (const [kind, { next, first, count, does }] of MACHINES.entries())
    for (let row = 0; row < STATES.length * EVENT_COUNT; row++) {
      const steps = does.subarray(first[row], first[row] + count[row]);
      const packed = steps.reduce((all, step, i) => all | (step << (8 * i)), 0);
      module.setTransition(kind * STATES.length * EVENT_COUNT + row, next[row], count[row], packed);
    }
}

function describeCells(module: EngineModule, { nodeOf, held }: SignallingSettings, nodes: number): void {
  module.makeCells(nodeOf.length, nodes);
  module.makeProcessors(nodes);
  for (let cell = 0; cell < nodeOf.length; cell++) module.setCell(cell, nodeOf[cell], held[cell]);
}
