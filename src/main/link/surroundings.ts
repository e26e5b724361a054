import { nearestAngle } from "./angles.ts";

export const SURROUNDINGS = ["dense-urban", "urban", "suburban-rural"] as const;
export type Surroundings = (typeof SURROUNDINGS)[number];
/** S stands for 2 … 4 GHz, Ka for 19 … 30 GHz. */
export type Band = "s" | "ka";

/** Columns over 10°, 20°, … 90° [dB]. */
interface Spread {
  los: readonly number[];
  nlos: readonly number[];
  clutter: readonly number[];
}

/** Probability of line of sight [%] at 10°, 20°, … 90° (TR 38.811 Table 6.6.1-1). */
const LOS_PERCENT: Record<Surroundings, readonly number[]> = {
  "dense-urban": [28.2, 33.1, 39.8, 46.8, 53.7, 61.2, 73.8, 82, 98.1],
  urban: [24.6, 38.6, 49.3, 61.3, 72.6, 80.5, 91.9, 96.8, 99.2],
  "suburban-rural": [78.2, 86.9, 91.9, 92.9, 93.5, 94, 94.9, 95.2, 99.8],
};

const always = (value: number) => Array.from({ length: 9 }, () => value);
const URBAN_CLUTTER = {
  s: [34.3, 30.9, 29, 27.7, 26.8, 26.2, 25.8, 25.5, 25.5],
  ka: [44.3, 39.9, 37.5, 35.8, 34.6, 33.8, 33.3, 33, 32.9],
};

/**
 * σ of the shadow fading and clutter loss [dB] (TR 38.811 Tables 6.6.2-1 to -3). Tables 6.7.2-7a/-7b of the same
 * report give a σ of 4 dB for rural line of sight; these large-scale tables are taken, as ns-3 takes them.
 */
const SPREAD: Record<Surroundings, Record<Band, Spread>> = {
  "dense-urban": {
    s: {
      los: [3.5, 3.4, 2.9, 3, 3.1, 2.7, 2.5, 2.3, 1.2],
      nlos: [15.5, 13.9, 12.4, 11.7, 10.6, 10.5, 10.1, 9.2, 9.2],
      clutter: URBAN_CLUTTER.s,
    },
    ka: {
      los: [2.9, 2.4, 2.7, 2.4, 2.4, 2.7, 2.6, 2.8, 0.6],
      nlos: [17.1, 17.1, 15.6, 14.6, 14.2, 12.6, 12.1, 12.3, 12.3],
      clutter: URBAN_CLUTTER.ka,
    },
  },
  urban: {
    s: { los: always(4), nlos: always(6), clutter: URBAN_CLUTTER.s },
    ka: { los: always(4), nlos: always(6), clutter: URBAN_CLUTTER.ka },
  },
  "suburban-rural": {
    s: {
      los: [1.79, 1.14, 1.14, 0.92, 1.42, 1.56, 0.85, 0.72, 0.72],
      nlos: [8.93, 9.08, 8.78, 10.25, 10.56, 10.74, 10.17, 11.52, 11.52],
      clutter: [19.52, 18.17, 18.42, 18.28, 18.63, 17.68, 16.5, 16.3, 16.3],
    },
    ka: {
      los: [1.9, 1.6, 1.9, 2.3, 2.7, 3.1, 3, 3.6, 0.4],
      nlos: [10.7, 10, 11.2, 11.6, 11.8, 10.8, 10.8, 10.8, 10.8],
      clutter: [29.5, 24.6, 21.9, 20, 18.7, 17.8, 17.2, 16.9, 16.8],
    },
  },
};

/** Which columns hold at a frequency: S below 6 GHz, else Ka (TR 38.811 §6.6.2 leaves the gap between them open). */
export const bandOf = (frequencyHz: number): Band => (frequencyHz < 6e9 ? "s" : "ka");

/** Probability of line of sight, 0 … 1, at the reference angle nearest to the elevation [rad]. */
export const lineOfSightProbability = (surroundings: Surroundings, elevation: number) =>
  LOS_PERCENT[surroundings][nearestAngle(elevation)] / 100;

/** σ of the log-normal shadow fading [dB] at the reference angle nearest to the elevation [rad]. */
export const shadowSigmaDb = (
  surroundings: Surroundings,
  band: Band,
  lineOfSight: boolean,
  elevation: number,
) => SPREAD[surroundings][band][lineOfSight ? "los" : "nlos"][nearestAngle(elevation)];

/** Clutter loss [dB] without line of sight; with it there is none (TR 38.811 §6.6.2). */
export const clutterLossDb = (surroundings: Surroundings, band: Band, elevation: number) =>
  SPREAD[surroundings][band].clutter[nearestAngle(elevation)];
