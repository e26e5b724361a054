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

export type Payload =
  | {
      kind: "antenna";
      layout: "row" | "hexagon";
      beams: number;
      apertureRadiusM: number;
      spacingFactor: number;
    }
  | {
      kind: "circular-cells";
      layout: "row" | "hexagon";
      beams: number;
      cellRadiusM: number;
      cellSpacingM: number;
    };

export interface Radio {
  frequencyHz: number;
  bandwidthHz: number;
  eirpDensityDbwPerHz: number;
  frequencyReuse: 1 | 3;
  dataRateBps: number;
  subcarrierSpacingHz: number;
  /** null: the tabulated curve of `link/gas.ts` at the carrier */
  zenithGasDb: number | null;
}

/** What a path loses beyond free space and gas (TR 38.811 §6.6). */
export interface ChannelModel {
  surroundings: "dense-urban" | "urban" | "suburban-rural";
  /** false: every path has line of sight */
  drawLineOfSight: boolean;
  shadowing: boolean;
  fixedLossDb: number;
}

/** Receiver of one class of UE (TR 38.821 Table 6.1.1.1-3). */
export interface UserClass {
  name: "handheld" | "vsat";
  share: number;
  antennaGainDbi: number;
  noiseFigureDb: number;
  antennaTemperatureK: number;
}

export type Placement =
  | { kind: "cells"; at: number }
  | { kind: "circle"; latitude: number; longitude: number; radiusM: number }
  | { kind: "box"; south: number; north: number; west: number; east: number };

export type ReadyLabel = { kind: "distance"; fraction: number } | { kind: "time-to-leave"; seconds: number };

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
  userCount: number;
  placement: Placement;
  userClasses: UserClass[];
  minElevation: number;
  minRsrpDbm: number;
  a3OffsetDb: number;
  hysteresisDb: number;
  timeToTrigger: number;
  minTimeOfStay: number;
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
