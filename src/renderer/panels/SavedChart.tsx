import { useStore } from "zustand";
import { runs } from "../session/runs.ts";
import { Chart } from "../widgets/Chart.tsx";
import type { ChartProps } from "../widgets/Chart.tsx";
import { chartFigure } from "./chartFigure.ts";
import { utcDate, utcTime } from "./format.ts";
import { SaveTools } from "./Picture.tsx";

/** A chart of the open run that can be saved as a picture and as numbers. */
export function SavedChart(props: Omit<ChartProps, "tools">) {
  const record = useStore(runs, (s) => s.current?.record);
  if (!record) return <Chart {...props} />;
  const { scenario, title, run, startMs } = record;
  const note = `${title || scenario}, run ${run}, from ${utcDate(startMs)} ${utcTime(startMs)} UTC`;
  const tools = <SaveTools title={props.title} study={scenario} figureOf={() => chartFigure(props, note)} />;
  return <Chart {...props} tools={tools} />;
}
