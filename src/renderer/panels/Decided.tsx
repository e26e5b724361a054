import { useMemo } from "react";
import { stayingSentence, type CellHeard, type HandoverShown } from "../../shared/handover.ts";
import { selectCell } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { Table } from "../widgets/Table.tsx";
import type { TableColumn } from "../widgets/Table.tsx";
import { fixed, whole } from "./format.ts";
import { Drawing } from "./Picture.tsx";
import { stayingFigure } from "./stayingFigure.ts";

/** Which condition moved the UE, what else it heard at that instant, and what would have become of it without. */
export function Decided({ shown }: { shown: HandoverShown }) {
  const { condition, candidates, unlisted } = shown;
  return (
    <>
      <section className="section" aria-labelledby="decided-title">
        <h2 id="decided-title">What decided</h2>
        <p className="facts" data-testid="condition">
          {condition}
        </p>
        <Table
          caption="Cells heard when it was decided: source, target, then the strongest"
          columns={COLUMNS}
          rows={candidates}
          rowKey={({ cell }) => String(cell)}
          marked={({ role }) => role === "target"}
        />
        {unlisted > 0 && <p className="quiet">and {whole(unlisted)} weaker cells</p>}
      </section>
      <Staying staying={shown.staying} source={shown.source} />
    </>
  );
}

const COLUMNS: TableColumn<CellHeard>[] = [
  {
    key: "cell",
    title: "Cell",
    cell: ({ cell, satellite, role, prepared }) => (
      <Button kind="quiet" title={`Choose cell ${cell} of ${satellite}`} onClick={() => selectCell(cell)}>
        {cell}
        {role !== "other" && <span className="quiet"> {role}</span>}
        {role === "other" && prepared && <span className="quiet"> prepared</span>}
      </Button>
    ),
  },
  { key: "rsrp", title: "dBm", about: "RSRP", number: true, cell: ({ rsrpDbm }) => fixed(rsrpDbm, 1) },
  { key: "sinr", title: "SINR, dB", number: true, cell: ({ sinrDb }) => fixed(sinrDb, 1) },
  { key: "elevation", title: "Elev., °", number: true, cell: ({ elevationDeg }) => fixed(elevationDeg, 1) },
  {
    key: "range",
    title: "km",
    about: "Distance to the satellite",
    number: true,
    cell: ({ rangeKm }) => whole(rangeKm),
  },
];

function Staying({ staying, source }: { staying: HandoverShown["staying"]; source: number }) {
  const figure = useMemo(() => stayingFigure(staying, source), [staying, source]);
  return (
    <section className="section" aria-labelledby="staying-title">
      <h2 id="staying-title">What staying meant</h2>
      <p className="facts" data-testid="staying">
        Of cell {source}: {stayingSentence(staying)}.
      </p>
      {figure.series[0]!.y.some((value) => value !== null) && <Drawing figure={figure} ratio={0.5} />}
    </section>
  );
}
