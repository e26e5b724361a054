import { textTable } from "../../export/text-table.ts";
import { defaultDatabase } from "../../paths.ts";
import { ueLink } from "../../studies/ue-link.ts";
import type { UeLink } from "../../../shared/link.ts";
import { Arguments } from "./arguments.ts";
import type { World } from "./world.ts";
import { waterfallText } from "./waterfall.ts";

/** Options of `link --run`; numbers arrive as text. */
export interface UeLinkOptions {
  run?: string;
  ue?: string;
  atS?: string;
  db?: string;
  json?: boolean;
}

/**
 * The budgets of one UE of a kept run with its serving cell, down and up, and the cells that it hears.
 * @param parameters options given that do not go with a run
 */
export async function linkOfUe(
  world: World,
  options: UeLinkOptions,
  parameters: readonly string[],
): Promise<number> {
  const given = new Arguments();
  for (const option of parameters)
    given.refuse(option, "comes together with --run", "Leave it out: the run's scenario holds");
  for (const [option, text] of [
    ["--run", options.run],
    ["--ue", options.ue],
    ["--at-s", options.atS],
  ] as const)
    if (text === undefined)
      given.refuse(option, "is missing", "Give --run, --ue and --at-s together for the link of a run's UE");
  const ue = given.whole("--ue", options.ue, 0, Number.MAX_SAFE_INTEGER);
  const atS = Number(options.atS);
  if (options.atS !== undefined && (options.atS.trim() === "" || !Number.isFinite(atS)))
    given.refuse("--at-s", `"${options.atS}" is not a number`, "Give seconds after the start, e.g. 120");
  given.check();
  const reader = await world.openReader(options.db ?? defaultDatabase());
  try {
    const found = ueLink(reader, options.run!, ue!, atS);
    world.out(options.json ? JSON.stringify(found) : linkText(found));
    return 0;
  } finally {
    reader.close();
  }
}

function linkText({ run, ue, timeS, cell, satellite, beam, lineOfSight, down, up, heard }: UeLink): string {
  const sight = lineOfSight ? "line of sight" : "no line of sight";
  const rows = heard.map((one) => [
    String(one.cell),
    one.satellite,
    String(one.beam),
    one.rsrpDbm.toFixed(2),
  ]);
  return [
    `UE ${ue} of run ${run} at ${timeS} s: cell ${cell}, satellite ${satellite}, beam ${beam}, ${sight}`,
    `Downlink\n${waterfallText(down)}`,
    `Uplink\n${waterfallText(up)}`,
    `Cells heard\n${textTable(["cell", "satellite", "beam", "RSRP dBm"], rows, [1])}`,
  ].join("\n\n");
}
