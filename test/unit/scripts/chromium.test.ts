import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const script = join(import.meta.dirname, "../../../scripts/chromium.mjs");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "beamwalk-chromium-"));
  writeFileSync(join(folder, "google-chrome"), "#!/bin/sh\n", { mode: 0o755 });
  writeFileSync(join(folder, "chromium"), "not a program", { mode: 0o644 });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Asked in a process of its own, because the search reads the environment. */
function find(env: Record<string, string>) {
  const code = `import(${JSON.stringify(script)}).then((m) => console.log(JSON.stringify(m.findChromium())))`;
  const nowhere = { PLAYWRIGHT_BROWSERS_PATH: join(folder, "none") };
  return JSON.parse(
    execFileSync(process.execPath, ["-e", code], { env: { ...nowhere, ...env }, encoding: "utf8" }),
  );
}

test("BEAMWALK_CHROMIUM goes before everything, and is not replaced when it cannot be run", () => {
  const chrome = join(folder, "google-chrome");
  expect(find({ BEAMWALK_CHROMIUM: chrome, PATH: "" })).toBe(chrome);
  expect(find({ BEAMWALK_CHROMIUM: join(folder, "chromium"), PATH: folder })).toBeNull();
});

test.skipIf(process.platform !== "linux")("else the first on PATH that can be run, else none", () => {
  expect(find({ PATH: `${join(folder, "none")}:${folder}` })).toBe(join(folder, "google-chrome"));
  expect(find({ PATH: join(folder, "none") })).toBeNull();
});
