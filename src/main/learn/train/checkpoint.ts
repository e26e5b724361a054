import { BadInput } from "../../../shared/errors.ts";

export interface Epoch {
  /** mean over the rows while the network learns */
  loss: number;
  validationLoss: number | null;
  /** share of right answers: on the validation rows, else while the network learns; none for mean squared error */
  accuracy: number | null;
}

/** All that a training needs to go on after an epoch as if it had never stopped. */
export interface State {
  history: Epoch[];
  /** gradient steps made */
  step: number;
  seconds: number;
  /** least validation loss so far, and its epoch's place in `history`; −1 before the first */
  bestEpoch: number;
  /** flat vectors: the weights, the optimiser's own, the best weights */
  vectors: Float32Array<ArrayBuffer>[];
}

/** Bytes: length of the header (4), the header as JSON, padding to 4, the vectors one after the other. */
export function writeCheckpoint(settings: string, { vectors, ...rest }: State): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(JSON.stringify({ format: FORMAT, settings, ...rest }));
  const start = 4 + Math.ceil(header.length / 4) * 4;
  const size = vectors[0].length;
  const bytes = new Uint8Array(start + vectors.length * size * 4);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  vectors.forEach((vector, i) => new Float32Array(bytes.buffer, start + i * size * 4, size).set(vector));
  return bytes;
}

const FORMAT = "beamwalk training 1";

/** Reads a checkpoint into the vectors of `state`, which must be of the same training. */
export function readCheckpoint(checkpoint: Uint8Array, settings: string, { vectors }: State): State {
  const bytes = new Uint8Array(checkpoint);
  const size = vectors[0].length;
  const length = bytes.length < 4 ? 0 : new DataView(bytes.buffer).getUint32(0, true);
  const start = 4 + Math.ceil(length / 4) * 4;
  const header = parse(bytes.subarray(4, 4 + length));
  if (header?.format !== FORMAT || bytes.length !== start + vectors.length * size * 4)
    throw wrong(
      "these bytes are no checkpoint of this network",
      "Give the bytes of a training of the same network",
    );
  if (header.settings !== settings)
    throw wrong("it was made by another training", "Resume with the same network, data, seed and options");
  vectors.forEach((vector, i) => vector.set(new Float32Array(bytes.buffer, start + i * size * 4, size)));
  const { history, step, seconds, bestEpoch } = header;
  return { history, step, seconds, bestEpoch, vectors };
}

function parse(text: Uint8Array): (Omit<State, "vectors"> & { format: string; settings: string }) | null {
  try {
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return null;
  }
}

const wrong = (reason: string, remedy: string) => new BadInput([{ field: "options.resume", reason, remedy }]);
