/** Names of fields for people; where a key says it well enough, it is taken apart into words. */
const NAMES: Record<string, string> = {
  seed: "Random seed",
  raanDeg: "Ascending node",
  raanSpreadDeg: "Spread of the nodes",
  eirpDbm: "EIRP",
  eirpDensityDbwPerMHz: "EIRP density",
  gOverTDbPerK: "G/T",
  minRsrpDbm: "Least RSRP",
  minElevationDeg: "Least elevation",
  minPopulation: "Least population",
  minTimeOfStayS: "Least time of stay",
  a3OffsetDb: "a3-Offset",
  t304Ms: "T304",
  atS: "At",
  law: "Law of the number",
  u: "u",
  v: "v",
  id: "Name",
  cpus: "Processors",
  l3FilterCoefficient: "Layer-3 filter k",
  prachConfigurationIndex: "PRACH configuration index",
  rate001MmH: "Rain rate (0.01 % of a year)",
  cloudKgM2: "Cloud water",
  gas: "Atmospheric gases",
  scintillationDb: "Fixed scintillation loss",
  polarisationDb: "Polarisation loss",
  bodyDb: "Body loss",
  otherLossDb: "Other loss",
  zenithGasDb: "Zenith gas loss",
  annEpochs: "Epochs of the neural network",
  svmRows: "Rows of the SVM",
  primary: "Primary classifier",
  users: "Users and places",
  terrestrial: "Sites on the ground",
  radio: "Radio",
  "": "General",
};

const KINDS: Record<string, string> = {
  walker: "Walker shell",
  circular: "circular orbits, one by one",
  keplerian: "elliptic orbits, one by one",
  elements: "element file (TLE, OMM)",
  antenna: "antenna",
  "circular-cells": "circular cells",
  cells: "uniform in the cells",
  places: "populated places",
  bessel: "circular aperture (TR 38.811)",
  s1528: "ITU-R S.1528",
};

const UNIT = /(DbwPerMHz|DbPerK|KgM2|MmH|Dbm|Db|GHz|MHz|KHz|Mbps|Kmh|Km|Deg|Ms|Percent|S|M)$/;

export function nameOf(key: string, hasUnit: boolean): string {
  if (key in NAMES) return NAMES[key]!;
  if (/[ -]/.test(key)) return key;
  const bare = hasUnit ? key.replace(UNIT, "") : key;
  const words = bare.replaceAll(/([A-Z]+)/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const kindName = (kind: string) => KINDS[kind] ?? kind;
