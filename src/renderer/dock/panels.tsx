import type { IDockviewPanelProps } from "dockview-react";
import { Activity, useCallback, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { ComponentType, FunctionComponent } from "react";
import { CellPanel } from "../panels/CellPanel.tsx";
import { ComparePanel } from "../panels/ComparePanel.tsx";
import { HandoverPanel } from "../panels/HandoverPanel.tsx";
import { LayersPanel } from "../panels/LayersPanel.tsx";
import { LearnPanel } from "../panels/LearnPanel.tsx";
import { LinkPanel } from "../panels/LinkPanel.tsx";
import { Log } from "../panels/Log.tsx";
import { RunsPanel } from "../panels/RunsPanel.tsx";
import { PlanPanel } from "../panels/PlanPanel.tsx";
import { StormPanel } from "../panels/StormPanel.tsx";
import { SummaryPanel } from "../panels/SummaryPanel.tsx";
import { PANELS } from "../session/layout.ts";
import type { Panel } from "../session/layout.ts";
import { GLOBE } from "./layouts.ts";
import { Stage } from "./Stage.tsx";

const CONTENTS: Record<Panel, ComponentType> = {
  layers: LayersPanel,
  scenario: PlanPanel,
  runs: RunsPanel,
  run: SummaryPanel,
  cells: CellPanel,
  storm: StormPanel,
  handover: HandoverPanel,
  link: LinkPanel,
  learn: LearnPanel,
  compare: ComparePanel,
  log: Log,
};

type Api = IDockviewPanelProps["api"];

function useVisible(api: Api): boolean {
  const follow = useCallback(
    (changed: () => void) => {
      const heard = api.onDidVisibilityChange(changed);
      return () => heard.dispose();
    },
    [api],
  );
  return useSyncExternalStore(follow, () => api.isVisible);
}

/** A panel that cannot be seen keeps what it holds and does nothing; where it was scrolled to, it comes back. */
function Docked({ api, panel }: { api: Api; panel: Panel }) {
  const visible = useVisible(api);
  const place = useRef<HTMLDivElement>(null);
  const scrolled = useRef(0);
  useLayoutEffect(() => {
    if (visible) place.current!.scrollTop = scrolled.current;
  }, [visible]);
  const Content = CONTENTS[panel];
  return (
    <div
      className="dock-panel"
      ref={place}
      data-panel={panel}
      tabIndex={0}
      onScroll={(event) => {
        if (visible && event.target === place.current) scrolled.current = place.current.scrollTop;
      }}
    >
      <Activity mode={visible ? "visible" : "hidden"}>
        <Content />
      </Activity>
    </div>
  );
}

const docked = (panel: Panel): FunctionComponent<IDockviewPanelProps> =>
  function Panel({ api }) {
    return <Docked api={api} panel={panel} />;
  };

/** What the dock shows under each name. */
export const COMPONENTS: Record<string, FunctionComponent<IDockviewPanelProps>> = {
  [GLOBE]: Stage,
  ...Object.fromEntries(PANELS.map((panel) => [panel, docked(panel)])),
};
