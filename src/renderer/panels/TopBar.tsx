import { Command, Keyboard, Moon, Play, Satellite, ScrollText, Sun } from "lucide-react";
import { useStore } from "zustand";
import { openSheet } from "../session/commands.ts";
import { draft, planInput } from "../session/draft.ts";
import { isUnderWay, job, startPlan } from "../session/job.ts";
import type { Job } from "../session/job.ts";
import { log, toggleLog } from "../session/log.ts";
import { openRun, runs } from "../session/runs.ts";
import { studies } from "../session/studies.ts";
import { switchTheme, theme } from "../session/theme.ts";
import { Button } from "../widgets/Button.tsx";
import { Select } from "../widgets/Select.tsx";
import { duration, utcDate, utcTime, whole } from "./format.ts";
import { LayoutChooser } from "./LayoutChooser.tsx";
import { PanelsMenu } from "./PanelsMenu.tsx";

export function TopBar() {
  return (
    <header className="top-bar">
      <h1>
        <Satellite size={16} aria-hidden="true" /> Beamwalk
      </h1>
      <RunSelect />
      <RunFacts />
      <Progress />
      <PlanButton />
      <LayoutChooser />
      <Tools />
    </header>
  );
}

function RunSelect() {
  const list = useStore(runs, (s) => s.list);
  const shown = useStore(runs, (s) => s.opening ?? s.current?.record.run ?? "");
  const open = list?.filter((r) => r.stepsDone > 0) ?? [];
  if (open.length === 0) return null;
  const options = open.map((r) => ({
    value: r.run,
    text: `${r.title || r.scenario} · ${utcDate(r.createdMs)} ${utcTime(r.createdMs).slice(0, 5)}`,
  }));
  return (
    <Select
      label="Run"
      quiet
      value={shown}
      options={shown === "" ? [{ value: "", text: "Choose a run" }, ...options] : options}
      onChange={(run) => run && void openRun(run)}
    />
  );
}

function RunFacts() {
  const record = useStore(runs, (s) => s.current?.record);
  if (!record) return <p className="run-facts" />;
  return (
    <p className="run-facts">
      <b>{whole(record.ues)}</b> UEs <b>{whole(record.satellites)}</b>{" "}
      {record.satellites === 1 ? "satellite" : "satellites"} <b>{duration(record.durationS)}</b>{" "}
      <span className="apart">seed</span> {record.seed}
      {record.status !== "finished" && <span className={`status ${record.status}`}>{record.status}</span>}
    </p>
  );
}

function Progress() {
  const plan = useStore(job, (s) => s.job);
  const study = useStore(studies, (s) => s.job);
  return (
    <>
      {plan && <Going now={plan} what={plan.stage} />}
      {study && <Going now={study} what={study.title} />}
    </>
  );
}

function Going({ now, what }: { now: Job; what: string }) {
  const going = now.state === "running" ? `${what} ${Math.round(100 * now.fraction)} %` : now.state;
  return <p className={now.state === "failed" ? "status failed" : "status running"}>{going}</p>;
}

function PlanButton() {
  const now = useStore(draft);
  const busy = useStore(job, (s) => isUnderWay(s.job));
  const input = planInput(now);
  const missing = "missing" in input ? input.missing : null;
  return (
    <Button
      kind="primary"
      icon={<Play size={14} aria-hidden="true" />}
      title={missing ?? "Plan the chosen scenario"}
      disabled={busy || missing !== null}
      onClick={() => "missing" in input || void startPlan(input)}
    >
      Plan
    </Button>
  );
}

function Tools() {
  const { unread, open } = useStore(log);
  const shown = useStore(theme, (s) => s.shown);
  const icon = { size: 16, "aria-hidden": true } as const;
  return (
    <div className="top-tools" role="group" aria-label="Page">
      <PanelsMenu />
      <Button
        kind="quiet"
        icon={<Command {...icon} />}
        label="Commands (Ctrl K)"
        onClick={() => openSheet("commands")}
      />
      <Button
        kind="quiet"
        icon={<Keyboard {...icon} />}
        label="Keys (?)"
        onClick={() => openSheet("shortcuts")}
      />
      <Button
        kind="quiet"
        icon={<ScrollText {...icon} />}
        label={unread > 0 ? `Log, ${unread} new` : "Log"}
        pressed={open}
        onClick={toggleLog}
      >
        {unread > 0 && <span className="unread">{unread}</span>}
      </Button>
      <Button
        kind="quiet"
        icon={shown === "dark" ? <Sun {...icon} /> : <Moon {...icon} />}
        label={shown === "dark" ? "Light theme" : "Dark theme"}
        onClick={switchTheme}
      />
    </div>
  );
}
