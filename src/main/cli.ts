import { runTerminal } from "./host/terminal/terminal.ts";

process.exitCode = await runTerminal(process.argv.slice(2));
