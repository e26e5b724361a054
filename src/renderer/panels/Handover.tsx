import { RadioTower, X } from "lucide-react";
import { useEffect, useState } from "react";
import { TRIGGERS } from "../../shared/frame.ts";
import type { HandoverShown } from "../../shared/handover.ts";
import { NO_PROCEDURE } from "../../shared/storm.ts";
import { call } from "../session/client.ts";
import { seek } from "../session/clock.ts";
import { showPanel } from "../session/layout.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import type { Storm } from "../session/storm.ts";
import { openHandover, selectCell } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { cellWhere } from "./cellWhere.ts";
import { Decided } from "./Decided.tsx";
import { fixed, utcTime, whole } from "./format.ts";
import { Failure } from "./Problems.tsx";
import { endOf } from "./quantities.ts";

interface Props {
  run: LoadedRun;
  storm: Storm;
  /** number of the event */
  event: number;
}

/** One handover: what it was, what it cost, and what decided it. */
export function Handover({ run, storm, event }: Props) {
  const shown = useShown(run, event);
  return (
    <div className="panel-body wide-columns" data-testid="handover">
      <section className="section" aria-labelledby="handover-title">
        <div className="section-head">
          <h2 id="handover-title">
            UE {run.events.ue[event]}
            <span className="quiet">
              {" "}
              {isReselection(run, event) ? "reselection" : "handover"} {event}
            </span>
          </h2>
          <Button
            kind="quiet"
            icon={<RadioTower size={14} aria-hidden="true" />}
            title="The link budget of this UE just before"
            onClick={() => {
              // another UE may have been chosen since
              openHandover(event);
              showPanel("link");
            }}
          >
            Link
          </Button>
          <Button
            kind="quiet"
            icon={<X size={14} aria-hidden="true" />}
            label="Close this handover"
            onClick={() => openHandover(null)}
          />
        </div>
        <Facts run={run} storm={storm} event={event} />
        {shown?.error && <Failure title="What decided cannot be told" error={shown.error} />}
      </section>
      {shown?.value && <Decided shown={shown.value} />}
    </div>
  );
}

function Facts({ run, storm: { procedures: p }, event }: Props) {
  const { events, record } = run;
  const outcome = p.outcome[event]!;
  const utc = (ms: number) => utcTime(record.startMs + ms);
  const decided = events.timeMs[event]!;
  return (
    <dl className="facts-list">
      <dt>From</dt>
      <dd>{cellOf(run, events.source[event]!, events.rsrpSource[event]!)}</dd>
      <dt>To</dt>
      <dd>{cellOf(run, events.target[event]!, events.rsrpTarget[event]!)}</dd>
      <dt>Decided</dt>
      <dd>
        <Button kind="quiet" title="Go to this instant" onClick={() => seek(decided / 1000)}>
          {utc(decided)}
        </Button>{" "}
        by {TRIGGERS[events.trigger[event]!]}
        {events.pingPong[event] === 1 && ", ping-pong"}
      </dd>
      <dt>Outcome</dt>
      <dd className={outcome === 0 ? "good" : outcome === NO_PROCEDURE ? undefined : "bad"}>
        {endOf(outcome)}
      </dd>
      {outcome !== NO_PROCEDURE && (
        <>
          <dt>Took</dt>
          <dd>
            {fixed(p.endMs[event]! - p.startMs[event]!, 1)} ms, until {utc(p.endMs[event]!)}
          </dd>
          <dt>Cut off</dt>
          <dd>
            {fixed(p.downMs[event], 1)} ms down, {fixed(p.upMs[event], 1)} ms up
          </dd>
          <dt>Cost</dt>
          <dd>
            {whole(p.messages[event])} messages, {whole(p.bytes[event])} bytes, {whole(p.tries[event])}{" "}
            {p.tries[event] === 1 ? "preamble" : "preambles"}
          </dd>
        </>
      )}
    </dl>
  );
}

const isReselection = ({ events }: LoadedRun, event: number) =>
  TRIGGERS[events.trigger[event]!] === "reselection";

function cellOf(run: LoadedRun, cell: number, rsrpDbm: number) {
  if (cell === 0) return "no cell";
  return (
    <>
      <Button kind="quiet" title="Choose this cell" onClick={() => selectCell(cell)}>
        cell {cell}
      </Button>
      {`, ${cellWhere(run, cell)}, `}
      {Number.isNaN(rsrpDbm) ? "not heard" : `${fixed(rsrpDbm, 1)} dBm`}
    </>
  );
}

type Answer<T> = { value?: T; error?: Error };

/** The handover opened anew by the program; null while it is on its way, and for a reselection, which nothing decided. */
function useShown({ record, events }: LoadedRun, event: number): Answer<HandoverShown> | null {
  const [answer, setAnswer] = useState<Answer<HandoverShown> | null>(null);
  useEffect(() => {
    if (TRIGGERS[events.trigger[event]!] === "reselection") return;
    const stop = new AbortController();
    const put = (found: Answer<HandoverShown>) => stop.signal.aborted || setAnswer(found);
    call("runs.handover", { run: record.run, event }, stop.signal).then(
      (value) => put({ value }),
      (error: Error) => put({ error }),
    );
    return () => stop.abort();
  }, [record, events, event]);
  return answer;
}
