import { ChevronLeft, ChevronRight, Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { draft } from "../../session/draft.ts";
import { isObject, pathText } from "../../session/draftEdits.ts";
import type { Json, Path } from "../../session/draftEdits.ts";
import { Button } from "../../widgets/Button.tsx";
import { Field, ProblemsAt } from "./Field.tsx";
import { ENTRIES_A_PAGE, fieldId, folds, setOpen, setPage } from "./folds.ts";
import { kindName, nameOf } from "./names.ts";
import { useProblemsUnder } from "./problems.ts";
import {
  asKind,
  helpOf,
  isRequired,
  kindOf,
  kindsOf,
  optionOf,
  partsOf,
  startOf,
  valueAt,
} from "./schema.ts";
import type { FieldSchema } from "./schema.ts";
import { write } from "./write.ts";

interface Props {
  path: Path;
  field: FieldSchema;
  required: boolean;
}

const useValue = (path: Path) => useStore(draft, (s) => valueAt(path, s.file?.edits?.now));

/** Whatever stands under a name: a field, a group that folds, or a list of entries. */
export function Part(props: Props) {
  const kind = kindOf(props.field);
  if (kind === "list") return <List {...props} />;
  return kind === "group" ? <Group {...props} /> : <Field {...props} />;
}

interface FoldProps {
  id: string;
  path: Path;
  title: string;
  /** beside the title */
  fact?: string;
  children: () => ReactNode;
}

/** A fold whose inside is there only while it is open. */
export function Fold({ id, path, title, fact, children }: FoldProps) {
  const key = pathText(path);
  const open = useStore(folds, (s) => s.open[key] ?? false);
  const wrong = useProblemsUnder(path);
  return (
    <details className="fold" open={open} onToggle={(event) => setOpen(key, event.currentTarget.open)}>
      <summary id={id}>
        <span className="fold-title">{title}</span>
        {fact && <span className="quiet">{fact}</span>}
        {wrong > 0 && <span className="wrong">{wrong === 1 ? "1 problem" : `${wrong} problems`}</span>}
      </summary>
      {open && <div className="fold-body">{children()}</div>}
    </details>
  );
}

export function Group({ path, field, required, tools }: Props & { tools?: ReactNode }) {
  const value = useValue(path);
  const optional = !required && field.default === undefined;
  const absent = optional && value === undefined;
  return (
    <Fold
      id={fieldId(path)}
      path={path}
      title={nameOf(String(path.at(-1)), false)}
      fact={absent ? "none" : factOf(field, value)}
    >
      {() => (
        <>
          {tools}
          <Help field={field} />
          {optional && <Presence path={path} field={field} present={!absent} />}
          <ProblemsAt path={path} />
          {!absent && <Inside path={path} field={field} value={value} />}
        </>
      )}
    </Fold>
  );
}

function Help({ field }: { field: FieldSchema }) {
  const explained = useStore(folds, (s) => s.explained);
  const help = helpOf(field);
  return explained && help ? <p className="quiet">{help}</p> : null;
}

function Presence({ path, field, present }: { path: Path; field: FieldSchema; present: boolean }) {
  const id = `${fieldId(path)}-given`;
  return (
    <div className="entry switch">
      <label htmlFor={id}>
        <span className="entry-name">{`${nameOf(String(path.at(-1)), false)} given`}</span>
      </label>
      <input
        id={id}
        type="checkbox"
        checked={present}
        onChange={({ target }) => write(path, target.checked ? startOf(field) : undefined)}
      />
    </div>
  );
}

function Inside({ path, field, value }: { path: Path; field: FieldSchema; value: Json | undefined }) {
  return (
    <>
      {field.oneOf && <Kind path={path} field={field} value={value} />}
      {partsOf(field, value).map(([key, part]) => (
        <Part
          key={`${kindOfValue(value)} ${key}`}
          path={[...path, key]}
          field={part}
          required={isRequired(field, value, key)}
        />
      ))}
    </>
  );
}

function Kind({ path, field, value }: { path: Path; field: FieldSchema; value: Json | undefined }) {
  const id = `${fieldId(path)}-kind`;
  const chosen = String(optionOf(field, value)?.properties?.kind?.const ?? "");
  return (
    <div className="entry choice">
      <label htmlFor={id}>
        <span className="entry-name">{`Kind of ${nameOf(String(path.at(-1)), false).toLowerCase()}`}</span>
      </label>
      <select id={id} value={chosen} onChange={(e) => write(path, asKind(field, value, e.target.value))}>
        {chosen === "" && <option value="">choose …</option>}
        {kindsOf(field).map((kind) => (
          <option key={kind} value={kind}>
            {kindName(kind)}
          </option>
        ))}
      </select>
    </div>
  );
}

const kindOfValue = (value: Json | undefined) => (isObject(value) ? String(value.kind ?? "") : "");

function factOf(field: FieldSchema, value: Json | undefined): string | undefined {
  if (field.oneOf) return kindName(String(optionOf(field, value)?.properties?.kind?.const ?? ""));
  return isObject(value) && typeof value.strategy === "string" ? value.strategy : undefined;
}

function List({ path, field, required }: Props) {
  const value = useValue(path) ?? field.default;
  const entries = Array.isArray(value) ? value : [];
  const key = pathText(path);
  const pages = Math.max(1, Math.ceil(entries.length / ENTRIES_A_PAGE));
  const page = useStore(folds, (s) => Math.min(s.page[key] ?? 0, pages - 1));
  const from = page * ENTRIES_A_PAGE;
  const name = nameOf(String(path.at(-1)), false);
  const add = () => {
    write(path, [...entries, startOf(field.items!)]);
    setPage(key, Math.floor(entries.length / ENTRIES_A_PAGE));
    setOpen(`${key}[${entries.length}]`, true);
  };
  const remove = (index: number) => {
    const left = entries.toSpliced(index, 1);
    write(path, left.length === 0 && !required ? undefined : left);
  };
  return (
    <Fold id={fieldId(path)} path={path} title={name} fact={entries.length.toLocaleString("en")}>
      {() => (
        <>
          <Help field={field} />
          <ProblemsAt path={path} />
          {entries.slice(from, from + ENTRIES_A_PAGE).map((entry, i) => (
            <ListEntry
              // entries have no name that stays
              // oxlint-disable-next-line react/no-array-index-key
              key={from + i}
              path={[...path, from + i]}
              field={field.items!}
              value={entry}
              onRemove={() => remove(from + i)}
            />
          ))}
          <div className="button-row">
            {pages > 1 && <Pager page={page} pages={pages} onPage={(to) => setPage(key, to)} />}
            <Button
              kind="quiet"
              icon={<Plus size={14} aria-hidden="true" />}
              disabled={entries.length >= (field.maxItems ?? Number.POSITIVE_INFINITY)}
              title={`Add to ${name.toLowerCase()}`}
              onClick={add}
            >
              Add
            </Button>
          </div>
        </>
      )}
    </Fold>
  );
}

function Pager({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  return (
    <>
      <Button
        kind="quiet"
        icon={<ChevronLeft size={14} aria-hidden="true" />}
        label="Entries before"
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      />
      <span className="quiet">
        {page + 1} of {pages.toLocaleString("en")}
      </span>
      <Button
        kind="quiet"
        icon={<ChevronRight size={14} aria-hidden="true" />}
        label="Entries after"
        disabled={page === pages - 1}
        onClick={() => onPage(page + 1)}
      />
    </>
  );
}

interface EntryProps {
  path: Path;
  field: FieldSchema;
  value: Json;
  onRemove: () => void;
}

function ListEntry({ path, field, value, onRemove }: EntryProps) {
  const number = Number(path.at(-1)) + 1;
  const name = isObject(value) ? (value.name ?? value.id) : undefined;
  const title = typeof name === "string" && name !== "" ? `${number}: ${name}` : String(number);
  return (
    <Fold id={fieldId(path)} path={path} title={title}>
      {() => (
        <>
          <ProblemsAt path={path} />
          <Inside path={path} field={field} value={value} />
          <Button
            kind="quiet"
            icon={<Trash2 size={14} aria-hidden="true" />}
            title={`Remove entry ${title}`}
            onClick={onRemove}
          >
            Remove
          </Button>
        </>
      )}
    </Fold>
  );
}
