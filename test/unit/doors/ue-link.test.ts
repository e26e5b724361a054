import { beforeEach, describe, expect, test } from "vitest";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import type { RunReader } from "../../../src/main/store/reader.ts";
import { ueLink } from "../../../src/main/studies/ue-link.ts";
import { ueLinkSchema } from "../../../src/shared/link.ts";
import { memoryRun } from "../../builders/memory-run.ts";
import { scenarioOf } from "../../builders/scenario.ts";
import { FakeWorld } from "./fake-world.ts";

const { source } = memoryRun(
  scenarioOf({
    time: { durationS: 10, markS: 5 },
    users: { count: 8, placement: { kind: "cells", atS: 5 } },
  }),
);

class WorldWithRun extends FakeWorld {
  readers: string[] = [];
  closed = 0;
  override async openReader(db?: string) {
    this.readers.push(db!);
    return { ...source, close: () => void this.closed++ } as unknown as RunReader;
  }
}

let world: WorldWithRun;
const link = (...args: string[]) => runTerminal(["link", ...args], world);
beforeEach(() => void (world = new WorldWithRun()));

describe("beamwalk link --run", () => {
  test("prints the study of that UE and time as JSON, from the database it is told", async () => {
    expect(await link("--run", "mem", "--ue", "3", "--at-s", "5", "--db", "runs.db", "--json")).toBe(0);
    const printed = ueLinkSchema.parse(JSON.parse(world.results));
    expect(printed).toEqual(ueLink(source, "memory", 3, 5));
    expect(world.readers).toEqual(["runs.db"]);
    expect(world.closed).toBe(1);
  });

  test("takes the nearest frame", async () => {
    await link("--run", "memory", "--ue", "3", "--at-s", "4.6", "--json");
    expect(JSON.parse(world.results).timeS).toBe(5);
  });

  test("prints both waterfalls with units, C/N last, and the cells heard", async () => {
    expect(await link("--run", "memory", "--ue", "3", "--at-s", "5")).toBe(0);
    const { down, up, heard, cell } = ueLink(source, "memory", 3, 5);
    const [head, downlink, uplink, cells, ...rest] = world.results.trimEnd().split("\n\n");
    expect(head).toBe(
      `UE 3 of run memory at 5 s: cell ${cell}, satellite one, beam ${cell - 1}, line of sight`,
    );
    expect(rest).toEqual([]);
    for (const [title, text, terms] of [
      ["Downlink", downlink, down],
      ["Uplink", uplink, up],
    ] as const) {
      const [first, , , ...lines] = text.split("\n");
      expect(first).toBe(title);
      expect(lines).toHaveLength(terms.length);
      terms.forEach(({ name, value, unit }, i) => {
        expect(lines[i].split(/ +/).slice(1)).toEqual(
          [name, unit === "" ? String(value) : value.toFixed(3), unit].filter((word) => word !== ""),
        );
      });
      expect(lines.at(-1)).toMatch(/cnDb/);
    }
    const listed = cells.split("\n");
    expect(listed[0]).toBe("Cells heard");
    expect(listed.slice(3).map((line) => Number(line.trim().split(/ +/)[0]))).toEqual(
      heard.map((one) => one.cell),
    );
  });

  test.each([
    ["without a UE and a time", ["--run", "memory"], ["--ue", "--at-s"]],
    ["a UE without a run", ["--ue", "3"], ["--run", "--at-s"]],
    ["with figures that are none", ["--run", "memory", "--ue", "x", "--at-s", "1,2"], ["--ue", "--at-s"]],
    [
      "together with a link of its own",
      ["--run", "memory", "--ue", "3", "--at-s", "5", "--case", "SC6", "--eirp-density-dbw-mhz", "3"],
      ["--case", "--eirp-density-dbw-mhz"],
    ],
    ["of a UE that is not there", ["--run", "memory", "--ue", "8", "--at-s", "5"], ["ue"]],
    ["at a time that is not there", ["--run", "memory", "--ue", "3", "--at-s", "11"], ["at-s"]],
    ["of a run that is not there", ["--run", "gone", "--ue", "3", "--at-s", "5"], ["run"]],
  ])("%s is bad input", async (_, args, fields) => {
    expect(await link(...args, "--json")).toBe(2);
    const { kind, problems } = JSON.parse(world.complaints);
    expect(kind).toBe("bad-input");
    expect(problems.map(({ field }: { field: string }) => field)).toEqual(expect.arrayContaining(fields));
    expect(problems).toHaveLength(fields.length);
    expect(world.results).toBe("");
    expect(world.closed).toBe(world.readers.length);
  });
});
