import { RunList } from "./RunList.tsx";

export function RunsPanel() {
  return (
    <div className="panel-body">
      <RunList />
    </div>
  );
}
