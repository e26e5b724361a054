import { gatewayPositions } from "../orbit/feeder.ts";
import { feedersOf } from "../simulation/feeders.ts";
import type { Columns } from "../../shared/columns.ts";
import { reopen, type RunSource } from "./kept-run.ts";

/**
 * The gateways of a kept run, and through which of them each satellite works: see `GET /data/runs/<run>/gateways` in
 * shared/operations.ts. There are no links where satellites need no gateway of their own.
 */
export function feederLinks(
  source: RunSource,
  run: string,
): { columns: Columns; meta: Record<string, unknown> } {
  const { mission, track } = reopen(source, run);
  const stations = mission.gateways?.stations ?? [];
  const plan = feedersOf(mission, track);
  return {
    columns: {
      position: gatewayPositions(stations),
      start: plan?.start ?? new Uint32Array(0),
      fromS: plan?.fromS ?? new Float64Array(0),
      gateway: plan?.gateway ?? new Int16Array(0),
    },
    meta: { names: stations.map(({ name }) => name) },
  };
}
