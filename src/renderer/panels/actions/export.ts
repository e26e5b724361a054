import type { ExportFormat, ExportTable } from "../../../shared/operations.ts";
import { exportAddress } from "../../session/client.ts";
import type { Command } from "../../session/commands.ts";
import type { LoadedRun } from "../../session/loadRun.ts";
import { LAST, TABLES } from "../Exports.tsx";
import { reportAddress } from "../save.ts";
import { openVideo, savePicture } from "../viewSaving.ts";

const group = "Export";
const FORMAT_NAMES: Partial<Record<ExportFormat, string>> = { parquet: "Parquet", geojson: "GeoJSON" };

export const exportActions = (run: LoadedRun): Command[] => [
  ...viewActions(run),
  reportAction(run),
  ...tableActions(run),
];

const viewActions = (run: LoadedRun): Command[] => [
  {
    id: "picture",
    group,
    title: "Save picture",
    words: "globe image png screenshot",
    run: () => void savePicture(run),
  },
  { id: "video", group, title: "Save video", words: "globe film webm mp4", run: openVideo },
];

const reportAction = ({ record }: LoadedRun): Command => ({
  id: "report",
  group,
  title: "Report of this run, HTML",
  words: "save download page send",
  run: () => download(reportAddress(record.run)),
});

function tableActions({ record }: LoadedRun): Command[] {
  const finished = record.summary !== null;
  return Object.entries(TABLES)
    .filter(([table]) => finished || !LAST.includes(table))
    .flatMap(([table, { text, formats }]) =>
      formats.map((format) => ({
        id: `export ${table} ${format}`,
        group,
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
