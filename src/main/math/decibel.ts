/** Ratio of powers to decibels. */
export const toDb = (ratio: number) => 10 * Math.log10(ratio);
/** Decibels to a ratio of powers. */
export const fromDb = (db: number) => 10 ** (db / 10);
