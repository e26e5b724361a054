import type { Command } from "../../session/commands.ts";
import { chooseBundled, draft, planInput, redo, undo } from "../../session/draft.ts";
import { cancel, isUnderWay, job, resumeRun, startPlan } from "../../session/job.ts";
import { isResumable, openRun, runs } from "../../session/runs.ts";
import { openPlan } from "../../session/view.ts";
import { utcDate, utcTime } from "../format.ts";

/** Edits of the scenario form. */
export function formActions(): Command[] {
  const edits = draft.getState().file?.edits;
  const group = "Scenario";
  const list: Command[] = [];
  if (edits?.past.length)
    list.push({
      id: "undo",
      group,
      title: "Undo the last edit",
      words: "take back form",
      keys: "Ctrl Z",
      run: undo,
    });
  if (edits?.future.length)
    list.push({
      id: "redo",
      group,
      title: "Redo the edit taken back",
      words: "again form",
      keys: "Ctrl Shift Z",
      run: redo,
    });
  return list;
}

export function planActions(): Command[] {
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
  const stopped = runs.getState().list?.filter(isResumable);
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

export function runActions(): Command[] {
  const open = runs.getState().list?.filter((r) => r.stepsDone > 0) ?? [];
  return open.map((r) => ({
    id: `run ${r.run}`,
    group: "Open run",
    title: `${r.title || r.scenario} · ${utcDate(r.createdMs)} ${utcTime(r.createdMs).slice(0, 5)}`,
    words: r.run,
    run: () => void openRun(r.run),
  }));
}
