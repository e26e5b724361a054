import { z } from "zod";
import { MESSAGE_NAMES } from "./storm.ts";

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

const steering = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("earth-moving") }),
    z.strictObject({
      kind: z.literal("quasi-earth-fixed"),
      limitDeg: number({
        unit: "deg",
        min: 0.1,
        max: 60,
        about: "a beam holds its place on the ground until it points this far off its nominal direction",
      }),
    }),
  ])
  .prefault({ kind: "earth-moving" });

const processing = z
  .enum(["transparent", "regenerative"])
  .default("regenerative")
  .describe("transparent: the satellite needs a gateway in view, and delays include the feeder link");

const pattern = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("bessel") }).describe("circular aperture, TR 38.811 §6.4.1"),
    z
      .strictObject({
        kind: z.literal("s1528"),
        nearSidelobeDb: z
          .union([z.literal(-6.75), z.literal(-15), z.literal(-20), z.literal(-25), z.literal(-30)])
          .default(-6.75)
          .describe(
            "near-in side-lobe level relative to the peak [dB]: −6.75 is recommends 1.3 for low orbits, the others are 1.2",
          ),
      })
      .describe("ITU-R S.1528, with the beamwidth of the aperture"),
    z.strictObject({
      kind: z.literal("table"),
      offAxisDeg: z.array(number({ unit: "deg", min: 0, max: 180, about: "angle off the boresight" })).min(3),
      relativeGainDb: z
        .array(number({ unit: "dB", min: -200, max: 0, about: "gain relative to the peak" }))
        .min(3),
    }),
    z
      .strictObject({ kind: z.literal("file"), file: z.string().min(1) })
      .describe("CSV of angle [deg] and gain [dB]; a path relative to the scenario, read by the terminal"),
  ])
  .prefault({ kind: "bessel" });

const antennaPayload = z.strictObject({
  kind: z.literal("antenna"),
  processing,
  steering,
  pattern,
  layout: z.enum(["row", "hexagon", "list"]).default("hexagon"),
  positions: z
    .array(
      z.strictObject({
        u: number({ unit: "1", min: -0.99, max: 0.99, about: "along the flight, sine of the angle" }),
        v: number({ unit: "1", min: -0.99, max: 0.99, about: "to the left of the flight" }),
      }),
    )
    .max(127)
    .optional()
    .describe("layout list: where each beam points on the UV plane"),
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
  processing,
  steering,
  layout: z.enum(["row", "hexagon", "list"]).default("row"),
  positions: z
    .array(
      z.strictObject({
        alongKm: number({ unit: "km", min: -3500, max: 3500, about: "along the flight, on the ground" }),
        leftKm: number({ unit: "km", min: -3500, max: 3500, about: "to the left of the flight" }),
      }),
    )
    .max(127)
    .optional()
    .describe("layout list: the cells' centres from the sub-satellite point"),
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
    .union([z.literal(1), z.literal(2), z.literal(3)])
    .default(1)
    .describe("frequency reuse factor (TR 38.821 Table 6.1.1.1-5): 1, 3, or 2 with polarisation reuse"),
  crossPolarIsolationDb: number({
    unit: "dB",
    min: 0,
    max: 60,
    default: 30,
    about:
      "reuse 2: how much weaker a beam of the other polarisation on the same channel is for a circularly polarised antenna; a linear one is not helped",
  }),
  uplink: z
    .strictObject({
      frequencyGHz: number({
        unit: "GHz",
        min: 0.1,
        max: 100,
        default: 2,
        about: "carrier frequency, uplink",
      }),
      bandwidthMHz: number({
        unit: "MHz",
        min: 0.015,
        max: 2000,
        default: 0.36,
        about: "bandwidth of one UE (TR 38.821 Table 6.1.3.2-1: 360 kHz handheld)",
      }),
      gOverTDbPerK: number({
        unit: "dB/K",
        min: -60,
        max: 60,
        default: 1.1,
        about: "figure of merit of the satellite's beam (TR 38.821 Table 6.1.1.1-1)",
      }),
    })
    .prefault({}),
  implementationMarginDb: number({
    unit: "dB",
    min: 0,
    max: 20,
    default: 2,
    about: "throughput: distance of the modulation and coding schemes from the Shannon bound",
  }),
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
  motion: z
    .enum(["static", "pedestrian", "vehicle", "train", "ship", "aircraft"])
    .default("static")
    .describe(
      "UEs move on great circles: pedestrian 3, vehicle 120, ship 40, train 500, aircraft 1200 km/h at 10 km",
    ),
  speedKmh: number({
    unit: "km/h",
    min: 0,
    max: 3000,
    about: "speed in place of the motion's own",
  }).optional(),
  headingDeg: number({
    unit: "deg",
    min: -360,
    max: 360,
    about: "heading at the start, from north over east; drawn for each UE when absent",
  }).optional(),
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
  clutter: z
    .boolean()
    .default(true)
    .describe("clutter loss on paths without line of sight (TR 38.811 Tables 6.6.2-1 to -3)"),
  gas: z
    .enum(["curve", "p676", "off"])
    .default("curve")
    .describe(
      "curve: zenith value of TR 38.811 Fig. 6.6.4-1 over sin(elevation); p676: ITU-R P.676 along the slant path",
    ),
  scintillation: z
    .enum(["off", "standard"])
    .default("off")
    .describe(
      "standard: ionospheric below 6 GHz (TR 38.821 §6.1.3.2), tropospheric above (TR 38.811 Table 6.6.6.2.1-1)",
    ),
  rain: z
    .strictObject({
      rate001MmH: number({
        unit: "mm/h",
        min: 0,
        max: 300,
        about: "rain rate exceeded for 0.01 % of a year",
      }),
      rainHeightKm: number({ unit: "km", min: 0, max: 10, about: "rain height (P.839)" }),
      latitudeDeg: latitude,
      exceedancePercent: number({
        unit: "%",
        min: 0.001,
        max: 5,
        default: 1,
        about: "share of the year in which the loss is exceeded (P.618)",
      }),
    })
    .optional(),
  cloudKgM2: number({
    unit: "kg/m2",
    min: 0,
    max: 20,
    default: 0,
    about: "columnar content of cloud water (P.840)",
  }),
  building: z
    .strictObject({
      kind: z.enum(["traditional", "thermally-efficient"]),
      probability: number({
        unit: "1",
        min: 1e-7,
        max: 1 - 1e-7,
        default: 0.5,
        about: "share of the places in which the entry loss is not exceeded (P.2109)",
      }),
    })
    .optional()
    .describe("every UE is inside such a building"),
  scintillationDb: number({
    unit: "dB",
    min: 0,
    max: 40,
    default: 0,
    about: "fixed scintillation loss; 2.2 dB at 2 GHz in TR 38.821 Table 6.1.3.2-1",
  }),
  polarisationDb: number({ unit: "dB", min: 0, max: 40, default: 0, about: "polarisation mismatch" }),
  bodyDb: number({ unit: "dB", min: 0, max: 40, default: 0, about: "loss by the user's body" }),
  otherLossDb: number({
    unit: "dB",
    min: 0,
    max: 60,
    default: 0,
    about: "fixed loss of any other kind",
  }),
  interference: z
    .boolean()
    .default(true)
    .describe("other beams on the same channel count in SINR; without them SINR is C/N"),
});

const users = z.strictObject({
  count: whole({ unit: "1", min: 1, max: 1_000_000, about: "number of user terminals (UEs)" }),
  law: z
    .enum(["fixed", "poisson"])
    .default("fixed")
    .describe("poisson: the number is drawn, `count` is its mean"),
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
    z
      .strictObject({
        kind: z.literal("places"),
        southDeg: latitude.default(-60),
        northDeg: latitude.default(75),
        westDeg: longitude.default(-180),
        eastDeg: longitude.default(180),
        minPopulation: whole({
          unit: "1",
          min: 1000,
          max: 50_000_000,
          default: 15_000,
          about: "smaller places are left out",
        }),
        spreadKm: number({
          unit: "km",
          min: 0.1,
          max: 500,
          default: 10,
          about: "standard deviation of the distance from the place, north and east",
        }),
      })
      .describe(
        "synthetic: a place of GeoNames by its population, a Gaussian around it, on land; places outside the box are left out",
      ),
  ]),
  classes: z
    .array(userClass)
    .min(1)
    .max(8)
    .default([{ name: "handheld", share: 1, motion: "static" }]),
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

const gateways = z.strictObject({
  stations: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(64),
        latitudeDeg: latitude,
        longitudeDeg: longitude,
        heightM: number({ unit: "m", min: -500, max: 9000, default: 0, about: "height above the ellipsoid" }),
      }),
    )
    .min(1)
    .max(1000),
  minElevationDeg: number({
    unit: "deg",
    min: 0,
    max: 89,
    default: 10,
    about: "a satellite lower than this has no feeder link (TR 38.821 Table 4.2-2)",
  }),
  interSatelliteLinks: z
    .boolean()
    .default(false)
    .describe("satellites without a gateway in view reach one through others"),
  switchOverlapS: number({
    unit: "s",
    min: 0,
    max: 30,
    default: 0,
    about:
      "both feeder links of a switch work together for up to this time, so that UEs can go over one by one (soft switch); 0: at one instant (hard switch, TS 38.300 §16.14.4)",
  }),
});

const terrestrial = z.strictObject({
  layout: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("hexagon").describe("sites in rings around one in the middle"),
      latitudeDeg: latitude,
      longitudeDeg: longitude,
      rings: whole({ unit: "1", min: 0, max: 15, about: "rings around the middle site" }),
      interSiteKm: number({ unit: "km", min: 0.1, max: 100, about: "distance between neighbours" }),
    }),
    z.strictObject({
      kind: z.literal("list").describe("sites one by one"),
      sites: z
        .array(z.strictObject({ latitudeDeg: latitude, longitudeDeg: longitude }))
        .min(1)
        .max(1000),
    }),
  ]),
  surroundings: z
    .enum(["rural", "urban"])
    .default("rural")
    .describe("path loss and line of sight of TR 38.901: rural macro (RMa) or urban macro (UMa)"),
  frequencyGHz: number({
    unit: "GHz",
    min: 0.5,
    max: 30,
    default: 3.5,
    about: "carrier; RMa is for up to 7 GHz",
  }),
  bandwidthMHz: number({ unit: "MHz", min: 1, max: 400, default: 20, about: "band of all sites together" }),
  frequencyReuse: z
    .union([z.literal(1), z.literal(3)])
    .default(1)
    .describe("channels that the band is cut into; no site disturbs a satellite or is disturbed by one"),
  eirpDbm: number({
    unit: "dBm",
    min: 0,
    max: 90,
    default: 57,
    about: "of a site over its channel, in all directions (assumed: 46 dBm and 11 dBi)",
  }),
  antennaHeightM: number({
    unit: "m",
    min: 10,
    max: 150,
    about: "over ground; left out: 35 rural, 25 urban (TR 38.901 Tables 7.2-1, 7.2-3)",
  }).optional(),
  lineOfSight: z
    .enum(["always", "drawn"])
    .default("drawn")
    .describe("drawn: by distance, correlated along the UE's way"),
  shadowing: z.boolean().default(true).describe("shadow fading, correlated along the UE's way"),
  offsetDb: number({
    unit: "dB",
    min: -24,
    max: 24,
    default: 0,
    about: "cell-individual offset of the sites: added to their RSRP where it is compared with others",
  }),
});

export const STRATEGIES = ["a3", "a4", "a5", "d1", "t1", "elevation", "timing-advance"] as const;

const handover = z.strictObject({
  strategy: z
    .enum(STRATEGIES)
    .default("a3")
    .describe(
      "a3: ordinary handover on the measurement report of event A3; the others are conditional handovers to one of the 8 strongest cells heard: " +
        "a4 and a5 by RSRP, d1 by the distance to the cells' centres (event D2, or D1 with quasi-earth-fixed beams), t1 by the time at which geometry says the UE leaves its cell, " +
        "elevation and timing-advance by study triggers of TR 38.821 §7.3.2.2.2 that RRC does not have (d1 between beams of one satellite, where both are the same); all but a3 and a5 with A4. " +
        "Time and place tell nothing of sites on the ground: from, to and between them d1, t1, elevation and timing-advance use event A3",
    ),
  a3OffsetDb: number({ unit: "dB", min: -15, max: 15, default: 1, about: "a3-Offset (TS 38.331 §5.5.4.4)" }),
  hysteresisDb: number({
    unit: "dB",
    min: 0,
    max: 15,
    default: 1,
    about: "hysteresis of the events that compare RSRP",
  }),
  timeToTriggerMs: number({
    unit: "ms",
    min: 0,
    max: 5120,
    default: 256,
    about: "how long the entering condition must hold; every event but T1",
  }),
  minTimeOfStayS: number({
    unit: "s",
    min: 0,
    max: 60,
    default: 1,
    about: "a return to the former cell sooner than this is a ping-pong (TR 36.839 §5.6)",
  }),
  servingThresholdDbm: number({
    unit: "dBm",
    min: -156,
    max: -31,
    about:
      "a5: the serving cell must be weaker; absent: RSRP on the −3 dB contour of a beam straight below the lowest satellite",
  }).optional(),
  targetThresholdDbm: number({
    unit: "dBm",
    min: -156,
    max: -31,
    about:
      "a4, a5, and the A4 of d1 and t1: the target must be stronger; absent: as servingThresholdDbm for a4 and a5, coverage.minRsrpDbm for d1 and t1",
  }).optional(),
  contourShare: number({
    unit: "1",
    min: 0.1,
    max: 2,
    default: 1,
    about:
      "d1: distance thresholds as a share of the radius of each cell's −3 dB contour (of the circle of equal area)",
  }),
  servingDistanceKm: number({
    unit: "km",
    min: 0,
    max: 5000,
    about: "d1: the serving cell's centre must be farther; absent: by contourShare",
  }).optional(),
  targetDistanceKm: number({
    unit: "km",
    min: 0,
    max: 5000,
    about: "d1: the target's centre must be nearer; absent: by contourShare",
  }).optional(),
  distanceHysteresisKm: number({
    unit: "km",
    min: 0,
    max: 327.68,
    default: 0,
    about: "d1: hysteresisLocation",
  }),
  guardS: number({
    unit: "s",
    min: 0,
    max: 60,
    default: 0.5,
    about: "t1: the window opens this long before the predicted time of leaving the cell's −3 dB contour",
  }),
  windowS: number({ unit: "s", min: 0.1, max: 600, default: 5, about: "t1: duration of the window" }),
  servingElevationDeg: number({
    unit: "deg",
    min: 0,
    max: 90,
    about:
      "elevation: the serving satellite must be lower; absent: its elevation where a UE leaves its outermost contour on the way of the flight",
  }).optional(),
  targetElevationDeg: number({
    unit: "deg",
    min: 0,
    max: 90,
    about: "elevation: the target satellite must be higher; absent: as for the serving satellite",
  }).optional(),
  elevationHysteresisDeg: number({
    unit: "deg",
    min: 0,
    max: 30,
    default: 0,
    about: "elevation: hysteresis",
  }),
  servingRoundTripMs: number({
    unit: "ms",
    min: 0,
    max: 1000,
    about:
      "timing-advance: the serving satellite's round trip (service link) must be longer; absent: its value at the edge of its last cell along the flight",
  }).optional(),
  targetRoundTripMs: number({
    unit: "ms",
    min: 0,
    max: 1000,
    about: "timing-advance: the target's must be shorter; absent: as for the serving satellite",
  }).optional(),
  roundTripHysteresisMs: number({
    unit: "ms",
    min: 0,
    max: 100,
    default: 0,
    about: "timing-advance: hysteresis",
  }),
  l3FilterCoefficient: number({
    unit: "1",
    min: 0,
    max: 19,
    about: "layer-3 filter k of the RSRP that the events see (TS 38.331 §5.5.3.2); absent: no filter",
  }).optional(),
  measurementErrorDb: number({
    unit: "dB",
    min: 0,
    max: 20,
    default: 0,
    about:
      "accuracy of the RSRP that the events see: 90 % of the measurements are within ± this (TS 38.133 §10.1)",
  }),
});

const signalling = z.strictObject({
  cpus: whole({
    unit: "1",
    min: 1,
    max: 1024,
    default: 4,
    about: "processors of a gNB (zbh888/LEOhandover)",
  }),
  queueLimit: whole({
    unit: "1",
    min: 1,
    max: 1_000_000,
    default: 500,
    about: "messages that may wait at a gNB (zbh888/LEOhandover)",
  }),
  coreDelayMs: number({ unit: "ms", min: 0, max: 1000, default: 10, about: "one way between gNB and core" }),
  satelliteDelayMs: number({
    unit: "ms",
    min: 0,
    max: 1000,
    default: 1,
    about: "one way between the gNBs of two satellites",
  }),
  retryMs: number({
    unit: "ms",
    min: 1,
    max: 10_000,
    default: 20,
    about: "until an unanswered message is sent again: assumed",
  }),
  t304Ms: z
    .union([50, 100, 150, 200, 500, 1000, 2000, 10_000].map((value) => z.literal(value)))
    .default(500)
    .describe("T304 (TS 38.331 §5.3.5.8.3): an access that takes longer has failed [ms]"),
  n310: z
    .union([1, 2, 3, 4, 6, 8, 10, 20].map((value) => z.literal(value)))
    .default(1)
    .describe(
      "N310 (TS 38.331 §5.3.10): out-of-sync indications, 10 ms apart, that start T310; N311 has no part, because a link once lost is taken not to come back",
    ),
  t310Ms: z
    .union([0, 50, 100, 200, 500, 1000, 2000, 4000, 6000].map((value) => z.literal(value)))
    .default(1000)
    .describe("T310 (TS 38.331 §5.3.10.3): from the last of N310 indications to the radio-link failure [ms]"),
  t311Ms: z
    .union([1000, 3000, 5000, 10_000, 15_000, 20_000, 30_000].map((value) => z.literal(value)))
    .default(30_000)
    .describe("T311 (TS 38.331 §5.3.7.2): how long a UE looks for a cell after a failure [ms]"),
  t430S: z
    .union(
      [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 120, 180, 240, 900].map((value) => z.literal(value)),
    )
    .default(30)
    .describe(
      "T430, ntn-UlSyncValidityDuration (TS 38.331 §5.2.2.6): a UE configured longer ago than this reads the target's SIB19 before the access [s]",
    ),
  configurationLeadMs: number({
    unit: "ms",
    min: 0,
    max: 600_000,
    default: 2000,
    about:
      "a conditional handover is configured this long before its condition holds, never later than by time-to-trigger and measurement period, never before the UE is in the cell: assumed",
  }),
  prachConfigurationIndex: whole({
    unit: "1",
    min: 0,
    max: 86,
    default: 27,
    about: "when random access can begin (TS 38.211 Table 6.3.3.2-2, paired spectrum, long formats)",
  }),
  contentionPreambles: whole({
    unit: "1",
    min: 1,
    max: 64,
    default: 56,
    about: "preambles for contention in an occasion (TR 38.821 §7.2.1.1.1)",
  }),
  occasionsInFrequency: z
    .union([z.literal(1), z.literal(2), z.literal(4), z.literal(8)])
    .default(8)
    .describe("random-access occasions side by side: msg1-FDM (TR 38.821 §7.2.1.1.1)"),
  preambleTransMax: whole({ unit: "1", min: 3, max: 200, default: 10, about: "tries of random access" }),
  cellCapacity: whole({
    unit: "1",
    min: 1,
    max: 65_519,
    default: 65_519,
    about: "UEs that a cell can hold, those on the way included: C-RNTIs 0001 to FFEF (TR 38.821 §7.3.2.1.6)",
  }),
  maxRetransmissions: whole({
    unit: "1",
    min: 0,
    max: 255,
    default: 15,
    about: "how often an unanswered message is sent again (zbh888/LEOhandover)",
  }),
  backoffMs: number({
    unit: "ms",
    min: 0,
    max: 1920,
    default: 20,
    about: "back-off is drawn from 0 to this: assumed",
  }),
  messages: z
    .partialRecord(
      z.enum(MESSAGE_NAMES),
      z.strictObject({
        bytes: whole({ unit: "byte", min: 0, max: 1_000_000, about: "size" }).optional(),
        processingMs: number({ unit: "ms", min: 0, max: 10_000, about: "work at the receiver" }).optional(),
      }),
    )
    .default({})
    .describe("sizes and processing times in place of the built-in ones, which are assumptions"),
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
    gateways: gateways.optional(),
    terrestrial: terrestrial
      .optional()
      .describe(
        "sites on the ground beside the satellites; aircraft and directive terminals do not hear them",
      ),
    handover: handover.prefault({}),
    signalling: signalling.prefault({}),
    learning: learning.prefault({}),
  })
  .describe("Beamwalk scenario, version 1");

export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioInput = z.input<typeof scenarioSchema>;
