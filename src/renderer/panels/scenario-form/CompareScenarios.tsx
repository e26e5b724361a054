import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { call } from "../../session/client.ts";
import { draft, readJson } from "../../session/draft.ts";
import type { JsonObject } from "../../session/draftEdits.ts";
import { Dialog } from "../../widgets/Dialog.tsx";
import { Select } from "../../widgets/Select.tsx";
import { Table } from "../../widgets/Table.tsx";
import type { TableColumn } from "../../widgets/Table.tsx";
import { differences } from "./differences.ts";
import type { Difference } from "./differences.ts";
import { shown } from "./schema.ts";

const NOW = "now";
const SAVED = "saved";
const ASIDE = "aside";
const GIVEN = "given";
const MOST_ROWS = 500;

/** Two scenarios side by side: only the fields in which they differ. */
export function CompareScenarios({ onClose }: { onClose: () => void }) {
  const { file, aside, bundled } = useStore(draft);
  const [given, setGiven] = useState<Given | null>(null);
  const options = [
    ...(given?.scenario ? [{ value: GIVEN, text: given.name }] : []),
    ...(file?.edits ? [{ value: NOW, text: `${file.name}, as it stands` }] : []),
    ...(file?.edits?.saved ? [{ value: SAVED, text: `${file.name}, as saved` }] : []),
    ...(aside?.edits ? [{ value: ASIDE, text: `${aside.name}, put aside` }] : []),
    ...bundled.map(({ name }) => ({ value: `bundled ${name}`, text: name })),
  ];
  const [one, setOne] = useState(options[0]!.value);
  const [other, setOther] = useState(options[1]?.value ?? options[0]!.value);
  const a = useScenario(one, given);
  const b = useScenario(other, given);
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    const scenario = readJson(await chosen.text());
    setGiven({ name: chosen.name, scenario });
    if (scenario) setOther(GIVEN);
    else if (other === GIVEN) setOther(one);
  };
  return (
    <Dialog title="Compare scenarios" onClose={onClose}>
      <div className="two-fields compare-choice">
        <Select label="One" value={one} options={options} onChange={setOne} />
        <Select label="Other" value={other} options={options} onChange={setOther} />
      </div>
      <label className="field">
        <span className="field-label">Or with a file</span>
        <input type="file" accept=".json" onChange={({ target }) => void take(target.files?.[0])} />
      </label>
      {given && !given.scenario && <p className="field-problem">{given.name} holds no scenario in JSON.</p>}
      {a && b ? <Differences a={a} b={b} /> : <p className="hint">Reading …</p>}
    </Dialog>
  );
}

interface Given {
  name: string;
  /** null: what was chosen is none */
  scenario: JsonObject | null;
}

function useScenario(which: string, given: Given | null): JsonObject | null {
  const { file, aside } = useStore(draft);
  const [read, setRead] = useState<{ which: string; scenario: JsonObject } | null>(null);
  useEffect(() => {
    const name = /^bundled (.*)/.exec(which)?.[1];
    if (name === undefined) return;
    let gone = false;
    call("scenarios.get", { name }).then(
      (scenario) => gone || setRead({ which, scenario: scenario as unknown as JsonObject }),
      (error: Error) => gone || draft.setState({ error }),
    );
    return () => {
      gone = true;
    };
  }, [which]);
  if (which === GIVEN) return given?.scenario ?? null;
  if (which === NOW) return file?.edits?.now ?? null;
  if (which === SAVED) return file?.edits?.saved ?? null;
  if (which === ASIDE) return aside?.edits?.now ?? null;
  return read?.which === which ? read.scenario : null;
}

const COLUMNS: TableColumn<Difference>[] = [
  { key: "field", title: "Field", cell: ({ field }) => <code>{field}</code> },
  { key: "unit", title: "Unit", cell: ({ unit }) => <span className="quiet">{unit}</span> },
  { key: "one", title: "One", cell: ({ one }) => shown(one) },
  { key: "other", title: "Other", cell: ({ other }) => shown(other) },
];

function Differences({ a, b }: { a: JsonObject; b: JsonObject }) {
  const found = differences(a, b);
  if (found.length === 0) return <p className="hint">They say the same in every field.</p>;
  return (
    <>
      <p className="hint" role="status">
        {found.length === 1 ? "1 field differs" : `${found.length.toLocaleString("en")} fields differ`}
        {found.length > MOST_ROWS && `, the first ${MOST_ROWS} are shown`}. What is left out counts as its
        default.
      </p>
      <div className="wide-table scenario-differences">
        <Table
          caption="Fields that differ"
          columns={COLUMNS}
          rows={found.slice(0, MOST_ROWS)}
          rowKey={({ field }) => field}
        />
      </div>
    </>
  );
}
