import { useEffect } from "react";
import { useStore } from "zustand";
import { Dock } from "./dock/Dock.tsx";
import { CommandPalette } from "./panels/CommandPalette.tsx";
import { Shortcuts } from "./panels/Shortcuts.tsx";
import { TimeBar } from "./panels/TimeBar.tsx";
import { TopBar } from "./panels/TopBar.tsx";
import { closeSheet, listenToSheets, sheets } from "./session/commands.ts";
import { followSteps } from "./session/firstSteps.ts";
import { layout } from "./session/layout.ts";
import { keepLog } from "./session/listen.ts";
import { startSession } from "./session/start.ts";

export function App() {
  useEffect(keepLog, []);
  useEffect(followSteps, []);
  useEffect(listenToSheets, []);
  useEffect(startSession, []);
  const name = useStore(layout, (s) => s.name);
  return (
    <div className={`app ${name}`}>
      <TopBar />
      <Dock />
      <TimeBar />
      <Sheets />
    </div>
  );
}

function Sheets() {
  const open = useStore(sheets, (s) => s.open);
  if (open === "commands") return <CommandPalette onClose={() => closeSheet("commands")} />;
  if (open === "shortcuts") return <Shortcuts onClose={() => closeSheet("shortcuts")} />;
  return null;
}
