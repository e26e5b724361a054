import { TriangleAlert } from "lucide-react";
import { problemsOf } from "../session/job.ts";
import type { Problem } from "../../shared/errors.ts";

/** What is wrong, field by field: the reason and what to do. */
export function ProblemList({ title, problems }: { title: string; problems: readonly Problem[] }) {
  return (
    <div className="problems" role="alert">
      <h4>
        <TriangleAlert size={14} aria-hidden="true" /> {title}
      </h4>
      <ul>
        {problems.map((p) => (
          <li key={`${p.field} ${p.reason}`}>
            <code>{p.field}</code>
            <span>{p.reason}</span>
            <span className="quiet">{p.remedy}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Failure({ title, error }: { title: string; error: Error }) {
  const problems = problemsOf(error);
  if (problems.length > 0) return <ProblemList title={title} problems={problems} />;
  return (
    <div className="problems" role="alert">
      <h4>
        <TriangleAlert size={14} aria-hidden="true" /> {title}
      </h4>
      <p>{error.message}</p>
    </div>
  );
}
