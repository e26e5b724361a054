import { cpus } from "node:os";
import type { Carbon } from "./carbon.ts";
import { UNKNOWN_SHARE, UNKNOWN_TDP_W, designPower } from "./processors.ts";
import { openRapl } from "./rapl.ts";

/** How the processor's energy is found, as plain data that goes to the meter's thread. */
export type Source =
  | { kind: "rapl"; root: string; dram: boolean }
  | { kind: "tdp"; watts: number }
  | { kind: "constant"; watts: number };

/** W per GB of memory in use: CodeCarbon's 3 W for 8 GB. */
export const MEMORY_W_PER_GB = 0.375;

/** Power of a processor of which so much of its time is busy [W]: a tenth when idle, and a cube law as with frequency. */
export const tdpPower = (watts: number, load: number) => watts * (0.1 + 0.9 * load ** 3);

/** The best source that this machine offers; watts given by the user go before all others. */
export function chooseSource(
  watts: number | undefined,
  root: string,
  processors: readonly { model: string }[] = cpus(),
): { source: Source; method: string } {
  if (watts !== undefined)
    return { source: { kind: "constant", watts }, method: `processor: ${watts} W under full load, as given` };
  const rapl = openRapl(root);
  if (rapl)
    return {
      source: { kind: "rapl", root, dram: rapl.hasDram },
      method: "processor: RAPL counters of all packages",
    };
  const model = processors[0]?.model ?? "unknown";
  const design = designPower(model, processors.length);
  if (design) {
    const part = design.seen === design.threads ? "" : ` (${design.seen} of ${design.threads} threads)`;
    return {
      source: { kind: "tdp", watts: design.watts },
      method: `processor: ${design.name}, TDP ${round(design.watts)} W${part} × (0.1 + 0.9 · load³)`,
    };
  }
  return {
    source: { kind: "constant", watts: UNKNOWN_TDP_W * UNKNOWN_SHARE },
    method: `processor: ${model} is in no table, ${UNKNOWN_SHARE * 100} % of ${UNKNOWN_TDP_W} W under full load`,
  };
}

/** What a reader of a figure must know, in one line. */
export function methodText(processor: string, source: Source, { method }: Carbon): string {
  const all = source.kind === "constant" ? "time of all processors" : "machine's busy time";
  const share = `times this process's share of the ${all}`;
  const memory =
    source.kind === "rapl" && source.dram
      ? "memory: RAPL counters, the same share"
      : `memory: ${MEMORY_W_PER_GB} W/GB of this process's resident memory`;
  return `${processor}, ${share}; ${memory}; ${method}`;
}

const round = (value: number) => Math.round(value * 10) / 10;
