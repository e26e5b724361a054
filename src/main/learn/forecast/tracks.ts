import { BadInput, type Problem } from "../../../shared/errors.ts";

/** What nodes (base stations, access points, beams) measured at even steps along paths. */
export interface Tracks {
  /** of one sample, in order */
  features: { name: string; unit: string }[];
  /** place of the forecast feature, in dB */
  target: number;
  nodes: string[];
  /** [((firstStep[path] + step) × node) × feature] */
  values: Float32Array;
  /** [path + 1] first of the path's steps; the last one is the number of all steps */
  firstStep: Uint32Array;
}

export const pathsOf = ({ firstStep }: Tracks) => firstStep.length - 1;
export const stepsOf = ({ firstStep }: Tracks, path: number) => firstStep[path + 1] - firstStep[path];

/** Place in `values` of a node's sample. */
export const sampleAt = ({ firstStep, nodes, features }: Tracks, path: number, node: number, step: number) =>
  ((firstStep[path] + step) * nodes.length + node) * features.length;

/** The target feature of one node along one path [step]. */
export function targetOf(tracks: Tracks, path: number, node: number): Float64Array<ArrayBuffer> {
  const { values, target } = tracks;
  return Float64Array.from(
    { length: stepsOf(tracks, path) },
    (_, step) => values[sampleAt(tracks, path, node, step) + target],
  );
}

/** The same tracks with fewer features in each sample. */
export function withFeatures(tracks: Tracks, kept: number[]): Tracks {
  const { features, values, target } = tracks;
  const width = features.length;
  const samples = values.length / width;
  const out = new Float32Array(samples * kept.length);
  for (let i = 0; i < samples; i++)
    for (let f = 0; f < kept.length; f++) out[i * kept.length + f] = values[i * width + kept[f]];
  return { ...tracks, features: kept.map((f) => features[f]), values: out, target: kept.indexOf(target) };
}

/** Throws where tracks are not what they say. */
export function checkTracks(tracks: Tracks): void {
  const { features, nodes, values, firstStep, target } = tracks;
  const problems: Problem[] = [];
  const say = (field: string, reason: string, remedy: string) => problems.push({ field, reason, remedy });
  if (!features[target])
    say("tracks.target", `there is no feature ${target}`, `Give 0…${features.length - 1}`);
  const steps = firstStep.at(-1) ?? 0;
  const size = steps * nodes.length * features.length;
  if (firstStep.length < 2) say("tracks.firstStep", "there is no path", "Give at least one path");
  if (values.length !== size)
    say("tracks.values", `${values.length} values, not ${size}`, "Give steps × nodes × features values");
  if (!values.every(Number.isFinite))
    say("tracks.values", "a value is not finite", "Leave out paths with missing values");
  if (problems.length > 0) throw new BadInput(problems);
}
