// Compiles src/main/handover/assembly (AssemblyScript) to WebAssembly and writes it as text beside it: `node scripts/assembly.mjs`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "assemblyscript/asc";
import { rootFolder } from "./lib.mjs";

const folder = join(rootFolder, "src/main/handover/assembly");

/** Bytes of the module with an entry of that folder. */
export async function compile(entry) {
  let bytes = null;
  const options = [
    "--optimizeLevel",
    "3",
    "--shrinkLevel",
    "0",
    "--noAssert",
    "--runtime",
    "stub",
    "--importMemory",
  ];
  const { error, stderr } = await main([entry, "--baseDir", folder, "--outFile", "engine.wasm", ...options], {
    writeFile: (name, contents) => {
      if (name === "engine.wasm") bytes = contents;
    },
  });
  if (error || !bytes) throw new Error(stderr.toString() || String(error));
  return Buffer.from(bytes);
}

if (process.argv[1] === import.meta.filename) {
  const code = (await compile("index.ts")).toString("base64");
  const text = `/** Written by scripts/assembly.mjs from the files beside it: the compiled engine in base64. */\nexport const CODE =\n  "${code}";\n`;
  writeFileSync(join(folder, "code.ts"), text);
}
