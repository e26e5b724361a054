import { ArrowLeft, ChevronLeft, ChevronRight, CircleCheck, CircleSlash, CircleX } from "lucide-react";
import { useState } from "react";
import { tableCsv } from "../../shared/figure-svg.ts";
import { withUnit } from "../../shared/figure-text.ts";
import type { Claim, Figure, StudyReport, StudyTable } from "../../shared/study.ts";
import { closeStudy } from "../session/studies.ts";
import { Button } from "../widgets/Button.tsx";
import { Dialog } from "../widgets/Dialog.tsx";
import { Tabs } from "../widgets/Tabs.tsx";
import { duration, whole } from "./format.ts";
import { Drawing, Picture, SaveFigure } from "./Picture.tsx";
import { fileName, saveText } from "./save.ts";

type Part = "figures" | "tables" | "claims";

/** What a study found: figures, tables, and the claims of its paper. */
export function Report({ study, report }: { study: string; report: StudyReport }) {
  const parts = [
    { key: "figures" as const, count: report.figures.length, title: "Figures" },
    { key: "tables" as const, count: report.tables.length, title: "Tables" },
    { key: "claims" as const, count: report.claims.length, title: "Claims" },
  ].filter(({ count }) => count > 0);
  const [chosen, choose] = useState<Part>("figures");
  const content = {
    figures: <Figures study={study} figures={report.figures} />,
    tables: <Tables study={study} tables={report.tables} />,
    claims: <Claims claims={report.claims} />,
  };
  return (
    <div className="report" data-testid="report">
      <Head study={study} report={report} />
      {parts.length > 0 && (
        <Tabs
          label="Parts of the report"
          tabs={parts.map(({ key, title, count }) => ({
            key,
            title: `${title} ${count}`,
            content: content[key],
          }))}
          value={chosen}
          onChange={choose}
        />
      )}
    </div>
  );
}

function Head({ study, report }: { study: string; report: StudyReport }) {
  const { quick, seed, seconds, trials, replayed, notes } = report;
  return (
    <section className="section" aria-labelledby="report-title">
      <div className="section-head">
        <h2 id="report-title">{report.title}</h2>
        <Button
          kind="quiet"
          icon={<ArrowLeft size={14} aria-hidden="true" />}
          label="Back to the studies"
          onClick={closeStudy}
        />
      </div>
      <p className="quiet">
        {study}, {quick ? "quick, less data" : "full"}, seed {seed}, {duration(seconds)}, {whole(trials)}{" "}
        {trials === 1 ? "trial" : "trials"}
        {replayed > 0 && `, ${whole(replayed)} kept from before`}
      </p>
      {notes.length > 0 && (
        <details>
          <summary>{notes.length === 1 ? "A note" : `${notes.length} notes`} to judge it by</summary>
          <ul className="notes">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Figures({ study, figures }: { study: string; figures: readonly Figure[] }) {
  const [large, setLarge] = useState<number | null>(null);
  return (
    <div className="gallery">
      {figures.map((figure, i) => (
        <Picture key={figure.id} figure={figure} study={study} onEnlarge={() => setLarge(i)} />
      ))}
      {large !== null && <Enlarged study={study} figures={figures} at={large} onMove={setLarge} />}
    </div>
  );
}

interface EnlargedProps {
  study: string;
  figures: readonly Figure[];
  at: number;
  /** null: closed */
  onMove: (to: number | null) => void;
}

function Enlarged({ study, figures, at, onMove }: EnlargedProps) {
  const figure = figures[at]!;
  const go = (by: number) => onMove((at + by + figures.length) % figures.length);
  return (
    <Dialog
      title={`Picture ${at + 1} of ${figures.length}${figure.of === null ? "" : `, beside ${figure.of}`}`}
      onClose={() => onMove(null)}
      onKey={(key) => (key === "ArrowLeft" ? go(-1) : key === "ArrowRight" ? go(1) : undefined)}
      tools={
        <>
          <SaveFigure figure={figure} study={study} />
          <Button
            kind="quiet"
            icon={<ChevronLeft size={16} aria-hidden="true" />}
            label="The figure before (←)"
            onClick={() => go(-1)}
          />
          <Button
            kind="quiet"
            icon={<ChevronRight size={16} aria-hidden="true" />}
            label="The next figure (→)"
            onClick={() => go(1)}
          />
        </>
      }
    >
      <Drawing figure={figure} ratio={0.56} />
    </Dialog>
  );
}

function Tables({ study, tables }: { study: string; tables: readonly StudyTable[] }) {
  return tables.map((table) => <TableOf key={table.id} study={study} table={table} />);
}

function TableOf({ study, table }: { study: string; table: StudyTable }) {
  const { columns, rows } = table;
  const isNumber = columns.map((_, c) => rows.some((row) => typeof row[c] === "number"));
  const title = `table-title-${table.id}`;
  return (
    <section className="section" aria-labelledby={title} data-testid="table">
      <div className="section-head">
        <h2 id={title}>{table.title}</h2>
        <Button
          kind="quiet"
          title="Save this table as CSV"
          onClick={() => saveText(fileName(study, `${table.id}.csv`), "text/csv", tableCsv(table))}
        >
          CSV
        </Button>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <div className="wide-table" tabIndex={0} role="group" aria-label={`${table.title}, scrolls sideways`}>
        <table className="table">
          <thead>
            <tr>
              {columns.map((column, c) => (
                <th key={column.title} scope="col" className={isNumber[c] ? "number" : undefined}>
                  {withUnit(column.title, column.unit)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows of a report never move
              <tr key={r}>
                {row.map((cell, c) => (
                  <td key={columns[c]!.title} className={isNumber[c] ? "number" : undefined}>
                    {cellText(cell, columns[c]!.digits)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">
        {table.of !== null && `Beside ${table.of}. `}
        {table.note}
      </p>
    </section>
  );
}

function cellText(cell: string | number | null, digits: number | undefined): string {
  if (cell === null) return "none";
  if (typeof cell === "string") return cell;
  const text =
    digits === undefined
      ? cell.toLocaleString("en", { maximumSignificantDigits: 6 })
      : cell.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return text.replace("-", "−");
}

const VERDICTS = {
  yes: { text: "holds", icon: CircleCheck, look: "good" },
  no: { text: "does not hold", icon: CircleX, look: "bad" },
  "in part": { text: "holds in part", icon: CircleSlash, look: "warning" },
};

function Claims({ claims }: { claims: readonly Claim[] }) {
  return (
    <ul className="claims">
      {claims.map(({ claim, holds, ours, reason }) => {
        const { text, icon: Icon, look } = VERDICTS[holds];
        return (
          <li key={claim} className="section" data-testid="claim">
            <p>{claim}</p>
            <p className={`verdict ${look}`}>
              <Icon size={14} aria-hidden="true" /> {text}
            </p>
            <p>
              <span className="quiet">Ours: </span>
              {ours}
            </p>
            {reason !== "" && <p className="quiet">{reason}</p>}
          </li>
        );
      })}
    </ul>
  );
}
