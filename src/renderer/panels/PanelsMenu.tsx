import { PanelsTopLeft, RotateCcw } from "lucide-react";
import { useId, useRef } from "react";
import { useStore } from "zustand";
import { layout, PANEL_TITLES, PANELS, resetLayout, togglePanel } from "../session/layout.ts";
import { Button } from "../widgets/Button.tsx";
import { ICONS } from "./panelIcons.ts";

/** Every panel by name: shows it, opened anew where it was closed, or closes it. */
export function PanelsMenu() {
  const shown = useStore(layout, (s) => s.shown);
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  return (
    <>
      <button type="button" className="button quiet" title="Panels" aria-label="Panels" popoverTarget={id}>
        <PanelsTopLeft size={16} aria-hidden="true" />
      </button>
      <div
        id={id}
        ref={place}
        popover="auto"
        className="panels-menu"
        role="group"
        aria-label="Panels"
        onKeyDown={(event) => event.stopPropagation()}
      >
        {PANELS.map((panel) => {
          const Icon = ICONS[panel];
          return (
            <Button
              key={panel}
              kind="quiet"
              icon={<Icon size={14} aria-hidden="true" />}
              pressed={shown.includes(panel)}
              onClick={() => togglePanel(panel)}
            >
              {PANEL_TITLES[panel]}
            </Button>
          );
        })}
        <Button
          kind="quiet"
          icon={<RotateCcw size={14} aria-hidden="true" />}
          onClick={() => {
            resetLayout();
            place.current?.hidePopover();
          }}
        >
          Reset this layout
        </Button>
      </div>
    </>
  );
}
