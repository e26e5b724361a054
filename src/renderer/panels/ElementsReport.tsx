import { X } from "lucide-react";
import type { Draft, Inspection } from "../session/draft.ts";
import { Button } from "../widgets/Button.tsx";
import { whole } from "./format.ts";
import { ProblemList } from "./Problems.tsx";

/** A list longer than this helps nobody; the terminal's `inspect` prints all of it. */
const MOST = 50;

interface Props {
  elements: NonNullable<Draft["elements"]>;
  onRemove: () => void;
}

/** What an element file holds: accepted, rejected and doubtful records with line and reason. */
export function ElementsReport({ elements, onRemove }: Props) {
  const { name, path, found, problems } = elements;
  return (
    <div className="elements">
      <div className="file-name">
        <b title={path}>{name}</b>
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label="Remove the element file"
          onClick={onRemove}
        />
      </div>
      {!found && problems.length === 0 && <p className="quiet">Reading …</p>}
      {problems.length > 0 && <ProblemList title="Nothing could be used" problems={problems} />}
      {found && (
        <>
          <p>
            <b>{whole(found.accepted)}</b> accepted, <b>{whole(found.rejected.length)}</b> rejected
            <span className="quiet">
              {" "}
              {found.format}
              {found.newestEpoch && `, newest ${found.newestEpoch.slice(0, 16).replace("T", " ")} UTC`}
            </span>
          </p>
          <Records title="Rejected" records={found.rejected} />
          <Records title="Warnings" records={found.warnings} />
        </>
      )}
    </div>
  );
}

function Records({ title, records }: { title: string; records: Inspection["rejected"] }) {
  if (records.length === 0) return null;
  return (
    <details>
      <summary>
        {title} ({whole(records.length)})
      </summary>
      <ul className="records">
        {records.slice(0, MOST).map((r) => (
          <li key={`${r.line} ${r.reason}`}>
            <span className="quiet">line {r.line}</span> {r.id ?? ""} {r.reason}
          </li>
        ))}
        {records.length > MOST && <li className="quiet">and {whole(records.length - MOST)} more</li>}
      </ul>
    </details>
  );
}
