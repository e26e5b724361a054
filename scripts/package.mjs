// npm run package: installers in dist/, through electron-builder.
import { join } from "node:path";
import { listen, node24, rootFolder, run } from "./lib.mjs";
import { setUp } from "./setup.mjs";

const builder = join(rootFolder, "node_modules", "electron-builder", "cli.js");
const electron = join(rootFolder, "node_modules", "electron", "install.js");

process.exitCode = await pack();

async function pack() {
  if (!(await setUp(console.log))) return 1;
  const fetched = await listen(node24(), [electron], { limitS: 300 });
  if (fetched.code !== 0) {
    console.error("Cannot package: the Electron binary is not here and could not be downloaded.");
    return 1;
  }
  const code = await run(node24(), [builder, "--publish", "never", ...process.argv.slice(2)]);
  if (code !== 0)
    console.error("electron-builder failed; where it could not download its tools, it said so above.");
  return code === 0 ? 0 : 1;
}
