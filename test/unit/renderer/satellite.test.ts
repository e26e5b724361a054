import { afterEach, describe, expect, it, vi } from "vitest";
import { middleOf, satelliteNow } from "../../../src/renderer/globe/satelliteFacts.ts";
import { cellRows } from "../../../src/renderer/panels/cellRows.ts";
import { followGateways, gatewayName, gateways } from "../../../src/renderer/session/gateways.ts";
import { runs } from "../../../src/renderer/session/runs.ts";
import { selectSatellite } from "../../../src/renderer/session/view.ts";
import { encodeColumns } from "../../../src/shared/columns.ts";
import type { LoadedRun, Track, UeColumns } from "../../../src/renderer/session/loadRun.ts";
import { geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { buildTrack } from "../../../src/main/orbit/track.ts";

const DEG = Math.PI / 180;
const MU = 3.986004418e14;
const RADIUS = 6_978_137;

function circle(inclinationDeg: number): Track {
  const satellite = {
    kind: "kepler",
    id: "a",
    name: "a",
    semiMajorAxisM: RADIUS,
    eccentricity: 0,
    inclination: inclinationDeg * DEG,
    raan: 0.7,
    argumentOfPerigee: 0,
    meanAnomaly: 0.4,
  } as const;
  const { knots, knotS, firstS, state, count } = buildTrack([satellite], Date.UTC(2026, 0, 1), 600);
  return { knots: state, count: knots, satellites: count, firstS, knotS, names: ["a"] };
}
const uesAt = (places: [latitudeDeg: number, longitudeDeg: number][]) =>
  ({
    latitudeDeg: Float64Array.from(places, (p) => p[0]),
    longitudeDeg: Float64Array.from(places, (p) => p[1]),
  }) as UeColumns;

describe("the facts of a satellite", () => {
  it("are the place from which it stands where it is, and the speed of its circle", () => {
    for (const inclinationDeg of [0, 53, 86.4])
      for (const timeS of [0, 17.3, 600]) {
        const track = circle(inclinationDeg);
        const now = satelliteNow(track, 0, timeS, null)!;
        // the oblate Earth changes the pace of a circle by some thousandths
        expect(Math.abs(now.speedMS / Math.sqrt(MU / RADIUS) - 1)).toBeLessThan(0.004);
        const above = new Float64Array(3);
        geodeticToEcef(above, 0, now.latitudeDeg * DEG, now.longitudeDeg * DEG, now.heightM);
        // the circle has one radius, the Earth has not
        expect(Math.abs(Math.hypot(...above) - RADIUS)).toBeLessThan(100);
        expect(Math.abs(now.latitudeDeg)).toBeLessThanOrEqual(inclinationDeg + 0.2);
        expect(now.elevationDeg).toBeNull();
      }
  });

  it("see it overhead from under it, and below the horizon from the other side", () => {
    const track = circle(53);
    const { latitudeDeg, longitudeDeg } = satelliteNow(track, 0, 100, null)!;
    const under = middleOf(uesAt([[latitudeDeg, longitudeDeg]]));
    expect(satelliteNow(track, 0, 100, under)!.elevationDeg).toBeCloseTo(90, 0);
    const opposite = middleOf(uesAt([[-latitudeDeg, longitudeDeg + 180]]));
    expect(satelliteNow(track, 0, 100, opposite)!.elevationDeg).toBeCloseTo(-90, 0);
  });

  it("are none where its orbit is lost", () => {
    const track = circle(53);
    track.knots.fill(Number.NaN);
    expect(satelliteNow(track, 0, 0, null)).toBeNull();
  });
});

it("has a middle of the UEs across the antimeridian, and none all around the Earth", () => {
  const middle = middleOf(
    uesAt([
      [10, 179],
      [10, -179],
    ]),
  )!;
  expect(Math.atan2(middle.place[1], middle.place[0])).toBeCloseTo(Math.PI, 9);
  expect(middleOf(uesAt(Array.from({ length: 36 }, (_, i) => [0, 10 * i])))).toBeNull();
});

it("lists a satellite's own cells, the highest peak first", () => {
  const run = {
    record: { beams: 3 },
    cells: {
      cell: Uint32Array.of(1, 3, 4, 5),
      handoversOut: Uint32Array.of(9, 9, 1, 2),
      handoversIn: Uint32Array.of(0, 0, 0, 0),
      peakPerS: Uint16Array.of(1, 4, 7, 7),
    },
  } as unknown as LoadedRun;
  expect(cellRows(run, 0).map(({ cell }) => cell)).toEqual([3, 1]);
  expect(cellRows(run, 1).map(({ cell }) => cell)).toEqual([5, 4]);
  expect(cellRows(run)).toHaveLength(4);
});

describe("the gateway of a chosen satellite", () => {
  afterEach(() => {
    selectSatellite(null);
    runs.setState({ current: null });
    gateways.setState({ known: null, error: null });
    vi.unstubAllGlobals();
  });

  const runOf = (run: string) => ({ record: { run } }) as unknown as LoadedRun;

  it("is asked for once it is chosen, told by name, and not that of another run", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (path: string) => {
      asked.push(path);
      const columns = {
        position: new Float64Array(3),
        start: Uint32Array.of(0, 2),
        fromS: Float64Array.of(0, 10),
        gateway: Int16Array.of(0, -1),
      };
      return new Response(encodeColumns(columns, { names: ["Bonn"] }));
    });
    const leave = followGateways();
    runs.setState({ current: runOf("r") });
    expect(asked).toEqual([]);
    selectSatellite(0);
    await vi.waitFor(() => expect(gatewayName(0, 5)).toBe("Bonn"));
    expect(gatewayName(0, 10)).toBe("");
    selectSatellite(null);
    runs.setState({ current: runOf("other") });
    expect(gatewayName(0, 5)).toBeNull();
    expect(asked).toEqual(["/data/runs/r/gateways"]);
    leave();
  });
});
