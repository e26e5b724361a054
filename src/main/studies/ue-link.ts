import { freeSpaceLossDb, gOverT } from "../link/budget.ts";
import type { ElevationTerms } from "../link/elevation-loss.ts";
import { overheadShare, throughputBps } from "../link/modulation.ts";
import { ebOverN0Db, quality } from "../link/quality.ts";
import { BOLTZMANN_DBW, DEG } from "../math/constants.ts";
import { toDb } from "../math/decibel.ts";
import { beamModel } from "../simulation/beams.ts";
import type { ChannelTerms } from "../simulation/channel.ts";
import { closeUp, type CloseUp } from "../simulation/close-up.ts";
import { firstSite } from "../simulation/ground.ts";
import type { Users } from "../simulation/users.ts";
import type { Columns } from "../../shared/columns.ts";
import { BadInput } from "../../shared/errors.ts";
import { cellOf, type FrameBlock } from "../../shared/frame.ts";
import type { LinkTerm, UeLink } from "../../shared/link.ts";
import type { ChannelModel, Mission, UserClass } from "../../shared/mission.ts";
import { cellPlace } from "./cell-place.ts";
import { reopen, type RunSource } from "./kept-run.ts";

/** What this study reads of a kept run. */
export interface LinkRun extends RunSource {
  ues(run: string): Columns;
  frames(run: string, from: number, to: number): FrameBlock;
}

const bad = (field: string, reason: string, remedy: string) => new BadInput([{ field, reason, remedy }]);

/** The link budget of one UE of a kept run at the frame nearest to a time [s], down and up, and the cells it hears. */
export function ueLink(source: LinkRun, id: string, ue: number, atS: number): UeLink {
  const record = source.run(id);
  const { mission, track } = reopen(source, record.run);
  if (!(Number.isInteger(ue) && ue >= 0 && ue < mission.userCount))
    throw bad("ue", `there is no UE ${ue}`, `Give a UE from 0 to ${mission.userCount - 1}`);
  const step = Math.round(atS / record.stepS);
  if (!(step >= 0 && step < record.stepsDone))
    throw bad(
      "at-s",
      `the run has no frame at ${atS} s`,
      `Give 0 to ${(record.stepsDone - 1) * record.stepS} s`,
    );
  const cell = cellOf(source.frames(record.run, step, step).cellState[ue]);
  const timeS = step * record.stepS;
  if (cell === 0)
    throw bad("at-s", `UE ${ue} has no serving cell at ${timeS} s`, "Choose another time or another UE");
  if (cell >= firstSite(mission))
    throw bad(
      "at-s",
      `UE ${ue} is served from the ground at ${timeS} s (cell ${cell}): only links with satellites are shown term by term`,
      "Choose another time or another UE",
    );
  const users = usersOf(source.ues(record.run));
  const userClass = mission.userClasses[users.userClass[ue]];
  const close = closeUp(mission, track, users, ue, cell, timeS);
  if (close.rsrpDbm === -Infinity)
    throw bad(
      "at-s",
      `UE ${ue} does not hear its serving cell ${cell} at ${timeS} s`,
      "Choose another time or another UE",
    );
  const named = (number: number) => ({ cell: number, ...cellPlace(mission, number) });
  return {
    run: record.run,
    ue,
    timeS,
    ...named(cell),
    lineOfSight: close.down.channel.lineOfSight,
    down: downTerms(mission, close, userClass),
    up: upTerms(mission, close, userClass),
    heard: close.heard
      .sort((a, b) => b.rsrpDbm - a.rsrpDbm)
      .map((one) => ({ ...named(one.cell), rsrpDbm: one.rsrpDbm })),
  };
}

/** UEs from the columns that a run keeps of them. */
export function usersOf(columns: Columns): Users {
  const radians = (column: ArrayLike<number>) => Float64Array.from(column, (value) => value * DEG);
  const count = columns.latitudeDeg.length;
  return {
    count,
    latitude: radians(columns.latitudeDeg),
    longitude: radians(columns.longitudeDeg),
    heading: columns.headingDeg ? radians(columns.headingDeg) : new Float64Array(count),
    userClass: columns.userClass as Users["userClass"],
  };
}

const term = (name: string, unit: string, value: number, enters: LinkTerm["enters"]): LinkTerm => ({
  name,
  unit,
  value,
  enters,
});
const info = (name: string, unit: string, value: number) => term(name, unit, value, "info");
const loss = (name: string, value: number) => term(name, "dB", value, "minus");

/** What the path takes off, each loss on its own. */
function losses(
  frequencyHz: number,
  { range }: CloseUp,
  elevation: ElevationTerms,
  { shadowDb, clutterDb }: ChannelTerms,
  { fixed }: ChannelModel,
): LinkTerm[] {
  return [
    loss("freeSpaceLossDb", freeSpaceLossDb(frequencyHz, range)),
    loss("gasLossDb", elevation.gas),
    loss("scintillationLossDb", elevation.scintillation + fixed.scintillationDb),
    term("shadowFadingDb", "dB", shadowDb, "plus"),
    loss("clutterLossDb", clutterDb),
    loss("rainLossDb", elevation.rain),
    loss("cloudLossDb", elevation.cloud),
    loss("buildingEntryLossDb", elevation.building),
    loss("polarisationLossDb", fixed.polarisationDb),
    loss("bodyLossDb", fixed.bodyDb),
    loss("otherLossDb", fixed.otherDb),
  ];
}

/** From the terms that enter on to C/N, which stands last of them. */
function total(terms: LinkTerm[], bandwidthHz: number): { isotropic: number; density: number; cn: number } {
  const sum = (of: LinkTerm[]) =>
    of.reduce(
      (db, { enters, value }) => db + (enters === "plus" ? value : enters === "minus" ? -value : 0),
      0,
    );
  const isotropic = sum(terms.filter(({ name }) => name !== "gOverTDbPerK"));
  const density = sum(terms) - BOLTZMANN_DBW;
  return { isotropic, density, cn: density - toDb(bandwidthHz) };
}

const geometry = ({ azimuth, elevation, range }: CloseUp): LinkTerm[] => [
  info("azimuthDeg", "deg", azimuth / DEG),
  info("elevationDeg", "deg", elevation / DEG),
  info("slantRangeKm", "km", range / 1000),
];

function downTerms(mission: Mission, close: CloseUp, user: UserClass): LinkTerm[] {
  const { radio } = mission;
  const bandwidthHz = radio.bandwidthHz / beamModel(mission).channels;
  const terms = [
    ...geometry(close),
    term("eirpDbw", "dBW", radio.eirpDensityDbwPerHz + toDb(bandwidthHz), "plus"),
    term("relativeGainDb", "dB", close.relativeGainDb, "plus"),
    ...losses(radio.frequencyHz, close, close.down.elevation, close.down.channel, mission.channel),
    term(
      "gOverTDbPerK",
      "dB/K",
      gOverT(user.antennaGainDbi, user.noiseFigureDb, user.antennaTemperatureK),
      "plus",
    ),
  ];
  const { isotropic, density, cn } = total(terms, bandwidthHz);
  const heard = quality(close.wantedMw, close.interferenceMw, close.noiseMw);
  const overhead = overheadShare(radio.frequencyHz, "down");
  const marginDb = radio.implementationMarginDb;
  const { bps, mcs } = throughputBps(heard.sinrDb, bandwidthHz, { marginDb, overhead });
  return [
    ...terms,
    info("receivedIsotropicPowerDbw", "dBW", isotropic),
    info("carrierPowerDbw", "dBW", isotropic + user.antennaGainDbi),
    info("cOverN0DbHz", "dBHz", density),
    info("ebOverN0Db", "dB", ebOverN0Db(density, radio.dataRateBps)),
    info("rsrpDbm", "dBm", close.rsrpDbm),
    info("rsrqDb", "dB", heard.rsrqDb),
    ...(close.interferenceMw > 0 ? [info("ciDb", "dB", heard.ciDb)] : []),
    info("sinrDb", "dB", heard.sinrDb),
    info("mcs", "", mcs),
    info("throughputMbps", "Mbit/s", bps / 1e6),
    info("cnDb", "dB", cn),
  ];
}

/** The uplink beam is taken to be as wide as the downlink's; leaves out interference from other UEs. */
function upTerms(mission: Mission, close: CloseUp, user: UserClass): LinkTerm[] {
  const { uplink, implementationMarginDb: marginDb } = mission.radio;
  const terms = [
    term("eirpDbw", "dBW", user.transmitPowerDbm - 30 + user.transmitGainDbi, "plus"),
    term("relativeGainDb", "dB", close.relativeGainDb, "plus"),
    ...losses(uplink.frequencyHz, close, close.up.elevation, close.up.channel, mission.channel),
    term("gOverTDbPerK", "dB/K", uplink.gOverTDbPerK, "plus"),
  ];
  const { isotropic, density, cn } = total(terms, uplink.bandwidthHz);
  const overhead = overheadShare(uplink.frequencyHz, "up");
  const { bps, mcs } = throughputBps(cn, uplink.bandwidthHz, { marginDb, overhead });
  return [
    ...terms,
    info("receivedIsotropicPowerDbw", "dBW", isotropic),
    info("cOverN0DbHz", "dBHz", density),
    info("mcs", "", mcs),
    info("throughputMbps", "Mbit/s", bps / 1e6),
    info("cnDb", "dB", cn),
  ];
}
