import { DockviewReact } from "dockview-react";
import type { DockviewApi, DockviewReadyEvent, DockviewTheme } from "dockview-react";
import "dockview-react/dist/styles/dockview.css";
import { useEffect, useRef } from "react";
import { useMedia } from "../panels/hooks.ts";
import "../styles/dock.css";
import { DockTab } from "./DockTab.tsx";
import { Keeper } from "./Keeper.ts";
import { COMPONENTS } from "./panels.tsx";
import { walkGroups } from "./walk.ts";

const THEME: DockviewTheme = {
  name: "beamwalk",
  className: "dock-theme",
  gap: 0,
  dndTabIndicator: "line",
  tabGroupIndicator: "none",
};

/** Globe and panels between top bar and time bar. */
export function Dock() {
  const narrow = useMedia("(max-width: 1199px)");
  const room = useRef<HTMLElement>(null);
  const api = useRef<DockviewApi | null>(null);
  const keeper = useRef<Keeper | null>(null);
  const ready = (event: DockviewReadyEvent) => {
    api.current = event.api;
    keeper.current = new Keeper(event.api, room.current!, narrow);
  };
  useEffect(() => {
    if (keeper.current) keeper.current.narrow = narrow;
  }, [narrow]);
  useEffect(() => () => keeper.current?.dispose(), []);
  useEffect(walkGroups, []);
  return (
    <main className="dock" ref={room} onKeyDown={(event) => api.current && followTabs(event, api.current)}>
      <DockviewReact
        theme={THEME}
        components={COMPONENTS}
        defaultTabComponent={DockTab}
        disableAutoResizing
        proportionalLayout={false}
        onReady={ready}
      />
    </main>
  );
}

const TAB_KEYS = ["ArrowLeft", "ArrowRight", "Home", "End", "Enter", " ", "Delete", "Backspace"];

/** The dock moves the focus from tab to tab; here the tab that has it comes to the front, and the clock stands still. */
function followTabs(event: React.KeyboardEvent, api: DockviewApi): void {
  const isTab = (event.target as HTMLElement).dataset.tabPanelId !== undefined;
  if (!isTab || !TAB_KEYS.includes(event.key) || event.ctrlKey || event.metaKey) return;
  event.stopPropagation();
  const now = document.activeElement;
  if (now instanceof HTMLElement) api.getPanel(now.dataset.tabPanelId ?? "")?.api.setActive();
}
