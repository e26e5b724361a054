import { createStore } from "zustand/vanilla";
import { BadInput } from "../../shared/errors.ts";
import { startStudy } from "./studies.ts";

/** What has been given of a model to import: it takes a graph and its card, together or one after the other. */
export interface GivenModel {
  onnx: File | null;
  card: File | null;
  error: Error | null;
}

const NOTHING: GivenModel = { onnx: null, card: null, error: null };
export const givenModel = createStore<GivenModel>(() => NOTHING);

const isModelFile = (name: string) => /\.onnx$/i.test(name);

/** Whether files that fell on the page are a model's: a graph, or the card of one that was given before. */
export const areForModel = (files: readonly { name: string }[]) =>
  files.some(({ name }) => isModelFile(name)) ||
  (givenModel.getState().onnx !== null && files.every(({ name }) => /\.json$/i.test(name)));

/** Takes an ONNX graph or a card; with both at hand the import begins. */
export async function giveModelFile(file: File): Promise<void> {
  givenModel.setState(isModelFile(file.name) ? { onnx: file, error: null } : { card: file, error: null });
  const { onnx, card } = givenModel.getState();
  if (!onnx || !card) return;
  givenModel.setState(NOTHING);
  try {
    const [graph, text] = await Promise.all([base64Of(onnx), card.text()]);
    const name = onnx.name.replace(/\.onnx$/i, "");
    const ask = {
      kind: "import" as const,
      name,
      onnx: graph,
      card: parsed(card.name, text),
      from: onnx.name,
    };
    await startStudy({ title: `Import of ${name}`, ask });
  } catch (error) {
    givenModel.setState({ ...NOTHING, error: error as Error });
  }
}

export const forgetModelFiles = () => givenModel.setState(NOTHING);

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = `${name} is not JSON: ${(error as Error).message}`;
    throw new BadInput([{ field: "card", reason, remedy: "Give the card as a JSON file" }]);
  }
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const PIECE = 0x8000;
  let text = "";
  for (let i = 0; i < bytes.length; i += PIECE) text += String.fromCharCode(...bytes.subarray(i, i + PIECE));
  return btoa(text);
}
