import { describe, expect, it } from "vitest";
import { buildTrack } from "../../../src/main/orbit/track.ts";
import { listBundled, loadBundled } from "../../../src/main/scenario/bundled.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { BadInput } from "../../../src/shared/errors.ts";

const all = listBundled();

describe("the bundled scenarios", () => {
  it("are these eight", () => {
    expect(all.map((s) => [s.name, s.ues, s.satellites, s.durationS, s.needsElements])).toEqual([
      ["dahouda-2023", 62_908, 1, 180, false],
      ["dahouda-2023-49k", 49_000, 1, 180, false],
      ["europe-held", 3000, 1584, 120, false],
      ["ground-and-sky", 300, 1584, 240, false],
      ["iridium-next", 3000, 66, 300, false],
      ["oneweb", 4000, 588, 300, false],
      ["starlink-catalogue", 20_000, null, 600, true],
      ["starlink-shell-1", 5000, 1584, 300, false],
    ]);
  });

  it.each(all.map((s) => s.name))("%s states beams, radio, region, phasing and its assumptions", (name) => {
    const { scenario, text } = loadBundled(name);
    const file = JSON.parse(text);
    expect(file.name).toBe(name);
    expect(Object.keys(file)).toEqual(
      expect.arrayContaining(["payload", "radio", "users", "coverage", "time", "assumptions", "seed"]),
    );
    expect(Object.keys(file.radio)).toEqual(
      expect.arrayContaining(["frequencyGHz", "bandwidthMHz", "eirpDensityDbwPerMHz"]),
    );
    if (file.constellation.kind === "walker")
      expect(Object.keys(file.constellation)).toEqual(
        expect.arrayContaining(["phasing", "raanSpreadDeg", "pattern"]),
      );
    expect(scenario.title.length).toBeGreaterThan(10);
    for (const line of scenario.assumptions) expect(line.length).toBeGreaterThan(20);
    expect(scenario.assumptions.join(" ")).toMatch(/assumed/);
  });

  it.each(all.filter((s) => !s.needsElements).map((s) => s.name))("%s flies", (name) => {
    const mission = compileMission(loadBundled(name).scenario, null);
    const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
    expect(track.lost.every((reason) => reason === null)).toBe(true);
  });

  it("are named to whoever asks for another", () => {
    expect(() => loadBundled("../package")).toThrow(BadInput);
    expect(() => loadBundled("starlink")).toThrow(/dahouda-2023, dahouda-2023-49k, europe-held/);
  });
});
