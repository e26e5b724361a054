import { CircleCheck, CircleX, Info, TriangleAlert, X } from "lucide-react";
import { useStore } from "zustand";
import { log, toggleLog } from "../session/log.ts";
import type { Entry, Level } from "../session/log.ts";
import { Button } from "../widgets/Button.tsx";
import { utcTime } from "./format.ts";

const ICONS = { done: CircleCheck, note: Info, warning: TriangleAlert, error: CircleX };
const WORDS: Record<Level, string> = { done: "Done", note: "Note", warning: "Warning", error: "Error" };

/** Says by shape, colour and word how grave it is. */
export function LevelMark({ level }: { level: Level }) {
  const Icon = ICONS[level];
  return (
    <span className={`level ${level}`}>
      <Icon size={14} aria-hidden="true" /> {WORDS[level]}
    </span>
  );
}

/** Everything that was warned of, went wrong or was finished since the page was opened, the latest first. */
export function Log() {
  const entries = useStore(log, (s) => s.entries);
  return (
    <section className="log" aria-labelledby="log-title" data-testid="log">
      <div className="section-head">
        <h2 id="log-title">
          Log <span className="quiet">since this page was opened, times in UTC</span>
        </h2>
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label="Close the log"
          onClick={toggleLog}
        />
      </div>
      {entries.length === 0 ? (
        <p className="hint">Nothing yet. Warnings, errors and finished jobs are written here.</p>
      ) : (
        <ol aria-label="Log entries">
          {entries.toReversed().map((entry) => (
            <Line key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({ entry: { atMs, level, text, details } }: { entry: Entry }) {
  return (
    <li>
      <time dateTime={new Date(atMs).toISOString()}>{utcTime(atMs).slice(0, 8)}</time>
      <LevelMark level={level} />
      <span className="log-text">
        {text}
        {details.map((line) => (
          <span key={line} className="quiet">
            {line}
          </span>
        ))}
      </span>
    </li>
  );
}
