import reference from "../../../../resources/reference/dahouda-2023.json" with { type: "json" };

/** Tables 3 and 4 as printed, by model. */
export const printedOf = (model: string) =>
  reference.classifiers.rows.find(({ name }) => name === model) ?? null;
/** Table 2 as printed, from the north. */
export const CENTROIDS = reference.centroids.rows;
/** §3.1: the speed that the paper gives a satellite at 300 km. */
export const SPEED_KM_S = 7.56;
