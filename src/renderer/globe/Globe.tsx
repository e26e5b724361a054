import { Globe2, LocateFixed } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { runs } from "../session/runs.ts";
import { selectCell } from "../session/view.ts";
import { CellLabels } from "./CellLabels.ts";
import { GlobeScene } from "./GlobeScene.ts";

interface Hover {
  x: number;
  y: number;
  text: string;
}

const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The stage: the globe, its tooltip and two ways to look. */
export function Globe() {
  const place = useRef<HTMLDivElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const [scene, setScene] = useState<GlobeScene | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const down = useRef({ x: 0, y: 0 });
  const hasRun = useStore(runs, (s) => s.current !== null);

  useEffect(() => {
    let made: GlobeScene;
    try {
      made = new GlobeScene(place.current!, !reducedMotion());
    } catch (error) {
      setBroken(error instanceof Error ? error.message : String(error));
      return;
    }
    const names = new CellLabels(labels.current!, made);
    const leave = made.onRender(() => names.place());
    setScene(made);
    return () => {
      leave();
      made.destroy();
    };
  }, []);

  if (broken !== null) return <NoGlobe reason={broken} />;
  return (
    <div className="globe">
      {/* The keyboard's way to a cell is the list of cells in the cell panel. */}
      <div
        className="globe-canvas"
        data-testid="globe"
        ref={place}
        role="img"
        aria-label="Globe with cells, users and satellites"
        {...pointer(scene, down, setHover)}
      />
      <div className="globe-labels" ref={labels} aria-hidden="true" />
      {hover && (
        <div className="tooltip" style={{ left: hover.x + 14, top: hover.y + 14 }}>
          {hover.text}
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

/** A click chooses, a drag turns the globe: they differ by how far the pointer went. */
function pointer(
  scene: GlobeScene | null,
  down: React.RefObject<{ x: number; y: number }>,
  setHover: (hover: Hover | null) => void,
) {
  const at = (event: React.PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  return {
    onPointerDown: (event: React.PointerEvent) => {
      down.current = at(event);
    },
    onPointerUp: (event: React.PointerEvent) => {
      const { x, y } = at(event);
      if (!scene?.layer || Math.hypot(x - down.current.x, y - down.current.y) > 4) return;
      const row = scene.rowAt(x, y);
      selectCell(row < 0 ? null : scene.layer.beams.footprints.cell[row]!);
    },
    onPointerMove: (event: React.PointerEvent) => {
      if (event.buttons !== 0) return setHover(null);
      const { x, y } = at(event);
      const row = scene?.rowAt(x, y) ?? -1;
      setHover(row < 0 ? null : { x, y, text: describe(scene!, row) });
    },
    onPointerLeave: () => setHover(null),
  };
}

const EARTH_MEAN_RADIUS_KM = 6371.009;

function describe(scene: GlobeScene, row: number): string {
  const { cell, data } = scene.layer!.beams.footprints;
  const { record, track } = scene.layer!.run;
  const km = (arc: number) => Math.round(2 * arc * EARTH_MEAN_RADIUS_KM).toLocaleString("en");
  const satellite = track.names[Math.floor((cell[row]! - 1) / record.beams)] ?? "–";
  const size = `${km(data[row * 8 + 2]!)} × ${km(data[row * 8 + 3]!)} km`;
  return `Cell ${cell[row]} of ${satellite}, ${size}`;
}

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
