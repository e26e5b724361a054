import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { scenarioOf } from "../../builders/scenario.ts";
import { draft, looksLikeScenario, planInput, readFile } from "../../../src/renderer/session/draft.ts";
import type { Draft } from "../../../src/renderer/session/draft.ts";

const bundled = [
  { name: "one", title: "", needsElements: false, ues: 1, satellites: 1, durationS: 1 },
  { name: "catalogue", title: "", needsElements: true, ues: 1, satellites: null, durationS: 1 },
];
const found = { format: "tle", accepted: 2, newestEpoch: null, rejected: [], warnings: [] };
const draftOf = (change: Partial<Draft>): Draft => ({
  bundled,
  name: "one",
  file: null,
  aside: null,
  editing: false,
  checking: false,
  elements: null,
  seed: null,
  reading: false,
  error: null,
  ...change,
});
const elements = { name: "a.tle", path: "a.tle", text: "1 …", found, problems: [] };

describe("what Plan asks for", () => {
  it("is a bundled scenario by name, with the seed where one was typed", () => {
    expect(planInput(draftOf({}))).toEqual({ name: "one" });
    expect(planInput(draftOf({ seed: 7 }))).toEqual({ name: "one", seed: 7 });
  });

  it("is the scenario of a file, whole", () => {
    const scenario = scenarioOf();
    expect(
      planInput(
        draftOf({
          name: null,
          file: { name: "a.json", path: "a.json", scenario, problems: [], edits: null },
        }),
      ),
    ).toEqual({
      scenario,
    });
  });

  it("carries the element file only to a scenario that takes one", () => {
    expect(planInput(draftOf({ elements }))).toEqual({ name: "one" });
    expect(planInput(draftOf({ name: "catalogue", elements }))).toEqual({
      name: "catalogue",
      elements: { name: "a.tle", text: "1 …" },
    });
  });

  it.each([
    ["an element file is wanted and not here", { name: "catalogue" }, /element file/],
    [
      "nothing of the element file was accepted",
      { name: "catalogue", elements: { ...elements, found: { ...found, accepted: 0 } } },
      /element file/,
    ],
    [
      "the file has problems",
      { file: { name: "a", path: "a", scenario: null, problems: [], edits: null } },
      /problems/,
    ],
    ["nothing is chosen", { name: null }, /Choose/],
    ["the seed is wrong", { seed: Number.NaN }, /seed/],
  ])("says what is missing where %s", (_, change, words) => {
    expect(planInput(draftOf(change))).toEqual({ missing: expect.stringMatching(words) as string });
  });
});

describe("a dropped file", () => {
  it.each([
    ["a.json", '{"version":1,"constellation":{}}', true],
    ["broken.json", '{"version":1,', true],
    ["omm.json", '[{"OBJECT_ID":"1998-067A","MEAN_MOTION":15.5}]', false],
    ["one.json", '{"MEAN_MOTION":15.5}', false],
    ["iridium.json", '{"constellation":"iridium-next","tles":[{"line1":"1 41917U"}]}', false],
    ["a.tle", "1 25544U 98067A", false],
    ["a.csv", "OBJECT_NAME,MEAN_MOTION", false],
  ])("%s is told by what is in it", (name, text, scenario) => {
    expect(looksLikeScenario(name, text)).toBe(scenario);
  });
});

describe("reading an element file", () => {
  beforeEach(() => {
    vi.stubGlobal("window", {});
    draft.setState(draftOf({}));
  });
  afterEach(() => vi.unstubAllGlobals());
  const read = (answer: () => Promise<Response>) => {
    vi.stubGlobal("fetch", answer);
    return readFile(new File(["1 25544U 98067A"], "a.tle"));
  };

  it("chooses a sample that takes elements, only where some were accepted", async () => {
    await read(() => Promise.resolve(Response.json({ ...found, accepted: 0 })));
    expect(draft.getState().name).toBe("one");
    await read(() => Promise.resolve(Response.json(found)));
    expect(draft.getState().name).toBe("catalogue");
  });

  it("keeps no file that could not be read, and says why", async () => {
    await read(() => Promise.reject(new TypeError("refused")));
    expect(draft.getState()).toMatchObject({ elements: null, reading: false });
    expect(draft.getState().error?.message).toMatch(/does not answer/);
  });
});
