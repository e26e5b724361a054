import { describe, expect, it } from "vitest";
import { beamOffsets } from "../../../src/main/beam/layout.ts";
import {
  apertureWaveNumber,
  beamwidth,
  gainTable,
  lookUp,
  relativeGainDb,
} from "../../../src/main/beam/pattern.ts";
import { boresight, cellCentre, satelliteAxes } from "../../../src/main/beam/steering.ts";
import {
  linkBudget,
  resourceElementEirpDbm,
  resourceElementNoiseDbm,
  freeSpaceLossDb,
} from "../../../src/main/link/budget.ts";
import { DEG } from "../../../src/main/math/constants.ts";
import { fromDb, toDb } from "../../../src/main/math/decibel.ts";
import { Random } from "../../../src/main/math/random.ts";
import { geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";
import type { Receivers } from "../../../src/main/simulation/receivers.ts";
import { Snapshot, type SnapshotModel } from "../../../src/main/simulation/snapshot.ts";

const RADIO = {
  frequencyHz: 2e9,
  bandwidthHz: 30e6,
  dataRateBps: 10e6,
  subcarrierSpacingHz: 15e3,
  eirpDensityDbwPerHz: -26,
};
const CLASSES = [
  { antennaGainDbi: 0, noiseFigureDb: 7, antennaTemperatureK: 290 },
  { antennaGainDbi: 39.7, noiseFigureDb: 1.2, antennaTemperatureK: 150 },
];
const DIRECTIVITY = [0, 12];
const CROSS_POLAR = [1, 0.01];
const FIXED = { scintillationDb: 2.2, polarisationDb: 3, bodyDb: 0, otherDb: 0.5 };
const FIXED_DB = 5.7;
const PER_UNIT = 1024;
const LOSS = Float64Array.from({ length: PER_UNIT + 2 }, (_, i) => 0.3 / Math.max(0.03, i / PER_UNIT));
const MIN_SINE = Math.sin(35 * DEG);
/** an odd number, and more than one block */
const UES = 1301;

const eirpRe = resourceElementEirpDbm(RADIO.eirpDensityDbwPerHz, RADIO.subcarrierSpacingHz);
const noiseMw = CLASSES.map((c) =>
  fromDb(resourceElementNoiseDbm(c.noiseFigureDb, c.antennaTemperatureK, RADIO.subcarrierSpacingHz)),
);
const receivers: Receivers = {
  rsrpAtOneMetreDbm: Float64Array.from(
    CLASSES,
    (c) => eirpRe - freeSpaceLossDb(RADIO.frequencyHz, 1) + c.antennaGainDbi,
  ),
  noiseMw: Float64Array.from(noiseMw),
  directivity: Float64Array.from(DIRECTIVITY),
  crossPolar: Float64Array.from(CROSS_POLAR),
  elevationLoss: { perUnit: PER_UNIT, db: LOSS },
};

interface World {
  model: SnapshotModel;
  users: { position: Float64Array; up: Float64Array; userClass: Uint8Array };
  satellites: { state: Float64Array; aim: Float64Array }[];
}

function usersAround() {
  const random = new Random(3, "snapshot");
  const position = new Float64Array(3 * UES);
  const up = new Float64Array(3 * UES);
  const userClass = new Uint8Array(UES);
  for (let ue = 0; ue < UES; ue++) {
    const latitude = (random.next() - 0.5) * 12 * DEG;
    const longitude = (random.next() - 0.5) * 12 * DEG;
    geodeticToEcef(position, 3 * ue, latitude, longitude, 0);
    up[3 * ue] = Math.cos(latitude) * Math.cos(longitude);
    up[3 * ue + 1] = Math.cos(latitude) * Math.sin(longitude);
    up[3 * ue + 2] = Math.sin(latitude);
    userClass[ue] = ue % 3 === 0 ? 1 : 0;
  }
  return { position, up, userClass };
}

function world(kind: SnapshotModel["kind"], channels: number, polarised: boolean): World {
  const beams = 7;
  const scale = kind === "antenna" ? apertureWaveNumber(RADIO.frequencyHz, 1) : 1.6 / 40_000;
  const spacing = kind === "antenna" ? Math.sqrt(3) * Math.sin(beamwidth(RADIO.frequencyHz, 1) / 2) : 70_000;
  const offsets = beamOffsets("hexagon", beams).map((value) => value * spacing);
  const satellites = [-2, 1.5].map((angleDeg) => {
    const [c, s] = [Math.cos(angleDeg * DEG), Math.sin(angleDeg * DEG)];
    const state = Float64Array.of(6_978_137 * c, 6_978_137 * s, 2e5, 0, 0, 7500);
    const axes = new Float64Array(9);
    satelliteAxes(axes, 0, state, 0, "track");
    const aim = new Float64Array(3 * beams);
    for (let b = 0; b < beams; b++) {
      if (kind === "antenna") boresight(aim, 3 * b, axes, 0, offsets[2 * b], offsets[2 * b + 1]);
      else cellCentre(aim, 3 * b, state, 0, axes, 0, offsets[2 * b], offsets[2 * b + 1]);
    }
    return { state, aim };
  });
  return {
    model: {
      kind,
      beams,
      channel: Uint8Array.from({ length: beams }, (_, b) => b % channels),
      channels,
      polarisation: Uint8Array.from({ length: beams }, (_, b) => (polarised ? (b >> 1) & 1 : 0)),
      gain: gainTable(),
      scale,
    },
    users: usersAround(),
    satellites,
  };
}

/** x of the pattern from angles and distances, the plain way. */
function argument({ model, satellites, users }: World, slot: number, ue: number, beam: number): number {
  const { state, aim } = satellites[slot];
  const to = [0, 1, 2].map((k) => users.position[3 * ue + k] - state[k]);
  const a = aim.subarray(3 * beam, 3 * beam + 3);
  if (model.kind === "circular-cells")
    return model.scale * Math.hypot(...[0, 1, 2].map((k) => users.position[3 * ue + k] - a[k]));
  const cross = Math.hypot(
    to[1] * a[2] - to[2] * a[1],
    to[2] * a[0] - to[0] * a[2],
    to[0] * a[1] - to[1] * a[0],
  );
  return (model.scale * cross) / Math.hypot(...to);
}

/** One link, term by term. */
function twin(all: World, slot: number, ue: number, beam: number) {
  const { position, userClass } = all.users;
  const { state } = all.satellites[slot];
  const look = new Float64Array(3);
  lookAngles(
    look,
    0,
    position[3 * ue],
    position[3 * ue + 1],
    position[3 * ue + 2],
    state[0],
    state[1],
    state[2],
  );
  const x = argument(all, slot, ue, beam);
  const place = Math.sin(look[1]) * PER_UNIT;
  const entry = Math.floor(place);
  const receiver = CLASSES[userClass[ue]];
  const gainDb = lookUp(gainTable().db, x);
  const bandwidthHz = RADIO.bandwidthHz / all.model.channels;
  const budget = linkBudget({
    frequencyHz: RADIO.frequencyHz,
    bandwidthHz,
    dataRateBps: RADIO.dataRateBps,
    eirpDbw: RADIO.eirpDensityDbwPerHz + toDb(bandwidthHz),
    relativeGainDb: gainDb,
    rangeM: look[2],
    elevationLossDb: LOSS[entry] + (LOSS[entry + 1] - LOSS[entry]) * (place - entry),
    otherLossDb: FIXED_DB,
    receiverGainDbi: receiver.antennaGainDbi,
    noiseFigureDb: receiver.noiseFigureDb,
    antennaTemperatureK: receiver.antennaTemperatureK,
  });
  const rsrpDbm = eirpRe + gainDb - budget.propLossDb + receiver.antennaGainDbi;
  return {
    x,
    gainDb,
    range: look[2],
    elevation: look[1],
    budget,
    rsrpDbm,
    visible: Math.sin(look[1]) >= MIN_SINE,
  };
}

/** Strongest cell, interference and SINR from lists of cells. */
function service(all: World, ue: number) {
  const { model, users, satellites } = all;
  const kind = users.userClass[ue];
  const cells = satellites.flatMap((_, slot) =>
    Array.from({ length: model.beams }, (_unused, beam) => ({ slot, beam, ...twin(all, slot, ue, beam) })),
  );
  const heard = cells.filter((c) => c.visible);
  if (heard.length === 0) return null;
  const own = heard.reduce((a, b) => (b.rsrpDbm > a.rsrpDbm ? b : a));
  const interference = heard
    .filter((c) => c !== own && model.channel[c.beam] === model.channel[own.beam])
    .reduce((sum, c) => {
      const cross = model.polarisation[c.beam] === model.polarisation[own.beam] ? 1 : CROSS_POLAR[kind];
      const [a, b] = [own, c].map(({ slot }) =>
        [0, 1, 2].map((k) => satellites[slot].state[k] - users.position[3 * ue + k]),
      );
      const cosine = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (Math.hypot(...a) * Math.hypot(...b));
      const off = DIRECTIVITY[kind] * Math.sqrt(Math.max(0, 1 - cosine * cosine));
      const facing = c.slot === own.slot ? 1 : lookUp(gainTable().linear, off);
      return sum + lookUp(gainTable().linear, c.x) * fromDb(c.rsrpDbm - c.gainDb) * cross * facing;
    }, 0);
  const wanted = lookUp(gainTable().linear, own.x) * fromDb(own.rsrpDbm - own.gainDb);
  return {
    best: own.slot * model.beams + own.beam,
    cOverIDb: toDb(wanted / interference),
    sinrDb: toDb(wanted / (interference + noiseMw[kind])),
  };
}

function snapshotOf({ model, users, satellites }: World, interference = true): Snapshot {
  const snapshot = new Snapshot(
    { radio: RADIO, userClasses: CLASSES, channel: { interference, fixed: FIXED } },
    model,
    receivers,
    UES,
    satellites.length,
    MIN_SINE,
  );
  snapshot.settle(users.userClass);
  snapshot.position.set(users.position);
  snapshot.up.set(users.up);
  compute(snapshot, satellites);
  return snapshot;
}

function compute(snapshot: Snapshot, satellites: World["satellites"]): void {
  snapshot.begin();
  for (const { state, aim } of satellites) snapshot.add(state, aim);
  snapshot.finish();
}

const worlds: [string, World][] = [
  ["antenna beams on one channel", world("antenna", 1, false)],
  ["antenna beams on two channels in two polarisations", world("antenna", 2, true)],
  ["circular cells on three channels", world("circular-cells", 3, false)],
];

describe.each(worlds)("a snapshot of %s", (_, all) => {
  const snapshot = snapshotOf(all);
  const { stride, beams } = snapshot;

  it("has the columns of the link budget, term by term, to 1e-8 dB, and NaN below the least elevation", () => {
    let below = 0;
    for (let slot = 0; slot < 2; slot++)
      for (let ue = 0; ue < UES; ue++)
        for (let beam = 0; beam < beams; beam++) {
          const expected = twin(all, slot, ue, beam);
          const path = slot * stride + ue;
          const at = (slot * beams + beam) * stride + ue;
          expect(Math.abs(snapshot.path.range[path] - expected.range)).toBeLessThan(1e-7);
          expect(Math.abs(snapshot.path.elevation[path] - expected.elevation)).toBeLessThan(1e-8);
          expect(Math.abs(snapshot.path.delay[path] - expected.budget.propagationDelayS)).toBeLessThan(1e-15);
          if (!expected.visible) {
            below++;
            expect(snapshot.beam.rsrpDbm[at]).toBeNaN();
            continue;
          }
          const b = expected.budget;
          const pairs = [
            [snapshot.path.freeSpaceLossDb[path], b.freeSpaceLossDb],
            [snapshot.path.elevationLossDb[path] + FIXED_DB + b.freeSpaceLossDb, b.propLossDb],
            [snapshot.beam.isotropicPowerDbw[at], b.rcvdIsoPowerDbw],
            [snapshot.beam.cOverN0DbHz[at], b.cOverN0DbHz],
            [snapshot.beam.cOverNDb[at], b.cOverNDb],
            [snapshot.beam.ebOverN0Db[at], b.ebOverN0Db],
            [snapshot.beam.fluxDensityDbwPerM2[at], b.fluxDensityDbwPerM2],
            [snapshot.beam.rsrpDbm[at], expected.rsrpDbm],
          ];
          // at the beam's centre sin θ from a cosine is good to 1e-8, which moves the gain by nothing
          for (const [found, wanted] of pairs) expect(Math.abs(found - wanted)).toBeLessThan(1e-8);
        }
    expect(below).toBeGreaterThan(100);
    expect(below).toBeLessThan(UES * beams);
  });

  it("has the pattern itself within 1e-4 dB down to −20 dB", () => {
    let tested = 0;
    for (let ue = 0; ue < UES; ue++) {
      const exact = relativeGainDb(argument(all, 0, ue, 2));
      if (exact < -20) continue;
      tested++;
      expect(Math.abs(snapshot.beam.offAxisGainDb[2 * stride + ue] - exact)).toBeLessThan(1e-4);
    }
    expect(tested).toBeGreaterThan(5);
  });

  it("finds the strongest cell, C/I and SINR that lists of powers give, whatever the antenna of the UE", () => {
    let served = 0;
    for (let ue = 0; ue < UES; ue++) {
      const expected = service(all, ue);
      if (expected === null) {
        expect(snapshot.best[ue]).toBe(-1);
        expect(snapshot.service.sinrDb[ue]).toBeNaN();
        continue;
      }
      served++;
      expect(snapshot.best[ue]).toBe(expected.best);
      expect(Math.abs(snapshot.service.cOverIDb[ue] - expected.cOverIDb)).toBeLessThan(1e-6);
      expect(Math.abs(snapshot.service.sinrDb[ue] - expected.sinrDb)).toBeLessThan(1e-6);
    }
    expect(served).toBeGreaterThan(100);
    expect(served).toBeLessThan(UES);
  });

  it("gives the same bytes when it is computed again", () => {
    const before = snapshot.beam.rsrpDbm.slice();
    const sinr = snapshot.service.sinrDb.slice();
    compute(snapshot, all.satellites);
    expect(snapshot.beam.rsrpDbm).toEqual(before);
    expect(snapshot.service.sinrDb).toEqual(sinr);
  });
});

describe("a snapshot without interference", () => {
  it("has the ratio of carrier to noise as SINR", () => {
    const all = worlds[0][1];
    const { service: found, best, stride, beam } = snapshotOf(all, false);
    const ue = best.findIndex((cell) => cell >= 0);
    const kind = all.users.userClass[ue];
    const rsrp = beam.rsrpDbm[best[ue] * stride + ue];
    expect(found.cOverIDb[ue]).toBe(Number.POSITIVE_INFINITY);
    expect(Math.abs(found.sinrDb[ue] - (rsrp - toDb(noiseMw[kind])))).toBeLessThan(1e-3);
  });
});
