import { useEffect } from "react";
import { useStore } from "zustand";
import { layers, OVERLAYS, showLayers, toggleOverlay } from "../session/layers.ts";
import type { OverlayLayer } from "../session/layers.ts";
import { COLOUR_BY, LAYERS, setColourBy, toggleLayer, view } from "../session/view.ts";
import type { ColourBy, Layer } from "../session/view.ts";
import { runs } from "../session/runs.ts";
import { Select } from "../widgets/Select.tsx";
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
};
export const LAYER_TITLES: Record<Layer, string> = {
  cells: "Cells",
  ues: "UEs",
  satellites: "Satellites",
  events: "Events",
};
export const OVERLAY_TITLES: Record<OverlayLayer, string> = {
  heat: "Heat of handovers",
  feeders: "Gateways, feeder links",
  daylight: "Day and night",
};

/** What the globe shows and what its colours mean; tours and pictures of it. */
export function MapControls() {
  const run = useStore(runs, (s) => s.current);
  return (
    <>
      <div className="map-controls" role="group" aria-label="Map">
        {run && <Shown />}
        {run && <Legend run={run} />}
        <div className="map-tools">
          <Tours />
          {run && <SaveView run={run} />}
        </div>
      </div>
      <TourBar />
    </>
  );
}

function Shown() {
  const { colourBy, layers: shown } = useStore(view);
  const over = useStore(layers);
  // a colour chosen elsewhere takes the place of the time to leave
  useEffect(
    () =>
      view.subscribe((now, before) => {
        if (now.colourBy !== before.colourBy && layers.getState().leave) showLayers({ leave: false });
      }),
    [],
  );
  return (
    <>
      <Select
        label="Colour UEs by"
        value={over.leave ? "leave" : colourBy}
        options={[
          ...COLOUR_BY.map((value) => ({ value, text: COLOURS[value] })),
          { value: "leave" as const, text: "Time to leave" },
        ]}
        onChange={(value) => {
          if (value !== "leave") setColourBy(value);
          showLayers({ leave: value === "leave" });
        }}
      />
      <div className="layers">
        {LAYERS.map((layer) => (
          <label key={layer}>
            <input type="checkbox" checked={shown[layer]} onChange={() => toggleLayer(layer)} />
            {LAYER_TITLES[layer]}
          </label>
        ))}
        {OVERLAYS.map((layer) => (
          <label key={layer} className="wide">
            <input type="checkbox" checked={over[layer]} onChange={() => toggleOverlay(layer)} />
            {OVERLAY_TITLES[layer]}
          </label>
        ))}
      </div>
    </>
  );
}
