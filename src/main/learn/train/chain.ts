import { Cancelled } from "../../../shared/errors.ts";
import { openSession, tensor, type Session, type Tensors } from "../inference.ts";
import type { Piece } from "./tape.ts";

/** The pieces of a graph, one session each, over tensors that stay where they are. */
export interface Chain {
  /** Runs all pieces; `shouldStop` is asked before each. Blocks the thread while a piece runs. */
  run(shouldStop?: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** `edge` are the tensors that the graph reads, and those that the caller takes from it. */
export async function openChain(pieces: Piece[], edge: Tensors, threads: number): Promise<Chain> {
  const known = { ...edge };
  const pick = (names: string[]) => Object.fromEntries(names.map((name) => [name, known[name]]));
  const links: { session: Session; feeds: Tensors; results: Tensors }[] = [];
  for (const { reads, gives, bytes } of pieces) {
    // oxlint-disable-next-line no-await-in-loop
    const session = await openSession(bytes(known), threads);
    for (const meta of session.outputMetadata)
      if (meta.isTensor) known[meta.name] ??= blank(meta.shape as number[]);
    links.push({ session, feeds: pick(reads), results: pick(gives) });
  }
  return {
    async run(shouldStop) {
      for (const { session, feeds, results } of links) {
        if (shouldStop?.()) throw new Cancelled();
        // oxlint-disable-next-line no-await-in-loop
        await session.run(feeds, results);
      }
    },
    async close() {
      await Promise.all(links.map(({ session }) => session.release()));
    },
  };
}

function blank(dims: number[]) {
  return tensor(new Float32Array(dims.reduce((product, dim) => product * dim, 1)), dims);
}
