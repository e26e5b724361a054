import { X } from "lucide-react";
import { useMemo } from "react";
import { useStore } from "zustand";
import { middleOf, satelliteNow } from "../globe/satelliteFacts.ts";
import { clock } from "../session/clock.ts";
import { gatewayName, gateways } from "../session/gateways.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { selectSatellite } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { BUSIEST, CellTable } from "./CellTable.tsx";
import { cellRows } from "./cellRows.ts";
import { degrees, fixed, whole } from "./format.ts";

interface Props {
  run: LoadedRun;
  satellite: number;
  /** the chosen cell */
  cell: number | null;
}

/** Where the chosen satellite is, and its cells. */
export function Satellite({ run, satellite, cell }: Props) {
  return (
    <section className="section" aria-labelledby="satellite-title" data-testid="satellite">
      <div className="section-head">
        <h2 id="satellite-title">Satellite {run.track.names[satellite]}</h2>
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label="Let go of this satellite"
          onClick={() => selectSatellite(null)}
        />
      </div>
      <Facts run={run} satellite={satellite} />
      <Cells run={run} satellite={satellite} chosen={cell} />
    </section>
  );
}

function Facts({ run, satellite }: Pick<Props, "run" | "satellite">) {
  const timeS = useStore(clock, (s) => s.timeS);
  const middle = useMemo(() => middleOf(run.ues), [run]);
  useStore(gateways, (s) => s.known);
  const now = satelliteNow(run.track, satellite, timeS, middle);
  if (!now) return <p className="hint">Its orbit could not be propagated.</p>;
  const gateway = gatewayName(satellite, timeS);
  return (
    <dl className="facts-list">
      <Fact name="Height">{fixed(now.heightM / 1000, 1)} km</Fact>
      <Fact name="Speed">{fixed(now.speedMS / 1000, 2)} km/s in its orbit</Fact>
      <Fact name="Over">
        {degrees(now.latitudeDeg, "N", "S")}, {degrees(now.longitudeDeg, "E", "W")}
      </Fact>
      <Fact name="Elevation">
        {now.elevationDeg === null ? (
          <span title="The UEs are all around the Earth">–</span>
        ) : (
          elevationWords(now.elevationDeg)
        )}
      </Fact>
      {gateway !== null && <Fact name="Gateway">{gateway === "" ? "none in view" : gateway}</Fact>}
    </dl>
  );
}

const elevationWords = (deg: number) =>
  `${fixed(deg, 1)}° from the middle of the UEs${deg < 0 ? ", below the horizon" : ""}`;

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Cells({ run, satellite, chosen }: { run: LoadedRun; satellite: number; chosen: number | null }) {
  const rows = useMemo(() => cellRows(run, satellite), [run, satellite]);
  if (rows.length === 0) return <p className="hint">None of its cells served a UE in this run.</p>;
  const shown = rows.slice(0, BUSIEST);
  return (
    <>
      <CellTable caption="Cells of this satellite, the highest peak first" rows={shown} chosen={chosen} />
      <p className="quiet">
        {shown.length < rows.length && `${whole(shown.length)} of `}
        {whole(rows.length)} of its {whole(run.record.beams)} cells served
      </p>
    </>
  );
}
