import type { IDockviewPanelHeaderProps } from "dockview-react";
import { X } from "lucide-react";
import { PANEL_TITLES } from "../session/layout.ts";
import type { Panel } from "../session/layout.ts";
import { ICONS } from "../panels/panelIcons.ts";

/** Icon, name, and for the pointer a cross; the keyboard closes a tab with Delete. */
export function DockTab({ api }: IDockviewPanelHeaderProps) {
  const panel = api.id as Panel;
  const Icon = ICONS[panel];
  if (!Icon) return null;
  return (
    <span className="dock-tab" title={`${PANEL_TITLES[panel]} (Delete closes it)`}>
      <Icon size={14} aria-hidden="true" />
      <span className="dock-tab-name">{PANEL_TITLES[panel]}</span>
      <span
        className="dock-tab-close"
        title={`Close ${PANEL_TITLES[panel]}`}
        aria-hidden="true"
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation();
          api.close();
        }}
      >
        <X size={12} />
      </span>
    </span>
  );
}
