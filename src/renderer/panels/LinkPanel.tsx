import { useState } from "react";
import { useStore } from "zustand";
import type { LinkTerm, UeLink } from "../../shared/link.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { runs } from "../session/runs.ts";
import { selectCell, selectSatellite, selectUe, view } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { Levels } from "../widgets/Levels.tsx";
import { NumberField } from "../widgets/NumberField.tsx";
import { Waterfall } from "../widgets/Waterfall.tsx";
import { fallsOf } from "./budget.ts";
import { fixed, utcTime, whole } from "./format.ts";
import { Failure } from "./Problems.tsx";
import { useChosenLink } from "./ueLink.ts";

/** The link budget of one UE, term by term, and what else it hears. */
export function LinkPanel() {
  const run = useStore(runs, (s) => s.current);
  if (!run) return <p className="empty">Open a run: the link of each of its UEs can be looked at.</p>;
  return <Chosen run={run} />;
}

function Chosen({ run }: { run: LoadedRun }) {
  const shown = useChosenLink(run);
  const asked = useStore(view, (s) => s.ue !== null || s.handover !== null);
  return (
    <div className="panel-body wide-columns" data-testid="link">
      <section className="section" aria-labelledby="link-title">
        <h2 id="link-title">
          {shown?.value ? `Link of UE ${shown.value.ue}` : "Link of a UE"}
          {shown?.value && <span className="quiet"> {when(run, shown.value, shown.handover)}</span>}
        </h2>
        <UeField ues={run.record.ues} />
        {!asked && (
          <p className="hint">
            Type the number of a UE for its link at the time of the clock, or open a handover for that of its
            UE just before. Or double-click its dot on the globe.
          </p>
        )}
        {asked && !shown && <p className="hint">Loading …</p>}
        {shown?.unservedAtS !== undefined && (
          <p className="hint">
            UE {shown.ue} has no service at {utcTime(run.record.startMs + 1000 * shown.unservedAtS)}: there is
            no link. Move the clock to when a cell serves it.
          </p>
        )}
        {shown?.error && <Failure title="No link budget at this instant" error={shown.error} />}
        {shown?.value && <Facts link={shown.value} names={run.track.names} />}
      </section>
      {shown?.value && (
        <>
          <Budget way="down" link={shown.value} />
          <Budget way="up" link={shown.value} />
          <Heard run={run} link={shown.value} handover={shown.handover} />
        </>
      )}
    </div>
  );
}

function when(run: LoadedRun, { timeS }: UeLink, handover: number | null): string {
  const at = utcTime(run.record.startMs + 1000 * timeS);
  return handover === null ? `at ${at}` : `at ${at}, before handover ${handover}`;
}

/** Shows what is chosen elsewhere too, and keeps what is typed. */
function UeField({ ues }: { ues: number }) {
  const ue = useStore(view, (s) => s.ue);
  const [typed, setTyped] = useState(ue);
  const [fresh, setFresh] = useState(0);
  if (ue !== typed && !(ue === null && Number.isNaN(typed))) {
    setTyped(ue);
    setFresh(fresh + 1);
  }
  return (
    <NumberField
      key={fresh}
      label="UE, at the time of the clock"
      value={ue}
      min={0}
      max={ues - 1}
      placeholder={`0 to ${whole(ues - 1)}`}
      onChange={(value) => {
        setTyped(value);
        selectUe(Number.isNaN(value) ? null : value);
      }}
    />
  );
}

const infoOf = (terms: readonly LinkTerm[], name: string) => terms.find((term) => term.name === name)?.value;

function SatelliteName({ name, names }: { name: string; names: string[] }) {
  const at = names.indexOf(name);
  if (at < 0) return name;
  return (
    <Button kind="quiet" title="Choose this satellite" onClick={() => selectSatellite(at)}>
      {name}
    </Button>
  );
}

function Facts({ link, names }: { link: UeLink; names: string[] }) {
  return (
    <p className="facts">
      {link.cell === 0 ? (
        "No cell serves it."
      ) : (
        <>
          Served by{" "}
          <Button kind="quiet" title="Choose this cell" onClick={() => selectCell(link.cell)}>
            cell {link.cell}
          </Button>{" "}
          of <SatelliteName name={link.satellite} names={names} />: elevation{" "}
          {fixed(infoOf(link.down, "elevationDeg"), 1)}°, {fixed(infoOf(link.down, "slantRangeKm"), 0)} km,{" "}
          {link.lineOfSight ? "line of sight" : "no line of sight"}.
        </>
      )}
    </p>
  );
}

const WAYS = { down: "Down", up: "Up" };

function Budget({ way, link }: { way: "down" | "up"; link: UeLink }) {
  const terms = link[way];
  if (terms.length === 0) return null;
  const { falls, zero } = fallsOf(terms);
  const sinr = infoOf(terms, "sinrDb");
  return (
    <section className="section" aria-labelledby={`link-${way}`}>
      <h2 id={`link-${way}`}>
        {WAYS[way]} <span className="quiet">{way === "down" ? "from" : "to"} the satellite, dB</span>
      </h2>
      <Waterfall label={`Link budget ${way}, term by term`} falls={falls} />
      <p className="quiet">
        {sinr !== undefined && `SINR ${fixed(sinr, 1)} dB. `}
        {zero.length > 0 && `Nothing from: ${zero.join(", ")}.`}
      </p>
    </section>
  );
}

const HEARD = 8;

function Heard({ run, link, handover }: { run: LoadedRun; link: UeLink; handover: number | null }) {
  const { source, target } = run.events;
  const part = (cell: number) => {
    if (handover === null) return cell === link.cell ? "serves" : undefined;
    return cell === source[handover] ? "source" : cell === target[handover] ? "target" : undefined;
  };
  return (
    <section className="section" aria-labelledby="heard-title">
      <h2 id="heard-title">
        Cells heard <span className="quiet">RSRP, dBm</span>
      </h2>
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
    </section>
  );
}
