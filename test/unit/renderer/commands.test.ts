import { describe, expect, it } from "vitest";
import { rank } from "../../../src/renderer/session/commands.ts";
import type { Command } from "../../../src/renderer/session/commands.ts";

const command = (id: string, group: string, title: string, words = ""): Command => ({
  id,
  group,
  title,
  words,
  run: () => {},
});

const ALL = [
  command("peak", "Go to", "Peak: cell 7, 00:00:20", "worst"),
  command("events", "Export", "Handover events, CSV"),
  command("storm", "Show", "Signalling storm", "heat map"),
  command("ready", "Globe", "Colour UEs by handover-ready"),
];

const found = (typed: string, recent: string[] = []) => rank(ALL, typed, recent).map(({ id }) => id);

describe("finding a command", () => {
  it("lists all in their order where nothing is typed, those used last first", () => {
    expect(found("")).toEqual(["peak", "events", "storm", "ready"]);
    expect(found(" ", ["ready", "storm"])).toEqual(["ready", "storm", "peak", "events"]);
  });

  it("finds by any word of title, group and other names, in any order", () => {
    expect(found("go peak")).toEqual(["peak"]);
    expect(found("csv export")).toEqual(["events"]);
    expect(found("HEAT")).toEqual(["storm"]);
  });

  it("finds letters in their order near one another, and not scattered ones", () => {
    expect(found("sgnl")).toEqual(["storm"]);
    expect(found("pkcl")).toEqual(["peak"]);
    expect(found("svt")).toEqual([]);
  });

  it("puts what is called just so before what has more words to its name, also where that was used last", () => {
    const list = [
      command("channel", "Globe", "Show cells by channel"),
      command("cells", "Show", "Show Cells"),
    ];
    expect(rank(list, "show cells", ["channel"]).map(({ id }) => id)).toEqual(["cells", "channel"]);
  });

  it("puts the start of a word before its middle, and that before other names", () => {
    const list = [
      command("a", "Map", "Restore"),
      command("b", "Map", "Storm"),
      command("c", "Store", "Else"),
    ];
    expect(rank(list, "sto", []).map(({ id }) => id)).toEqual(["b", "a", "c"]);
  });

  it("puts a whole word before the start of a longer one", () => {
    const list = [command("runs", "Panels", "Show Runs"), command("run", "Panels", "Show Run")];
    expect(rank(list, "show run", []).map(({ id }) => id)).toEqual(["run", "runs"]);
    expect(rank(ALL, "peak", ["storm"]).map(({ id }) => id)).toEqual(["peak"]);
  });

  it("lets what was used last win only among equals", () => {
    expect(found("handover", ["ready"])).toEqual(["ready", "events"]);
    expect(found("storm", ["peak"])).toEqual(["storm"]);
  });

  it("finds nothing where one word fits nothing", () => {
    expect(found("peak qqq")).toEqual([]);
  });
});
