import { INKS } from "../../shared/figure-ink.ts";
import { px, textAt, widthOf } from "../../shared/figure-text.ts";
import { cellBeam, cellOf, cellSatellite } from "../../shared/frame.ts";
import type { Position } from "./dateline.ts";
import { markup, inlineSvg, plural, count, type Markup } from "./report-markup.ts";
import { degrees, GRID, graticule, HALO, scaleBar } from "./report-graticule.ts";
import { viewOf, type View } from "./report-view.ts";
import { cellNames, type Source } from "./source.ts";

const WIDTH = 776;
const UES_SHOWN = 4000;
/** More cells than this are told apart by repeating colours. */
const { colours } = INKS.light;
const CELL_COLOURS = colours.slice(0, 7);
const SEA = "#eef4f9";
const LAND = "#e3e0d6";
const INK = INKS.light.text;

interface Marked {
  cell: number;
  /** UEs it serves at the mark */
  ues: number;
  /** null where the contour is not wholly on the ground */
  centre: Position | null;
  ring: Position[];
}

/** A close-up is added where the UEs fill less than this share of the map. */
const CLOSE_UP = 0.3;

/** UEs, cells and clusters at the marked instant. */
export function mapOf(source: Source): Markup {
  const { reader, record } = source;
  const step = Math.round(record.markS / record.stepS);
  const frame = reader.frames(record.run, step, step);
  const { latitudeDeg, longitudeDeg } = placesOf(source);
  const cells = markedCells(source, frame.cellState);
  const every = Math.max(1, Math.ceil(record.ues / UES_SHOWN));
  const ues = Array.from({ length: Math.ceil(record.ues / every) }, (_, i) => i * every);
  const serving = (ue: number) => (frame.steps === 0 ? 0 : cellOf(frame.cellState[ue]));
  const shown: Shown = {
    places: ues.map((ue) => [longitudeDeg[ue], latitudeDeg[ue]]),
    colours: ues.map((ue) => colourOf(serving(ue), record.beams)),
    cells,
    centroids: (record.summary?.clusters.centroids ?? []).map((c) => [c.longitudeDeg, c.latitudeDeg]),
    beams: record.beams,
  };
  const whole = viewOf(
    [...shown.places, ...cells.flatMap(({ centre, ring }) => [...(centre ? [centre] : []), ...ring])],
    WIDTH,
  );
  const near = viewOf(shown.places, WIDTH);
  const close = near.kind === "azimuthal" && near.kmPerPx < CLOSE_UP * whole.kmPerPx;
  const legend = legendOf(source, cells, shown.centroids.length > 0, plural(every, "UE"));
  const projection =
    whole.kind === "world"
      ? "equirectangular"
      : `Lambert azimuthal equal-area around ${degrees(whole.centre[1], "N", "S")}, ${degrees(whole.centre[0], "E", "W")}`;
  return markup`<h3>UEs and cells ${count(record.markS)} s after the start</h3>
    ${inlineSvg(picture(shown, whole, "map-whole", legend))}
    <p class="note">
      ${plural(record.ues, "UE")}, ${every === 1 ? "each a dot" : `every ${count(every)}th a dot`};
      ${plural(cells.length, "cell")} in service with their −3 dB contours. Projection: ${projection}. Coasts:
      Natural Earth 1:50m.
    </p>
    ${close && markup`<h3>Where the UEs are</h3>\n${inlineSvg(picture(shown, near, "map-near", legend))}`} `;
}

interface Shown {
  /** of the UEs, and their colours */
  places: Position[];
  colours: string[];
  cells: Marked[];
  centroids: Position[];
  beams: number;
}

function picture(shown: Shown, view: View, id: string, legend: { svg: string; height: number }): string {
  const size = `width="${px(WIDTH)}" height="${px(view.height)}"`;
  const height = px(view.height + legend.height);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(WIDTH)} ${height}" width="${px(WIDTH)}" height="${height}" role="img" aria-label="Map of UEs and cells at the marked instant" font-family="system-ui, sans-serif">`,
    `<clipPath id="${id}"><rect ${size}/></clipPath>`,
    `<g clip-path="url(#${id})"><rect ${size} fill="${SEA}"/>`,
    `<path d="${view.land()}" fill="${LAND}" fill-rule="evenodd" stroke="#b3ad9b" stroke-width="0.5"/>`,
    graticule(view),
    dots(view, shown),
    outlines(view, shown),
    crosses(view, shown.centroids),
    cellLabels(view, shown.cells),
    scaleBar(view),
    `<rect ${size} fill="none" stroke="${GRID}"/></g>`,
    `<g transform="translate(0 ${px(view.height)})">${legend.svg}</g></svg>`,
  ].join("");
}

/** Where the UEs are at the mark, or at the start before it has been reached. */
function placesOf({ reader, record }: Source): { latitudeDeg: Float64Array; longitudeDeg: Float64Array } {
  const start = reader.ues(record.run);
  const mark = reader.dataset(record.run);
  const place = (key: "latitudeDeg" | "longitudeDeg") =>
    (start[key] as Float64Array).map((value, ue) => {
      const then = mark[key]?.[ue];
      return then === undefined || Number.isNaN(then) ? value : then;
    });
  return { latitudeDeg: place("latitudeDeg"), longitudeDeg: place("longitudeDeg") };
}

/** Cells that serve somebody at the mark, by number. */
function markedCells({ record, footprint }: Source, cellState: Uint32Array): Marked[] {
  const served = new Map<number, number>();
  for (const state of cellState) {
    const cell = cellOf(state);
    if (cell !== 0) served.set(cell, (served.get(cell) ?? 0) + 1);
  }
  return [...served]
    .sort(([a], [b]) => a - b)
    .map(([cell, ues]) => {
      const found = footprint(cell, record.markS);
      return { cell, ues, centre: found && [found.longitudeDeg, found.latitudeDeg], ring: found?.ring ?? [] };
    });
}

/** Neighbours of one satellite differ, and so do satellites one after another. */
const colourOf = (cell: number, beams: number): string =>
  cell === 0
    ? "#8c96a1"
    : CELL_COLOURS[(3 * cellSatellite(cell, beams) + cellBeam(cell, beams)) % CELL_COLOURS.length];

/** All dots of a colour as one path of strokes without length. */
function dots(view: View, { places, colours: of }: Shown): string {
  const paths = new Map<string, string[]>();
  places.forEach((place, i) => {
    const [x, y] = view.at(place);
    const path = paths.get(of[i]) ?? [];
    path.push(`M${x.toFixed(1)} ${y.toFixed(1)}h0`);
    paths.set(of[i], path);
  });
  const look = 'stroke-width="2.2" stroke-linecap="round" stroke-opacity="0.75" fill="none"';
  return [...paths]
    .map(([stroke, path]) => `<path d="${path.join("")}" stroke="${stroke}" ${look}/>`)
    .join("");
}

const outlines = (view: View, { cells, beams }: Shown) =>
  cells
    .filter(({ ring }) => ring.length > 2)
    .map(
      ({ cell, ring }) =>
        `<path d="${view.area(ring)}" fill="none" stroke="${colourOf(cell, beams)}" stroke-width="1.6"/>`,
    )
    .join("");

const crosses = (view: View, places: Position[]) =>
  places
    .map((place) => view.at(place).map((value) => Number(px(value))))
    .map(([x, y]) => crossAt(x, y))
    .join("");
const crossAt = (x: number, y: number) =>
  `<path d="M${px(x - 6)} ${px(y)}h12M${px(x)} ${px(y - 6)}v12" stroke="#fff" stroke-width="4.5" fill="none"/><path d="M${px(x - 6)} ${px(y)}h12M${px(x)} ${px(y - 6)}v12" stroke="${INK}" stroke-width="2" fill="none"/>`;

/** With more cells their numbers would hide the map. */
const LABELLED = 60;

/** Numbers of cells where they stand, but for those that would run into one that is there already. */
function cellLabels(view: View, cells: Marked[]): string {
  if (cells.length > LABELLED) return "";
  const placed: Position[] = [];
  return cells
    .map(({ cell, centre }) => {
      const at = centre && view.at(centre);
      if (!at || placed.some(([x, y]) => Math.abs(x - at[0]) < LABEL[0] && Math.abs(y - at[1]) < LABEL[1]))
        return "";
      placed.push(at);
      return textAt(`cell ${cell}`, at[0], at[1] - 10, INK, { anchor: "middle", more: HALO });
    })
    .join("");
}

/** Room that a label takes, px. */
const LABEL = [58, 14];

/** Every colour and sign of the map by name; many cells are told once what their colours are for. */
function legendOf(source: Source, cells: Marked[], clusters: boolean, dot: string) {
  const { beams } = source.record;
  const names = cellNames(source);
  const few = cells.length <= CELL_COLOURS.length;
  const swatch = (colour: string) => (x: number, y: number) =>
    `<circle cx="${px(x + 4)}" cy="${px(y)}" r="2.2" fill="${colour}"/><rect x="${px(x + 10)}" y="${px(y - 5)}" width="12" height="10" fill="none" stroke="${colour}" stroke-width="1.6"/>`;
  const items = [
    ...(few
      ? cells.map(({ cell, ues }) => ({
          name: `cell ${cell} (${names.title(cell)}): ${plural(ues, "UE")}`,
          draw: swatch(colourOf(cell, beams)),
        }))
      : [
          {
            name: "UEs (dots) and contours of cells: neighbours differ in colour, colours return",
            draw: (x: number, y: number) =>
              CELL_COLOURS.map(
                (colour, i) => `<circle cx="${px(x + 3 * i + 2)}" cy="${px(y)}" r="2" fill="${colour}"/>`,
              ).join(""),
          },
        ]),
    {
      name: "UE without service",
      draw: (x: number, y: number) => `<circle cx="${px(x + 4)}" cy="${px(y)}" r="2.2" fill="#8c96a1"/>`,
    },
    ...(clusters
      ? [
          {
            name: "centroid of a cluster",
            draw: (x: number, y: number) =>
              `<path d="M${px(x + 2)} ${px(y)}h12M${px(x + 8)} ${px(y - 6)}v12" stroke="${INK}" stroke-width="2"/>`,
          },
        ]
      : []),
    { name: `a dot is ${dot}`, draw: () => "" },
  ];
  let [x, y] = [2, 16];
  const svg = items.map(({ name, draw }) => {
    const wide = 30 + widthOf(name, 11);
    if (x > 2 && x + wide > WIDTH) [x, y] = [2, y + 17];
    const drawn = `${draw(x, y)}${textAt(name, x + 28, y + 4, INK)}`;
    x += wide + 14;
    return drawn;
  });
  return { svg: svg.join(""), height: y + 12 };
}
