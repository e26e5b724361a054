#!/usr/bin/env node
// The terminal program: set-up where needed, then the built program under Node 24.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { node24, rootFolder, run } from "./lib.mjs";
import { setUp } from "./setup.mjs";

const program = join(rootFolder, "out", "main", "cli.js");
const cwd = process.cwd();

if (!(await setUp(console.error))) process.exitCode = 1;
else if (Number(process.versions.node.split(".")[0]) >= 24) await import(pathToFileURL(program).href);
else process.exitCode = await run(node24(), [program, ...process.argv.slice(2)], { cwd });
