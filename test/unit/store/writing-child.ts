import { existsSync } from "node:fs";
import { RunWriter } from "../../../src/main/store/writer.ts";
import { blockOf, startOf } from "./blocks.ts";

/**
 * A process that writes a run of 2-step blocks, and tells each block once it is kept: path, run, most blocks, and where
 * given a file whose existence says that there are enough.
 */
const [path, run, blocks, enough = ""] = process.argv.slice(2);
const writer = new RunWriter(path);
writer.begin(startOf({ run, stepsTotal: 2 * Number(blocks) }));
for (let i = 0; i < Number(blocks) && !existsSync(enough); i++) {
  writer.append(run, blockOf(2 * i, 2));
  process.stdout.write(`${2 * i + 2}\n`);
}
writer.close();
