import { z } from "zod";
import { scenarioSchema } from "../../shared/scenario.ts";
import {
  count,
  dateUtc,
  facts,
  figureText,
  markup,
  list,
  type Content,
  type Markup,
} from "./report-markup.ts";
import type { Source } from "./source.ts";

/** What is read of the scenario's JSON Schema. */
interface Node {
  unit?: string;
  description?: string;
  const?: unknown;
  properties?: Record<string, Node>;
  items?: Node;
  oneOf?: Node[];
  anyOf?: Node[];
}
const SCHEMA = z.toJSONSchema(scenarioSchema, { io: "input" }) as Node;

const TITLES: Record<string, string> = {
  time: "Time",
  constellation: "Constellation",
  payload: "Payload and beams",
  radio: "Radio",
  channel: "Channel",
  users: "Users (UEs)",
  coverage: "Coverage",
  gateways: "Gateways",
  terrestrial: "Sites on the ground",
  handover: "Handover",
  signalling: "Signalling",
  learning: "Learning",
};

/** Every field of the scenario with its unit; those that the file gives stand out from the defaults. */
export function scenarioPart({ reader, record }: Source): Markup {
  const scenario = reader.scenario(record.run) as unknown as Record<string, unknown>;
  const kept = reader.scenarioText(record.run);
  const given = JSON.parse(kept.scenarioText.replace(/^\uFEFF/, "")) as Record<string, unknown>;
  const assumptions = scenario.assumptions as string[];
  const sections = Object.entries(TITLES).filter(([key]) => scenario[key] !== undefined);
  return markup`<p>
      Name: <b>${record.scenario}</b>. Start: ${dateUtc(record.startMs)}; ${figureText(record.durationS)} s in
      steps of ${figureText(record.stepS)} s; marked instant at ${figureText(record.markS)} s.
      ${kept.elementsName !== null && markup`Elements: ${kept.elementsName}. `}<b>Bold</b>: as the scenario file
      gives it; the rest are defaults.
    </p>
    <h3>Assumptions</h3>
    ${assumptions.length === 0 ? markup`<p>None are written in the scenario.</p> ` : list(assumptions)}
    <div class="columns">
      ${sections.map(
        ([key, title]) =>
          markup`<div>
            <h3>${title}</h3>
            ${facts(fieldsOf(scenario[key], given[key], SCHEMA.properties![key], []))}
          </div> `,
      )}
    </div> `;
}

/** Of long lists the first entries, with how many there are. */
const LISTED = 6;

function fieldsOf(
  value: unknown,
  given: unknown,
  schema: Node | undefined,
  path: string[],
): [Content, Content][] {
  const node = schema && member(schema, value);
  if (Array.isArray(value)) {
    if (!value.some((item) => typeof item === "object"))
      return [[nameOf(path), shown(given, listText(value, node))]];
    const all = value
      .slice(0, LISTED)
      .flatMap((item, i) =>
        fieldsOf(item, Array.isArray(given) ? given[i] : undefined, node?.items, [...path, String(i + 1)]),
      );
    const more: [Content, Content][] =
      value.length > LISTED ? [[nameOf(path), `and ${count(value.length - LISTED)} more`]] : [];
    return [...all, ...more];
  }
  if (typeof value === "object" && value !== null) {
    const own = (given ?? {}) as Record<string, unknown>;
    return Object.entries(value).flatMap(([key, item]) =>
      fieldsOf(item, own[key], node?.properties?.[key], [...path, key]),
    );
  }
  return [[nameOf(path), shown(given, valueText(value, node))]];
}

const listText = (values: unknown[], node: Node | undefined) => {
  const first = values.slice(0, LISTED).map((value) => valueText(value, undefined));
  const unit = node?.items?.unit;
  const more = values.length > LISTED ? `, … (${count(values.length)})` : "";
  return `${first.length === 0 ? "none" : first.join(", ")}${more}${unit && unit !== "1" ? ` ${unit}` : ""}`;
};

const shown = (given: unknown, text: string): Content =>
  given === undefined ? text : markup`<span class="given">${text}</span>`;

/** The option of a union that a value belongs to, by its fixed fields; the node itself without options. */
function member(node: Node, value: unknown): Node {
  const own = (value ?? {}) as Record<string, unknown>;
  const fits = ({ properties }: Node) =>
    Object.entries(properties ?? {}).some(([key, p]) => p.const !== undefined && p.const === own[key]);
  return node.oneOf?.find(fits) ?? node;
}

function valueText(value: unknown, node: Node | undefined): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return String(value);
  const unit = node?.unit ?? node?.description?.match(/\[([^\]]+)\]$/)?.[1];
  const text =
    Number.isInteger(value) && Math.abs(value) < 1e12
      ? value.toLocaleString("en-US")
      : String(Number(value.toPrecision(9)));
  return `${text.replace("-", "−")}${unit === undefined || unit === "1" ? "" : ` ${unit}`}`;
}

/** A unit at the end of a name is said beside the value. */
const UNIT_END = /(?:DbPerK|DbwPerMHz|DbKgM2|KgM2|GHz|MHz|KHz|Mbps|Percent|MmH|Dbm|Deg|Kmh|Km|Ms|Db|M|S)$/;

const NAMES: Record<string, string> = { scintillationDb: "fixed scintillation", gOverTDbPerK: "G/T" };
const SHORT: Record<string, string> = { cpus: "CPUs" };

/** steering.limitDeg → "steering: limit"; classes[0].share → "classes 1: share" */
const nameOf = (path: string[]): string =>
  path
    .map(
      (key) =>
        NAMES[key] ??
        key
          .replace(UNIT_END, "")
          .replaceAll(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
          .replaceAll(
            /\b(?:a3|t304|rsrp|raan|eirp|ann|svm|prach|cpus)\b/g,
            (word) => SHORT[word] ?? word.toUpperCase(),
          ),
    )
    .join(": ")
    .replaceAll(/: (\d+)\b/g, " $1");
