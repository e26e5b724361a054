import { describe, expect, it } from "vitest";
import {
  cellularLevelDbm,
  distanceM,
  noiseDbm,
  pathLossDb,
  sinrDb,
  throughputMbps,
  wallLossDb,
  wifiLevelDbm,
} from "../../../src/main/hetnet/channel.ts";
import { DEFAULT_WORLD } from "../../../src/main/hetnet/world.ts";

const { cellular, wifi, stations, accessPoints, walls } = DEFAULT_WORLD;

describe("path loss by hand", () => {
  it("loses 20·log10(4πf/c) over the first metre and 10·α a decade beyond", () => {
    // 4π · 3.5e9 / 299792458 = 146.71; 20·log10 = 43.33 dB
    expect(pathLossDb(cellular, 1)).toBeCloseTo(43.33, 2);
    expect(pathLossDb(cellular, 100)).toBeCloseTo(43.33 + 64, 2);
    // 2.4 GHz: 40.05 dB; γ = 3
    expect(pathLossDb(wifi, 10)).toBeCloseTo(40.05 + 30, 2);
  });

  it("counts the height of the mast", () => {
    const { x, y } = stations[0];
    expect(distanceM(stations[0], cellular.heightM, DEFAULT_WORLD, x, y)).toBeCloseTo(23.5, 9);
    expect(distanceM(stations[0], cellular.heightM, DEFAULT_WORLD, x + 30, y + 40)).toBeCloseTo(
      Math.hypot(50, 23.5),
      9,
    );
  });

  it("has the thermal noise of 20 MHz and 7 dB: −174 + 73 + 7 dBm", () => {
    expect(noiseDbm(cellular)).toBeCloseTo(-173.975 + 73.01 + 7, 2);
  });
});

describe("walls", () => {
  it("counts those that the straight line crosses", () => {
    const [{ x, y }] = accessPoints;
    const loss = (px: number, py: number) => wallLossDb(walls, x, y, px, py);
    expect(loss(x + 4, y + 3)).toBe(0);
    expect(loss(x + 12, y + 1)).toBeCloseTo(3.4, 9);
    expect(loss(x - 30, y + 2)).toBeCloseTo(6.9, 9);
    expect(loss(x + 30, y + 1)).toBeCloseTo(3.4 + 6.9, 9);
  });

  it("lowers the level of an access point by what was crossed", () => {
    const [place] = accessPoints;
    const px = place.x - 30;
    const py = place.y + 2;
    const open = wifiLevelDbm({ ...DEFAULT_WORLD, walls: [] }, place, px, py);
    expect(wifiLevelDbm(DEFAULT_WORLD, place, px, py)).toBeCloseTo(open - 6.9, 9);
    const distance = Math.hypot(30, 2, 1.5);
    expect(open).toBeCloseTo(20 - 40.05 - 30 * Math.log10(distance), 1);
  });

  it("does not stand in the way of cells, whose law has none", () => {
    const at = cellularLevelDbm({ ...DEFAULT_WORLD, walls: [] }, stations[0], 80, 215);
    expect(cellularLevelDbm(DEFAULT_WORLD, stations[0], 80, 215)).toBe(at);
  });
});

describe("interference", () => {
  const noise = 10 ** (noiseDbm(cellular) / 10);
  const powers = Float64Array.of(4e-9, 1e-9, 3e-9, 2e-9, 1e-9, 5e-10);

  it("is that of the other base station only", () => {
    expect(sinrDb(DEFAULT_WORLD, powers, 0)).toBeCloseTo(10 * Math.log10(4e-9 / (1e-9 + noise)), 9);
    expect(sinrDb(DEFAULT_WORLD, powers, 1)).toBeCloseTo(10 * Math.log10(1e-9 / (4e-9 + noise)), 9);
    const louder = powers.slice();
    louder[2] = 1;
    expect(sinrDb(DEFAULT_WORLD, louder, 0)).toBe(sinrDb(DEFAULT_WORLD, powers, 0));
  });

  it("does not reach an access point, whatever the others send", () => {
    const alone = new Float64Array(6);
    alone[2] = powers[2];
    expect(sinrDb(DEFAULT_WORLD, powers, 2)).toBe(sinrDb(DEFAULT_WORLD, alone, 2));
    expect(sinrDb(DEFAULT_WORLD, powers, 2)).toBeCloseTo(
      10 * Math.log10(3e-9) - noiseDbm(DEFAULT_WORLD.wifi),
      9,
    );
  });
});

describe("throughput", () => {
  it("is a share of Shannon's bound between nothing and the peak", () => {
    // 20 MHz · 0.6 · log2(1 + 10) = 41.5 Mbit/s
    expect(throughputMbps(cellular, 10)).toBeCloseTo(20 * 0.6 * Math.log2(11), 9);
    expect(throughputMbps(cellular, -10.01)).toBe(0);
    expect(throughputMbps(cellular, 60)).toBeCloseTo(88, 9);
    expect(throughputMbps(wifi, 60)).toBeCloseTo(65, 9);
  });
});
