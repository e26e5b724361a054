import { FLOOR_DBM, type World } from "../../../../src/main/studies/paper-c/world.ts";

/** A world from the levels [step][cell] of each UE, without errors of reports. */
export function worldOf(levels: number[][][], over: Partial<World> = {}): World {
  const level = levels.map((steps) => Float32Array.from(steps.flat()));
  const cells = Int32Array.from(levels, ([first]) => first.length);
  return {
    ues: levels.length,
    steps: levels[0].length,
    periodS: 0.2,
    classes: cells[0],
    ranked: false,
    cells,
    level,
    measured: level,
    channel: Array.from(cells, (count) => new Int32Array(count)),
    noiseDbm: -120,
    centreDbm: -100,
    spreadDb: 10,
    about: "",
    ...over,
  };
}

/** A UE that goes in a straight line from one cell to the other, `steps` long. */
export const crossing = (steps: number, least = -120, most = -80): number[][] =>
  Array.from({ length: steps }, (_, i) => {
    const way = ((most - least) * i) / (steps - 1);
    return [most - way, least + way];
  });

export { FLOOR_DBM };
