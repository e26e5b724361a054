import { XMLParser, XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runReport } from "../../../src/main/export/report-html.ts";
import type { PublishedRow } from "../../../src/main/export/report-reference.ts";
import type { Source } from "../../../src/main/export/source.ts";
import type { RunReader } from "../../../src/main/store/reader.ts";
import { STORM_FIGURES } from "../../../src/shared/storm-figures.ts";
import { stormSummary } from "../../builders/storm.ts";
import { summaryOf } from "../../builders/summary.ts";
import { footprints, Kept, RUN, START_MS, storm } from "./kept-run.ts";

const HOSTILE = 'A&B <script>alert("1")</script> ]]>';

const published = (over: Partial<PublishedRow> = {}): PublishedRow => ({
  group: "Delay",
  quantity: "one-way delay, altitudeKm 600",
  source: "TR 38.821 Table 4.2-2",
  label: "SRC",
  published: 2,
  ours: 2.004,
  unit: "ms",
  tolerance: 0.005,
  relative: false,
  note: null,
  pass: true,
  ...over,
});

/** What an XML parser sees of a page: HTML's one declaration apart, every element is closed. */
export function treeOf(page: string): unknown {
  const xml = page.replace("<!doctype html>\n", "");
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({ ignoreAttributes: false, preserveOrder: true }).parse(xml);
}

/** Names of all elements and attributes. */
function namesIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(namesIn);
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([name, below]) =>
    name === ":@" ? Object.keys(below as object) : [name, ...namesIn(below)],
  );
}

/** Says only what is missing: the page is long. */
const lacks = (text: string, wanted: string[]) =>
  expect(wanted.filter((one) => !text.includes(one))).toEqual([]);

/** Rows of the table with that caption. */
const cellsOf = (page: string, caption: string): string[][] => {
  const table = page.split("<table>").find((part) => part.includes(caption)) ?? "";
  return [
    ...table
      .split("<tbody>")[1]
      .split("</table>")[0]
      .matchAll(/<tr>(.*?)<\/tr>/gs),
  ].map(([, row]) => [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell]) => cell.trim()));
};

/** A reader of the same run whose scenario file leaves a section to its defaults. */
function withoutSection(reader: RunReader, section: string): RunReader {
  const scenarioText = (run: string) => {
    const kept = reader.scenarioText(run);
    const { [section]: _, ...rest } = JSON.parse(kept.scenarioText);
    return { ...kept, scenarioText: JSON.stringify(rest) };
  };
  return new Proxy(reader, {
    get: (target, key) => {
      if (key === "scenarioText") return scenarioText;
      const own = Reflect.get(target, key);
      return typeof own === "function" ? own.bind(target) : own;
    },
  });
}

describe("the report of a run", () => {
  let kept: Kept;
  let source: Source;
  const page = (over: Partial<Source["record"]> = {}, reference = () => [published()]) =>
    runReport({ ...source, record: { ...source.record, ...over } }, { reference });

  beforeAll(() => {
    kept = new Kept();
    const record = kept.reader.run(RUN);
    const summary = {
      ...summaryOf({ run: RUN }),
      signalling: [stormSummary(), stormSummary({ strategy: "flattened", peakBound: 1, peakPerS: 1 })],
    };
    source = { reader: kept.reader, record: { ...record, summary }, footprint: footprints };
  });
  afterAll(() => kept.close());

  it("is well-formed, with no script, no handler and nothing from a network", () => {
    const names = namesIn(treeOf(page()));
    expect(names).toContain("table");
    expect(names).toContain("svg");
    const active = ["script", "iframe", "object", "embed", "link", "img", "image", "use", "form", "base"];
    expect(names.filter((name) => active.includes(name))).toEqual([]);
    expect(names.filter((name) => /^@_(on|src|xlink)/.test(name))).toEqual([]);
    expect(page().match(/https?:|url\((?!#)|@import/g)).toBeNull();
    expect(page().includes("default-src 'none'")).toBe(true);
  });

  it("gives every element that is pointed to one anchor, and no anchor twice", () => {
    const text = page();
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const asked = [...text.matchAll(/(?:href="|url\()#([\w-]+)/g)].map(([, id]) => id);
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("shows a hostile title as text", () => {
    const text = page({ title: HOSTILE });
    treeOf(text);
    expect(text.includes("<script")).toBe(false);
    expect(text.includes("&#60;script&#62;")).toBe(true);
  });

  it("says run, seed, version and the simulated time in UTC", () => {
    const text = page();
    const utc = (ms: number) => `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
    lacks(text, [RUN, "<dd>1</dd>", "Beamwalk 0.0.0", utc(START_MS), utc(START_MS + 75_000)]);
  });

  it("has every section of the scenario with units, what the file gives in bold", () => {
    const sections = [
      "Time",
      "Constellation",
      "Radio",
      "Channel",
      "Gateways",
      "Handover",
      "Signalling",
      "Learning",
    ];
    lacks(
      page(),
      sections.map((title) => `<h3>${title}</h3>`),
    );
    const reader = withoutSection(kept.reader, "signalling");
    const text = runReport({ ...source, reader }, { reference: () => [] });
    const fields = new Map(
      [...text.matchAll(/<dt>([^<]*)<\/dt>\s*<dd>(.*?)<\/dd>/g)].map(([, name, value]) => [name, value]),
    );
    expect(fields.get("core delay")).toBe("10 ms");
    expect(fields.get("count")).toBe('<span class="given">6</span>');
    expect(fields.get("stations 1: latitude")).toBe('<span class="given">60 deg</span>');
  });

  it("adds the storm up by cell, the worst second first", () => {
    const rows = cellsOf(page(), "Cells, the one with the worst second first");
    expect(rows.map(([cell]) => cell)).toEqual(["1: 44713, beam 0", "2: 44713, beam 1", "4: B 2, beam 0"]);
    const messages = rows.map((row) => Number(row[5]));
    expect(messages.reduce((a, b) => a + b)).toBe(storm.messages.reduce((a, b) => a + b));
    lacks(page(), ["<dd>0 s after the start (00:00:00 UTC)</dd>", "<dd>cell 1 (44713, beam 0)</dd>"]);
  });

  it("sets the strategies side by side with every figure of the summary, and none where there is none", () => {
    const rows = cellsOf(page(), "The same UEs and seed under each strategy");
    const names = rows.map(([name]) => name);
    const without = [
      "too early",
      "to a wrong cell",
      "refused",
      "random access failed",
      "T304 expired",
      "radio-link failure",
      "overload",
    ];
    expect(names).toEqual(
      STORM_FIGURES.map(({ title }) => title).filter((title) => !without.includes(title)),
    );
    expect(rows.find(([name]) => name === "lowest possible such peak")!.slice(2)).toEqual(["none", "1"]);
  });

  it("has the tables of clusters, classifiers, models and published numbers", () => {
    const text = page({}, () => [
      published(),
      published({ source: "TR 38.811", ours: 3, pass: false, note: "printed <twice>" }),
    ]);
    lacks(text, [
      "Clusters: elbow at",
      "held-out UEs",
      "2 classifiers as ONNX graphs",
      "1 of 2",
      "printed &#60;twice&#62;",
      "FAIL",
    ]);
    expect(cellsOf(text, "By source").map((row) => [row[1], row[3]])).toEqual([
      ["TR 38.821 Table 4.2-2", "1"],
      ["TR 38.811", "<b>0</b>"],
    ]);
  });

  it("of a run without results says in every section that there is none", () => {
    const bare = new Kept(false);
    try {
      const record = bare.reader.run(RUN);
      const text = runReport(
        { reader: bare.reader, record, footprint: () => null },
        { reference: () => [published()] },
      );
      treeOf(text);
      const empty = [...text.matchAll(/<section id="(\w+)"[^>]*>\s*<h2>[^<]*<\/h2>\s*<p>\s*None/g)].map(
        ([, id]) => id,
      );
      const all = [
        "radio",
        "storm",
        "strategies",
        "clusters",
        "classifiers",
        "predictions",
        "models",
        "notes",
      ];
      expect(empty).toEqual(all);
    } finally {
      bare.close();
    }
  });

  it("names each part before it makes it", () => {
    const said: [string, number][] = [];
    runReport(source, { reference: () => [], say: (part, done) => said.push([part, done]) });
    expect(said[0]).toEqual(["Scenario", 0]);
    expect(said.length).toBe(11);
    expect(said.every(([, done], i) => i === 0 || done > said[i - 1][1])).toBe(true);
  });
});
