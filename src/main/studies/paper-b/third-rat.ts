import {
  emptyOutlook,
  perfectOutlook,
  persistenceOutlook,
  trendOutlook,
  type Outlook,
} from "../../hetnet/outlook.ts";
import type { HetnetSeries } from "../../hetnet/series.ts";
import { fromDb, toDb } from "../../math/decibel.ts";
import { dahoudaPass, hearBeams, placeUnder, reportedSinrDb, withBeams } from "./satellite-beams.ts";
import { trainingSeries, unseenSeries } from "./steering-world.ts";

/** Reports ahead that the beams are forecast for. */
export const BEAM_HORIZON = 10;
/** From here on a beam can serve: Q_out. */
export const USABLE_DB = -8;
/** Shadow fading falls to 1/e within 37 m (TR 38.811, line of sight); weight of a new residual. */
const SHADOW_M = 37;
const GAIN = 0.9;
/** m between two reports */
const STRIDE_M = 3;

export const trainingWithBeams = (seed: number): HetnetSeries =>
  withBeams(trainingSeries(seed), dahoudaPass(seed, true), seed);
export const unseenWithBeams = (seed: number, paths: number): HetnetSeries =>
  withBeams(unseenSeries(seed, paths), dahoudaPass(seed, true), seed);

export const nodesOf = ({ nodes }: HetnetSeries, satellite: boolean) =>
  nodes.flatMap(({ rat }, i) => ((rat === "satellite") === satellite ? [i] : []));

/**
 * Forecasts of the beams by who knows the ephemeris: what the satellite's beams will be worth at the place where the path
 * began, by geometry and without shadow, plus the shadow seen so far, which fades with its correlation along the way. All
 * beams of the satellite share one shadow. NaN for other nodes.
 */
export function ephemerisOutlook(series: HetnetSeries, seed: number, horizon: number): Outlook {
  const outlook = emptyOutlook(series, horizon);
  const pass = dahoudaPass(seed, false);
  const { radio } = pass.mission;
  const toBand = toDb(radio.bandwidthHz / radio.subcarrierSpacingHz);
  const count = series.nodes.length;
  const beams = nodesOf(series, true);
  const keep = Math.exp(-STRIDE_M / SHADOW_M);
  series.paths.forEach(({ id, steps, x, y }, path) => {
    const still = (value: number) => new Float64Array(pass.steps + horizon).fill(value);
    const ahead = pass.steps + horizon;
    const law = hearBeams(pass, placeUnder(pass, seed, id), still(x[0]), still(y[0]), ahead, id);
    let shadow = 0;
    for (let step = 0; step < steps; step++) {
      const at = (series.firstStep[path] + step) * count;
      const seen = beams.flatMap((node, beam) => {
        const known = toBand + toDb(law.wanted[step * beams.length + beam]);
        // a beam at the floor of what is reported says nothing of the shadow
        return series.sinrDb[at + node] > -20 ? [series.rssiDbm[at + node] - known] : [];
      });
      shadow *= keep;
      if (seen.length > 0)
        shadow += GAIN * (seen.reduce((sum, value) => sum + value, 0) / seen.length - shadow);
      beams.forEach((node, beam) => {
        for (let h = 1; h <= horizon; h++) {
          const then = (step + h) * beams.length + beam;
          const gain = fromDb(shadow * keep ** h);
          outlook.sinrDb[(at + node) * horizon + h - 1] = reportedSinrDb(
            gain * law.wanted[then],
            gain * law.interference[then],
            law.noise,
          );
        }
      });
    }
  });
  return outlook;
}

/** Forecasts of the network on the ground, made for whole paths, in the places of the paths that were cut to the pass. */
export function onTheGround(whole: HetnetSeries, cut: HetnetSeries, outlook: Outlook): Outlook {
  const { horizon } = outlook;
  const out = emptyOutlook(cut, horizon);
  const old = whole.nodes.length;
  const count = cut.nodes.length;
  cut.paths.forEach(({ steps }, path) => {
    for (let step = 0; step < steps; step++) {
      const from = (whole.firstStep[path] + step) * old * horizon;
      const into = (cut.firstStep[path] + step) * count * horizon;
      out.sinrDb.set(outlook.sinrDb.subarray(from, from + old * horizon), into);
    }
  });
  return out;
}

/** Ground and beams side by side, over the shorter horizon. */
export function beside(series: HetnetSeries, ground: Outlook, beams: Outlook): Outlook {
  const horizon = Math.min(ground.horizon, beams.horizon);
  const out = emptyOutlook(series, horizon);
  const count = series.nodes.length;
  const sky = new Set(nodesOf(series, true));
  for (let at = 0; at < series.sinrDb.length; at++) {
    const source = sky.has(at % count) ? beams : ground;
    const from = at * source.horizon;
    out.sinrDb.set(source.sinrDb.subarray(from, from + horizon), at * horizon);
  }
  return out;
}

/** Everybody's forecasts of the beams. */
export const beamOutlooks = (series: HetnetSeries, seed: number, network: Outlook) => ({
  persistence: persistenceOutlook(series, BEAM_HORIZON),
  trend: trendOutlook(series, BEAM_HORIZON),
  LSTM: network,
  ephemeris: ephemerisOutlook(series, seed, BEAM_HORIZON),
  perfect: perfectOutlook(series, BEAM_HORIZON),
});
export type BeamPredictor = keyof ReturnType<typeof beamOutlooks>;
