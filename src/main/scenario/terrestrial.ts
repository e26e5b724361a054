import type { Terrestrial } from "../../shared/mission.ts";
import type { Scenario } from "../../shared/scenario.ts";
import { DEG } from "../math/constants.ts";
import { destination, haversine } from "../math/wgs84.ts";

type Section = NonNullable<Scenario["terrestrial"]>;
type Site = Terrestrial["sites"][number];

/** Antenna heights of TR 38.901 Table 7.2-1 and -3 [m]. */
const HEIGHT_M = { rural: 35, urban: 25 };

/** Three-colouring in which neighbours of a hexagonal grid differ. */
const hexagonColour = (q: number, r: number) => (((q - r) % 3) + 3) % 3;

function hexagon({
  latitudeDeg,
  longitudeDeg,
  rings,
  interSiteKm,
}: Extract<Section["layout"], { rings: number }>) {
  const sites: Site[] = [];
  const place = new Float64Array(2);
  for (let r = -rings; r <= rings; r++)
    for (let q = -rings; q <= rings; q++) {
      if (Math.abs(q + r) > rings) continue;
      const east = interSiteKm * 1000 * (q + r / 2);
      const north = interSiteKm * 1000 * r * Math.sqrt(0.75);
      const way = Math.hypot(east, north);
      destination(place, 0, latitudeDeg * DEG, longitudeDeg * DEG, Math.atan2(east, north), way);
      sites.push({ latitude: place[0], longitude: place[1], colour: hexagonColour(q, r) });
    }
  return sites;
}

/** Colours a list: each site takes the colour whose nearest site so far is farthest. */
function coloured(places: readonly { latitudeDeg: number; longitudeDeg: number }[]): Site[] {
  const sites: Site[] = [];
  for (const { latitudeDeg, longitudeDeg } of places) {
    const [latitude, longitude] = [latitudeDeg * DEG, longitudeDeg * DEG];
    const nearest = [Infinity, Infinity, Infinity];
    for (const site of sites) {
      const away = haversine(latitude, longitude, site.latitude, site.longitude);
      nearest[site.colour] = Math.min(nearest[site.colour], away);
    }
    sites.push({ latitude, longitude, colour: nearest.indexOf(Math.max(...nearest)) });
  }
  return sites;
}

/** Sites on the ground in SI; all of one colour where they share one channel. */
export function terrestrialOf({ terrestrial }: Scenario): Terrestrial | null {
  if (!terrestrial) return null;
  const { layout, surroundings, frequencyReuse } = terrestrial;
  const sites = layout.kind === "hexagon" ? hexagon(layout) : coloured(layout.sites);
  return {
    sites: sites.map((site) => (frequencyReuse === 3 ? site : { ...site, colour: 0 })),
    surroundings,
    frequencyHz: terrestrial.frequencyGHz * 1e9,
    bandwidthHz: terrestrial.bandwidthMHz * 1e6,
    reuse: frequencyReuse,
    eirpDbm: terrestrial.eirpDbm,
    heightM: terrestrial.antennaHeightM ?? HEIGHT_M[surroundings],
    drawLineOfSight: terrestrial.lineOfSight === "drawn",
    shadowing: terrestrial.shadowing,
    offsetDb: terrestrial.offsetDb,
  };
}

/** Sites of a section. */
export const siteCount = ({ layout }: Section) =>
  layout.kind === "hexagon" ? 1 + 3 * layout.rings * (layout.rings + 1) : layout.sites.length;
