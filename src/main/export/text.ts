/** Characters collected before they are handed on. */
const CHUNK = 65_536;

/** Text in pieces of about 64 KiB, as UTF-8: an export is never one string. */
export function* encoded(pieces: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK) continue;
    yield encoder.encode(text);
    text = "";
  }
  if (text !== "") yield encoder.encode(text);
}

/** Between `head` and `tail`, one item a line with commas between them: a JSON array that grows. */
export function* jsonArray(head: string, items: Iterable<unknown>, tail: string): Generator<string> {
  yield head;
  let first = true;
  for (const item of items) {
    yield (first ? "\n" : ",\n") + JSON.stringify(item);
    first = false;
  }
  yield tail;
}
