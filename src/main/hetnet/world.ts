/**
 * The hybrid network of the multi-RAT paper: two cells at 3.5 GHz that interfere, four WiFi access points at 2.4 GHz on
 * orthogonal channels, two inside the coverage of each cell. The paper prints the frequencies, the number of nodes and the
 * speed; everything else is said here with its source, or as assumed.
 */
export interface World {
  /** m; paths cross it from one end of x to the other. Assumed. */
  widthM: number;
  heightM: number;
  /** m; masts of the base stations. Assumed: 240 m apart, so that the cells overlap in part. */
  stations: readonly Place[];
  /** m; assumed: one in the middle of each building. */
  accessPoints: readonly Place[];
  walls: readonly Wall[];
  cellular: CellularRadio;
  wifi: Radio;
  /** m over ground, antenna of the UE. TR 38.901 Table 7.2-1. */
  ueHeightM: number;
  /** m/s; the paper's */
  speedMps: number;
  /** s between two reports; the paper speaks of a sampling interval and prints none. Assumed. */
  stepS: number;
  /** points that a random path is laid through. Assumed. */
  waypoints: number;
}

export interface Place {
  x: number;
  y: number;
}

/** A straight wall from (x1, y1) to (x2, y2) [m], as high as needed. */
export interface Wall {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  lossDb: number;
}

export interface Radio {
  frequencyHz: number;
  /** transmitter and antennas of both ends together */
  powerDbm: number;
  bandwidthHz: number;
  noiseFigureDb: number;
  /** of the path loss, α in (1) and γ in (3); K and PL(1 m) are the free-space values of the frequency */
  exponent: number;
  heightM: number;
  /** share of Shannon's bound that is reached, the lowest SINR that carries data, and the greatest efficiency */
  shannonShare: number;
  leastSinrDb: number;
  peakBpsPerHz: number;
}

export interface CellularRadio extends Radio {
  /** power of the direct wave over that of the others */
  ricianKDb: number;
  /** standard deviation of the shadow fading, and the distance over which its correlation falls to 1/e */
  shadowDb: number;
  shadowCorrelationM: number;
}

/** Loss of a heavy and of a light wall [dB]: COST 231 final report, §4.7.2 (multi-wall model), at 1.8 GHz; assumed at 2.4 GHz too. */
const HEAVY_DB = 6.9;
const LIGHT_DB = 3.4;

/** A house of 40 m × 28 m about a place, with one light wall across, 8 m off the middle. Assumed. */
function house({ x, y }: Place): Wall[] {
  const [west, east, south, north] = [x - 20, x + 20, y - 14, y + 14];
  return [
    { x1: west, y1: south, x2: east, y2: south, lossDb: HEAVY_DB },
    { x1: east, y1: south, x2: east, y2: north, lossDb: HEAVY_DB },
    { x1: east, y1: north, x2: west, y2: north, lossDb: HEAVY_DB },
    { x1: west, y1: north, x2: west, y2: south, lossDb: HEAVY_DB },
    { x1: x + 8, y1: south, x2: x + 8, y2: north, lossDb: LIGHT_DB },
  ];
}

const ACCESS_POINTS: Place[] = [
  { x: 75, y: 215 },
  { x: 185, y: 80 },
  { x: 310, y: 215 },
  { x: 425, y: 80 },
];

export const DEFAULT_WORLD: World = {
  widthM: 500,
  heightM: 300,
  stations: [
    { x: 130, y: 150 },
    { x: 370, y: 150 },
  ],
  accessPoints: ACCESS_POINTS,
  walls: ACCESS_POINTS.flatMap(house),
  cellular: {
    frequencyHz: 3.5e9, // the paper's
    powerDbm: 40, // assumed
    bandwidthHz: 20e6, // assumed
    noiseFigureDb: 7, // TR 38.821 Table 6.1.1.1-3, handheld
    exponent: 3.2, // assumed, urban
    heightM: 25, // TR 38.901 Table 7.2-1, UMa
    ricianKDb: 9, // TR 38.901 Table 7.5-6, UMa with line of sight, mean
    shadowDb: 4, // TR 38.901 Table 7.4.1-1, UMa with line of sight
    shadowCorrelationM: 37, // TR 38.901 Table 7.5-6, UMa with line of sight
    shannonShare: 0.6, // TR 36.942 Annex A.1
    leastSinrDb: -10, // TR 36.942 Annex A.1
    peakBpsPerHz: 4.4, // TR 36.942 Annex A.1
  },
  wifi: {
    frequencyHz: 2.4e9, // the paper's
    powerDbm: 20, // ETSI EN 300 328 §4.3.2.2: 100 mW
    bandwidthHz: 20e6, // IEEE 802.11n, HT20
    noiseFigureDb: 7, // assumed, as the cellular one
    exponent: 3, // ITU-R P.1238, office, 2.4 GHz: 30 dB a decade
    heightM: 3, // assumed, ceiling
    shannonShare: 0.6, // assumed, as the cellular one
    leastSinrDb: 2, // assumed: BPSK at rate 1/2
    peakBpsPerHz: 3.25, // IEEE 802.11n, MCS 7: 65 Mbit/s in 20 MHz
  },
  ueHeightM: 1.5,
  speedMps: 3,
  stepS: 1,
  waypoints: 7,
};
