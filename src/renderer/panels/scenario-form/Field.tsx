import { useId, useState } from "react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { draft, seal } from "../../session/draft.ts";
import type { Json, Path } from "../../session/draftEdits.ts";
import type { Problem } from "../../../shared/errors.ts";
import { fieldId, folds } from "./folds.ts";
import { kindName, nameOf } from "./names.ts";
import { useProblemsAt } from "./problems.ts";
import { choicesOf, helpOf, kindOf, rangeOf, shown, unitOf, valueAt } from "./schema.ts";
import type { FieldSchema } from "./schema.ts";
import { write } from "./write.ts";

interface Props {
  path: Path;
  field: FieldSchema;
  required: boolean;
}

interface ControlProps extends Props {
  id: string;
  value: Json | undefined;
  wrong: boolean;
  describedBy: string;
}

/** One field with its unit, range, default, help and what is wrong with it. */
export function Field({ path, field, required }: Props) {
  const value = useStore(draft, (s) => valueAt(path, s.file?.edits?.now));
  const problems = useProblemsAt(path);
  const explained = useStore(folds, (s) => s.explained);
  const about = useId();
  const unit = unitOf(field);
  const name = nameOf(String(path.at(-1)), unit !== "");
  const help = helpOf(field);
  const control = {
    path,
    field,
    required,
    value,
    id: fieldId(path),
    wrong: problems.length > 0,
    describedBy: about,
  };
  return (
    <div className={`entry ${kindOf(field)}`} onBlur={seal}>
      <label htmlFor={control.id} title={help || undefined}>
        <span className="entry-name">{name}</span>
        {unit && <span className="quiet">{unit}</span>}
      </label>
      <Control {...control} />
      <Notes id={about} explained={explained} help={help} range={rangeOf(field)} problems={problems} />
    </div>
  );
}

function Notes(props: {
  id: string;
  explained: boolean;
  help: string;
  range: string;
  problems: readonly Problem[];
}) {
  return (
    <div id={props.id} className="entry-notes">
      {props.range && <span className="quiet range">{props.range}</span>}
      {props.help && <span className={props.explained ? "quiet" : "hidden"}>{props.help}</span>}
      <FieldProblems problems={props.problems} />
    </div>
  );
}

export const ProblemsAt = ({ path }: { path: Path }) => <FieldProblems problems={useProblemsAt(path)} />;

function FieldProblems({ problems }: { problems: readonly Problem[] }): ReactNode {
  return problems.map(({ field, reason, remedy }) => (
    <span key={`${field} ${reason}`} className="field-problem">
      {reason}. {remedy}
    </span>
  ));
}

function Control(props: ControlProps) {
  switch (kindOf(props.field)) {
    case "choice":
      return <Choice {...props} />;
    case "switch":
      return <Switch {...props} />;
    case "words":
      return <Words {...props} />;
    case "number":
      return <Typed {...props} read={readNumber} />;
    default:
      return <Typed {...props} read={(text) => text} />;
  }
}

/** What is no number stays as it was typed, and the check says so. */
export function readNumber(text: string): Json | undefined {
  const bare = text
    .trim()
    .replace(/^[−–]/, "-")
    .replace(/^(-?\d+),(\d+)$/, "$1.$2");
  if (bare === "") return undefined;
  return Number.isFinite(Number(bare)) ? Number(bare) : text;
}

type Read = (text: string) => Json | undefined;

function Typed(props: ControlProps & { read: Read }) {
  const { field, value, path, read } = props;
  const [typed, setTyped] = useState("");
  // "1." and "1" are the same number, yet the point must not vanish while it is being typed
  const text = read(typed) === value && value !== undefined ? typed : textOf(value);
  return (
    <input
      id={props.id}
      value={text}
      inputMode={kindOf(field) === "number" ? "decimal" : "text"}
      placeholder={field.default === undefined ? (props.required ? "" : "not given") : shown(field.default)}
      aria-invalid={props.wrong}
      aria-required={props.required}
      aria-describedby={props.describedBy}
      autoComplete="off"
      spellCheck={false}
      onChange={({ target }) => {
        setTyped(target.value);
        write(path, target.value === "" ? undefined : read(target.value));
      }}
    />
  );
}

const textOf = (value: Json | undefined) =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

function Choice({ field, value, path, required, ...rest }: ControlProps) {
  const choices = choicesOf(field);
  const left = field.default === undefined ? (required ? "choose …" : "not given") : null;
  const known = value === undefined || choices.includes(value);
  return (
    <select
      id={rest.id}
      value={value === undefined ? "" : JSON.stringify(value)}
      aria-invalid={rest.wrong}
      aria-describedby={rest.describedBy}
      onChange={({ target }) =>
        write(path, target.value === "" ? undefined : (JSON.parse(target.value) as Json))
      }
    >
      <option value="">{left ?? `${kindName(shown(field.default))} (default)`}</option>
      {!known && <option value={JSON.stringify(value)}>{textOf(value)}</option>}
      {choices.map((choice) => (
        <option key={String(choice)} value={JSON.stringify(choice)}>
          {typeof choice === "string" ? kindName(choice) : shown(choice)}
        </option>
      ))}
    </select>
  );
}

function Switch({ field, value, path, ...rest }: ControlProps) {
  return (
    <input
      id={rest.id}
      type="checkbox"
      checked={(value ?? field.default) === true}
      aria-invalid={rest.wrong}
      aria-describedby={rest.describedBy}
      onChange={({ target }) => write(path, target.checked)}
    />
  );
}

/** A list of words or numbers, one a line. */
function Words({ field, value, path, ...rest }: ControlProps) {
  const [typed, setTyped] = useState("");
  const lines = Array.isArray(value) ? value : [];
  const text = same(readLines(typed, field), lines) ? typed : lines.map(textOf).join("\n");
  return (
    <textarea
      id={rest.id}
      value={text}
      rows={Math.min(8, Math.max(2, lines.length + 1))}
      placeholder="one a line"
      aria-invalid={rest.wrong}
      aria-describedby={rest.describedBy}
      onChange={({ target }) => {
        setTyped(target.value);
        const read = readLines(target.value, field);
        write(path, read.length === 0 ? undefined : read);
      }}
    />
  );
}

function readLines(text: string, field: FieldSchema): Json[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return field.items?.type === "string" ? lines : lines.map((line) => readNumber(line)!);
}

const same = (a: Json, b: Json) => JSON.stringify(a) === JSON.stringify(b);
