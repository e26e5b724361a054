import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  copyName,
  draft,
  duplicate,
  edit,
  loadBundled,
  markSaved,
  planInput,
  readFile,
  redo,
  seal,
  takeBack,
  undo,
  dropScenario,
} from "../../../src/renderer/session/draft.ts";
import {
  beginEdits,
  editAll,
  editAt,
  getAt,
  isDirty,
  pathText,
  readPath,
  redoEdit,
  sealEdits,
  setAt,
  undoEdit,
} from "../../../src/renderer/session/draftEdits.ts";
import { checkScenario } from "../../../src/main/scenario/check.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const start = { name: "a", users: { count: 5 }, mine: { stays: [1, 2] } };

describe("edits of a scenario", () => {
  it("are undone and done again, one field at a time", () => {
    const one = editAt(beginEdits(start, start), ["users", "count"], 6);
    const two = editAt(one, ["radio", "frequencyGHz"], 20);
    expect(two.now).toMatchObject({ users: { count: 6 }, radio: { frequencyGHz: 20 } });
    const back = undoEdit(undoEdit(two));
    expect(back.now).toBe(start);
    expect(undoEdit(back)).toBe(back);
    expect(redoEdit(redoEdit(back)).now).toBe(two.now);
  });

  it("are one step while one field is typed in, and another once it was left", () => {
    let edits = beginEdits(start, start);
    for (const count of [1, 12, 123]) edits = editAt(edits, ["users", "count"], count);
    expect(undoEdit(edits).now).toBe(start);
    edits = editAt(sealEdits(edits), ["users", "count"], 1234);
    expect(getAt(undoEdit(edits).now, ["users", "count"])).toBe(123);
  });

  it("forget what was undone once something else is edited", () => {
    const undone = undoEdit(editAt(beginEdits(start, start), ["name"], "b"));
    const other = editAll(undone, { name: "c" });
    expect(redoEdit(other)).toBe(other);
  });

  it("are dirty until the saved scenario is back", () => {
    const edits = editAt(beginEdits(start, start), ["name"], "b");
    expect(isDirty(edits)).toBe(true);
    expect(isDirty(undoEdit(edits))).toBe(false);
    expect(isDirty({ ...edits, saved: edits.now })).toBe(false);
  });

  it("leave everything else as it was, the same objects", () => {
    const { now } = editAt(beginEdits(start, start), ["users", "count"], undefined);
    expect(now.users).toEqual({});
    expect(now.mine).toBe(start.mine);
  });

  it("write defaults around the field that were left out, in the same step", () => {
    const edits = editAt(beginEdits({}, {}), ["label", "fraction"], 0.5, [[["label"], { kind: "distance" }]]);
    expect(edits.now).toEqual({ label: { kind: "distance", fraction: 0.5 } });
    expect(undoEdit(edits).now).toEqual({});
  });

  it("reach into lists, and take entries out of them", () => {
    const made = setAt({}, ["list", 0, "id"], "x");
    expect(made).toEqual({ list: [{ id: "x" }] });
    expect(setAt(made, ["list", 0], undefined)).toEqual({ list: [] });
  });

  it.each(["users.classes[0].share", "name", "constellation.satellites[12].id"])(
    "name %s as the check does",
    (text) => {
      expect(pathText(readPath(text))).toBe(text);
    },
  );
});

describe("a scenario being edited", () => {
  const kept = new Map<string, string>();
  const answer = (address: string, { body }: { body: string }) => {
    const text = (JSON.parse(body) as { text?: string }).text;
    return Promise.resolve(Response.json(address.endsWith("list") ? [] : checkScenario(text!)));
  };
  const fresh = () =>
    draft.setState({ file: null, aside: null, name: null, editing: false, checking: false, error: null });
  const file = () => draft.getState().file!;

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.stubGlobal("window", {});
    vi.stubGlobal("fetch", answer);
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
    fresh();
    await readFile(new File([JSON.stringify(scenarioOf())], "small.json"));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    kept.clear();
    fresh();
  });
  const checked = () => vi.advanceTimersByTimeAsync(1000);

  it("is planned as it stands, and not before it was checked", async () => {
    edit(["users", "count"], 7);
    expect(planInput(draft.getState())).toHaveProperty("missing");
    await checked();
    expect(planInput(draft.getState())).toMatchObject({ scenario: { users: { count: 7 } } });
  });

  it("is held back while a field is wrong, and keeps what was typed", async () => {
    edit(["users", "count"], "many");
    await checked();
    expect(file().problems.map(({ field }) => field)).toEqual(["users.count"]);
    expect(planInput(draft.getState())).toEqual({ missing: expect.stringMatching(/problems/) as string });
    undo();
    await checked();
    expect(file().problems).toEqual([]);
    redo();
    expect(getAt(file().edits!.now, ["users", "count"])).toBe("many");
  });

  it("is found again after a reload, with its edits and its mark", async () => {
    edit(["users", "count"], 9);
    await checked();
    fresh();
    await loadBundled();
    expect(getAt(file().edits!.now, ["users", "count"])).toBe(9);
    expect(isDirty(file().edits!)).toBe(true);
    markSaved();
    fresh();
    await loadBundled();
    expect(isDirty(file().edits!)).toBe(false);
  });

  it("is put aside, not lost, where something else is chosen", () => {
    edit(["title"], "changed");
    seal();
    dropScenario();
    expect(draft.getState().file).toBeNull();
    takeBack();
    expect(file().edits!.now.title).toBe("changed");
    expect(draft.getState().aside).toBeNull();
  });

  it("is copied under another name; the original is put aside only where it is in no file", () => {
    duplicate();
    expect(file()).toMatchObject({ name: "small-copy.json", edits: { now: { name: "small-copy" } } });
    expect(draft.getState().aside).toBeNull();
    duplicate();
    expect(draft.getState().aside?.name).toBe("small-copy.json");
  });

  it.each([
    ["small", "small-copy"],
    ["small-copy", "small-copy-2"],
    ["small-copy-9", "small-copy-10"],
    ["x".repeat(64), `${"x".repeat(59)}-copy`],
  ])("%s is copied as %s", (name, copy) => {
    expect(copyName(name)).toBe(copy);
  });
});
