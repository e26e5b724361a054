import { compile } from "../../scripts/assembly.mjs";
import { address, setGlobals } from "../../src/main/handover/module.ts";

type Parts = Record<string, (...values: number[]) => number> & { memory: WebAssembly.Memory };

let module: Promise<WebAssembly.Module> | undefined;

/** The parts of the compiled engine (`assembly/parts.ts`), as for `procedures` between `cells`, each of a node of its own. */
export async function engineParts(
  { procedures = 0, cells = 1 },
  settings: Record<string, number> = {},
): Promise<Parts> {
  module ??= compile("parts.ts").then((code) => new WebAssembly.Module(code));
  const nothing = () => undefined;
  const names = ["unknown", "endedTwice", "full", "takeRows"];
  const charts = ["chartMessage", "chartPause", "chartOff", "chartUpAnew"];
  const host = Object.fromEntries([...names, ...charts].map((name) => [name, nothing]));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const parts = {
    ...new WebAssembly.Instance(await module, { host, env: { memory } }).exports,
    memory,
  } as unknown as Parts;
  setGlobals(parts as never, { cpus: 1, frameX: 1, ...settings });
  parts.makeCells(cells, cells);
  parts.makeProcessors(cells);
  for (let cell = 0; cell < cells; cell++) parts.setCell(cell, cell, 0);
  parts.makeProcedures(procedures);
  parts.link();
  return parts;
}

/** Sets the subframes of the occasions. */
export function setSubframes(parts: Parts, subframes: readonly number[]): void {
  setGlobals(parts as never, { subframeCount: subframes.length });
  new Int32Array(parts.memory.buffer, address(parts as never, "subframes"), 10).set(subframes);
}
