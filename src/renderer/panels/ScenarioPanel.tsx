import { useStore } from "zustand";
import { ArchiveRestore, PencilLine, X } from "lucide-react";
import {
  chooseBundled,
  closeForm,
  draft,
  dropElements,
  dropScenario,
  openForm,
  planInput,
  readFile,
  setSeed,
  takeBack,
  wantsElements,
} from "../session/draft.ts";
import type { Draft } from "../session/draft.ts";
import { isDirty } from "../session/draftEdits.ts";
import { Button } from "../widgets/Button.tsx";
import { FileDrop } from "../widgets/FileDrop.tsx";
import { NumberField } from "../widgets/NumberField.tsx";
import { Select } from "../widgets/Select.tsx";
import { ElementsReport } from "./ElementsReport.tsx";
import { ScenarioForm } from "./scenario-form/ScenarioForm.tsx";
import { duration, whole } from "./format.ts";
import { Failure, ProblemList } from "./Problems.tsx";

/** What to plan next: a bundled scenario, or one of your own, with element file and seed. */
export function ScenarioPanel() {
  const now = useStore(draft);
  const input = planInput(now);
  return (
    <div className="section">
      <h2 className="hidden">Scenario</h2>
      {now.file ? <OwnScenario file={now.file} editing={now.editing} /> : <Bundled now={now} />}
      {now.aside && (
        <Button kind="quiet" icon={<ArchiveRestore size={14} aria-hidden="true" />} onClick={takeBack}>
          Return to {now.aside.name}, not saved
        </Button>
      )}
      <FileDrop
        label="Choose a file …"
        hint="or drop one anywhere: a scenario (JSON), or orbits as TLE, 3LE or OMM"
        accept=".json,.tle,.3le,.txt,.csv,.xml,.kvn,.omm"
        busy={now.reading}
        onFile={(file) => void readFile(file)}
      />
      {now.error && <Failure title="The file could not be read" error={now.error} />}
      {now.elements && <ElementsReport elements={now.elements} onRemove={dropElements} />}
      {now.elements?.found && !wantsElements(now) && (
        <p className="hint">The chosen scenario brings its own orbits: the element file is not used.</p>
      )}
      <NumberField
        label="Seed"
        value={now.seed}
        min={0}
        max={4_294_967_295}
        placeholder="as the scenario says"
        onChange={setSeed}
      />
      {"missing" in input && now.bundled.length > 0 && <p className="hint">{input.missing}</p>}
    </div>
  );
}

function Bundled({ now }: { now: Draft }) {
  const chosen = now.bundled.find((b) => b.name === now.name);
  return (
    <>
      <Select
        label="Sample"
        value={now.name ?? ""}
        options={now.bundled.map((b) => ({ value: b.name, text: b.name }))}
        disabled={now.bundled.length === 0}
        onChange={chooseBundled}
      />
      {chosen && (
        <p className="about">
          {chosen.title && <span>{chosen.title}</span>}
          <Facts ues={chosen.ues} satellites={chosen.satellites} durationS={chosen.durationS} />
        </p>
      )}
      {chosen && (
        <Button icon={<PencilLine size={14} aria-hidden="true" />} onClick={() => void openForm()}>
          Edit this scenario
        </Button>
      )}
    </>
  );
}

function OwnScenario({ file, editing }: { file: NonNullable<Draft["file"]>; editing: boolean }) {
  const { scenario, problems, name, path, edits } = file;
  return (
    <>
      <div className="file-name">
        <b title={path}>{name}</b>
        {edits && isDirty(edits) && (
          <span className="dirty" title="It has edits that are in no file">
            not saved
          </span>
        )}
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label="Back to the samples"
          onClick={dropScenario}
        />
      </div>
      {scenario && (
        <p className="about">
          <span>{scenario.title || scenario.name}</span>
          <Facts ues={scenario.users.count} satellites={null} durationS={scenario.time.durationS} />
        </p>
      )}
      {problems.length > 0 && !editing && (
        <ProblemList
          title={`${problems.length} ${problems.length === 1 ? "problem" : "problems"} in ${name}`}
          problems={problems}
        />
      )}
      {edits && (
        <Button
          icon={<PencilLine size={14} aria-hidden="true" />}
          pressed={editing}
          onClick={editing ? closeForm : () => void openForm()}
        >
          {editing ? "Close the form" : "Edit this scenario"}
        </Button>
      )}
      {editing && edits && <ScenarioForm key={path} />}
    </>
  );
}

function Facts(facts: { ues: number; satellites: number | null; durationS: number }) {
  return (
    <span className="quiet">
      {whole(facts.ues)} UEs
      {facts.satellites === null
        ? ""
        : `, ${whole(facts.satellites)} satellite${facts.satellites === 1 ? "" : "s"}`}
      , {duration(facts.durationS)}
    </span>
  );
}
