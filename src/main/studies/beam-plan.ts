import type { Columns } from "../../shared/columns.ts";
import { beamModel } from "../simulation/beams.ts";
import { reopen, type RunSource } from "./kept-run.ts";

/** How the beams of a kept run share the band: see `GET /data/runs/<run>/beams` in shared/operations.ts. */
export function beamPlan(
  source: RunSource,
  run: string,
): { columns: Columns; meta: Record<string, unknown> } {
  const { mission } = reopen(source, run);
  const { channel, channels, polarisation } = beamModel(mission);
  const ground = mission.terrestrial;
  return {
    columns: {
      channel,
      polarisation,
      siteChannel: Uint8Array.from(ground?.sites ?? [], ({ colour }) => colour),
    },
    meta: {
      channels,
      channelHz: mission.radio.bandwidthHz / channels,
      siteChannels: ground?.reuse ?? 0,
      siteChannelHz: ground ? ground.bandwidthHz / ground.reuse : 0,
      minElevation: mission.minElevation,
    },
  };
}
