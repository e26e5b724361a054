import { useStore } from "zustand";
import { Globe } from "../globe/Globe.tsx";
import { BigClock } from "../panels/BigClock.tsx";
import { MapControls } from "../panels/MapControls.tsx";
import { RunMessage } from "../panels/RunMessage.tsx";
import { Toasts } from "../panels/Toasts.tsx";
import { layout } from "../session/layout.ts";

/** The globe and what lies over it. */
export function Stage() {
  const presents = useStore(layout, (s) => s.name === "presenter");
  return (
    <div className={presents ? "stage presents" : "stage"}>
      <Globe />
      <MapControls />
      {presents && <BigClock />}
      <RunMessage />
      <Toasts />
    </div>
  );
}
