import type { Globe } from "cesium";

/** Brightness of the ground where the sun is down over that of the day: coasts stay readable. */
export const NIGHT = 0.5;
/** Brightness of the ground's picture: without the sun, and by day where the night is shown too. */
export const DIMMED = 0.42;
export const SUNLIT = 0.6;
/** What Cesium's shader of the globe leaves of the light at night. */
const CESIUM_NIGHT = 0.3;
/** Farther than any camera [m]: the shader blends the light in between two distances, here the same share at all. */
const FAR = 1e12;

/** Softens the night of a globe that is lit, near and far alike. */
export function softenNight(globe: Pick<Globe, "lightingFadeInDistance" | "lightingFadeOutDistance">): void {
  const share = (1 - NIGHT) / (1 - CESIUM_NIGHT);
  globe.lightingFadeOutDistance = -share * FAR;
  globe.lightingFadeInDistance = (1 - share) * FAR;
}
