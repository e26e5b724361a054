import type { ExportFormat, ExportTable } from "../../shared/operations.ts";
import { exportAddress } from "../session/client.ts";
import { clock, pause, play, seek, setSpeed, SPEEDS, stepBy } from "../session/clock.ts";
import { openSheet } from "../session/commands.ts";
import type { Command } from "../session/commands.ts";
import { chooseBundled, draft, planInput } from "../session/draft.ts";
import { beginSteps } from "../session/firstSteps.ts";
import { goTo } from "../session/goTo.ts";
import { cancel, isUnderWay, job, resumeRun, startPlan } from "../session/job.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { toggleLog } from "../session/log.ts";
import { openRun, runs } from "../session/runs.ts";
import { cancelStudy, openStudy, startStudy, studies } from "../session/studies.ts";
import { chooseTheme, THEME_CHOICES } from "../session/theme.ts";
import {
  COLOUR_BY,
  LAYERS,
  openFinding,
  openPlan,
  selectCell,
  setColourBy,
  toggleLayer,
  view,
} from "../session/view.ts";
import { LAST, TABLES } from "./Exports.tsx";
import { utcDate, utcTime } from "./format.ts";
import { COLOURS, LAYER_TITLES } from "./MapControls.tsx";
import { WHAT } from "./StudyForm.tsx";

/** All that can be done right now. */
export function actions(): Command[] {
  const run = runs.getState().current;
  return [
    ...(run ? [...going(run), ...playing(), ...looking()] : []),
    ...showing(),
    ...planning(),
    ...opening(),
    ...learning(),
    ...page(),
    ...(run ? exporting(run) : []),
  ];
}

const CELL = /^(?:(?:go|to|cell|open)\s+)*(\d+)$/i;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** What only the words typed name: a cell by its number, an instant. */
export function namedActions(typed: string): Command[] {
  const run = runs.getState().current;
  if (!run) return [];
  const { satellites, beams, startMs } = run.record;
  const found: Command[] = [];
  const group = "Go to";
  const cell = Number(CELL.exec(typed.trim())?.[1] ?? Number.NaN);
  if (cell >= 1 && cell <= satellites * beams)
    found.push({ id: `cell ${cell}`, group, title: `Cell ${cell}`, run: () => selectCell(cell) });
  const at = secondOf(typed.trim(), startMs);
  if (at !== null && at >= 0 && at <= run.endS)
    found.push({
      id: `second ${at}`,
      group,
      title: `${utcTime(startMs + 1000 * at)} UTC, ${at} s`,
      run: () => seekAt(at),
    });
  return found;
}

function secondOf(typed: string, startMs: number): number | null {
  const seconds = /^(\d+(?:\.\d)?) ?s?$/.exec(typed)?.[1];
  if (seconds !== undefined) return Number(seconds);
  const [, hours, minutes, s = 0] = CLOCK.exec(typed) ?? [];
  if (hours === undefined) return null;
  const midnight = startMs - (startMs % 86_400_000);
  const at = midnight + 1000 * (3600 * Number(hours) + 60 * Number(minutes) + Number(s));
  return ((at - startMs + 86_400_000) % 86_400_000) / 1000;
}

function seekAt(timeS: number): void {
  pause();
  seek(timeS);
}

function going({ record, endS }: LoadedRun): Command[] {
  const group = "Go to";
  const found = record.summary?.handovers;
  const list: Command[] = [
    { id: "mark", group, title: "Marked instant", run: () => seekAt(record.markS) },
    { id: "start", group, title: "Start of the run", words: "begin", keys: "Home", run: () => seekAt(0) },
    { id: "end", group, title: "End of the run", keys: "End", run: () => seekAt(endS) },
    { id: "next", group, title: "Next step", words: "forward", keys: "→", run: () => stepBy(1) },
    { id: "previous", group, title: "Previous step", words: "back", keys: "←", run: () => stepBy(-1) },
  ];
  if (found && found.total > 0)
    list.unshift({
      id: "peak",
      group,
      title: `Peak: cell ${found.peakCell}, ${utcTime(record.startMs + 1000 * found.peakAtS).slice(0, 8)}`,
      words: "worst busiest handovers",
      run: () => goTo(found.peakCell, found.peakAtS),
    });
  if (view.getState().cell !== null)
    list.push({
      id: "clear",
      group,
      title: "No cell: clear the selection",
      keys: "Esc",
      run: () => selectCell(null),
    });
  return list;
}

function playing(): Command[] {
  const now = clock.getState();
  const group = "Clock";
  return [
    now.playing
      ? { id: "play", group, title: "Pause", words: "stop", keys: "Space", run: pause }
      : { id: "play", group, title: "Play", words: "run animate", keys: "Space", run: play },
    ...SPEEDS.map((speed) => ({
      id: `speed ${speed}`,
      group,
      title: `Speed ×${speed}`,
      words: "faster slower",
      run: () => setSpeed(speed),
    })),
  ];
}

function looking(): Command[] {
  const { layers } = view.getState();
  return [
    ...COLOUR_BY.map((by) => ({
      id: `colour ${by}`,
      group: "Globe",
      title: `Colour UEs by ${COLOURS[by].replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())}`,
      words: "layer legend",
      run: () => setColourBy(by),
    })),
    ...LAYERS.map((layer) => ({
      id: `layer ${layer}`,
      group: "Globe",
      title: `${layers[layer] ? "Hide" : "Show"} ${LAYER_TITLES[layer].replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase())}`,
      words: "layer",
      run: () => toggleLayer(layer),
    })),
  ];
}

function showing(): Command[] {
  const group = "Show";
  return [
    {
      id: "tab run",
      group,
      title: "Findings of the run",
      words: "summary tab",
      run: () => openFinding("run"),
    },
    { id: "tab cell", group, title: "Cells", words: "busiest tab", run: () => openFinding("cell") },
    {
      id: "tab storm",
      group,
      title: "Signalling storm",
      words: "heat map strategies compare tab",
      run: () => openFinding("storm"),
    },
    {
      id: "tab learn",
      group,
      title: "Learning: studies and models",
      words: "papers library tab",
      run: () => openFinding("learn"),
    },
    { id: "tab plan", group, title: "Scenario and runs", words: "plan tab", run: openPlan },
  ];
}

function planning(): Command[] {
  const group = "Plan";
  if (isUnderWay(job.getState().job))
    return [{ id: "cancel plan", group, title: "Cancel the plan under way", run: () => void cancel() }];
  const now = draft.getState();
  const chosen = planInput(now);
  const plan = () => {
    const input = planInput(draft.getState());
    if ("missing" in input) openPlan();
    else void startPlan(input);
  };
  const list: Command[] = now.bundled.map(({ name, title, needsElements }) => ({
    id: `plan ${name}`,
    group,
    title,
    words: `scenario sample ${name}${needsElements ? " choose: it needs an element file" : ""}`,
    run: () => {
      chooseBundled(name);
      plan();
    },
  }));
  if (!("missing" in chosen)) list.unshift({ id: "plan", group, title: "The chosen scenario", run: plan });
  const stopped = runs.getState().list?.filter((r) => r.status === "interrupted" || r.status === "cancelled");
  for (const r of stopped ?? [])
    list.push({
      id: `resume ${r.run}`,
      group,
      title: `Resume ${r.title || r.scenario}, ${utcTime(r.createdMs).slice(0, 5)}`,
      words: r.run,
      run: () => void resumeRun(r.run),
    });
  return list;
}

function opening(): Command[] {
  const open = runs.getState().list?.filter((r) => r.stepsDone > 0) ?? [];
  return open.map((r) => ({
    id: `run ${r.run}`,
    group: "Open run",
    title: `${r.title || r.scenario} · ${utcDate(r.createdMs)} ${utcTime(r.createdMs).slice(0, 5)}`,
    words: r.run,
    run: () => void openRun(r.run),
  }));
}

const FORMAT_NAMES: Partial<Record<ExportFormat, string>> = { parquet: "Parquet", geojson: "GeoJSON" };

function exporting({ record }: LoadedRun): Command[] {
  const finished = record.summary !== null;
  return Object.entries(TABLES)
    .filter(([table]) => finished || !LAST.includes(table))
    .flatMap(([table, { text, formats }]) =>
      formats.map((format) => ({
        id: `export ${table} ${format}`,
        group: "Export",
        title: `${text}, ${FORMAT_NAMES[format] ?? format.toUpperCase()}`,
        words: "save download table",
        run: () => download(exportAddress(record.run, table as ExportTable, format as ExportFormat)),
      })),
    );
}

function download(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}

const PAPERS = ["paper-a", "paper-b", "paper-c"] as const;

function learning(): Command[] {
  const now = studies.getState();
  const open = (study: string) => {
    openFinding("learn");
    void openStudy(study);
  };
  const reports = (now.list ?? [])
    .filter(({ status }) => status === "finished")
    .map(({ study, title }) => ({
      id: `study ${study}`,
      group: "Open report",
      title,
      words: study,
      run: () => open(study),
    }));
  if (isUnderWay(now.job))
    return [
      {
        id: "cancel study",
        group: "Learn",
        title: "Cancel the study under way",
        run: () => void cancelStudy(),
      },
      ...reports,
    ];
  const papers = PAPERS.flatMap((kind) =>
    [true, false].map((quick) => ({
      id: `${kind} ${quick ? "quick" : "full"}`,
      group: "Learn",
      title: `${WHAT[kind]}, ${quick ? "quick" : "full"}`,
      words: "start reproduce study",
      run: () => {
        openFinding("learn");
        void startStudy({ title: WHAT[kind], ask: { kind }, quick });
      },
    })),
  );
  return [...papers, ...reports];
}

const THEME_TITLES = { system: "Theme as the system has it", dark: "Dark theme", light: "Light theme" };

function page(): Command[] {
  const group = "Page";
  return [
    ...THEME_CHOICES.map((choice) => ({
      id: `theme ${choice}`,
      group,
      title: THEME_TITLES[choice],
      words: "colours appearance",
      run: () => chooseTheme(choice),
    })),
    {
      id: "shortcuts",
      group,
      title: "Keyboard shortcuts",
      words: "help keys",
      keys: "?",
      run: () => openSheet("shortcuts"),
    },
    { id: "log", group, title: "Log", words: "warnings errors messages", run: toggleLog },
    {
      id: "first steps",
      group,
      title: "First steps",
      words: "help checklist begin tour",
      run: () => {
        beginSteps();
        openPlan();
      },
    },
  ];
}
