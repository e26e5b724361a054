import { DEG } from "../math/constants.ts";

/** Place in a table over 10°, 20°, … 90° of the reference angle nearest to an elevation [rad] (TR 38.811 §6.6.1). */
export const nearestAngle = (elevation: number) =>
  Math.min(8, Math.max(0, Math.round(elevation / (10 * DEG)) - 1));
