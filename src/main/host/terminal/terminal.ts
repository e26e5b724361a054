import { CommanderError } from "commander";
import type { Problem } from "../../../shared/errors.ts";
import { BadInput, Cancelled, reportError } from "../../../shared/errors.ts";
import { createProgram } from "./program.ts";
import type { World } from "./world.ts";
import { realWorld, survivePipes } from "./world.ts";

/** Exit code 0: done, 1: failed or stopped, 2: bad input. */
export async function runTerminal(args: string[], given?: World): Promise<number> {
  if (!given) survivePipes();
  const world = given ?? realWorld();
  let code = 0;
  const program = createProgram(world, (result) => (code = result));
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.code === "commander.help") {
      world.err(program.helpInformation());
      return 2;
    }
    return complain(world, usageError(error), args.includes("--json"));
  }
}

function complain(world: World, error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return error.exitCode;
  if (json) world.err(JSON.stringify(reportError(error)));
  else if (error instanceof BadInput) world.err(error.problems.map(problemText).join("\n"));
  else if (error instanceof Cancelled) world.err("Stopped.");
  else
    world.err(`beamwalk failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return error instanceof BadInput ? 2 : 1;
}

const problemText = ({ field, reason, remedy }: Problem) =>
  `${field}: ${sentence(reason)} ${sentence(remedy)}`;
const sentence = (text: string) => (/[.?!]$/.test(text) ? text : `${text}.`);

/** Help and version leave as they are; every other complaint of the parser becomes bad input. */
function usageError(error: unknown): unknown {
  if (!(error instanceof CommanderError) || error.exitCode === 0) return error;
  const reason = error.message
    .replace(/^error: /, "")
    .replaceAll("\n", " ")
    .trim();
  return new BadInput([
    { field: "arguments", reason, remedy: 'Run "beamwalk --help" or "beamwalk <command> --help"' },
  ]);
}
