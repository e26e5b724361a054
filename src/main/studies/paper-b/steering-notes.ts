import { DEFAULT_WORLD } from "../../hetnet/world.ts";

/** The world in words: every parameter with its value, and whose it is. */
export function hetnetNotes(): string[] {
  const { cellular, wifi, widthM, heightM, waypoints, speedMps, stepS, ueHeightM } = DEFAULT_WORLD;
  return [
    `Area ${widthM} m × ${heightM} m, 2 base stations 240 m apart, 4 access points in houses of 40 m × 28 m, two inside each base station's coverage: number and bands are the paper's, places assumed. Paths: natural cubic splines through ${waypoints} seeded waypoints from one end to the other, ${speedMps} m/s (the paper's), a report every ${stepS} s (assumed), UE at ${ueHeightM} m (TR 38.901).`,
    `Cells: ${cellular.frequencyHz / 1e9} GHz (the paper's), ${cellular.powerDbm} dBm EIRP, ${cellular.bandwidthHz / 1e6} MHz, α = ${cellular.exponent} (assumed), K of (1) free space at 1 m, masts of ${cellular.heightM} m, shadow ${cellular.shadowDb} dB over ${cellular.shadowCorrelationM} m, Rician K ${cellular.ricianKDb} dB (TR 38.901, UMa with line of sight), noise figure ${cellular.noiseFigureDb} dB. The shadow is a map: every path of a seed meets the same one.`,
    `WiFi: ${wifi.frequencyHz / 1e9} GHz (the paper's), ${wifi.powerDbm} dBm (EN 300 328), γ = ${wifi.exponent} (P.1238, office), walls 6.9 and 3.4 dB (COST 231), no fading and no interference (the paper's (3) and (4)).`,
    "A report averages power over its interval: 25 samples of the fading 0.12 m apart, at 5 places. The fading of two reports is independent, since 3 m is 35 wavelengths; about 0.4 dB of it is left. Throughput: truncated Shannon bound (TR 36.942 Annex A.1). SINR is not limited to what a receiver could measure.",
    "The node with the greatest forecast at k + 1 among those that meet (9) or (10) is the target. A decision at report k takes effect with report k + 1, its sequence being shorter than the interval. A path ends 3 reports early, where the last forecasts end.",
  ];
}
