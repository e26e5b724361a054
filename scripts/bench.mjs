// npm run bench: every benchmark in turn, under Node 24. Prints figures; never fails.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { node24, rootFolder, run } from "./lib.mjs";
import { setUp } from "./setup.mjs";

const folder = join(rootFolder, "test", "bench");

if (await setUp(console.log)) {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".bench.ts")) : [];
  for (const file of files.sort()) {
    console.log(`\n== ${file}`);
    const code = await run(node24(), [join(folder, file)]);
    if (code !== 0) console.log(`${file} ended with code ${code}`);
  }
}
