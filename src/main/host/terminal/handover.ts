import { resolve } from "node:path";
import { textTable } from "../../export/text-table.ts";
import { defaultDatabase } from "../../paths.ts";
import { showHandover } from "../../studies/handover-show.ts";
import type { HandoverShown } from "../../../shared/handover.ts";
import { Arguments } from "./arguments.ts";
import type { World } from "./world.ts";

export interface HandoverOptions {
  show: string;
  db?: string;
  json?: boolean;
}

/** One handover of a run with all its messages. */
export async function handover(world: World, run: string, options: HandoverOptions): Promise<number> {
  const given = new Arguments();
  const event = given.whole("--show", options.show, 0, 4_294_967_295);
  given.check();
  const reader = await world.openReader(resolve(options.db ?? defaultDatabase()));
  try {
    const shown = showHandover(reader, run, event!);
    world.out(options.json ? JSON.stringify(shown) : handoverText(shown));
    return 0;
  } finally {
    reader.close();
  }
}

const ms = (value: number) => value.toFixed(3);

function handoverText(shown: HandoverShown): string {
  const { event, ue, timeS, source, target, outcome, condition } = shown;
  const startMs = shown.startMs!;
  return [
    `Event ${event}: UE ${ue} from cell ${source} to cell ${target} at ${timeS.toFixed(3)} s: ${outcome}`,
    `Decided by ${condition}`,
    "",
    `Messages, in ms since the procedure began at ${(startMs / 1000).toFixed(3)} s`,
    chart(shown),
    interruption(shown),
    "",
    `Cells heard at ${timeS.toFixed(3)} s, SINR with all of them as interference`,
    candidates(shown),
    "",
    staying(shown),
  ].join("\n");
}

function chart({ lines, startMs }: HandoverShown): string {
  const begun = startMs!;
  const rows = lines!.map((line) => [
    ms(line.startMs - begun),
    line.what,
    line.from === line.to ? line.from : `${line.from} → ${line.to}`,
    line.interface ?? "",
    line.bytes > 0 ? String(line.bytes) : "",
    ms(line.wayMs),
    ms(line.waitMs),
    ms(line.workMs),
    line.lost ? "lost" : ms(line.endMs - begun),
  ]);
  const head = ["at", "message", "way", "", "bytes", "on the way", "waiting", "work", "done"];
  return textTable(head, rows, [1, 2, 3]);
}

function interruption({ downMs, upMs, startMs, endMs }: HandoverShown): string {
  return `Interruption: ${ms(downMs!)} ms down, ${ms(upMs!)} ms up; the procedure took ${ms(endMs! - startMs!)} ms`;
}

function candidates({ candidates: cells, unlisted }: HandoverShown): string {
  const rows = cells.map((cell) => [
    String(cell.cell),
    cell.role === "other" ? "" : cell.role,
    cell.satellite,
    String(cell.beam),
    cell.rsrpDbm.toFixed(2),
    cell.sinrDb.toFixed(2),
    cell.elevationDeg.toFixed(2),
    cell.rangeKm.toFixed(1),
  ]);
  const head = ["cell", "", "satellite", "beam", "RSRP dBm", "SINR dB", "elevation °", "range km"];
  const more = unlisted > 0 ? [`and ${unlisted} weaker ones`] : [];
  return [textTable(head, rows, [0, 1, 2]), ...more].join("\n");
}

function staying({ staying: { outageAfterS, searchedS, qoutDb, sinr } }: HandoverShown): string {
  const outage =
    outageAfterS === null
      ? `the source can be used for at least ${searchedS.toFixed(1)} s more`
      : outageAfterS > 0
        ? `the source falls below ${qoutDb} dB after ${outageAfterS.toFixed(2)} s`
        : `the source had fallen below ${qoutDb} dB ${(-outageAfterS).toFixed(2)} s before`;
  const levels = sinr.map(({ afterS, sinrDb }) =>
    sinrDb === null ? `none after ${afterS} s` : `${sinrDb.toFixed(1)} dB after ${afterS} s`,
  );
  return [
    `Had it stayed: ${outage} (against noise and the target alone)`,
    `SINR of the source: ${levels.join(", ")}`,
  ].join("\n");
}
