declare module "topojson-client" {
  /** Decodes one object of a topology; a collection gives one feature for each of its members. */
  export function feature(
    topology: object,
    object: object,
  ): { features: { geometry: { coordinates: number[][][][] } }[] };
}
