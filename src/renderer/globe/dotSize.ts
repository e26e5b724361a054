/** Dots as wide as the users stand apart on the screen, so that density shows; scale over the palette's 2.2 px. */
export function dotScale(users: number, regionRadiusM: number, metresPerPixel: number): number {
  const apartM = Math.sqrt((Math.PI * regionRadiusM * regionRadiusM) / Math.max(1, users));
  const pixels = Math.max(1.1, Math.min(5, (0.8 * apartM) / metresPerPixel));
  return pixels / 2.2;
}
