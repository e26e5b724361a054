import { CloudLightning } from "lucide-react";
import { useStore } from "zustand";
import { showPanel } from "../session/layout.ts";
import { view } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { Handover } from "./Handover.tsx";
import { WithStorm } from "./WithStorm.tsx";

/** The opened handover. */
export function HandoverPanel() {
  const event = useStore(view, (s) => s.handover);
  return (
    <WithStorm empty="Open a run: its handovers can be opened one by one.">
      {(run, storm) =>
        event === null || event >= run.events.ue.length ? (
          <div className="empty">
            <p>
              No handover is open. Set the clock to a second with handovers, and choose a UE from the list of
              that second in the storm panel.
            </p>
            <Button icon={<CloudLightning size={14} aria-hidden="true" />} onClick={() => showPanel("storm")}>
              Show the storm
            </Button>
          </div>
        ) : (
          <Handover key={event} run={run} storm={storm} event={event} />
        )
      }
    </WithStorm>
  );
}
