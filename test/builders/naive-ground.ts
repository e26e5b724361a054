import { CorrelatedFading, SmoothNormal } from "../../src/main/link/fading.ts";
import { normalShare } from "../../src/main/link/quantile.ts";
import { geodeticToEcef } from "../../src/main/math/wgs84.ts";
import type { Users } from "../../src/main/simulation/users.ts";
import type { Mission } from "../../src/shared/mission.ts";

/** TR 38.901 Tables 7.4.1-1 and 7.4.2-1 once more, term by term, fc in GHz: loss with line of sight and without, its share. */
export function naivePath(kind: "rural" | "urban", fc: number, hBS: number, d2D: number) {
  const [hUT, h, W, c] = [1.5, 5, 20, 299_792_458];
  const lg = (x: number) => Math.log(x) / Math.LN10;
  const d = Math.max(10, d2D);
  const d3D = Math.sqrt(d ** 2 + (hBS - hUT) ** 2);
  if (kind === "rural") {
    const dBP = (2 * Math.PI * hBS * hUT * fc * 1e9) / c;
    const pl1 = (x: number) =>
      20 * lg((40 * Math.PI * x * fc) / 3) +
      Math.min(0.03 * Math.pow(h, 1.72), 10) * lg(x) -
      Math.min(0.044 * Math.pow(h, 1.72), 14.77) +
      0.002 * lg(h) * x;
    const atBreak = Math.sqrt(dBP ** 2 + (hBS - hUT) ** 2);
    const los = d <= dBP ? pl1(d3D) : pl1(atBreak) + 40 * lg(d3D / atBreak);
    const other =
      161.04 -
      7.1 * lg(W) +
      7.5 * lg(h) -
      (24.37 - 3.7 * (h / hBS) ** 2) * lg(hBS) +
      (43.42 - 3.1 * lg(hBS)) * (lg(d3D) - 3) +
      20 * lg(fc) -
      (3.2 * lg(11.75 * hUT) ** 2 - 4.97);
    const share = d2D <= 10 ? 1 : Math.exp(-(d2D - 10) / 1000);
    return { los, nlos: Math.max(los, other), share, sigma: d2D <= dBP ? 4 : 6, sigmaNlos: 8 };
  }
  const dBP = (4 * (hBS - 1) * (hUT - 1) * fc * 1e9) / c;
  const los =
    d <= dBP
      ? 28 + 22 * lg(d3D) + 20 * lg(fc)
      : 28 + 40 * lg(d3D) + 20 * lg(fc) - 9 * lg(dBP ** 2 + (hBS - hUT) ** 2);
  const other = 13.54 + 39.08 * lg(d3D) + 20 * lg(fc) - 0.6 * (hUT - 1.5);
  const share = d2D <= 18 ? 1 : 18 / d2D + Math.exp(-d2D / 63) * (1 - 18 / d2D);
  return { los, nlos: Math.max(los, other), share, sigma: 4, sigmaNlos: 6 };
}

const processes = new Map<string, CorrelatedFading>();
function fadingOf(seed: number, stream: string, metres: number): CorrelatedFading {
  const key = `${seed} ${stream} ${metres}`;
  const known = processes.get(key) ?? new CorrelatedFading(seed, stream, metres, 5);
  processes.set(key, known);
  return known;
}

/** Every site as one UE hears it, where it stands at `place` (ECEF, m). */
export function hearGround(mission: Mission, users: Users, ue: number, time: number, place: Float64Array) {
  const layer = mission.terrestrial;
  const { name, motion, speed, antennaGainDbi } = mission.userClasses[users.userClass[ue]];
  if (!layer || name === "vsat" || motion === "aircraft") return [];
  const distances = { rural: [60, 37, 120], urban: [50, 37, 50] }[layer.surroundings];
  const foot = new Float64Array(3);
  return layer.sites.flatMap(({ latitude, longitude, colour }, site) => {
    geodeticToEcef(foot, 0, latitude, longitude, 0);
    const away = Math.hypot(foot[0] - place[0], foot[1] - place[1], foot[2] - place[2]);
    const horizon = Math.sqrt((8 / 3) * 6_371_000) * (Math.sqrt(layer.heightM) + Math.sqrt(1.5));
    if (away > horizon * 1.001) return [];
    const path = naivePath(layer.surroundings, layer.frequencyHz / 1e9, layer.heightM, away);
    const index = ue * 4096 + site;
    const draw = (stream: string, metres: number) =>
      fadingOf(mission.seed, stream, metres).at(index, speed * time);
    const gaussian = new SmoothNormal(mission.seed, "ground-sight", distances[0]).at(index, speed * time);
    const sees = !layer.drawLineOfSight || normalShare(gaussian) < path.share;
    const fading = sees
      ? path.sigma * draw("ground-fading-los", distances[1])
      : path.sigmaNlos * draw("ground-fading-nlos", distances[2]);
    const perElement =
      layer.eirpDbm - 10 * Math.log10(layer.bandwidthHz / layer.reuse / mission.radio.subcarrierSpacingHz);
    const rsrp = perElement + antennaGainDbi - (sees ? path.los : path.nlos) + (layer.shadowing ? fading : 0);
    return [{ site, colour, rsrp }];
  });
}
