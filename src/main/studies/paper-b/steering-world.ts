import { hetnetSeries, type HetnetSeries, type Rat } from "../../hetnet/series.ts";
import type { Span } from "../../hetnet/steer.ts";
import type { Place } from "../../hetnet/world.ts";

/** Reports ahead: what (10) asks for with N = 3. */
export const HORIZON = 3;
/** W of the paper, for base stations and access points. */
export const WINDOW = { cellular: 9, wifi: 7 } as const;
/** N_T of the paper for everything after its Figure 5. */
export const TRAINING_PATHS = 20;
/** Paths from here on are in no training. */
const FIRST_UNSEEN = 1001;

/** Waypoints of a path like the paper's: across both base stations and three access points. */
const PAPER_ROUTE: Place[] = [
  { x: 25, y: 120 },
  { x: 75, y: 208 },
  { x: 130, y: 140 },
  { x: 185, y: 86 },
  { x: 250, y: 160 },
  { x: 310, y: 208 },
  { x: 370, y: 140 },
  { x: 475, y: 200 },
];

export const trainingSeries = (seed: number): HetnetSeries => hetnetSeries({ seed, paths: TRAINING_PATHS });

/** The path like the paper's and `paths` random ones, in the same world, none of them in the training. */
export const unseenSeries = (seed: number, paths: number): HetnetSeries =>
  hetnetSeries({ seed, paths: paths + 1, firstPath: FIRST_UNSEEN, routes: [PAPER_ROUTE] });

/** Every scheme starts at the first complete window of the longest look-back, and stops where forecasts do. */
export const SPAN: Span = { from: Math.max(...Object.values(WINDOW)) - 1, to: -HORIZON };

export const windowOf = (rat: Rat) => (rat === "wifi" ? WINDOW.wifi : WINDOW.cellular);
