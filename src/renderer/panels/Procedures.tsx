import { useMemo } from "react";
import { useStore } from "zustand";
import { TRIGGERS } from "../../shared/frame.ts";
import { NO_PROCEDURE } from "../../shared/storm.ts";
import { clock } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { eventsIn } from "../session/storm.ts";
import type { Storm } from "../session/storm.ts";
import { openHandover, view } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { Table } from "../widgets/Table.tsx";
import type { TableColumn } from "../widgets/Table.tsx";
import { fixed, utcTime, whole } from "./format.ts";
import { endOf } from "./quantities.ts";

interface Props {
  run: LoadedRun;
  storm: Storm;
  /** null: all cells */
  cell: number | null;
}

const MOST = 30;
const RESELECTION = TRIGGERS.indexOf("reselection");

/** The handovers of the second at which the clock stands; each can be opened. */
export function Procedures({ run, storm, cell }: Props) {
  const second = useStore(clock, (s) => Math.floor(s.timeS));
  const opened = useStore(view, (s) => s.handover);
  const found = useMemo(() => eventsIn(run.events, second, cell), [run, second, cell]);
  const reselections = found.filter((event) => run.events.trigger[event] === RESELECTION).length;
  return (
    <section className="section" aria-labelledby="second-title" data-testid="procedures">
      <h2 id="second-title">
        Handovers at {utcTime(run.record.startMs + 1000 * second).slice(0, 8)}
        <span className="quiet"> {cell === null ? "all cells" : `out of or into cell ${cell}`}</span>
      </h2>
      {reselections > 0 && (
        <p className="facts">
          {whole(found.length - reselections)} handovers; {whole(reselections)}{" "}
          {reselections === 1 ? "reselection" : "reselections"} besides, listed with them.
        </p>
      )}
      {found.length === 0 ? (
        <p className="empty">None in this second.</p>
      ) : (
        <Table
          caption="Handovers in this second"
          columns={columnsOf(run, storm)}
          rows={found.slice(0, MOST)}
          rowKey={String}
          marked={(event) => event === opened}
        />
      )}
      {found.length > MOST && (
        <p className="quiet">
          {whole(MOST)} of {whole(found.length)}; the export "What became of each handover" has all of them.
        </p>
      )}
    </section>
  );
}

function columnsOf({ events }: LoadedRun, { procedures }: Storm): TableColumn<number>[] {
  return [
    {
      key: "ue",
      title: "UE",
      cell: (event) => (
        <Button
          kind="quiet"
          title="Open this handover"
          label={`UE ${events.ue[event]}: open its handover`}
          onClick={() => openHandover(event)}
        >
          {events.ue[event]}
        </Button>
      ),
    },
    { key: "way", title: "Cells", cell: (event) => `${events.source[event]} → ${events.target[event]}` },
    { key: "end", title: "Outcome", cell: (event) => endOf(procedures.outcome[event]!) },
    {
      key: "down",
      title: "Cut, ms",
      about: "Interruption down: how long no data reach the UE",
      number: true,
      cell: (event) =>
        procedures.outcome[event] === NO_PROCEDURE ? "–" : fixed(procedures.downMs[event], 1),
    },
  ];
}
