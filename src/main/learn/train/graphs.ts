import { lstm } from "./lstm.ts";
import { lossOf } from "./loss.ts";
import { outputWidth, type Parameter, type Plan } from "./network.ts";
import { clip, descend, memoryNames, type Optimiser } from "./optimiser.ts";
import { dense, dropout, maskName, type Pass } from "./pass.ts";
import { Tape, type Port } from "./tape.ts";

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
function forward(tape: Tape, { network, shapes }: Plan, training: boolean): Pass[] {
  const passes: Pass[] = [];
  let x = "x";
  network.layers.forEach((layer, i) => {
    if (layer.kind === "dropout" && (!training || layer.rate === 0)) return;
    if (layer.kind === "dropout") passes.push(dropout(tape, x, i));
    else if (layer.kind === "dense") passes.push(dense(tape, x, i, layer.activation));
    else passes.push(lstm(tape, x, shapes[i], i, layer));
    x = passes[passes.length - 1].output;
  });
  return passes;
}

const inputPort = ({ network: { input } }: Plan, batch: number): Port => ({
  name: "x",
  dims: [input.steps * batch, input.features],
});
const weightPorts = ({ parameters }: Plan): Port[] => parameters.map(({ name, dims }) => ({ name, dims }));

/**
 * One training step: forward, loss, backward, optimiser. Inputs: `x` [steps·batch × features] time-major, `y`, `share`,
 * masks, `pace`, `floor`, every weight by its name, and the flat vectors. Outputs: `loss`, `output`, `next …`.
 */
export function trainingGraph(
  plan: Plan,
  batch: number,
  optimiser: Optimiser,
  clipNorm?: number,
): Uint8Array<ArrayBuffer> {
  const tape = new Tape();
  const width = outputWidth(plan);
  const passes = forward(tape, plan, true);
  const output = tape.op("Identity", [passes[passes.length - 1].output], [], "output");
  const { gradient } = lossOf(tape, plan.network.loss, output, width);
  const all = flatGradient(tape, passes, gradient, plan.parameters);
  descend(tape, clipNorm ? clip(tape, all, clipNorm) : all, optimiser);
  const flat = ["weights", ...memoryNames(optimiser)];
  const scalars = optimiser.kind === "adam" ? ["pace", "floor"] : ["pace"];
  return tape.bytes(
    "training step",
    [
      inputPort(plan, batch),
      { name: "y", dims: [batch, width] },
      { name: "share", dims: [batch, 1] },
      ...maskPorts(plan, batch),
      ...scalars.map((name) => ({ name, dims: [] })),
      ...weightPorts(plan),
      ...flat.map((name) => ({ name, dims: [plan.size] })),
    ],
    [
      { name: "loss", dims: [] },
      { name: "output", dims: [batch, width] },
      ...flat.map((name) => ({ name: `next ${name}`, dims: [plan.size] })),
    ],
  );
}

/** Back through the layers; the gradients of all weights as one vector, in the order of the weights. */
function flatGradient(tape: Tape, passes: Pass[], gradient: string, parameters: Parameter[]): string {
  const gradients = new Map<string, string>();
  let by: string | null = gradient;
  for (let i = passes.length - 1; i >= 0; i--) by = passes[i].backward(by!, gradients, i > 0);
  const parts = parameters.map(({ name }) => {
    // the recurrent weights of an LSTM over a single step do nothing
    const part = gradients.get(name) ?? tape.mul(name, tape.number(0));
    return tape.op("Reshape", [part, tape.whole([-1])]);
  });
  return tape.concat(parts, 0);
}

/** Forward only, with the weights as inputs: `x`, the weights by name; `output` [batch × width], log odds included. */
export function evaluationGraph(plan: Plan, batch: number): Uint8Array<ArrayBuffer> {
  const tape = new Tape();
  const passes = forward(tape, plan, false);
  tape.op("Identity", [passes[passes.length - 1].output], [], "output");
  return tape.bytes(
    "evaluation",
    [inputPort(plan, batch), ...weightPorts(plan)],
    [{ name: "output", dims: [batch, outputWidth(plan)] }],
  );
}
