import { runTerminal } from "./host/terminal/terminal.ts";

process.exitCode = await runTerminal(["serve", ...process.argv.slice(2)]);
