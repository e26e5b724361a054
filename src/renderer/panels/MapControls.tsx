import { useStore } from "zustand";
import { layout } from "../session/layout.ts";
import { recall, remember } from "../session/memory.ts";
import { runs } from "../session/runs.ts";
import { COLOUR_BY, LAYERS, OVERLAYS, setColourBy, toggleLayer, view } from "../session/view.ts";
import type { ColourBy, Layer } from "../session/view.ts";
import { Select } from "../widgets/Select.tsx";
import { useMedia } from "./hooks.ts";
import { Legend } from "./Legend.tsx";
import "./map.css";
import { SaveView } from "./SaveView.tsx";
import { TourBar } from "./TourBar.tsx";
import { Tours } from "./Tours.tsx";

export const COLOURS: Record<ColourBy, string> = {
  cell: "Serving cell",
  cluster: "Cluster",
  ready: "Handover-ready",
  sinr: "SINR",
  leave: "Time to leave",
};
export const LAYER_TITLES: Record<Layer, string> = {
  cells: "Cells",
  ues: "UEs",
  satellites: "Satellites",
  events: "Events",
  heat: "Heat of handovers",
  reuse: "Cells by channel",
  tracks: "Tracks",
  coverage: "Coverage",
  feeders: "Gateways, feeder links",
  daylight: "Day and night",
};

/** What the globe shows and what its colours mean; tours and pictures of it. */
export function MapControls() {
  const run = useStore(runs, (s) => s.current);
  const beside = useStore(layout, (s) => s.shown.includes("layers"));
  const presents = useStore(layout, (s) => s.name === "presenter");
  return (
    <>
      <div className="map-controls" role="group" aria-label="Map">
        {run && !beside && !presents && <Folding />}
        {run && !beside && <Legend run={run} />}
        <div className="map-tools">
          <Tours />
          {run && <SaveView run={run} />}
        </div>
      </div>
      <TourBar />
    </>
  );
}

/** Over the globe, so that it can be made small, as it is at first in a small window; the legend stays. */
function Folding() {
  const narrow = useMedia("(max-width: 1199px)");
  const key = narrow ? "layers.folded.narrow" : "layers.folded";
  const folded = recall(key) ?? (narrow ? "yes" : "no");
  return (
    <details
      key={key}
      className="map-layers"
      open={folded !== "yes"}
      onToggle={(event) => remember(key, event.currentTarget.open ? "no" : "yes")}
    >
      <summary>Layers</summary>
      <Shown />
    </details>
  );
}

export function Shown() {
  const { colourBy, layers } = useStore(view);
  const box = (layer: Layer, className?: string) => (
    <label key={layer} className={className}>
      <input type="checkbox" checked={layers[layer]} onChange={() => toggleLayer(layer)} />
      {LAYER_TITLES[layer]}
    </label>
  );
  return (
    <>
      <Select
        label="Colour UEs by"
        value={colourBy}
        options={COLOUR_BY.map((value) => ({ value, text: COLOURS[value] }))}
        onChange={setColourBy}
      />
      <div className="layers">
        {LAYERS.map((layer) => box(layer))}
        {OVERLAYS.map((layer) => box(layer, "wide"))}
      </div>
    </>
  );
}
