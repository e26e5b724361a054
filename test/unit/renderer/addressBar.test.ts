import { afterEach, expect, it, vi } from "vitest";
import { followAddress } from "../../../src/renderer/session/addressBar.ts";
import type { LoadedRun } from "../../../src/renderer/session/loadRun.ts";
import { runs } from "../../../src/renderer/session/runs.ts";
import { selectCell, view } from "../../../src/renderer/session/view.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  runs.setState({ current: null });
  selectCell(null);
});

/** An open run of three events, one of which is here. */
function open(eventsHere: Promise<void>) {
  const events = { ue: Uint32Array.of(4) };
  const blocks = { retry: () => false };
  const record = { run: "r", satellites: 1, ues: 9 };
  runs.setState({
    current: { record, events, eventsHere, frames: blocks, footprints: blocks } as unknown as LoadedRun,
  });
  return events;
}

it("opens a handover of the open run once its events are here", async () => {
  vi.stubGlobal("location", { hash: "#run=r&handover=2" });
  const arrival = Promise.withResolvers<void>();
  const events = open(arrival.promise);
  const followed = followAddress();
  events.ue = Uint32Array.of(4, 5, 6);
  arrival.resolve();
  await followed;
  expect(view.getState().handover).toBe(2);
});

it("shows the rest of what it tells of where the events of the run do not come", async () => {
  vi.stubGlobal("location", { hash: "#run=r&handover=2&ue=7" });
  open(Promise.reject(new Error("gone")));
  await followAddress();
  expect(view.getState()).toMatchObject({ handover: null, ue: 7 });
});

it("lets go of what was chosen before and is not told of", async () => {
  vi.stubGlobal("location", { hash: "#run=r&cell=1" });
  open(Promise.resolve());
  view.setState({ handover: 0, ue: 3 });
  await followAddress();
  expect(view.getState()).toMatchObject({ cell: 1, handover: null, ue: null });
});
