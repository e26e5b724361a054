/**
 * One run of the compiled engine (`assembly/`): fills its memory with settings and attempts, has it carry them out, reads the columns.
 */
import { streamKey } from "../math/random.ts";
import {
  OTHERS,
  type Attempts,
  type ChartLine,
  type Procedures,
  type SignallingSettings,
} from "./attempts.ts";
import { Chart } from "./chart.ts";
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
}

type Column = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;
type ColumnType<T extends Column> = {
  new (buffer: ArrayBufferLike, at: number, length: number): T;
  new (length: number): T;
  from(items: { length: number }, of: (nothing: unknown, i: number) => number): T;
  BYTES_PER_ELEMENT: number;
};

const INT_MAX = 2 ** 31 - 1;

/** Carries out all attempts; `watched` is the one whose chart is drawn, −1 none. */
export function runEngine(
  attempts: Attempts,
  settings: SignallingSettings,
  watched: number,
): SignallingResult {
  const chart = new Chart();
  const rows = new Rows();
  const module = instantiate(chart, (count) => rows.take(module, count));
  const nodes = settings.nodeOf.reduce((most, node) => Math.max(most, node), 0) + 1;
  setScalars(module, attempts, settings);
  describeMessages(module, settings);
  describeMachines(module);
  describeCells(module, settings, nodes);
  const column = load(module, attempts);
  module.watch(watched);
  module.run(order(module, attempts.count, column));
  module.flush();
  const count = <T extends Column>(type: ColumnType<T>, length: number, of: (i: number) => number) =>
    type.from({ length }, (_, i) => of(i));
  const result = {
    procedures: readProcedures(module, attempts.count, column),
    rows: rows.joined(),
    sums: readSums(module, settings.nodeOf.length),
    kinds: count(Uint32Array, MESSAGES.length, module.sentOf),
    nodes: {
      drops: count(Uint32Array, nodes, module.dropsAt),
      longest: count(Uint32Array, nodes, module.longestAt),
      busyMs: count(Float64Array, nodes, module.busyMsAt),
    },
    held: count(Int32Array, settings.nodeOf.length, module.heldBy),
    lines: chart.lines,
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
    cpus: processing.cpus,
    queueLimit: processing.queueLimit,
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

/** Fills the records; answers the address where a column of theirs is handed over. */
function load(module: EngineModule, attempts: Attempts): number {
  const { count, groupOf, otherCandidates } = attempts;
  module.makeProcedures(count);
  const column = module.allocate(count, 8) >>> 0;
  const put = (name: string, values: Column) => {
    write(module, column, values.subarray(0, count));
    module.scatter(column, address(module, `field_${name}`), values.BYTES_PER_ELEMENT);
  };
  put("timeMs", attempts.timeMs);
  put("ue", attempts.ue);
  put("source", attempts.source);
  put("target", attempts.target);
  put("kind", attempts.kind);
  put("preparedMs", attempts.preparedMs);
  put("sourceUntilMs", attempts.sourceUntilMs);
  put("targetFromMs", attempts.targetFromMs);
  put("targetUntilMs", attempts.targetUntilMs);
  put("serviceDelayMs", attempts.serviceDelayMs);
  put("targetDelayMs", attempts.targetDelayMs);
  put("interSatellite", attempts.interSatellite);
  if (groupOf) {
    put("group", groupOf);
    module.makeGroups(groupOf.reduce((most, group) => Math.max(most, group), -1) + 1);
  }
  if (otherCandidates) write(module, module.makeOthers() >>> 0, otherCandidates.subarray(0, OTHERS * count));
  module.link();
  return column;
}

/** Address of the numbers of procedures in order of their start; 0 where that is the order of their attempts. */
function order(module: EngineModule, count: number, column: number): number {
  const beginMs = readColumn(module, Float64Array, "beginMs", count, column);
  let isOrdered = true;
  for (let p = 1; p < count && isOrdered; p++) isOrdered = beginMs[p] >= beginMs[p - 1];
  if (isOrdered) return 0;
  const numbers = Uint32Array.from({ length: count }, (_, p) => p);
  numbers.sort((a, b) => beginMs[a] - beginMs[b] || a - b);
  const at = module.allocate(count, 4) >>> 0;
  write(module, at, numbers);
  return at;
}

function readColumn<T extends Column>(
  module: EngineModule,
  type: ColumnType<T>,
  name: string,
  count: number,
  column: number,
): T {
  module.gather(column, address(module, `field_${name}`), type.BYTES_PER_ELEMENT);
  return new type(module.memory.buffer, column, count).slice() as T;
}

function readProcedures(module: EngineModule, count: number, column: number): Procedures {
  const read = <T extends Column>(type: ColumnType<T>, name: string) =>
    readColumn(module, type, name, count, column);
  return {
    count,
    outcome: read(Uint8Array, "outcome"),
    startMs: read(Float64Array, "startMs"),
    endMs: read(Float64Array, "endMs"),
    downMs: read(Float64Array, "downMs"),
    upMs: read(Float64Array, "upMs"),
    messages: read(Uint32Array, "messages"),
    bytes: read(Uint32Array, "bytes"),
    tries: read(Uint16Array, "tries"),
    drops: read(Uint16Array, "drops"),
  };
}

function readSums(module: EngineModule, cells: number): LedgerSums {
  const seconds = module.secondCount();
  const column = module.allocate(cells, 8) >>> 0;
  const read = <T extends Column>(type: ColumnType<T>, name: string) => {
    const all = new type(cells * seconds);
    for (let second = 0; second < seconds; second++) {
      module.gatherSums(column, address(module, `sum_${name}`), type.BYTES_PER_ELEMENT, second);
      all.set(new type(module.memory.buffer, column, cells), second * cells);
    }
    return all;
  };
  return {
    cells,
    seconds,
    messages: read(Uint32Array, "messages"),
    bytes: read(Float64Array, "bytes"),
    executions: read(Uint32Array, "executions"),
    tries: read(Uint32Array, "tries"),
    collisions: read(Uint32Array, "collisions"),
    queue: read(Uint32Array, "queue"),
    drops: read(Uint32Array, "drops"),
  };
}

function write(module: EngineModule, at: number, values: Column): void {
  new Uint8Array(module.memory.buffer, at, values.byteLength).set(
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
}
