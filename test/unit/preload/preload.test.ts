import { expect, test, vi } from "vitest";

const exposed = vi.hoisted(() => [] as [string, Record<string, Function>][]);
vi.mock("electron", () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: Record<string, Function>) => exposed.push([name, api]),
  },
  webUtils: { getPathForFile: (file: File) => `/somewhere/${file.name}` },
}));

test("the page gets the path of a file and nothing else", async () => {
  await import("../../../src/preload/index.ts");
  expect(exposed).toHaveLength(1);
  const [name, api] = exposed[0];
  expect(name).toBe("beamwalk");
  expect(Object.keys(api)).toEqual(["pathOfFile"]);
  expect(api.pathOfFile(new File([], "a.tle"))).toBe("/somewhere/a.tle");
});
