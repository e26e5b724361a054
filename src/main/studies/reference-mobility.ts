import { signallingSettings, type Attempts } from "../handover/attempts.ts";
import {
  BEAM_SPEED,
  simulateSnapshot,
  simulateSteady,
  snapshotRate,
  steadyRate,
  timeToHandover,
} from "../handover/mobility.ts";
import { messageCosts, MESSAGES } from "../handover/messages.ts";
import { PRACH_27, supportedDensity } from "../handover/prach.ts";
import { RACH } from "../handover/rach.ts";
import { signalling } from "../handover/signalling.ts";
import { type Formula, type Inputs, num, word } from "./reference-table.ts";

const diameter = (inputs: Inputs) => 1000 * num(inputs, "diameterKm");
/** Diameters by which the simulated cell goes on. */
const DIAMETERS = 4;
const SEED = 7;

/** Interruption [ms] of one ordinary handover through the engine, with propagation alone: no processing, preparation or wait. */
function interruptionMs(inputs: Inputs): number {
  const oneWay = num(inputs, "roundTripMs") / 2;
  const one = (value: number) => Float64Array.of(value);
  const attempts: Attempts = {
    count: 1,
    timeMs: one(0),
    ue: Uint32Array.of(0),
    source: Uint32Array.of(1),
    target: Uint32Array.of(2),
    kind: Uint8Array.of(0),
    preparedMs: one(Number.NaN),
    sourceUntilMs: one(Infinity),
    targetFromMs: one(0),
    targetUntilMs: one(Infinity),
    serviceDelayMs: one(oneWay),
    targetDelayMs: one(oneWay),
    interSatellite: Uint8Array.of(0),
  };
  const still = MESSAGES.map((message) => ({ ...message, serviceMs: 0 }));
  const settings = signallingSettings(SEED, Uint32Array.of(0, 0, 0), {
    rrcMs: 0,
    t304Ms: 10_000,
    messages: messageCosts(still),
    rach: { prach: PRACH_27, ...RACH, responseMs: 0, rampedDetection: false },
  });
  const { procedures } = signalling(attempts, settings);
  return (word(inputs, "column") === "down" ? procedures.downMs : procedures.upMs)[0];
}

export const mobilityFormulas: Record<string, Formula> = {
  timeToHandoverS: (i) => timeToHandover(diameter(i), BEAM_SPEED, num(i, "ueSpeedKmH") / 3.6),
  snapshotHandoverRate: (i) => snapshotRate(num(i, "ues"), diameter(i), BEAM_SPEED),
  snapshotHandoverRateBothWays: (i) => 2 * snapshotRate(num(i, "ues"), diameter(i), BEAM_SPEED),
  simulatedSnapshotRate: (i) => simulateSnapshot(num(i, "ues"), diameter(i), BEAM_SPEED, SEED),
  steadyHandoverRate: (i) => steadyRate(num(i, "ues"), diameter(i), BEAM_SPEED),
  simulatedSteadyRate: (i) => simulateSteady(num(i, "ues"), diameter(i), BEAM_SPEED, DIAMETERS, SEED),
  handoverInterruptionMs: interruptionMs,
  rachDensity: (i) =>
    supportedDensity(
      0.01,
      num(i, "opportunitiesPerS") * num(i, "frequencyPositions") * num(i, "preambles"),
      num(i, "areaKm2"),
      num(i, "attemptsPerUeS"),
    ),
};
