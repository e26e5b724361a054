import { CircleHelp, Copy, GitCompareArrows, Redo2, Save, Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { draft, duplicate, editWhole, markSaved, redo, undo } from "../../session/draft.ts";
import type { JsonObject } from "../../session/draftEdits.ts";
import { call } from "../../session/client.ts";
import { Button } from "../../widgets/Button.tsx";
import { fileName, saveText } from "../save.ts";
import { CompareScenarios } from "./CompareScenarios.tsx";
import { folds, reveal, toggleExplained } from "./folds.ts";
import { Fold, Group, Part } from "./Parts.tsx";
import { PRESETS, groupFrom } from "./presets.ts";
import { placedProblems } from "./problems.ts";
import { isRequired, kindOf, partsOf, scenarioFields } from "./schema.ts";
import type { FieldSchema } from "./schema.ts";
import "./scenario-form.css";

/** The whole scenario, field by field, as its schema describes it. */
export function ScenarioForm() {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => listenToUndo(form.current!), []);
  const parts = partsOf(scenarioFields, undefined);
  const single = parts.filter(([, part]) => kindOf(part) !== "group");
  const groups = parts.filter(([, part]) => kindOf(part) === "group");
  return (
    <div ref={form} className="scenario-form" role="group" aria-label="Fields of the scenario">
      <Tools />
      <PlacedProblems />
      <Fold id="scenario-general" path={["general"]} title="General">
        {() => single.map(([key, part]) => <TopPart key={key} name={key} field={part} />)}
      </Fold>
      {groups.map(([key, part]) => (
        <Group
          key={key}
          path={[key]}
          field={part}
          required={isRequired(scenarioFields, undefined, key)}
          tools={<Presets group={key} />}
        />
      ))}
    </div>
  );
}

const TopPart = ({ name, field }: { name: string; field: FieldSchema }) => (
  <Part path={[name]} field={field} required={isRequired(scenarioFields, undefined, name)} />
);

/** Ctrl+Z and Ctrl+Shift+Z (Ctrl+Y) in the form, and wherever nothing else is being typed. */
function listenToUndo(form: HTMLElement): () => void {
  const follow = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
    const target = event.target as HTMLElement;
    if (!form.contains(target) && target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) redo();
    else undo();
  };
  addEventListener("keydown", follow);
  return () => removeEventListener("keydown", follow);
}

function Tools() {
  const edits = useStore(draft, (s) => s.file?.edits);
  const explained = useStore(folds, (s) => s.explained);
  const [comparing, setComparing] = useState(false);
  const icon = { size: 15, "aria-hidden": true } as const;
  return (
    <div className="button-row form-tools" role="toolbar" aria-label="Scenario">
      <Button
        kind="quiet"
        icon={<Undo2 {...icon} />}
        label="Undo (Ctrl+Z)"
        disabled={!edits?.past.length}
        onClick={undo}
      />
      <Button
        kind="quiet"
        icon={<Redo2 {...icon} />}
        label="Redo (Ctrl+Shift+Z)"
        disabled={!edits?.future.length}
        onClick={redo}
      />
      <Button
        kind="quiet"
        icon={<CircleHelp {...icon} />}
        label="Explain every field"
        pressed={explained}
        onClick={toggleExplained}
      />
      <Button kind="quiet" icon={<Copy {...icon} />} label="Duplicate the scenario" onClick={duplicate} />
      <Button
        kind="quiet"
        icon={<GitCompareArrows {...icon} />}
        label="Compare scenarios"
        onClick={() => setComparing(true)}
      />
      <Button kind="quiet" icon={<Save {...icon} />} label="Save as a file" onClick={save} />
      {comparing && <CompareScenarios onClose={() => setComparing(false)} />}
    </div>
  );
}

function save(): void {
  const { file } = draft.getState();
  if (!file?.edits) return;
  const name = file.name.replace(/\.json$/i, "");
  saveText(`${fileName(name)}.json`, "application/json", `${JSON.stringify(file.edits.now, null, 2)}\n`);
  markSaved();
}

/** Says how many fields are wrong and leads to each; what belongs to no field is said here. */
function PlacedProblems() {
  const placed = useStore(draft, placedProblems);
  if (placed.length === 0) return null;
  return (
    <div className="problems" role="status">
      <h4>{placed.length === 1 ? "1 problem" : `${placed.length} problems`}</h4>
      <ul>
        {placed.map(({ problem, path }) => (
          <li key={`${problem.field} ${problem.reason}`}>
            {path ? (
              <Button kind="quiet" title={`Go to ${problem.field}`} onClick={() => reveal(path)}>
                <code>{problem.field}</code>
              </Button>
            ) : (
              <code>{problem.field}</code>
            )}
            <span>{problem.reason}</span>
            {!path && <span className="quiet">{problem.remedy}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Fills a group at once, in one step of undo. */
function Presets({ group }: { group: string }) {
  const bundled = useStore(draft, (s) => s.bundled);
  const own = PRESETS[group] ?? [];
  const choose = async (value: string) => {
    const preset = own.find(({ title }) => title === value);
    if (preset) return editWhole(preset.apply);
    try {
      const other = (await call("scenarios.get", { name: value })) as unknown as JsonObject;
      editWhole(groupFrom(group, other));
    } catch (error) {
      draft.setState({ error: error as Error });
    }
  };
  const id = `preset-${group}`;
  return (
    <div className="entry choice">
      <label htmlFor={id}>
        <span className="entry-name">Preset</span>
      </label>
      <select id={id} value="" onChange={(event) => void choose(event.target.value)}>
        <option value="">fill this group …</option>
        {own.map(({ title }) => (
          <option key={title}>{title}</option>
        ))}
        <optgroup label="As in a bundled scenario">
          {bundled.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </optgroup>
      </select>
    </div>
  );
}
