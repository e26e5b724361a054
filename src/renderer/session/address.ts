import { isPanel } from "./layout.ts";
import { COLOUR_BY } from "./view.ts";
import type { ColourBy, Shown } from "./view.ts";

/** What the address keeps, so that a reload or a link shows the same view. */
export interface Address extends Shown {
  run: string | null;
  timeS: number | null;
  cell: number | null;
}

const number = (text: string | null, least: number) =>
  numberOr(text, (n) => n >= least && Number.isInteger(n));

export function readAddress(hash: string): Address {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const colour = fields.get("colour") as ColourBy | null;
  const panel = fields.get("panel");
  return {
    run: fields.get("run") || null,
    timeS: numberOr(fields.get("t"), (n) => n >= 0),
    cell: number(fields.get("cell"), 1),
    satellite: number(fields.get("sat"), 0),
    handover: number(fields.get("handover"), 0),
    ue: number(fields.get("ue"), 0),
    colourBy: colour && COLOUR_BY.includes(colour) ? colour : null,
    panel: isPanel(panel) ? panel : null,
  };
}

type Written = Pick<Address, "run" | "timeS" | "cell"> & Partial<Shown>;

export function writeAddress({ run, timeS, cell, satellite, handover, ue, colourBy, panel }: Written) {
  if (run === null) return "";
  const fields = new URLSearchParams({ run });
  const put = (name: string, value: string | number | null | undefined) =>
    (value ?? null) === null || fields.set(name, String(value));
  put("t", timeS === null ? null : Math.round(timeS * 1000) / 1000);
  put("cell", cell);
  put("sat", satellite);
  put("handover", handover);
  put("ue", ue);
  put("colour", colourBy);
  put("panel", panel);
  return `#${fields}`;
}

function numberOr(text: string | null, valid: (n: number) => boolean): number | null {
  const n = text === null || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(n) && valid(n) ? n : null;
}
