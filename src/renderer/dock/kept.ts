import type { SerializedDockview } from "dockview-react";
import type { LayoutName } from "../session/layout.ts";
import { recall, remember } from "../session/memory.ts";
import { isLayoutKept } from "./layouts.ts";

/** Grows when panels are renamed or layouts change: what was kept before is forgotten. */
const VERSION = 1;

const keyOf = (name: LayoutName, narrow: boolean) => `dock.${name}.${narrow ? "narrow" : "wide"}`;

export function keepLayout(name: LayoutName, narrow: boolean, dock: SerializedDockview): void {
  remember(keyOf(name, narrow), JSON.stringify({ version: VERSION, dock }));
}

/** null: nothing kept that could be shown. */
export function keptLayout(name: LayoutName, narrow: boolean): SerializedDockview | null {
  try {
    const { version, dock } = JSON.parse(recall(keyOf(name, narrow)) ?? "{}") as Record<string, unknown>;
    return version === VERSION && isLayoutKept(dock) ? dock : null;
  } catch {
    return null;
  }
}
