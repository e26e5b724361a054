import type { MessageName } from "./storm.ts";

/** A checked scenario in SI units, frozen: the only description of the task that the engine sees. */

/** One satellite, as SGP4 elements or as a Keplerian orbit with secular J2. */
export type SatelliteSource =
  | { kind: "tle"; id: string; name: string; line1: string; line2: string }
  | { kind: "omm"; id: string; name: string; fields: Record<string, string> }
  | {
      kind: "kepler";
      id: string;
      name: string;
      semiMajorAxisM: number;
      eccentricity: number;
      inclination: number;
      raan: number;
      argumentOfPerigee: number;
      meanAnomaly: number;
    };

/** Relative gain over the angle off the boresight; `bessel` is the circular aperture of TR 38.811 §6.4.1. */
export type BeamPattern =
  | { kind: "bessel" }
  | { kind: "s1528"; nearSidelobeDb: number }
  | { kind: "table"; offAxisRad: number[]; relativeGainDb: number[] };

interface PayloadBase {
  layout: "row" | "hexagon" | "list";
  beams: number;
  processing: "transparent" | "regenerative";
  /** angle [rad] off its nominal direction up to which a beam holds its place on the ground; null: the beams move with the satellite */
  steeringLimit: number | null;
}

export type Payload =
  | (PayloadBase & {
      kind: "antenna";
      apertureRadiusM: number;
      spacingFactor: number;
      pattern: BeamPattern;
      /** layout `list`: [beam × 2] u, v */
      positions: number[];
    })
  | (PayloadBase & {
      kind: "circular-cells";
      cellRadiusM: number;
      cellSpacingM: number;
      /** layout `list`: [beam × 2] along, left [m] */
      positions: number[];
    });

export interface Radio {
  frequencyHz: number;
  bandwidthHz: number;
  eirpDensityDbwPerHz: number;
  /** 2 comes with polarisation reuse */
  frequencyReuse: 1 | 2 | 3;
  crossPolarIsolationDb: number;
  dataRateBps: number;
  subcarrierSpacingHz: number;
  implementationMarginDb: number;
  uplink: { frequencyHz: number; bandwidthHz: number; gOverTDbPerK: number };
}

/** Losses that depend on the elevation alone, each of which can be off. */
export interface ElevationModel {
  gas: "curve" | "p676" | "off";
  /** null: the tabulated curve of `link/gas.ts` at the carrier */
  zenithGasDb: number | null;
  scintillation: "off" | "standard";
  rain: { rate001MmH: number; rainHeightM: number; latitude: number; exceedancePercent: number } | null;
  cloudKgM2: number;
  building: { kind: "traditional" | "thermally-efficient"; probability: number } | null;
}

/** What a path loses beyond free space (TR 38.811 §6.6). */
export interface ChannelModel {
  surroundings: "dense-urban" | "urban" | "suburban-rural";
  /** false: every path has line of sight */
  drawLineOfSight: boolean;
  shadowing: boolean;
  clutter: boolean;
  elevation: ElevationModel;
  fixed: { scintillationDb: number; polarisationDb: number; bodyDb: number; otherDb: number };
  interference: boolean;
}

export interface Gateways {
  /** geodetic, rad and m */
  stations: { name: string; latitude: number; longitude: number; heightM: number }[];
  minElevation: number;
  interSatelliteLinks: boolean;
  /** of both feeder links of a switch, s; 0: hard switches */
  switchOverlap: number;
}

/** Sites on the ground, each with one omnidirectional cell on a carrier that no satellite uses; their cells are numbered after all others. */
export interface Terrestrial {
  /** geodetic, rad; sites of one colour share a channel */
  sites: { latitude: number; longitude: number; colour: number }[];
  surroundings: "rural" | "urban";
  frequencyHz: number;
  /** of all channels together */
  bandwidthHz: number;
  reuse: 1 | 3;
  eirpDbm: number;
  heightM: number;
  drawLineOfSight: boolean;
  shadowing: boolean;
  /** cell-individual offset of the sites where cells are compared */
  offsetDb: number;
}

/** Receiver of one class of UE (TR 38.821 Table 6.1.1.1-3). */
export interface UserClass {
  name: "handheld" | "vsat";
  share: number;
  antennaGainDbi: number;
  noiseFigureDb: number;
  antennaTemperatureK: number;
  transmitPowerDbm: number;
  transmitGainDbi: number;
  motion: "static" | "pedestrian" | "vehicle" | "train" | "ship" | "aircraft";
  /** over ground, m/s */
  speed: number;
  /** rad from north over east; null: drawn for each UE */
  heading: number | null;
}

export type Placement =
  | { kind: "cells"; at: number }
  | { kind: "circle"; latitude: number; longitude: number; radiusM: number }
  | { kind: "box"; south: number; north: number; west: number; east: number }
  | {
      kind: "places";
      south: number;
      north: number;
      west: number;
      east: number;
      minPopulation: number;
      spreadM: number;
    };

export type ReadyLabel = { kind: "distance"; fraction: number } | { kind: "time-to-leave"; seconds: number };

export type Strategy = "a3" | "a4" | "a5" | "d1" | "t1" | "elevation" | "timing-advance";

/** What starts a handover beside offset, hysteresis and time-to-trigger; a threshold of null is derived from the cells. */
export interface HandoverRules {
  strategy: Strategy;
  servingThresholdDbm: number | null;
  targetThresholdDbm: number | null;
  /** distance thresholds by the radius of the −3 dB contour */
  contourShare: number;
  servingDistanceM: number | null;
  targetDistanceM: number | null;
  distanceHysteresisM: number;
  /** T1 */
  guard: number;
  window: number;
  /** rad */
  servingElevation: number | null;
  targetElevation: number | null;
  elevationHysteresis: number;
  /** service link, s */
  servingRoundTrip: number | null;
  targetRoundTrip: number | null;
  roundTripHysteresis: number;
  /** null: RSRP is not filtered */
  l3FilterCoefficient: number | null;
  /** 90 % of the measurements are within ± this */
  measurementErrorDb: number;
}

/** What carries the messages of the handovers; times in ms, as `handover/attempts.ts` has them. */
export interface SignallingRules {
  cpus: number;
  queueLimit: number;
  coreMs: number;
  interSatelliteMs: number;
  retryMs: number;
  t304Ms: number;
  t310Ms: number;
  n310: number;
  t311Ms: number;
  t430Ms: number;
  /** of the configuration of a conditional handover over its condition */
  leadMs: number;
  /** UEs of a cell */
  capacity: number;
  maxRetransmissions: number;
  /** random-access occasions lie in these subframes of the frames n with n mod x = y */
  prach: { x: number; y: number; subframes: readonly number[] };
  contentionPreambles: number;
  fdm: number;
  triesMax: number;
  backoffMs: number;
  /** by message */
  messages: Partial<Record<MessageName, { bytes?: number; processingMs?: number }>>;
}

export interface Mission {
  name: string;
  seed: number;
  /** Unix time of the start, milliseconds UTC. */
  startMs: number;
  duration: number;
  step: number;
  measurementPeriod: number;
  mark: number;
  satellites: SatelliteSource[];
  payload: Payload;
  radio: Radio;
  channel: ChannelModel;
  /** the number of UEs; for a Poisson population its draw */
  userCount: number;
  placement: Placement;
  userClasses: UserClass[];
  minElevation: number;
  minRsrpDbm: number;
  gateways: Gateways | null;
  terrestrial: Terrestrial | null;
  a3OffsetDb: number;
  hysteresisDb: number;
  timeToTrigger: number;
  minTimeOfStay: number;
  handover: HandoverRules;
  signalling: SignallingRules;
  label: ReadyLabel;
  testShare: number;
  annEpochs: number;
  svmRows: number;
  primary: ClassifierName;
}

export const CLASSIFIERS = ["logistic", "bayes", "svm", "forest", "ann"] as const;
export type ClassifierName = (typeof CLASSIFIERS)[number];

export const CLASSIFIER_TITLES: Record<ClassifierName, string> = {
  logistic: "Logistic regression",
  bayes: "Gaussian naive Bayes",
  svm: "RBF support vector machine",
  forest: "Random forest",
  ann: "Neural network (ANN)",
};
