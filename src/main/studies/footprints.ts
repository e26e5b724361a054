import { DEG } from "../math/constants.ts";
import { Footprints } from "../simulation/cells.ts";
import type { Columns } from "../../shared/columns.ts";
import type { FootprintSource } from "../../shared/footprint.ts";
import { reopen, type RunSource } from "./kept-run.ts";

/** What this study reads of a kept run. */
export interface FootprintRun extends RunSource {
  /** ascending */
  servedCells(run: string): Uint32Array;
}

/** The last runs asked for. */
const opened = new Map<string, Footprints>();
const KEEP = 4;

function open(source: RunSource, id: string): Footprints {
  const known = opened.get(id);
  if (known) return known;
  const { mission, track } = reopen(source, id);
  const cells = new Footprints(mission, track);
  opened.set(id, cells);
  if (opened.size > KEEP) opened.delete(opened.keys().next().value!);
  return cells;
}

/**
 * The −3 dB contours of the cells that served somebody in the run, as ellipses, for the steps [from, to]: see
 * `GET /data/runs/<run>/footprints` in shared/operations.ts.
 */
export function footprints(
  source: FootprintRun,
  run: string,
  from: number,
  to: number,
): { columns: Columns; meta: Record<string, unknown> } {
  const record = source.run(run);
  const cells = open(source, record.run);
  const served = source.servedCells(record.run);
  const first = Math.max(0, from);
  const steps = Math.max(0, Math.min(to, record.stepsTotal - 1) - first + 1);
  const room = steps * served.length;
  const columns = {
    cell: new Uint32Array(room),
    firstOfStep: new Uint32Array(steps + 1),
    latitude: new Float32Array(room),
    longitude: new Float32Array(room),
    semiMajorM: new Float32Array(room),
    semiMinorM: new Float32Array(room),
    azimuth: new Float32Array(room),
  };
  let n = 0;
  for (let step = 0; step < steps; step++) {
    for (const cell of served) {
      const ellipse = cells.at(cell, (first + step) * record.stepS);
      if (!ellipse) continue;
      columns.cell[n] = cell;
      columns.latitude[n] = ellipse.latitude;
      columns.longitude[n] = ellipse.longitude;
      columns.semiMajorM[n] = ellipse.semiMajorM;
      columns.semiMinorM[n] = ellipse.semiMinorM;
      columns.azimuth[n++] = ellipse.azimuth;
    }
    columns.firstOfStep[step + 1] = n;
  }
  const { firstOfStep, ...perRow } = columns;
  const cut = Object.fromEntries(Object.entries(perRow).map(([key, column]) => [key, column.slice(0, n)]));
  return { columns: { ...cut, firstOfStep }, meta: { firstStep: first, steps } };
}

/** The footprint of any cell of a run at any second of it, for exports. */
export function footprintSource(source: RunSource, run: string): FootprintSource {
  const cells = open(source, source.run(run).run);
  return (cell, timeS) => {
    const ellipse = cells.at(cell, timeS);
    if (!ellipse) return null;
    const flat = cells.ring(cell, timeS);
    return {
      latitudeDeg: ellipse.latitude / DEG,
      longitudeDeg: ellipse.longitude / DEG,
      semiMajorKm: ellipse.semiMajorM / 1000,
      semiMinorKm: ellipse.semiMinorM / 1000,
      azimuthDeg: ellipse.azimuth / DEG,
      ring: Array.from({ length: flat.length / 2 }, (_, i): [number, number] => [
        flat[2 * i + 1] / DEG,
        flat[2 * i] / DEG,
      ]),
    };
  };
}
