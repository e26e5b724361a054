import { useStore } from "zustand";
import { COLOUR_BY, LAYERS, setColourBy, toggleLayer, view } from "../session/view.ts";
import type { ColourBy, Layer } from "../session/view.ts";
import { runs } from "../session/runs.ts";
import { Select } from "../widgets/Select.tsx";
import { Legend } from "./Legend.tsx";

const COLOURS: Record<ColourBy, string> = {
  cell: "Serving cell",
  cluster: "Cluster",
  ready: "Handover-ready",
  sinr: "SINR",
};
const LAYER_TITLES: Record<Layer, string> = {
  cells: "Cells",
  ues: "UEs",
  satellites: "Satellites",
  events: "Events",
};

/** What the globe shows and what its colours mean. */
export function MapControls() {
  const { colourBy, layers } = useStore(view);
  const run = useStore(runs, (s) => s.current);
  if (!run) return null;
  return (
    <div className="map-controls" role="group" aria-label="Map">
      <Select
        label="Colour UEs by"
        value={colourBy}
        options={COLOUR_BY.map((value) => ({ value, text: COLOURS[value] }))}
        onChange={setColourBy}
      />
      <div className="layers">
        {LAYERS.map((layer) => (
          <label key={layer}>
            <input type="checkbox" checked={layers[layer]} onChange={() => toggleLayer(layer)} />
            {LAYER_TITLES[layer]}
          </label>
        ))}
      </div>
      <Legend run={run} />
    </div>
  );
}
