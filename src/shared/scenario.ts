import { z } from "zod";

/**
 * The scenario file: what a planner writes. Units stand in the field names and in `unit`.
 * Version 1. Everything here is converted to SI once, by `src/main/scenario/compile.ts`.
 */

interface NumberField {
  unit: string;
  min: number;
  max: number;
  default?: number;
  about: string;
}

function number(field: NumberField & { default: number }): z.ZodDefault<z.ZodNumber>;
function number(field: NumberField): z.ZodNumber;
function number({ unit, min, max, about, default: fallback }: NumberField) {
  const schema = z
    .number()
    .min(min)
    .max(max)
    .meta({ unit, description: `${about} [${unit}]` });
  return fallback === undefined ? schema : schema.default(fallback);
}

function whole(field: NumberField & { default: number }): z.ZodDefault<z.ZodInt>;
function whole(field: NumberField): z.ZodInt;
function whole({ unit, min, max, about, default: fallback }: NumberField) {
  const schema = z
    .int()
    .min(min)
    .max(max)
    .meta({ unit, description: `${about} [${unit}]` });
  return fallback === undefined ? schema : schema.default(fallback);
}

const angle = (about: string) => number({ unit: "deg", min: -360, max: 360, default: 0, about });
const latitude = number({ unit: "deg", min: -90, max: 90, about: "geodetic latitude, WGS-84" });
const longitude = number({ unit: "deg", min: -180, max: 180, about: "longitude, WGS-84, east positive" });
const altitudeKm = number({
  unit: "km",
  min: 160,
  max: 50_000,
  about: "height above the equatorial radius 6378.137 km",
});
const inclinationDeg = number({ unit: "deg", min: 0, max: 180, about: "inclination" });

const walker = z.strictObject({
  kind: z.literal("walker"),
  pattern: z
    .enum(["delta", "star"])
    .default("delta")
    .describe("delta spreads the nodes over 360°, star over 180°, unless raanSpreadDeg says otherwise"),
  altitudeKm,
  inclinationDeg,
  planes: whole({ unit: "1", min: 1, max: 1000, about: "number of orbital planes" }),
  satellitesPerPlane: whole({ unit: "1", min: 1, max: 1000, about: "satellites in each plane" }),
  phasing: whole({
    unit: "1",
    min: 0,
    max: 1000,
    default: 0,
    about: "Walker phasing F: planes next to each other are shifted by F·360°/total",
  }),
  raanSpreadDeg: number({
    unit: "deg",
    min: 0,
    max: 360,
    about: "spread of the ascending nodes; 360 for delta, 180 for star when absent",
  }).optional(),
  raanDeg: angle("right ascension of the first plane's ascending node at the start, true equator"),
  argumentOfLatitudeDeg: angle("argument of latitude of the first satellite at the start"),
});

const circular = z.strictObject({
  kind: z.literal("circular"),
  satellites: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(64),
        altitudeKm,
        inclinationDeg,
        raanDeg: angle("right ascension of the ascending node at the start"),
        argumentOfLatitudeDeg: angle("argument of latitude at the start"),
      }),
    )
    .min(1)
    .max(20_000),
});

const keplerian = z.strictObject({
  kind: z.literal("keplerian"),
  satellites: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(64),
        semiMajorAxisKm: number({ unit: "km", min: 6500, max: 60_000, about: "semi-major axis" }),
        eccentricity: number({ unit: "1", min: 0, max: 0.95, default: 0, about: "eccentricity" }),
        inclinationDeg,
        raanDeg: angle("right ascension of the ascending node at the start"),
        argumentOfPerigeeDeg: angle("argument of perigee at the start"),
        meanAnomalyDeg: angle("mean anomaly at the start"),
      }),
    )
    .min(1)
    .max(20_000),
});

const elements = z.strictObject({
  kind: z.literal("elements"),
  file: z
    .string()
    .min(1)
    .optional()
    .describe(
      "TLE, 3LE or OMM (CSV, JSON, XML, KVN) file; a path relative to the scenario; may be given on the command line instead",
    ),
});

const antennaPayload = z.strictObject({
  kind: z.literal("antenna"),
  layout: z.enum(["row", "hexagon"]).default("hexagon"),
  beams: whole({
    unit: "1",
    min: 1,
    max: 127,
    about: "beams of one satellite; a hexagon takes 1, 7, 19, 37, 61, 91 or 127",
  }),
  apertureDiameterM: number({
    unit: "m",
    min: 0.01,
    max: 50,
    about: "equivalent diameter of the circular aperture (TR 38.811 §6.4.1)",
  }),
  spacingFactor: number({
    unit: "1",
    min: 0.1,
    max: 10,
    default: 1.7320508075688772,
    about: "beam spacing on the UV plane in units of sin(HPBW/2); √3 in TR 38.821 Table 6.1.1.1-4",
  }),
});

const circularCellPayload = z.strictObject({
  kind: z.literal("circular-cells"),
  layout: z.enum(["row", "hexagon"]).default("row"),
  beams: whole({ unit: "1", min: 1, max: 127, about: "cells of one satellite" }),
  cellDiameterKm: number({ unit: "km", min: 1, max: 3500, about: "diameter of every cell on the ground" }),
  cellSpacingKm: number({
    unit: "km",
    min: 1,
    max: 3500,
    about: "distance between the centres of neighbouring cells on the ground",
  }),
});

const radio = z.strictObject({
  frequencyGHz: number({ unit: "GHz", min: 0.1, max: 100, default: 2, about: "carrier frequency, downlink" }),
  bandwidthMHz: number({
    unit: "MHz",
    min: 0.18,
    max: 2000,
    default: 30,
    about: "bandwidth of one beam before frequency reuse",
  }),
  eirpDensityDbwPerMHz: number({
    unit: "dBW/MHz",
    min: -50,
    max: 80,
    default: 34,
    about: "EIRP density at beam centre (TR 38.821 Table 6.1.1.1-1)",
  }),
  frequencyReuse: z
    .union([z.literal(1), z.literal(3)])
    .default(1)
    .describe("frequency reuse factor: 1 or 3"),
  dataRateMbps: number({
    unit: "Mbit/s",
    min: 0.001,
    max: 100_000,
    default: 10,
    about: "bit rate that Eb/N0 refers to",
  }),
  subcarrierSpacingKHz: z
    .union([z.literal(15), z.literal(30), z.literal(60), z.literal(120)])
    .default(15)
    .describe("subcarrier spacing; RSRP is the power in one resource element [kHz]"),
  zenithGasDb: number({
    unit: "dB",
    min: 0,
    max: 300,
    about:
      "zenith attenuation by atmospheric gases; the tabulated curve of TR 38.811 Fig. 6.6.4-1 at the carrier when absent",
  }).optional(),
});

const userClass = z.strictObject({
  name: z.enum(["handheld", "vsat"]).describe("terminal of TR 38.821 Table 6.1.1.1-3"),
  share: number({
    unit: "1",
    min: 0,
    max: 1,
    default: 1,
    about: "share of the users; shares are normalised to sum to 1",
  }),
});

const channel = z.strictObject({
  surroundings: z
    .enum(["dense-urban", "urban", "suburban-rural"])
    .default("suburban-rural")
    .describe("surroundings of the UEs: which tables of TR 38.811 §6.6 hold"),
  lineOfSight: z
    .enum(["always", "drawn"])
    .default("always")
    .describe(
      "drawn: by the probability of TR 38.811 Table 6.6.1-1 at the elevation; without it there is clutter loss",
    ),
  shadowing: z
    .boolean()
    .default(false)
    .describe("log-normal shadow fading of TR 38.811 Tables 6.6.2-1 to -3, one draw per UE and satellite"),
  scintillationDb: number({
    unit: "dB",
    min: 0,
    max: 40,
    default: 0,
    about: "fixed scintillation loss; 2.2 dB at 2 GHz in TR 38.821 Table 6.1.3.2-1",
  }),
  otherLossDb: number({
    unit: "dB",
    min: 0,
    max: 60,
    default: 0,
    about: "fixed loss of any other kind: polarisation, body, building",
  }),
});

const users = z.strictObject({
  count: whole({ unit: "1", min: 1, max: 1_000_000, about: "number of user terminals (UEs)" }),
  placement: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("cells"),
      atS: number({
        unit: "s",
        min: 0,
        max: 86_400,
        about: "the UEs are uniform in the cells as they stand at this time after the start",
      }),
    }),
    z.strictObject({
      kind: z.literal("circle"),
      latitudeDeg: latitude,
      longitudeDeg: longitude,
      radiusKm: number({ unit: "km", min: 0.1, max: 10_000, about: "radius" }),
    }),
    z.strictObject({
      kind: z.literal("box"),
      southDeg: latitude,
      northDeg: latitude,
      westDeg: longitude,
      eastDeg: longitude,
    }),
  ]),
  classes: z
    .array(userClass)
    .min(1)
    .max(8)
    .default([{ name: "handheld", share: 1 }]),
});

const coverage = z.strictObject({
  minElevationDeg: number({
    unit: "deg",
    min: 0,
    max: 89,
    default: 10,
    about: "a satellite lower than this does not serve",
  }),
  minRsrpDbm: number({
    unit: "dBm",
    min: -200,
    max: 0,
    default: -140,
    about: "a cell received weaker than this does not serve",
  }),
});

const handover = z.strictObject({
  a3OffsetDb: number({ unit: "dB", min: -15, max: 15, default: 1, about: "a3-Offset (TS 38.331 §5.5.4.4)" }),
  hysteresisDb: number({ unit: "dB", min: 0, max: 15, default: 1, about: "hysteresis" }),
  timeToTriggerMs: number({
    unit: "ms",
    min: 0,
    max: 5120,
    default: 256,
    about: "how long the entering condition must hold",
  }),
  minTimeOfStayS: number({
    unit: "s",
    min: 0,
    max: 60,
    default: 1,
    about: "a return to the former cell sooner than this is a ping-pong (TR 36.839 §5.6)",
  }),
});

const learning = z.strictObject({
  label: z
    .discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("distance"),
        fraction: number({
          unit: "1",
          min: 0.01,
          max: 1,
          default: Math.SQRT1_2,
          about: "handover-ready beyond this fraction of the cell radius, from the cluster's centroid",
        }),
      }),
      z.strictObject({
        kind: z.literal("time-to-leave"),
        seconds: number({
          unit: "s",
          min: 0.1,
          max: 3600,
          default: 10,
          about: "handover-ready when the UE leaves its cell within this time",
        }),
      }),
    ])
    .prefault({ kind: "distance" }),
  testShare: number({
    unit: "1",
    min: 0.05,
    max: 0.5,
    default: 0.2,
    about: "share of the UEs held out for the metrics",
  }),
  annEpochs: whole({ unit: "1", min: 1, max: 1000, default: 75, about: "epochs of the neural network" }),
  svmRows: whole({
    unit: "1",
    min: 100,
    max: 10_000,
    default: 4000,
    about: "the SVM is trained on a sample of at most this many rows",
  }),
  primary: z
    .enum(["logistic", "bayes", "svm", "forest", "ann"])
    .default("forest")
    .describe("the classifier whose answer makes the predicted handovers"),
});

export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1),
    name: z
      .string()
      .regex(/^[\w.-]{1,64}$/)
      .describe("short name: letters, digits, dot, dash, underscore"),
    title: z.string().max(200).default(""),
    assumptions: z.array(z.string()).default([]).describe("what was assumed and why, in words"),
    seed: whole({
      unit: "1",
      min: 0,
      max: 4_294_967_295,
      default: 1,
      about: "seed of the one random source",
    }),
    time: z.strictObject({
      start: z.iso
        .datetime({ offset: true })
        .optional()
        .describe(
          "UTC; the newest epoch of the element file when absent (2026-01-01T00:00:00Z for synthetic constellations)",
        ),
      durationS: number({ unit: "s", min: 1, max: 86_400, default: 600, about: "length of the run" }),
      stepS: number({ unit: "s", min: 0.1, max: 60, default: 1, about: "time between frames" }),
      measurementPeriodMs: number({
        unit: "ms",
        min: 20,
        max: 60_000,
        default: 200,
        about: "time between RSRP measurements; divides the frame step",
      }),
      markS: number({
        unit: "s",
        min: 0,
        max: 86_400,
        about:
          "the marked instant: data set, clusters and classifiers are made here; absent: half of the run",
      }).optional(),
    }),
    constellation: z.discriminatedUnion("kind", [walker, circular, keplerian, elements]),
    payload: z.discriminatedUnion("kind", [antennaPayload, circularCellPayload]),
    radio: radio.prefault({}),
    channel: channel.prefault({}),
    users,
    coverage: coverage.prefault({}),
    handover: handover.prefault({}),
    learning: learning.prefault({}),
  })
  .describe("Beamwalk scenario, version 1");

export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioInput = z.input<typeof scenarioSchema>;
