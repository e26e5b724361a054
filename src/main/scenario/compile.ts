import { BadInput } from "../../shared/errors.ts";
import type {
  BeamPattern,
  ChannelModel,
  Gateways,
  HandoverRules,
  Mission,
  Payload,
  Placement,
  ReadyLabel,
  SignallingRules,
  SatelliteSource,
  UserClass,
} from "../../shared/mission.ts";
import type { Scenario } from "../../shared/scenario.ts";
import { DEG } from "../math/constants.ts";
import { Random } from "../math/random.ts";
import { prachConfiguration } from "./prach.ts";
import { constellationOf } from "./constellation.ts";
import { MAX_CELLS } from "./cross-check.ts";
import type { ElementFile } from "./elements.ts";
import { siteCount, terrestrialOf } from "./terrestrial.ts";

/** Start of a run on a synthetic constellation that names none. */
const DEFAULT_START_MS = Date.UTC(2026, 0, 1);

/** Terminals of TR 38.821 Table 6.1.1.1-3. */
const TERMINALS = {
  handheld: {
    antennaGainDbi: 0,
    noiseFigureDb: 7,
    antennaTemperatureK: 290,
    transmitPowerDbm: 23,
    transmitGainDbi: 0,
  },
  vsat: {
    antennaGainDbi: 39.7,
    noiseFigureDb: 1.2,
    antennaTemperatureK: 150,
    transmitPowerDbm: 33,
    transmitGainDbi: 43.2,
  },
};

/** Speed of each motion [km/h]: TR 38.811 §6.7 (pedestrian), TR 38.821 Table 4.2-2 (train, aircraft); others assumed. */
const SPEED_KMH = { static: 0, pedestrian: 3, vehicle: 120, train: 500, ship: 40, aircraft: 1200 };

/** Satellite positions every 30 s that a run may hold, 48 bytes each. */
const MOST_KNOTS = 40_000_000;

function checkTrack(satellites: number, durationS: number): void {
  const knots = satellites * (durationS / 30 + 2);
  if (knots <= MOST_KNOTS) return;
  const reason = `${satellites} satellites over ${durationS} s would fill ${Math.round((knots * 48) / 1e9)} GB of memory`;
  throw new BadInput([{ field: "time.durationS", reason, remedy: "Give a shorter run or fewer satellites" }]);
}

/** Turns a checked scenario, with the element file it runs on, into SI units; frozen. `seed` stands in for the file's. */
export function compileMission(
  scenario: Scenario,
  elements: ElementFile | null,
  seed = scenario.seed,
): Mission {
  const { time, radio, coverage, handover, learning } = scenario;
  const { satellites, newestEpochMs } = satellitesOf(scenario, elements);
  checkTrack(satellites.length, time.durationS);
  return deepFreeze({
    name: scenario.name,
    seed,
    startMs: time.start ? Date.parse(time.start) : (newestEpochMs ?? DEFAULT_START_MS),
    duration: time.durationS,
    step: time.stepS,
    measurementPeriod: time.measurementPeriodMs / 1000,
    mark: time.markS ?? Math.round(time.durationS / 2 / time.stepS) * time.stepS,
    satellites,
    payload: payloadOf(scenario),
    radio: {
      frequencyHz: radio.frequencyGHz * 1e9,
      bandwidthHz: radio.bandwidthMHz * 1e6,
      eirpDensityDbwPerHz: radio.eirpDensityDbwPerMHz - 60,
      frequencyReuse: radio.frequencyReuse,
      crossPolarIsolationDb: radio.crossPolarIsolationDb,
      dataRateBps: radio.dataRateMbps * 1e6,
      subcarrierSpacingHz: radio.subcarrierSpacingKHz * 1000,
      implementationMarginDb: radio.implementationMarginDb,
      uplink: {
        frequencyHz: radio.uplink.frequencyGHz * 1e9,
        bandwidthHz: radio.uplink.bandwidthMHz * 1e6,
        gOverTDbPerK: radio.uplink.gOverTDbPerK,
      },
    },
    channel: channelOf(scenario),
    userCount: userCountOf(scenario, seed),
    placement: placementOf(scenario),
    userClasses: userClassesOf(scenario),
    minElevation: coverage.minElevationDeg * DEG,
    minRsrpDbm: coverage.minRsrpDbm,
    gateways: gatewaysOf(scenario),
    terrestrial: terrestrialOf(scenario),
    a3OffsetDb: handover.a3OffsetDb,
    hysteresisDb: handover.hysteresisDb,
    timeToTrigger: handover.timeToTriggerMs / 1000,
    minTimeOfStay: handover.minTimeOfStayS,
    handover: handoverOf(scenario),
    signalling: signallingOf(scenario),
    label: labelOf(scenario),
    testShare: learning.testShare,
    annEpochs: learning.annEpochs,
    svmRows: learning.svmRows,
    primary: learning.primary,
  });
}

const bad = (reason: string, remedy: string) =>
  new BadInput([{ field: "constellation.file", reason, remedy }]);

function satellitesOf({ constellation, payload, terrestrial }: Scenario, elements: ElementFile | null) {
  if (constellation.kind !== "elements")
    return { satellites: constellationOf(constellation), newestEpochMs: undefined };
  if (!elements)
    throw bad("this scenario needs an element file", "Give a TLE or OMM file (--elements FILE).");
  const { accepted, rejected } = elements;
  if (accepted.length === 0) {
    const example = rejected[0]
      ? `; the first of ${rejected.length} faults: line ${rejected[0].line}, ${rejected[0].reason}`
      : "";
    throw bad(
      `the element file has no usable record${example}`,
      "Give a TLE, 3LE or OMM (CSV, JSON, XML, KVN) file.",
    );
  }
  const cells = accepted.length * payload.beams + (terrestrial ? siteCount(terrestrial) : 0);
  if (cells > MAX_CELLS)
    throw bad(
      `${accepted.length} satellites × ${payload.beams} beams are too many cells`,
      "Give fewer satellites or beams.",
    );
  const newestEpochMs = accepted.reduce((newest, record) => Math.max(newest, record.epochMs), -Infinity);
  return { satellites: accepted.map((record): SatelliteSource => record.source), newestEpochMs };
}

function payloadOf({ payload }: Scenario): Payload {
  const { layout, beams, processing, steering } = payload;
  const steeringLimit = steering.kind === "quasi-earth-fixed" ? steering.limitDeg * DEG : null;
  const base = { layout, beams, processing, steeringLimit };
  return payload.kind === "antenna"
    ? {
        kind: "antenna",
        ...base,
        apertureRadiusM: payload.apertureDiameterM / 2,
        spacingFactor: payload.spacingFactor,
        pattern: patternOf(payload.pattern),
        positions: (payload.positions ?? []).flatMap(({ u, v }) => [u, v]),
      }
    : {
        kind: "circular-cells",
        ...base,
        cellRadiusM: payload.cellDiameterKm * 500,
        cellSpacingM: payload.cellSpacingKm * 1000,
        positions: (payload.positions ?? []).flatMap(({ alongKm, leftKm }) => [
          alongKm * 1000,
          leftKm * 1000,
        ]),
      };
}

function patternOf(pattern: Extract<Scenario["payload"], { kind: "antenna" }>["pattern"]): BeamPattern {
  if (pattern.kind === "file")
    throw new BadInput([
      {
        field: "payload.pattern.file",
        reason: `"${pattern.file}" has not been read`,
        remedy: "Plan the scenario in the terminal, beside its file, or give the pattern as a table",
      },
    ]);
  if (pattern.kind !== "table") return { ...pattern };
  const { offAxisDeg, relativeGainDb } = pattern;
  return {
    kind: "table",
    offAxisRad: offAxisDeg.map((angle) => angle * DEG),
    relativeGainDb: [...relativeGainDb],
  };
}

function channelOf({ channel, radio }: Scenario): ChannelModel {
  const { rain } = channel;
  return {
    surroundings: channel.surroundings,
    drawLineOfSight: channel.lineOfSight === "drawn",
    shadowing: channel.shadowing,
    clutter: channel.clutter,
    elevation: {
      gas: channel.gas,
      zenithGasDb: radio.zenithGasDb ?? null,
      scintillation: channel.scintillation,
      rain: rain
        ? {
            rate001MmH: rain.rate001MmH,
            rainHeightM: rain.rainHeightKm * 1000,
            latitude: rain.latitudeDeg * DEG,
            exceedancePercent: rain.exceedancePercent,
          }
        : null,
      cloudKgM2: channel.cloudKgM2,
      building: channel.building ? { ...channel.building } : null,
    },
    fixed: {
      scintillationDb: channel.scintillationDb,
      polarisationDb: channel.polarisationDb,
      bodyDb: channel.bodyDb,
      otherDb: channel.otherLossDb,
    },
    interference: channel.interference,
  };
}

const signallingOf = ({ signalling: s }: Scenario): SignallingRules => ({
  cpus: s.cpus,
  queueLimit: s.queueLimit,
  coreMs: s.coreDelayMs,
  interSatelliteMs: s.satelliteDelayMs,
  retryMs: s.retryMs,
  t304Ms: s.t304Ms,
  t310Ms: s.t310Ms,
  n310: s.n310,
  t311Ms: s.t311Ms,
  t430Ms: s.t430S * 1000,
  leadMs: s.configurationLeadMs,
  capacity: s.cellCapacity,
  maxRetransmissions: s.maxRetransmissions,
  prach: prachConfiguration(s.prachConfigurationIndex),
  contentionPreambles: s.contentionPreambles,
  fdm: s.occasionsInFrequency,
  triesMax: s.preambleTransMax,
  backoffMs: s.backoffMs,
  messages: structuredClone(s.messages),
});

const gatewaysOf = ({ gateways }: Scenario): Gateways | null =>
  gateways
    ? {
        stations: gateways.stations.map(({ name, latitudeDeg, longitudeDeg, heightM }) => ({
          name,
          latitude: latitudeDeg * DEG,
          longitude: longitudeDeg * DEG,
          heightM,
        })),
        minElevation: gateways.minElevationDeg * DEG,
        interSatelliteLinks: gateways.interSatelliteLinks,
        switchOverlap: gateways.switchOverlapS,
      }
    : null;

/** A Poisson population of mean 0 < count has at least one UE, so that there is something to plan for. */
function userCountOf({ users }: Scenario, seed: number): number {
  if (users.law === "fixed") return users.count;
  return Math.max(1, new Random(seed, "user-count").poisson(users.count));
}

function placementOf({ users: { placement } }: Scenario): Placement {
  switch (placement.kind) {
    case "cells":
      return { kind: "cells", at: placement.atS };
    case "circle":
      return {
        kind: "circle",
        latitude: placement.latitudeDeg * DEG,
        longitude: placement.longitudeDeg * DEG,
        radiusM: placement.radiusKm * 1000,
      };
    case "box":
      return {
        kind: "box",
        south: placement.southDeg * DEG,
        north: placement.northDeg * DEG,
        west: placement.westDeg * DEG,
        east: placement.eastDeg * DEG,
      };
    case "places":
      return {
        kind: "places",
        south: placement.southDeg * DEG,
        north: placement.northDeg * DEG,
        west: placement.westDeg * DEG,
        east: placement.eastDeg * DEG,
        minPopulation: placement.minPopulation,
        spreadM: placement.spreadKm * 1000,
      };
  }
}

function userClassesOf({ users: { classes } }: Scenario): UserClass[] {
  const total = classes.reduce((sum, c) => sum + c.share, 0);
  return classes.map(({ name, share, motion, speedKmh, headingDeg }) => ({
    name,
    share: share / total,
    ...TERMINALS[name],
    motion,
    speed: (speedKmh ?? SPEED_KMH[motion]) / 3.6,
    heading: headingDeg === undefined ? null : headingDeg * DEG,
  }));
}

const scaled = (value: number | undefined, unit: number) => (value === undefined ? null : value * unit);

function handoverOf({ handover }: Scenario): HandoverRules {
  return {
    strategy: handover.strategy,
    servingThresholdDbm: handover.servingThresholdDbm ?? null,
    targetThresholdDbm: handover.targetThresholdDbm ?? null,
    contourShare: handover.contourShare,
    servingDistanceM: scaled(handover.servingDistanceKm, 1000),
    targetDistanceM: scaled(handover.targetDistanceKm, 1000),
    distanceHysteresisM: handover.distanceHysteresisKm * 1000,
    guard: handover.guardS,
    window: handover.windowS,
    servingElevation: scaled(handover.servingElevationDeg, DEG),
    targetElevation: scaled(handover.targetElevationDeg, DEG),
    elevationHysteresis: handover.elevationHysteresisDeg * DEG,
    servingRoundTrip: scaled(handover.servingRoundTripMs, 1e-3),
    targetRoundTrip: scaled(handover.targetRoundTripMs, 1e-3),
    roundTripHysteresis: handover.roundTripHysteresisMs / 1000,
    l3FilterCoefficient: handover.l3FilterCoefficient ?? null,
    measurementErrorDb: handover.measurementErrorDb,
  };
}

function labelOf({ learning: { label } }: Scenario): ReadyLabel {
  return label.kind === "distance"
    ? { kind: "distance", fraction: label.fraction }
    : { kind: "time-to-leave", seconds: label.seconds };
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
