import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as setup from "../../../scripts/setup.mjs";

let root: string;
const write = (path: string, content: unknown) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
};
const LOCK = {
  "": { version: "0.1.0" },
  "node_modules/a": { version: "1.0.0" },
  "node_modules/for-mac": { version: "2.0.0", optional: true },
};
const installed = (packages: object) => write("node_modules/.package-lock.json", { packages });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "beamwalk-setup-"));
  write("package-lock.json", { packages: LOCK });
  write("node_modules/node/bin/node", "");
  write("src/main/a.ts", "export const a = 1;");
  write("electron.vite.config.ts", "");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("dependencies match", () => {
  test("when every package is there, those of other platforms aside", () => {
    installed({ "node_modules/a": { version: "1.0.0" } });
    expect(setup.dependenciesMatch(root)).toBe(true);
  });

  test.each([
    ["an interrupted install left no record", undefined],
    ["a package is missing", {}],
    ["a version differs", { "node_modules/a": { version: "1.0.1" } }],
    [
      "an optional package is there in another version",
      { "node_modules/a": { version: "1.0.0" }, "node_modules/for-mac": { version: "1.0.0" } },
    ],
    [
      "one too many is there",
      { "node_modules/a": { version: "1.0.0" }, "node_modules/old": { version: "1.0.0" } },
    ],
  ])("not when %s", (_, packages) => {
    if (packages) installed(packages);
    expect(setup.dependenciesMatch(root)).toBe(false);
  });
});

/** A builder that writes what the real one would, or fails. */
function builder(code: string) {
  write(
    "node_modules/electron-vite/bin/electron-vite.js",
    `const { mkdirSync, writeFileSync } = require("node:fs");${code}`,
  );
  const node = join(root, "node_modules/node/bin/node");
  writeFileSync(node, `#!/bin/sh\nexec "${process.execPath}" "$@"\n`);
  chmodSync(node, 0o755);
}
const GOOD_BUILD = `for (const file of ["main/cli.js", "main/engine.js", "preload/index.cjs", "renderer/index.html"]) {
  mkdirSync("out/" + file.split("/")[0], { recursive: true });
  writeFileSync("out/" + file, "");
}
console.log("built");`;

describe.skipIf(process.platform === "win32")("the build", () => {
  const said: string[] = [];
  const build = () => setup.setUpBuild((line) => said.push(line), root);
  beforeEach(() => void (said.length = 0));

  test("is made once, and again only when the content of a source changed", async () => {
    builder(GOOD_BUILD);
    expect(await build()).toBe(true);
    expect(said).toEqual(["Building …"]);
    utimesSync(join(root, "src/main/a.ts"), new Date(), new Date());
    expect(await build()).toBe(true);
    expect(said).toHaveLength(1);
    write("src/main/a.ts", "export const a = 2;");
    expect(await build()).toBe(true);
    expect(said).toHaveLength(2);
  });

  test("is made again when a file was renamed or a part of the result is gone", async () => {
    builder(GOOD_BUILD);
    const before = setup.sourceHash(root);
    cpSync(join(root, "src/main/a.ts"), join(root, "src/main/b.ts"));
    rmSync(join(root, "src/main/a.ts"));
    expect(setup.sourceHash(root)).not.toBe(before);
    await build();
    rmSync(join(root, "out/main/cli.js"));
    await build();
    expect(said).toHaveLength(2);
    expect(existsSync(join(root, "out/main/cli.js"))).toBe(true);
  });

  test("that fails is told with what the builder said, and tried again next time", async () => {
    builder(`console.error("no such export"); process.exit(1);`);
    expect(await build()).toBe(false);
    expect(said.at(-1)).toContain("no such export");
    expect(await build()).toBe(false);
    builder(GOOD_BUILD);
    expect(await build()).toBe(true);
  });
});
