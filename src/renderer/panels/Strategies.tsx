import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { clock, seek } from "../session/clock.ts";
import { CATEGORIES } from "../session/palette.ts";
import { overlayOf, QUANTITIES } from "../session/storm.ts";
import type { Overlay, Quantity } from "../session/storm.ts";
import { SavedChart } from "./SavedChart.tsx";
import { Select } from "../widgets/Select.tsx";
import { WORDS } from "./quantities.ts";

interface Props {
  overlay: Overlay;
  /** the worst cell of the run's own strategy */
  worst: number;
}

type Place = "all" | "worst" | "own";

/** The same run's strategies over one another, second by second. */
export function Strategies({ overlay, worst }: Props) {
  const timeS = useStore(clock, (s) => s.timeS);
  const [quantity, setQuantity] = useState<Quantity>("handovers");
  const [place, setPlace] = useState<Place>("worst");
  const plot = useMemo(() => plotOf(overlay, quantity, place, worst), [overlay, quantity, place, worst]);
  if (plot.series.length < 2) return null;
  return (
    <section className="section" aria-labelledby="strategies-title" data-testid="strategies">
      <h2 id="strategies-title">Strategies over one another</h2>
      <Select
        label="Quantity of the strategies"
        quiet
        value={quantity}
        options={QUANTITIES.map((value) => ({ value, text: WORDS[value].menu }))}
        onChange={setQuantity}
      />
      <Select
        label="Cells"
        quiet
        value={place}
        options={[
          { value: "worst", text: `cell ${worst}` },
          { value: "own", text: "each one's worst cell" },
          { value: "all", text: "all cells" },
        ]}
        onChange={setPlace}
      />
      <SavedChart
        title={WORDS[quantity].unit}
        xTitle="time since the start, s"
        x={plot.x}
        series={plot.series}
        height={136}
        marker={timeS}
        onPick={seek}
      />
    </section>
  );
}

function plotOf(overlay: Overlay, quantity: Quantity, place: Place, worst: number) {
  const curves = overlayOf(overlay, quantity, place === "all" ? 0 : place === "worst" ? worst : "own");
  const series = curves.flatMap((values, i) =>
    values ? [{ title: overlay.strategies[i]!, colour: CATEGORIES[i % CATEGORIES.length]!, values }] : [],
  );
  const seconds = Math.max(0, ...series.map(({ values }) => values.length));
  return { x: Float64Array.from({ length: seconds }, (_, second) => second), series };
}
