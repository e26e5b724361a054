import type { Command } from "../../session/commands.ts";
import { COLOUR_BY, LAYERS, setColourBy, toggleLayer, view } from "../../session/view.ts";
import { COLOURS, LAYER_TITLES } from "../MapControls.tsx";

export function globeActions(): Command[] {
  const { layers } = view.getState();
  return [
    ...COLOUR_BY.map((by) => ({
      id: `colour ${by}`,
      group: "Globe",
      title: `Colour UEs by ${COLOURS[by].replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())}`,
      words: "layer legend",
      run: () => setColourBy(by),
    })),
    ...LAYERS.map((layer) => ({
      id: `layer ${layer}`,
      group: "Globe",
      title: `${layers[layer] ? "Hide" : "Show"} ${LAYER_TITLES[layer].replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())}`,
      words: "layer",
      run: () => toggleLayer(layer),
    })),
  ];
}
