import { FirstSteps } from "./FirstSteps.tsx";
import { JobPanel } from "./JobPanel.tsx";
import { ScenarioPanel } from "./ScenarioPanel.tsx";

/** The plan under way, what to try first, and what to plan next. */
export function PlanPanel() {
  return (
    <div className="panel-body">
      <JobPanel />
      <FirstSteps />
      <ScenarioPanel />
    </div>
  );
}
