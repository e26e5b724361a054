/** Where a JSON text goes wrong, and on which lines its records stand: what `JSON.parse` does not tell. */
const STRING = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"/;
const LITERAL = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/;
const TOKEN = new RegExp(String.raw`[ \t\r\n]*(?:(${STRING.source})|(${LITERAL.source})|([{}[\],:]))`, "y");
const SPACE = /[ \t\r\n]*/y;

export interface JsonScan {
  /** the first fault, null where the text is JSON */
  fault: { line: number; column: number; found: string } | null;
  /** line of every object that stands directly in the first array */
  recordLines: number[];
}

type Expect = "value" | "first item" | "first key" | "key" | "colon" | "next" | "end";

export function scanJson(text: string): JsonScan {
  const recordLines: number[] = [];
  const lines = lineCounter(text);
  const stack: string[] = [];
  let expect: Expect = "value";
  let recordDepth = 0;
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const token = match ? (match[3] ?? (match[1] === undefined ? "literal" : "string")) : null;
    const next: Expect | null = token ? follow(token, expect, stack) : null;
    if (!next) {
      SPACE.lastIndex = at;
      SPACE.exec(text);
      const start = SPACE.lastIndex;
      const complete = start === text.length && expect === "end";
      return { fault: complete ? null : { ...place(text, start), found: excerpt(text, start) }, recordLines };
    }
    at = TOKEN.lastIndex;
    if (token === "[") recordDepth ||= stack.length;
    if (token === "{" && stack.length === recordDepth + 1 && stack.at(-2) === "[")
      recordLines.push(lines(at - 1));
    expect = next;
  }
}

/** What may come after `token` where `expect` was awaited; null where the token is out of place. */
function follow(token: string, expect: Expect, stack: string[]): Expect | null {
  const after = (): Expect => (stack.length > 0 ? "next" : "end");
  const open = stack.at(-1);
  if (expect === "colon") return token === ":" ? "value" : null;
  if (expect === "key" || expect === "first key") {
    if (token === "string") return "colon";
    if (token !== "}" || expect === "key") return null;
    stack.pop();
    return after();
  }
  if (expect === "next" && token === ",") return open === "{" ? "key" : "value";
  if (token === (open === "{" ? "}" : "]") && open && (expect === "next" || expect === "first item")) {
    stack.pop();
    return after();
  }
  if (expect !== "value" && expect !== "first item") return null;
  if (token === "string" || token === "literal") return after();
  if (token !== "{" && token !== "[") return null;
  stack.push(token);
  return token === "{" ? "first key" : "first item";
}

const excerpt = (text: string, at: number) => text.slice(at, at + 20).split(/[\r\n]/)[0];

function place(text: string, offset: number) {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}

/** Line of an offset, for offsets that only grow. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = text.indexOf("\n");
  return (offset) => {
    while (at !== -1 && at < offset) {
      line++;
      at = text.indexOf("\n", at + 1);
    }
    return line;
  };
}
