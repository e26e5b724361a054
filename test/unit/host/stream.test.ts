import { describe, expect, test } from "vitest";
import { streamOf } from "../../../src/main/host/stream.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function* failing() {
  yield "a";
  throw new Error("disk");
}

describe("a stream of pieces", () => {
  test("pulls no further than it is read", async () => {
    let made = 0;
    function* pieces() {
      while (made < 100) yield String(made++);
    }
    const reader = (await streamOf(pieces(), bytes)).getReader();
    await reader.read();
    await reader.read();
    expect(made).toBeLessThanOrEqual(3);
  });

  test("stops its source once when the reader goes, also in the middle of a wait", async () => {
    const calls: string[] = [];
    const source: AsyncIterator<string> = {
      next: () =>
        calls.push("next") === 1 ? Promise.resolve({ value: "a", done: false }) : new Promise(() => {}),
      return: () => (calls.push("return"), Promise.resolve({ value: undefined, done: true })),
    };
    const reader = (await streamOf(source, bytes, { onCancel: () => calls.push("cancel") })).getReader();
    await reader.read();
    void reader.read();
    await reader.cancel();
    expect(calls).toEqual(["next", "next", "cancel", "return"]);
  });

  test("refuses before the answer begins when the source refuses at once", async () => {
    const refusing = { next: () => Promise.reject(new Error("no such table")) };
    await expect(streamOf(refusing, bytes)).rejects.toThrow("no such table");
  });

  test("ends with last words, or breaks off, when the source fails on the way", async () => {
    const polite = await streamOf(failing(), bytes, {
      lastWords: (error) => bytes(`!${(error as Error).message}`),
    });
    expect(await new Response(polite).text()).toBe("a!disk");
    await expect(new Response(await streamOf(failing(), bytes)).text()).rejects.toThrow("disk");
  });
});
