/** The −3 dB contour of a cell on the ground. */
export interface Footprint {
  latitudeDeg: number;
  longitudeDeg: number;
  semiMajorKm: number;
  semiMinorKm: number;
  /** of the major axis, from north over east */
  azimuthDeg: number;
  /** the contour as [longitude, latitude] in degrees, open; empty where it passes the limb */
  ring: [number, number][];
}

/** The footprint of a cell at a time since the start; null where the cell is not on the ground. */
export type FootprintSource = (cell: number, timeS: number) => Footprint | null;
