import { afterEach, describe, expect, it, vi } from "vitest";
import { encodeColumns } from "../../../src/shared/columns.ts";
import { BadInput, reportError } from "../../../src/shared/errors.ts";
import { call, fetchColumns, jsonLines } from "../../../src/renderer/session/client.ts";

afterEach(() => vi.unstubAllGlobals());

const answer = (body: BodyInit, status = 200) => {
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(new Response(body, { status })));
  vi.stubGlobal("fetch", fetch);
  return fetch;
};

function bytes(chunks: string[], onCancel = () => {}) {
  const queue = chunks.map((c) => new TextEncoder().encode(c));
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const next = queue.shift();
      if (next) controller.enqueue(next);
      else if (onCancel.length === 0) controller.close();
    },
    cancel: onCancel,
  });
}

async function all<T>(lines: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = [];
  for await (const line of lines) out.push(line);
  return out;
}

describe("the stream of events", () => {
  const signal = new AbortController().signal;

  it("puts lines together across chunks, even within a character, and takes a last line without its end", async () => {
    const whole = '{"a":"é"}\n{"a":2}\n\n{"a":3}';
    const raw = new TextEncoder().encode(whole);
    answer(
      new ReadableStream({
        start(controller) {
          for (let i = 0; i < raw.length; i += 7) controller.enqueue(raw.slice(i, i + 7));
          controller.close();
        },
      }),
    );
    expect(await all(jsonLines("/jobs/1/events", signal))).toEqual([{ a: "é" }, { a: 2 }, { a: 3 }]);
  });

  it("lets go of the stream when nobody reads on", async () => {
    const cancelled = vi.fn();
    answer(bytes(['{"a":1}\n', '{"a":2}\n', '{"a":3}\n', '{"a":4}\n'], cancelled));
    for await (const line of jsonLines("/jobs/1/events", signal)) {
      expect(line).toEqual({ a: 1 });
      break;
    }
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce());
  });
});

describe("an operation", () => {
  it("posts its input and answers the output", async () => {
    const fetch = answer(JSON.stringify({ job: "j1" }));
    expect(await call("plan", { name: "one" })).toEqual({ job: "j1" });
    expect(fetch.mock.calls[0]![0]).toBe("/api/plan");
    expect(fetch.mock.calls[0]![1]).toMatchObject({ method: "POST", body: '{"name":"one"}' });
  });

  it("throws every problem of a bad input", async () => {
    const problems = [{ field: "run", reason: "unknown", remedy: "choose another" }];
    answer(JSON.stringify(reportError(new BadInput(problems))), 400);
    const error = await call("runs.get", { run: "x" }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(BadInput);
    expect((error as BadInput).problems).toEqual(problems);
  });

  it("says in words what a foreign answer or a silent program means", async () => {
    answer("<html>", 502);
    await expect(call("about", {})).rejects.toThrow("502");
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(call("about", {})).rejects.toThrow("does not answer");
  });
});

it("reads binary columns and their meta data", async () => {
  answer(encodeColumns({ count: Uint32Array.of(1, 2, 3) }, { firstStep: 4 }));
  const { columns, meta } = await fetchColumns("a b", "density");
  expect(columns.count).toEqual(Uint32Array.of(1, 2, 3));
  expect(meta).toEqual({ firstStep: 4 });
});
