import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { TRIGGERS } from "../../shared/frame.ts";
import type { HandoverShown } from "../../shared/handover.ts";
import type { UeLink } from "../../shared/link.ts";
import { NO_PROCEDURE } from "../../shared/storm.ts";
import { call } from "../session/client.ts";
import { seek } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import type { Storm } from "../session/storm.ts";
import { openHandover, selectCell } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { Levels } from "../widgets/Levels.tsx";
import { Waterfall } from "../widgets/Waterfall.tsx";
import { Decided } from "./Decided.tsx";
import { fallsOf } from "./budget.ts";
import { fixed, utcTime, whole } from "./format.ts";
import { Failure } from "./Problems.tsx";
import { endOf } from "./quantities.ts";

interface Props {
  run: LoadedRun;
  storm: Storm;
  /** number of the event */
  event: number;
}

/** One handover: what it was, what it cost, and what its UE heard. */
export function Handover({ run, storm, event }: Props) {
  const { events } = run;
  const link = useLink(run, event);
  const shown = useShown(run, event);
  const place = useRef<HTMLElement>(null);
  useEffect(() => show(place.current!), []);
  return (
    <section className="handover" ref={place} aria-labelledby="handover-title" data-testid="handover">
      <div className="section-head">
        <h3 id="handover-title">
          UE {events.ue[event]}
          <span className="quiet"> handover {event}</span>
        </h3>
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label="Close this handover"
          onClick={() => openHandover(null)}
        />
      </div>
      <Facts run={run} storm={storm} event={event} />
      {shown?.error && <Failure title="What decided cannot be told" error={shown.error} />}
      {shown?.value && <Decided shown={shown.value} />}
      {link?.error && <Failure title="No link budget at this instant" error={link.error} />}
      {link?.value && <Link run={run} link={link.value} event={event} />}
    </section>
  );
}

/** Brings an opened handover to the top of its panel, without moving anything else. */
function show(place: HTMLElement): void {
  const panel = place.closest('[role="tabpanel"]');
  panel?.scrollBy({ top: place.getBoundingClientRect().top - panel.getBoundingClientRect().top - 8 });
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

function cellOf({ record, track }: LoadedRun, cell: number, rsrpDbm: number) {
  if (cell === 0) return "no cell";
  return (
    <>
      <Button kind="quiet" title="Choose this cell" onClick={() => selectCell(cell)}>
        cell {cell}
      </Button>
      {`, ${track.names[Math.floor((cell - 1) / record.beams)]}, `}
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

/** The link of the event's UE at the last frame with its source, or the first with its target; null while it is on its way. */
function useLink({ record, events }: LoadedRun, event: number): Answer<UeLink> | null {
  const [answer, setAnswer] = useState<Answer<UeLink> | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const put = (found: Answer<UeLink>) => stop.signal.aborted || setAnswer(found);
    const ask = (step: number) =>
      call("runs.link", { run: record.run, ue: events.ue[event]!, atS: step * record.stepS }, stop.signal);
    linkWithSource(ask, events.timeMs[event]! / 1000 / record.stepS, events.source[event]!).then(
      (value) => put({ value }),
      (error: Error) => put({ error }),
    );
    return () => stop.abort();
  }, [record, events, event]);
  return answer;
}

/** A frame already shows a change that falls between it and the next measurement: then the one before it is asked for. */
async function linkWithSource(
  ask: (step: number) => Promise<UeLink>,
  decidedAtStep: number,
  source: number,
): Promise<UeLink> {
  if (source === 0) return ask(Math.ceil(decidedAtStep));
  const before = Math.max(0, Math.ceil(decidedAtStep) - 1);
  const link = await ask(before);
  return link.cell === source || before === 0 ? link : ask(before - 1);
}

const HEARD = 8;

function Link({ run, link, event }: { run: LoadedRun; link: UeLink; event: number }) {
  const { source, target } = run.events;
  const { falls, zero } = fallsOf(link.down);
  const part = (cell: number) =>
    cell === source[event] ? "source" : cell === target[event] ? "target" : undefined;
  const info = (name: string) => link.down.find((term) => term.name === name)?.value;
  const at = utcTime(run.record.startMs + 1000 * link.timeS);
  return (
    <>
      <h4>Cells heard at {at}, RSRP dBm</h4>
      <Levels
        label="Cells heard, the strongest first"
        levels={link.heard.slice(0, HEARD).map(({ cell, rsrpDbm }) => ({
          key: String(cell),
          title: `cell ${cell}`,
          value: rsrpDbm,
          text: fixed(rsrpDbm, 1),
          mark: part(cell),
        }))}
      />
      {link.heard.length > HEARD && (
        <p className="quiet">
          {whole(HEARD)} of {whole(link.heard.length)} cells heard, the strongest
        </p>
      )}
      <h4>
        Down from cell {link.cell}, dB: elevation {fixed(info("elevationDeg"), 1)}°,{" "}
        {fixed(info("slantRangeKm"), 0)} km, {link.lineOfSight ? "line of sight" : "no line of sight"}
      </h4>
      <Waterfall label="Link budget down, term by term" falls={falls} />
      <p className="quiet">
        SINR {fixed(info("sinrDb"), 1)} dB.{zero.length > 0 && ` Nothing from: ${zero.join(", ")}.`}
      </p>
    </>
  );
}
