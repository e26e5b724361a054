import { hetnetCsv } from "../../hetnet/csv.ts";
import { hetnetSeries } from "../../hetnet/series.ts";

export interface HetnetDataAsk {
  seed: number;
  paths: number;
  rat: "cellular" | "wifi";
  window: number;
}

/** Lines of one of paper B's two data sets. */
export const hetnetData = ({ seed, paths, rat, window }: HetnetDataAsk): Iterable<string> =>
  hetnetCsv(hetnetSeries({ seed, paths }), rat, window);
