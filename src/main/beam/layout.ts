/**
 * Where the beams of one satellite point, in units of the spacing between neighbours: along the track (first) and
 * across it. For an antenna the plane is the UV plane of the satellite (TR 38.821 §6.1.1.1), for circular cells it is
 * the ground.
 */
export type Layout = "row" | "hexagon";

const DIRECTIONS = [
  [-1, 1],
  [-1, 0],
  [0, -1],
  [1, -1],
  [1, 0],
  [0, 1],
] as const;

/** Axial coordinates of a hexagon, ring by ring from the centre. [beam × 2] */
function hexagonAxial(beams: number): Int32Array {
  const axial = new Int32Array(beams * 2);
  let beam = 1;
  for (let ring = 1; beam < beams; ring++) {
    let q = ring;
    let r = 0;
    for (const [dq, dr] of DIRECTIONS) {
      for (let i = 0; i < ring && beam < beams; i++) {
        axial[2 * beam] = q;
        axial[2 * beam + 1] = r;
        beam++;
        q += dq;
        r += dr;
      }
    }
  }
  return axial;
}

/**
 * Offsets of the beams in units of the spacing. [beam × 2]: along the direction of flight, to the left of it.
 * A row leads with beam 0; a hexagon has beam 0 in the middle.
 */
export function beamOffsets(layout: Layout, beams: number): Float64Array {
  const offsets = new Float64Array(beams * 2);
  if (layout === "row") {
    for (let beam = 0; beam < beams; beam++) offsets[2 * beam] = (beams - 1) / 2 - beam;
    return offsets;
  }
  const axial = hexagonAxial(beams);
  for (let beam = 0; beam < beams; beam++) {
    const q = axial[2 * beam];
    const r = axial[2 * beam + 1];
    offsets[2 * beam] = q + r / 2;
    offsets[2 * beam + 1] = (r * Math.sqrt(3)) / 2;
  }
  return offsets;
}

/**
 * Three-colouring in which neighbours differ: the channel of each beam under reuse 3, and the cell type
 * (0 serving, 1 target, 2 candidate) of a row of three in the order in which it passes over a UE. [beam]
 */
export function beamColours(layout: Layout, beams: number): Uint8Array {
  const colours = new Uint8Array(beams);
  if (layout === "row") {
    for (let beam = 0; beam < beams; beam++) colours[beam] = beam % 3;
    return colours;
  }
  const axial = hexagonAxial(beams);
  for (let beam = 0; beam < beams; beam++) {
    colours[beam] = (((axial[2 * beam] - axial[2 * beam + 1]) % 3) + 3) % 3;
  }
  return colours;
}
