import { lstm } from "./lstm.ts";
import { lossOf } from "./loss.ts";
import { outputWidth, type Plan } from "./network.ts";
import { dense, dropout, maskName, type Gradients, type Pass } from "./pass.ts";
import { Tape, type Piece } from "./tape.ts";

/** Masks that a training step is given, [steps·rows × width] each. */
export function maskPorts(
  { network, shapes }: Plan,
  batch: number,
): { name: string; dims: number[]; rate: number }[] {
  return network.layers.flatMap((layer, i) =>
    layer.kind === "dropout" && layer.rate > 0
      ? [{ name: maskName(i), dims: [shapes[i].steps * batch, shapes[i].width], rate: layer.rate }]
      : [],
  );
}

/** The layers in turn; without `training` nothing is dropped. */
function forward(tape: Tape, { network, shapes }: Plan, rows: number, training: boolean): Pass[] {
  const passes: Pass[] = [];
  let x = "x";
  network.layers.forEach((layer, i) => {
    if (layer.kind === "dropout" && (!training || layer.rate === 0)) return;
    if (layer.kind === "dropout") passes.push(dropout(tape, x, i));
    else if (layer.kind === "dense") {
      const { steps, width } = shapes[i];
      passes.push(dense(tape, x, i, layer.activation, steps * rows * width * layer.units));
    } else passes.push(lstm(tape, x, shapes[i], rows, i, layer));
    x = passes[passes.length - 1].output;
  });
  return passes;
}

/** A graph, and which of its results are the gradients of which weights. */
export interface TrainingGraph {
  pieces: Piece[];
  /** the recurrent weights of an LSTM over a single step have none */
  gradients: Gradients;
}

/**
 * Forward, loss and backward. Reads `x` [steps·batch × features] time-major, `y` [batch × width], `share` [batch × 1],
 * masks, every weight by its name. Gives `loss`, `output` [batch × width], the gradients.
 */
export function trainingGraph(plan: Plan, batch: number): TrainingGraph {
  const tape = new Tape();
  const passes = forward(tape, plan, batch, true);
  const output = tape.op("Identity", [passes[passes.length - 1].output], [], "output");
  const gradients: Gradients = new Map();
  let by: string | null = lossOf(tape, plan.network.loss, output, outputWidth(plan)).gradient;
  for (let i = passes.length - 1; i >= 0; i--) by = passes[i].backward(by!, gradients, i > 0);
  return { pieces: tape.pieces(["loss", "output", ...[...gradients.values()].flat()]), gradients };
}

/** Forward only, with the weights as inputs: `x`, the weights by name; `output` [batch × width], log odds included. */
export function evaluationGraph(plan: Plan, batch: number): Piece[] {
  const tape = new Tape();
  const passes = forward(tape, plan, batch, false);
  tape.op("Identity", [passes[passes.length - 1].output], [], "output");
  return tape.pieces(["output"]);
}
