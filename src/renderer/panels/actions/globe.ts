import type { Command } from "../../session/commands.ts";
import { COLOUR_BY, LAYERS, OVERLAYS, setColourBy, toggleLayer, view } from "../../session/view.ts";
import { COLOURS, LAYER_TITLES } from "../MapControls.tsx";

/** A title within a sentence: names all in capitals stay. */
const within = (title: string) => title.replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase());

export function globeActions(): Command[] {
  const { layers } = view.getState();
  return [
    ...COLOUR_BY.map((by) => ({
      id: `colour ${by}`,
      group: "Globe",
      title: `Colour UEs by ${within(COLOURS[by])}`,
      words: "layer legend",
      run: () => setColourBy(by),
    })),
    ...[...LAYERS, ...OVERLAYS].map((layer) => ({
      id: `layer ${layer}`,
      group: "Globe",
      title: `${layers[layer] ? "Hide" : "Show"} ${within(LAYER_TITLES[layer])}`,
      words: "layer overlay",
      run: () => toggleLayer(layer),
    })),
  ];
}
