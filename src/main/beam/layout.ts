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

/**
 * Four-colouring in which neighbours differ, for two channels in two polarisations: colour = channel +
 * 2 · polarisation. [beam]
 */
export function polarisationColours(layout: Layout, beams: number): Uint8Array {
  const colours = new Uint8Array(beams);
  if (layout === "row") {
    for (let beam = 0; beam < beams; beam++) colours[beam] = beam % 4;
    return colours;
  }
  const axial = hexagonAxial(beams);
  // a step to a neighbour turns at least one of the two axial coordinates from even to odd or back
  for (let beam = 0; beam < beams; beam++)
    colours[beam] = (axial[2 * beam] & 1) + 2 * (axial[2 * beam + 1] & 1);
  return colours;
}

/**
 * Colours of beams at any places [beam × 2]; beams nearer than 1.5 times the least distance are neighbours. The beam
 * whose neighbours show the most colours is next (Brélaz 1979) and takes, of the colours that none of them has, the
 * one that is in use farthest away; where none is free, of all colours. [beam]
 */
export function listColours(offsets: Float64Array, colours: 3 | 4): Uint8Array {
  const beams = offsets.length / 2;
  const distance = (i: number, j: number) =>
    Math.hypot(offsets[2 * i] - offsets[2 * j], offsets[2 * i + 1] - offsets[2 * j + 1]);
  let least = Infinity;
  for (let i = 0; i < beams; i++)
    for (let j = 0; j < i; j++) if (distance(i, j) > 0) least = Math.min(least, distance(i, j));
  /** [beam × colour] distance to the nearest beam of that colour */
  const nearest = new Float64Array(beams * colours).fill(Infinity);
  const seen = (beam: number) => {
    let count = 0;
    for (let c = 0; c < colours; c++) if (nearest[beam * colours + c] < 1.5 * least) count++;
    return count;
  };
  const out = new Uint8Array(beams);
  const open = new Set(out.keys());
  while (open.size > 0) {
    let next = -1;
    for (const beam of open) if (next < 0 || seen(beam) > seen(next)) next = beam;
    let colour = 0;
    for (let c = 1; c < colours; c++)
      if (nearest[next * colours + c] > nearest[next * colours + colour]) colour = c;
    out[next] = colour;
    open.delete(next);
    for (const beam of open)
      nearest[beam * colours + colour] = Math.min(nearest[beam * colours + colour], distance(beam, next));
  }
  return out;
}
