/** Columns in and out of the compiled engine, which keeps a record of each procedure: some thousands at a time, so that these stay near. */
import { OTHERS, type Attempts, type Procedures } from "./attempts.ts";
import type { LedgerSums } from "./ledger.ts";
import { address, type EngineModule } from "./module.ts";

type Column = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

/** procedures that are handed over together */
const BLOCK = 2048;
/** columns of the attempts that are fields of the records */
const GIVEN = [
  "timeMs",
  "ue",
  "source",
  "target",
  "kind",
  "preparedMs",
  "sourceUntilMs",
  "targetFromMs",
  "targetUntilMs",
  "serviceDelayMs",
  "targetDelayMs",
  "interSatellite",
] as const;

/** Fills the records. */
export function loadProcedures(module: EngineModule, attempts: Attempts): void {
  const { count, groupOf, otherCandidates } = attempts;
  module.makeProcedures(count);
  const block = module.allocate(BLOCK, 8) >>> 0;
  const columns: [string, Column][] = GIVEN.map((name) => [name, attempts[name]]);
  if (groupOf) {
    columns.push(["group", groupOf]);
    module.makeGroups(groupOf.reduce((most, group) => Math.max(most, group), -1) + 1);
  }
  for (let first = 0; first < count; first += BLOCK) {
    const n = Math.min(BLOCK, count - first);
    for (const [name, values] of columns) {
      write(module, block, values.subarray(first, first + n));
      module.scatter(block, address(module, `field_${name}`), values.BYTES_PER_ELEMENT, first, n);
    }
  }
  if (otherCandidates) write(module, module.makeOthers() >>> 0, otherCandidates.subarray(0, OTHERS * count));
  module.link();
}

/** Address of the numbers of procedures in order of their start; 0 where that is the order of their attempts. */
export function orderOf(module: EngineModule, count: number): number {
  if (module.isOrdered()) return 0;
  const { beginMs } = readFields(module, count, { beginMs: Float64Array });
  const numbers = Uint32Array.from({ length: count }, (_, p) => p);
  numbers.sort((a, b) => beginMs[a] - beginMs[b] || a - b);
  const at = module.allocate(count, 4) >>> 0;
  write(module, at, numbers);
  return at;
}

export function readProcedures(module: EngineModule, count: number): Procedures {
  const columns = readFields(module, count, {
    outcome: Uint8Array,
    startMs: Float64Array,
    endMs: Float64Array,
    downMs: Float64Array,
    upMs: Float64Array,
    messages: Uint32Array,
    bytes: Uint32Array,
    tries: Uint16Array,
    drops: Uint16Array,
  });
  return { count, ...columns };
}

/** Fields of all records as columns of the types given. */
function readFields<T extends Record<string, new (n: number) => Column>>(
  module: EngineModule,
  count: number,
  types: T,
): { [K in keyof T]: InstanceType<T[K]> } {
  const block = module.allocate(BLOCK, 8) >>> 0;
  const columns = Object.entries(types).map(([name, type]) => [name, new type(count)] as const);
  for (let first = 0; first < count; first += BLOCK) {
    const n = Math.min(BLOCK, count - first);
    for (const [name, column] of columns) {
      const bytes = column.BYTES_PER_ELEMENT;
      module.gather(block, address(module, `field_${name}`), bytes, first, n);
      new Uint8Array(column.buffer).set(
        new Uint8Array(module.memory.buffer, block, bytes * n),
        bytes * first,
      );
    }
  }
  return Object.fromEntries(columns) as { [K in keyof T]: InstanceType<T[K]> };
}

/** The sums of the ledger, second by second. */
export function readSums(module: EngineModule, cells: number): LedgerSums {
  const seconds = module.secondCount();
  const column = module.allocate(cells, 8) >>> 0;
  const read = <T extends Uint32Array | Float64Array>(all: T, name: string): T => {
    const bytes = all.BYTES_PER_ELEMENT;
    for (let second = 0; second < seconds; second++) {
      module.gatherSums(column, address(module, `sum_${name}`), bytes, second);
      const row = new Uint8Array(module.memory.buffer, column, bytes * cells);
      new Uint8Array(all.buffer).set(row, bytes * cells * second);
    }
    return all;
  };
  const counts = (name: string) => read(new Uint32Array(cells * seconds), name);
  return {
    cells,
    seconds,
    messages: counts("messages"),
    bytes: read(new Float64Array(cells * seconds), "bytes"),
    executions: counts("executions"),
    tries: counts("tries"),
    collisions: counts("collisions"),
    queue: counts("queue"),
    drops: counts("drops"),
  };
}

export function write(module: EngineModule, at: number, values: Column): void {
  new Uint8Array(module.memory.buffer, at, values.byteLength).set(
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
}
