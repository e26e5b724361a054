import { createStore } from "zustand/vanilla";
import { recall, remember } from "./memory.ts";

/** Whether the time of this machine's place stands beside UTC. */
export const localTime = createStore<{ shown: boolean }>(() => ({ shown: false }));

export function toggleLocalTime(): void {
  const shown = !localTime.getState().shown;
  remember("local-time", String(shown));
  localTime.setState({ shown });
}

export const recallLocalTime = () => localTime.setState({ shown: recall("local-time") === "true" });
