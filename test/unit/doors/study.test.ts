import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import type { RunReader } from "../../../src/main/store/reader.ts";
import type { StudyReport } from "../../../src/shared/study.ts";
import { labelledCsv } from "../../builders/table.ts";
import { FakeWorld } from "./fake-world.ts";

const axis = { title: "W", unit: "1" };
const figure = (id: string) => ({
  id,
  of: `Figure ${id}`,
  title: `Picture ${id}`,
  kind: "line" as const,
  x: axis,
  y: { title: "RMSE", unit: "dB" },
  series: [{ name: "ours", x: [1, 2], y: [3, 4] }],
  note: "",
});
const report: StudyReport = {
  kind: "paper-b",
  title: "Paper B",
  quick: true,
  seed: 2023,
  seconds: 1,
  trials: 1,
  replayed: 0,
  figures: [figure("4a"), figure("4b"), figure("40")],
  tables: [],
  claims: [],
  notes: ["a note"],
};

class StudyWorld extends FakeWorld {
  override async openReader() {
    return { report: () => report, library: () => [], close: () => {} } as unknown as RunReader;
  }
}

describe("the commands of studies", () => {
  let world: StudyWorld;
  let folder: string;
  beforeEach(() => {
    world = new StudyWorld();
    folder = mkdtempSync(join(tmpdir(), "beamwalk-study-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function run(...words: string[]): Promise<number> {
    world.jobs.say(
      { kind: "planned", job: "job-1", study: "paper-b-001", seconds: 95 },
      { kind: "report", job: "job-1", study: "paper-b-001" },
    );
    return runTerminal(words, world);
  }

  it("paper asks for the study and says first how long it takes", async () => {
    expect(
      await run("paper", "b", "--quick", "--seed", "4", "--watts", "15", "--db", join(folder, "x.db")),
    ).toBe(0);
    expect(world.jobs.studies).toEqual([
      {
        ask: { kind: "paper-b" },
        quick: true,
        seed: 4,
        fresh: false,
        meter: { watts: 15, country: undefined, gramsPerKwh: undefined },
      },
    ]);
    expect(world.complaints).toContain("paper-b-001: about 1 min 35 s on two processors");
    expect(world.results).toContain("Figure 4a: Picture 4a");
  });

  it("--figure 4 shows both parts of Figure 4 and no other, and names those there are", async () => {
    await run("paper", "b", "--figure", "4");
    expect(world.results).toContain("Picture 4a");
    expect(world.results).toContain("Picture 4b");
    expect(world.results).not.toContain("Picture 40");
    world.results = "";
    expect(await run("paper", "b", "--figure", "9")).toBe(2);
    expect(world.results).toContain("Picture 40");
    expect(world.complaints).toContain("Use one of 4a, 4b, 40");
  });

  it("-o writes each figure as SVG and CSV", async () => {
    await run("paper", "b", "-o", join(folder, "pictures"));
    expect(readdirSync(join(folder, "pictures")).sort()).toEqual(
      ["40", "4a", "4b"].flatMap((id) => [`paper-b-${id}.csv`, `paper-b-${id}.svg`]),
    );
    expect(readFileSync(join(folder, "pictures", "paper-b-4a.svg"), "utf8")).toMatch(/^<svg/);
    expect(readFileSync(join(folder, "pictures", "paper-b-4a.csv"), "utf8")).toContain("RMSE");
  });

  it("a folder that cannot be made, a nameless model and a file for a sequence model are known before the work", async () => {
    const file = join(folder, "table.csv");
    writeFileSync(file, labelledCsv(30));
    expect(await run("paper", "b", "-o", join(file, "pictures"))).toBe(2);
    expect(await run("train", file, "--model", "forest", "--name", " ")).toBe(2);
    expect(await run("train", file, "--model", "lstm")).toBe(2);
    expect(world.complaints).toContain("--output");
    expect(world.complaints).toContain("--name");
    expect(world.complaints).toContain("lstm forecasts what UEs of a run measured");
    expect(world.jobs.studies).toEqual([]);
  });

  it("--json prints the report as it is", async () => {
    await run("paper", "b", "--json");
    expect(JSON.parse(world.results)).toEqual(report);
  });

  it("train takes a CSV or a run, and hands a sequence model to the forecast", async () => {
    const csv = join(folder, "table.csv");
    writeFileSync(csv, labelledCsv(30));
    await run("train", csv, "--model", "boosted", "--folds", "5", "--without", "a,b");
    expect(world.jobs.studies[0].ask).toMatchObject({
      kind: "train",
      data: { table: { name: "table.csv" }, label: "label" },
      model: "boosted",
      folds: 5,
      without: ["a", "b"],
    });
    await run("train", "3f2a", "--model", "lstm");
    expect(world.jobs.studies[1].ask).toMatchObject({ kind: "forecast", run: "3f2a", model: "lstm" });
  });

  it("all that is wrong with a command is said at once, and nothing starts", async () => {
    expect(await run("train", "x", "--model", "oracle", "--test-share", "2", "--folds", "1")).toBe(2);
    for (const field of ["--model", "--test-share", "--folds"]) expect(world.complaints).toContain(field);
    expect(await run("paper", "d")).toBe(2);
    expect(await run("forecast", "x", "--horizon", "0")).toBe(2);
    expect(await run("tune", "--alpha", "7")).toBe(2);
    expect(world.jobs.studies).toEqual([]);
  });

  it("models import sends file and card; without a readable card it says so", async () => {
    const onnx = join(folder, "mine.onnx");
    const card = join(folder, "mine.json");
    writeFileSync(onnx, "onnx");
    writeFileSync(card, '\uFEFF{"title":"mine"}');
    expect(await run("models", "import", onnx, "--card", card)).toBe(0);
    expect(world.jobs.studies[0].ask).toEqual({
      kind: "import",
      name: "mine",
      onnx: Buffer.from("onnx").toString("base64"),
      card: { title: "mine" },
      from: "mine.onnx",
    });
    writeFileSync(card, "{");
    expect(await run("models", "import", join(folder, "none.onnx"), "--card", card)).toBe(2);
    expect(world.complaints).toContain("--card: is not JSON");
    expect(world.complaints).toContain("does not exist");
    expect(await run("models")).toBe(0);
    expect(world.results).toContain("No models yet");
  });
});
