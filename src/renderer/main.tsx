import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { startTheme } from "./session/theme.ts";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/panels.css";
import "./styles/controls.css";
import "./styles/figures.css";
import "./styles/globe.css";
import "./styles/learn.css";
import "./styles/sheets.css";
import "./styles/storm.css";
import "./styles/time.css";

startTheme();
createRoot(document.getElementById("root")!).render(<App />);
