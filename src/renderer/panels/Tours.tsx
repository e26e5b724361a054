import { Route } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { TOURS } from "../session/tour-list.ts";
import { runOf, startTour } from "../session/tours.ts";
import { runs } from "../session/runs.ts";
import { Button } from "../widgets/Button.tsx";
import { Dialog } from "../widgets/Dialog.tsx";

/** The list of tours: each leads through a run of a bundled scenario. */
export function Tours() {
  const [open, setOpen] = useState(false);
  const list = useStore(runs, (s) => s.list);
  const go = (id: string) => {
    setOpen(false);
    void startTour(id);
  };
  return (
    <>
      <Button
        icon={<Route size={14} aria-hidden="true" />}
        title="Be led through a run, step by step"
        onClick={() => setOpen(true)}
      >
        Tours
      </Button>
      {open && (
        <Dialog title="Tours" onClose={() => setOpen(false)}>
          <ul className="tour-list">
            {TOURS.map((tour) => (
              <li key={tour.id}>
                <Button onClick={() => go(tour.id)}>{tour.title}</Button>
                <p className="quiet">
                  {tour.steps.length} steps, scenario {tour.scenario}
                  {list && !runOf(list, tour.scenario) && "; to be planned first"}
                </p>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}
