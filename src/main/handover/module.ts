/** The compiled engine as a WebAssembly module: compiled once in each thread, whose runs use one memory after another. */
import { BadInput } from "../../shared/errors.ts";
import { CODE } from "./assembly/code.ts";
import type { Chart } from "./chart.ts";
import { eventName, STATES } from "./procedure.ts";

type Calls =
  | "allocate"
  | "used"
  | "run"
  | "watch"
  | "flush"
  | "link"
  | "isOrdered"
  | "scatter"
  | "gather"
  | "gatherSums"
  | "secondCount";
type Parts = "Detection" | "Rows" | "Cells" | "Processors" | "Procedures" | "Others" | "Groups";
type Sets = "setMessage" | "setTransition" | "setCell";
type Counts = "sentOf" | "heldBy" | "dropsAt" | "longestAt" | "busyMsAt";

/** Functions of `assembly/index.ts`; its settings and addresses are globals. */
export type EngineModule = Record<Calls | `make${Parts}` | Sets | Counts, (...values: number[]) => number> & {
  memory: WebAssembly.Memory;
};

let compiled: WebAssembly.Module | undefined;
/** Of the last run, all zero: a memory reserves 8 GiB of addresses, of which an Electron process has 1 TiB. */
let spare: WebAssembly.Memory | undefined;
const SPARE_BYTES = 2 ** 26;

/** `takeRows` is called whenever the rows of the ledger have filled their columns. */
export function instantiate(chart: Chart, takeRows: (count: number) => void): EngineModule {
  compiled ??= new WebAssembly.Module(Buffer.from(CODE, "base64"));
  const host = {
    takeRows,
    unknown(state: number, event: number) {
      throw new Error(`${STATES[state]} does not know ${eventName(event)}`);
    },
    endedTwice(procedure: number) {
      throw new Error(`procedure ${procedure} ended twice`);
    },
    full() {
      const reason = "the signalling of so many handovers needs more memory than 4 GiB";
      throw new BadInput([{ field: "attempts", reason, remedy: "give fewer UEs or a shorter run" }]);
    },
    chartMessage: chart.message.bind(chart),
    chartPause: chart.pause.bind(chart),
    chartOff: chart.off.bind(chart),
    chartUpAnew: chart.upAnew.bind(chart),
  };
  const memory = spare ?? new WebAssembly.Memory({ initial: 1 });
  spare = undefined;
  return { ...new WebAssembly.Instance(compiled, { host, env: { memory } }).exports, memory } as EngineModule;
}

/** After a run: the next one takes its memory. */
export function giveBack({ memory, used }: EngineModule): void {
  if (memory.buffer.byteLength > SPARE_BYTES) return;
  new Uint8Array(memory.buffer, 0, used()).fill(0);
  spare = memory;
}

const globalOf = (module: EngineModule, name: string) =>
  (module as unknown as Record<string, WebAssembly.Global>)[name];

/** Where a table is, or a field in its record. */
export const address = (module: EngineModule, name: string): number => globalOf(module, name).value >>> 0;

export function setGlobals(module: EngineModule, values: Record<string, number>): void {
  for (const [name, value] of Object.entries(values)) globalOf(module, name).value = value;
}
