import { Download, FileText } from "lucide-react";
import { useState } from "react";
import type { ExportFormat, ExportTable } from "../../shared/operations.ts";
import { exportAddress } from "../session/client.ts";
import { Select } from "../widgets/Select.tsx";
import { reportAddress } from "./save.ts";

export const TABLES: Record<ExportTable, { text: string; formats: ExportFormat[] }> = {
  events: { text: "Handover events", formats: ["csv", "parquet", "geojson", "czml", "kml"] },
  load: { text: "Handovers per cell and second", formats: ["csv", "parquet"] },
  storm: { text: "Signalling per cell and second", formats: ["csv", "parquet"] },
  procedures: { text: "What became of each handover", formats: ["csv", "parquet"] },
  ledger: { text: "Every message (takes seconds)", formats: ["csv", "parquet"] },
  "ledger-kinds": { text: "Messages by kind (takes seconds)", formats: ["csv", "parquet"] },
  sib19: { text: "SIB19 and T1, D1 by cell", formats: ["json"] },
  dataset: { text: "Data set at the mark", formats: ["csv", "parquet"] },
  ues: { text: "UEs", formats: ["csv", "parquet", "geojson", "kml"] },
  cells: { text: "Cells", formats: ["csv", "parquet", "geojson", "czml", "kml"] },
  service: { text: "Service times of cells that hold their place", formats: ["csv", "parquet"] },
  feeders: { text: "Feeder-link switches", formats: ["csv", "parquet"] },
  satellites: { text: "Satellites", formats: ["csv", "parquet", "geojson", "czml", "kml"] },
  metrics: { text: "Metrics", formats: ["csv", "parquet"] },
};

/** What the learning after the last step makes. */
export const LAST: readonly string[] = [
  "dataset",
  "metrics",
  "service",
  "storm",
  "procedures",
  "ledger",
  "ledger-kinds",
] satisfies ExportTable[];

export function Exports({ run, finished }: { run: string; finished: boolean }) {
  const [table, setTable] = useState<ExportTable>("events");
  const [wanted, setFormat] = useState<ExportFormat>("csv");
  const { formats } = TABLES[table];
  const format = formats.includes(wanted) ? wanted : formats[0]!;
  return (
    <section className="section" aria-labelledby="export-title">
      <h2 id="export-title">Export</h2>
      <div className="export">
        <Select
          label="Table"
          quiet
          value={table}
          options={Object.entries(TABLES).map(([value, { text }]) => {
            const disabled = !finished && LAST.includes(value);
            return {
              value: value as ExportTable,
              text: disabled ? `${text} (made after the last step)` : text,
              disabled,
            };
          })}
          onChange={setTable}
        />
        <Select
          label="Format"
          quiet
          value={format}
          options={formats.map((f) => ({
            value: f,
            text: f === "csv" || f === "json" ? f.toUpperCase() : f === "parquet" ? "Parquet" : f,
          }))}
          onChange={setFormat}
        />
        <DownloadLink run={run} table={table} format={format} text="Download" />
      </div>
      <div className="export">
        <a className="button plain" href={reportAddress(run)} download>
          <FileText size={14} aria-hidden="true" /> Report, HTML
        </a>
      </div>
      <p className="facts">
        Scenario, maps, storm, strategies and models on one page, to send and to print. As PDF:{" "}
        <code>beamwalk report {run} --pdf report.pdf</code>
      </p>
    </section>
  );
}

interface Props {
  run: string;
  table: ExportTable;
  format: ExportFormat;
  text: string;
}

export function DownloadLink({ run, table, format, text }: Props) {
  return (
    <a className="button plain" href={exportAddress(run, table, format)} download>
      <Download size={14} aria-hidden="true" /> {text}
    </a>
  );
}
