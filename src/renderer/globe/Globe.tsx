import { Globe2, LocateFixed } from "lucide-react";
import { useCallback, useState } from "react";
import { useStore } from "zustand";
import { runs } from "../session/runs.ts";
import { CellLabels } from "./CellLabels.ts";
import "./globe.css";
import { GlobeScene } from "./GlobeScene.ts";
import { listenToPointer } from "./pointer.ts";
import type { Hover } from "./pointer.ts";
import { setStage, Stage } from "./stage.ts";

const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The stage: the globe, its tooltip and two ways to look. */
export function Globe() {
  const [scene, setScene] = useState<GlobeScene | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const hasRun = useStore(runs, (s) => s.current !== null);

  const mount = useCallback((element: HTMLDivElement) => {
    try {
      const made = new GlobeScene(element.querySelector(".globe-canvas")!, !reducedMotion());
      const names = new CellLabels(element.querySelector(".globe-labels")!, made);
      made.onRender(() => names.place());
      const leave = listenToPointer(made, element.querySelector(".globe-canvas")!, setHover);
      const fit = new ResizeObserver(() => made.fit());
      fit.observe(element);
      setScene(made);
      setStage(new Stage(made, names));
      return () => {
        fit.disconnect();
        leave();
        setStage(null);
        made.destroy();
      };
    } catch (error) {
      setBroken(error instanceof Error ? error.message : String(error));
      return () => {};
    }
  }, []);

  if (broken !== null) return <NoGlobe reason={broken} />;
  return (
    <div className="globe" ref={mount}>
      {/* The keyboard's way to a cell is the list of cells in the cell panel. */}
      <div
        className="globe-canvas"
        data-testid="globe"
        role="img"
        aria-label="Globe with cells, users and satellites"
      />
      <div className="globe-labels" aria-hidden="true" />
      {hover && (
        <div className="tooltip" style={placeOf(hover)}>
          {hover.text}
          {hover.does && <span className="quiet">{hover.does}</span>}
        </div>
      )}
      <div className="globe-tools">
        <button
          type="button"
          disabled={!hasRun}
          title="Look at the users"
          onClick={() => scene?.lookAtUsers()}
        >
          <LocateFixed size={15} aria-hidden="true" />
          <span className="hidden">Look at the users</span>
        </button>
        <button type="button" title="Look at the whole Earth" onClick={() => scene?.lookAtEarth()}>
          <Globe2 size={15} aria-hidden="true" />
          <span className="hidden">Look at the whole Earth</span>
        </button>
      </div>
      <p className="credit">Natural Earth · Cesium</p>
    </div>
  );
}

/** Beside the pointer, on the side where there is room. */
const placeOf = ({ x, y, atRight, atBottom }: Hover) => ({
  left: atRight ? x - 14 : x + 14,
  top: atBottom ? y - 14 : y + 14,
  transform: `translate(${atRight ? -100 : 0}%, ${atBottom ? -100 : 0}%)`,
});

function NoGlobe({ reason }: { reason: string }) {
  return (
    <div className="globe no-globe" role="alert">
      <h2>The globe cannot be drawn here</h2>
      <p>{reason}</p>
      <p>
        It needs WebGL 2. Turn on hardware acceleration, or update the graphics driver. Plans, tables and
        charts work without it.
      </p>
    </div>
  );
}
