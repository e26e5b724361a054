/** Memory in the order of asking, zero at first and never given back: an instance of the module serves one run. */
import { full } from "./host";

const PAGE: usize = 65_536;
/** pages by which it grows at least */
const STEP: usize = 64;

let top: usize = __heap_base;

/** So many items of so many bytes, from a multiple of 8 on. */
export function allocate(items: usize, bytes: usize): usize {
  const at: u64 = (<u64>top + 7) & ~7;
  const end = at + <u64>items * <u64>bytes;
  if (end > <u64>u32.MAX_VALUE) full();
  const pages = <usize>((end + PAGE - 1) / PAGE);
  const have = <usize>memory.size();
  if (pages > have) {
    const wanted = max(pages - have, STEP);
    if (memory.grow(<i32>wanted) < 0 && memory.grow(<i32>(pages - have)) < 0) full();
  }
  top = <usize>end;
  return <usize>at;
}

/** records that are made together */
const RECORDS: usize = 512;

/** Makes room for records that hang together by a field of theirs; answers the first. */
export function makeRecords(bytes: usize, nextField: usize): usize {
  const first = allocate(RECORDS, bytes);
  const last = first + (RECORDS - 1) * bytes;
  for (let at = first; at < last; at += bytes) store<usize>(at + nextField, at + bytes);
  return first;
}

/** Bytes in use. */
export function used(): usize {
  return top;
}
