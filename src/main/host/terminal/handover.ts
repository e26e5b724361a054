import { resolve } from "node:path";
import { textTable } from "../../export/text-table.ts";
import { defaultDatabase } from "../../paths.ts";
import { showHandover } from "../../studies/handover-show.ts";
import { stayingSentence, type HandoverShown } from "../../../shared/handover.ts";
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
  const { event, ue, timeS, source, target, outcome } = shown;
  const startMs = shown.startMs!;
  return [
    `Event ${event}: UE ${ue} from cell ${source} to cell ${target} at ${timeS.toFixed(3)} s: ${outcome}`,
    ...decided(shown),
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

/** The condition; those that had to hold at once each on a line of its own. */
function decided({ condition, conditions }: HandoverShown): string[] {
  if (conditions.length < 2) return [`Decided: ${condition}`];
  const [kind] = condition.split(": ", 1);
  return [
    `Decided: ${kind}: both of`,
    ...conditions.map(
      ({ event, clause, study, inequality, heldFromS, timeToTriggerMs, fulfilledS, decided: last }) => {
        const held =
          timeToTriggerMs === null
            ? `since ${fulfilledS.toFixed(3)} s`
            : `from ${heldFromS.toFixed(3)} s on, and so fulfilled from ${fulfilledS.toFixed(3)} s on (time-to-trigger ${timeToTriggerMs} ms)`;
        const name = study ? `${event}, study trigger of ${clause}, no RRC event` : `${event}, ${clause}`;
        return `  ${inequality}\n    ${name}; ${held}${last ? "; came last, and so decided" : ""}`;
      },
    ),
  ];
}

const ROLES: Readonly<Record<string, string>> = { ue: "UE", other: "other candidate" };
const party = (role: string, cell: number | null) => {
  const name = ROLES[role] ?? role;
  return cell === null ? name : `${name} ${cell}`;
};

function way({ from, fromCell, to, toCell }: NonNullable<HandoverShown["lines"]>[number]): string {
  const sender = party(from, fromCell);
  return from === to && fromCell === toCell ? sender : `${sender} → ${party(to, toCell)}`;
}

function chart({ lines, startMs }: HandoverShown): string {
  const begun = startMs!;
  const losses = lines!.some(({ lost }) => lost);
  const rows = lines!.map((line) => [
    ms(line.startMs - begun),
    line.what,
    way(line),
    line.interface ?? "",
    line.bytes > 0 ? String(line.bytes) : "",
    ms(line.wayMs),
    ms(line.waitMs),
    ms(line.workMs),
    ms(line.endMs - begun),
    ...(losses ? [line.lost ? "lost" : ""] : []),
  ]);
  const head = ["at", "message", "way", "", "bytes", "on the way", "waiting", "work", "done"];
  return textTable(losses ? [...head, ""] : head, rows, [1, 2, 3, 9]);
}

/** Each direction: the instants between which no user data went, on the clock of the chart, and their sum. */
function interruption(shown: HandoverShown): string {
  const { downMs, upMs, down, up, startMs, endMs } = shown;
  const begun = startMs!;
  const side = (name: string, spans: HandoverShown["down"], sumMs: number) => {
    if (spans!.length === 0) return `${name}: never without user data`;
    const times = spans!.map(({ fromMs, toMs }) => `from ${ms(fromMs - begun)} to ${ms(toMs - begun)} ms`);
    return `${name}: no user data ${times.join(" and ")} = ${ms(sumMs)} ms`;
  };
  return [
    `Interruption ${side("down", down, downMs!)}`,
    `Interruption ${side("up", up, upMs!)}`,
    `The procedure took ${ms(endMs! - begun)} ms`,
  ].join("\n");
}

function candidates({ candidates: cells, unlisted }: HandoverShown): string {
  const rows = cells.map((cell) => [
    String(cell.cell),
    [cell.role === "other" ? "" : cell.role, cell.prepared ? "prepared" : ""].filter(Boolean).join(", "),
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

function staying({ staying: stayed }: HandoverShown): string {
  const levels = stayed.sinr.map(({ afterS, sinrDb }) => {
    const after = `after ${Number(afterS.toFixed(3))} s`;
    return sinrDb === null ? `none ${after}` : `${sinrDb.toFixed(1)} dB ${after}`;
  });
  return [
    `Had it stayed: ${stayingSentence(stayed)}`,
    `SINR of the source against all cells: ${levels.join(", ")}`,
  ].join("\n");
}
