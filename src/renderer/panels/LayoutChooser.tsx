import { useStore } from "zustand";
import { chooseLayout, layout, LAYOUT_TITLES, LAYOUTS } from "../session/layout.ts";
import { Button } from "../widgets/Button.tsx";

/** For whom the panels are arranged. */
export function LayoutChooser() {
  const name = useStore(layout, (s) => s.name);
  return (
    <div className="layout-chooser" role="group" aria-label="Layout">
      {LAYOUTS.map((one) => (
        <Button key={one} kind="quiet" pressed={one === name} onClick={() => chooseLayout(one)}>
          {LAYOUT_TITLES[one]}
        </Button>
      ))}
    </div>
  );
}
