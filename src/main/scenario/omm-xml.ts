import { XMLParser, XMLValidator } from "fast-xml-parser";
import { lineCounter } from "./json-scan.ts";
import { readOmm } from "./omm.ts";
import { emptyReadings, type Readings } from "./records.ts";

const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, processEntities: false });
const OPENING = /<((?:[\w-]+:)?omm)[\s>]/gi;

/**
 * Every `<omm>` element, each parsed by itself, so that a broken one spoils no other. A document type is refused:
 * no element file needs one, and entities can be made to grow without bound.
 */
export function readOmmXml(text: string): Readings {
  const readings = emptyReadings();
  const reject = (line: number, reason: string) => readings.rejected.push({ line, id: null, reason });
  const lineOf = lineCounter(text);
  const doctype = text.search(/<!(?:DOCTYPE|ENTITY)/i);
  if (doctype >= 0) {
    reject(lineOf(doctype), "the XML declares a document type or entities, which are not read");
    return readings;
  }
  const openings = [...text.matchAll(OPENING)];
  if (openings.length === 0) reject(1, "no <omm> element");
  openings.forEach((opening, i) => {
    const line = lineOf(opening.index);
    const limit = openings[i + 1]?.index ?? text.length;
    const closing = `</${opening[1]}`;
    const close = text.indexOf(closing, opening.index);
    const end = close < 0 ? -1 : text.indexOf(">", close);
    if (end < 0 || end >= limit) return reject(line, `<${opening[1]}> is not closed`);
    const element = text.slice(opening.index, end + 1);
    const valid = XMLValidator.validate(element);
    if (valid !== true) return reject(line + valid.err.line - 1, `not well-formed XML: ${valid.err.msg}`);
    const fields: Record<string, string> = {};
    collect(fields, parser.parse(element));
    readOmm(readings, fields, line);
  });
  return readings;
}

/** Texts of all elements without children, by name. */
function collect(fields: Record<string, string>, node: object): void {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === "string") fields[key.toUpperCase()] = decode(value);
    else if (typeof value === "object" && value !== null) collect(fields, value);
  }
}

const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const decode = (text: string) => text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => NAMED[name]);
