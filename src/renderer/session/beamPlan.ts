import { createStore } from "zustand/vanilla";
import type { Columns } from "../../shared/columns.ts";
import { followNeed } from "./need.ts";
import type { Known } from "./need.ts";

/** How the beams of a run share the band, and from which elevation a satellite serves. */
export interface BeamPlan {
  run: string;
  /** [beam] from 0, of `channels` */
  channel: Uint8Array;
  /** [beam] 0 or 1 */
  polarisation: Uint8Array;
  channels: number;
  channelHz: number;
  /** [site on the ground] from 0, of `siteChannels`, on a carrier of their own */
  siteChannel: Uint8Array;
  siteChannels: number;
  siteChannelHz: number;
  /** rad */
  minElevation: number;
}

/** Of the open run, once a layer needs it. */
export const beamPlans = createStore<Known<BeamPlan>>(() => ({ known: null, error: null }));

export const followBeamPlan = () =>
  followNeed(beamPlans, "beams", ({ layers }) => layers.reuse || layers.coverage, planOf);

const planOf = (run: string, columns: Columns, meta: Record<string, unknown>) =>
  ({ run, ...columns, ...meta }) as unknown as BeamPlan;

/** Channels are told apart by these places among the categories: satellites' first, those of sites on the ground after. */
const SITE_CATEGORY = 4;

/** Category of a cell's colour by its channel and polarisation; `cells` of satellites, those after are sites. */
export function reuseCategory(plan: BeamPlan, cell: number, cells: number): number {
  if (cell > cells) return SITE_CATEGORY + (plan.siteChannel[cell - cells - 1] ?? 0);
  const beam = (cell - 1) % plan.channel.length;
  return plan.channel[beam]! + plan.channels * plan.polarisation[beam]!;
}

/** What the categories of a plan say. */
export function reuseWords(plan: BeamPlan): { category: number; words: string }[] {
  const used = new Set(
    plan.channel.map((channel, beam) => channel + plan.channels * plan.polarisation[beam]!),
  );
  const sides = plan.polarisation.includes(1);
  const beams = [...used]
    .toSorted((a, b) => a - b)
    .map((category) => ({
      category,
      words:
        `channel ${(category % plan.channels) + 1}` +
        (sides ? `, polarisation ${Math.floor(category / plan.channels) + 1}` : ""),
    }));
  const sites = Array.from({ length: plan.siteChannels }, (_, channel) => ({
    category: SITE_CATEGORY + channel,
    words: `ground channel ${channel + 1}`,
  }));
  return [...beams, ...sites];
}
