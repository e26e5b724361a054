import { useMemo } from "react";
import type { PlanSummary } from "../../shared/run.ts";
import { CATEGORIES } from "../session/palette.ts";
import { SavedChart } from "./SavedChart.tsx";
import { Table } from "../widgets/Table.tsx";
import type { TableColumn } from "../widgets/Table.tsx";
import { fixed, whole } from "./format.ts";

type Centroid = PlanSummary["clusters"]["centroids"][number] & { cluster: number };

const columns: TableColumn<Centroid>[] = [
  {
    key: "cluster",
    title: "Cluster",
    cell: (c) => (
      <>
        <i className="swatch" style={{ background: CATEGORIES[c.cluster % CATEGORIES.length] }} />{" "}
        {c.cluster + 1}
      </>
    ),
  },
  { key: "lat", title: "Latitude °", number: true, cell: (c) => fixed(c.latitudeDeg, 3) },
  { key: "lon", title: "Longitude °", number: true, cell: (c) => fixed(c.longitudeDeg, 3) },
  { key: "ues", title: "UEs", number: true, cell: (c) => whole(c.ues) },
];

/** Elbow plot and centroids. */
export function Clusters({ summary }: { summary: PlanSummary }) {
  const { k, wcss, centroids } = summary.clusters;
  const plot = useMemo(
    () => ({
      x: wcss.map((_, i) => i + 1),
      series: [{ title: "WCSS", colour: "#4cc2ff", values: wcss, dots: true }],
    }),
    [wcss],
  );
  const rows = centroids.map((c, i) => ({ ...c, cluster: i }));
  return (
    <section className="section" aria-labelledby="clusters-title">
      <h2 id="clusters-title">{k} clusters</h2>
      <SavedChart
        title={`Within-cluster sum of squares; the elbow is at k = ${k}`}
        xTitle="number of clusters k"
        x={plot.x}
        series={plot.series}
        height={130}
        marker={k}
      />
      <Table
        caption="Centroids of the clusters"
        columns={columns}
        rows={rows}
        rowKey={(c) => String(c.cluster)}
      />
    </section>
  );
}
