import type {
  ChannelModel,
  HandoverRules,
  Mission,
  Terrestrial,
  UserClass,
} from "../../src/shared/mission.ts";

const DEG = Math.PI / 180;

/** A channel with nothing but gas. */
export const channelOf = (overrides: Partial<ChannelModel> = {}): ChannelModel => ({
  surroundings: "suburban-rural",
  drawLineOfSight: false,
  shadowing: false,
  clutter: true,
  elevation: {
    gas: "curve",
    zenithGasDb: null,
    scintillation: "off",
    rain: null,
    cloudKgM2: 0,
    building: null,
  },
  fixed: { scintillationDb: 0, polarisationDb: 0, bodyDb: 0, otherDb: 0 },
  interference: true,
  ...overrides,
});

/** Terminals of TR 38.821 Table 6.1.1.1-3. */
export const handheld = (overrides: Partial<UserClass> = {}): UserClass => ({
  name: "handheld",
  share: 1,
  antennaGainDbi: 0,
  noiseFigureDb: 7,
  antennaTemperatureK: 290,
  transmitPowerDbm: 23,
  transmitGainDbi: 0,
  motion: "static",
  speed: 0,
  heading: null,
  ...overrides,
});
export const vsat = (overrides: Partial<UserClass> = {}): UserClass =>
  handheld({
    name: "vsat",
    antennaGainDbi: 39.7,
    noiseFigureDb: 1.2,
    antennaTemperatureK: 150,
    transmitPowerDbm: 33,
    transmitGainDbi: 43.2,
    ...overrides,
  });

/** Event A3 on RSRP as it is, and nothing given for the other strategies. */
export const rulesOf = (overrides: Partial<HandoverRules> = {}): HandoverRules => ({
  strategy: "a3",
  servingThresholdDbm: null,
  targetThresholdDbm: null,
  contourShare: 1,
  servingDistanceM: null,
  targetDistanceM: null,
  distanceHysteresisM: 0,
  guard: 0.5,
  window: 5,
  servingElevation: null,
  targetElevation: null,
  elevationHysteresis: 0,
  servingRoundTrip: null,
  targetRoundTrip: null,
  roundTripHysteresis: 0,
  l3FilterCoefficient: null,
  measurementErrorDb: 0,
  ...overrides,
});

/** A small valid mission in SI: one satellite at 600 km over the equator, three 250 km cells in a row. */
export function missionOf(overrides: Partial<Mission> = {}): Mission {
  return {
    name: "test",
    seed: 7,
    startMs: Date.UTC(2026, 0, 1),
    duration: 60,
    step: 1,
    measurementPeriod: 0.2,
    mark: 30,
    satellites: [
      {
        kind: "kepler",
        id: "sat-1",
        name: "sat-1",
        semiMajorAxisM: 6_978_137,
        eccentricity: 0,
        inclination: 27 * DEG,
        raan: 10 * DEG,
        argumentOfPerigee: 0,
        meanAnomaly: 0,
      },
    ],
    payload: {
      kind: "circular-cells",
      layout: "row",
      beams: 3,
      processing: "regenerative",
      steeringLimit: null,
      cellRadiusM: 125_000,
      cellSpacingM: 190_000,
      positions: [],
    },
    radio: {
      frequencyHz: 2e9,
      bandwidthHz: 30e6,
      eirpDensityDbwPerHz: 34 - 60,
      frequencyReuse: 1,
      dataRateBps: 10e6,
      subcarrierSpacingHz: 15e3,
      crossPolarIsolationDb: 30,
      implementationMarginDb: 2,
      uplink: { frequencyHz: 2e9, bandwidthHz: 360e3, gOverTDbPerK: 1.1 },
    },
    channel: channelOf(),
    userCount: 300,
    placement: { kind: "cells", at: 30 },
    userClasses: [handheld()],
    minElevation: 10 * DEG,
    minRsrpDbm: -140,
    gateways: null,
    terrestrial: null,
    a3OffsetDb: 1,
    hysteresisDb: 1,
    timeToTrigger: 0.256,
    minTimeOfStay: 1,
    handover: rulesOf(),
    signalling: {
      cpus: 4,
      queueLimit: 500,
      coreMs: 10,
      interSatelliteMs: 1,
      retryMs: 20,
      t304Ms: 500,
      t310Ms: 1000,
      n310: 1,
      t311Ms: 30_000,
      t430Ms: 30_000,
      leadMs: 2000,
      capacity: 65_519,
      maxRetransmissions: 15,
      prach: { x: 1, y: 0, subframes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
      contentionPreambles: 56,
      fdm: 8,
      triesMax: 10,
      backoffMs: 20,
      messages: {},
    },
    label: { kind: "distance", fraction: Math.SQRT1_2 },
    testShare: 0.2,
    annEpochs: 5,
    svmRows: 200,
    primary: "forest",
    ...overrides,
  };
}

/** Where the satellites of `trainOfSatellites` come past. */
export const TOWN = { latitude: 30 * DEG, longitude: -65.5 * DEG };

/** Four sites around a town, of which two share a channel. */
export function townOf(overrides: Partial<Terrestrial> = {}): Terrestrial {
  const site = (north: number, east: number, colour: number) => ({
    latitude: TOWN.latitude + north / 6_371_000,
    longitude: TOWN.longitude + east / 6_371_000 / Math.cos(TOWN.latitude),
    colour,
  });
  return {
    sites: [site(0, 0, 0), site(1800, 0, 1), site(-900, 1500, 2), site(-900, -1500, 1)],
    surroundings: "rural",
    frequencyHz: 3.5e9,
    bandwidthHz: 20e6,
    reuse: 3,
    eirpDbm: 40,
    heightM: 35,
    drawLineOfSight: true,
    shadowing: true,
    offsetDb: 0,
    ...overrides,
  };
}

/** A row of satellites of one plane, each with a hexagon of antenna beams: inter-satellite handovers happen. */
export function trainOfSatellites(overrides: Partial<Mission> = {}): Mission {
  const satellites = Array.from({ length: 6 }, (_, i) => ({
    kind: "kepler" as const,
    id: `s${i}`,
    name: `s${i}`,
    semiMajorAxisM: 6_978_137,
    eccentricity: 0,
    inclination: 53 * DEG,
    raan: 10 * DEG,
    argumentOfPerigee: 0,
    meanAnomaly: (40 - 3 * i) * DEG,
  }));
  return missionOf({
    satellites,
    payload: {
      kind: "antenna",
      layout: "hexagon",
      beams: 19,
      processing: "regenerative",
      steeringLimit: null,
      apertureRadiusM: 0.5,
      spacingFactor: Math.sqrt(3),
      pattern: { kind: "bessel" },
      positions: [],
    },
    placement: { kind: "cells", at: 20 },
    ...overrides,
  });
}
