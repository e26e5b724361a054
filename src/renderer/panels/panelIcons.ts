import {
  ArrowRightLeft,
  ChartNoAxesCombined,
  CloudLightning,
  FileSliders,
  GitCompare,
  GraduationCap,
  History,
  Layers,
  RadioTower,
  ScrollText,
  Shapes,
} from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { Panel } from "../session/layout.ts";

export const ICONS: Record<Panel, LucideIcon> = {
  layers: Layers,
  scenario: FileSliders,
  runs: History,
  run: ChartNoAxesCombined,
  cells: Shapes,
  storm: CloudLightning,
  handover: ArrowRightLeft,
  link: RadioTower,
  learn: GraduationCap,
  compare: GitCompare,
  log: ScrollText,
};
