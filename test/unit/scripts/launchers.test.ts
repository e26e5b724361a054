import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** The scripts in a small checkout of their own, with stand-ins for what they launch. */
let root: string;
const write = (path: string, content: string, mode = 0o644) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content, { mode });
};

/** Stand-in for the program: notes its arguments, answers `runs`, fails when told to. */
const PROGRAM = `import { appendFileSync } from "node:fs";
const args = process.argv.slice(2);
appendFileSync("asked.txt", args.join(" ") + "\\n");
if (args[0] === "runs") console.log(JSON.stringify([{ run: "old", createdMs: 1 }, { run: "new", createdMs: 2 }]));
if (args.includes("wrong")) process.exitCode = 2;
`;
const BUILDER = `const { mkdirSync, writeFileSync } = require("node:fs");
for (const folder of ["main", "preload", "renderer"]) mkdirSync("out/" + folder, { recursive: true });
writeFileSync("out/main/package.json", '{"type":"module"}');
writeFileSync("out/main/cli.js", ${JSON.stringify(PROGRAM)});
for (const file of ["main/engine.js", "preload/index.cjs", "renderer/index.html"]) writeFileSync("out/" + file, "");
`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "beamwalk-launch-"));
  cpSync(join(import.meta.dirname, "../../../scripts"), join(root, "scripts"), { recursive: true });
  write("package-lock.json", '{"packages":{}}');
  write("node_modules/.package-lock.json", '{"packages":{}}');
  write("node_modules/node/bin/node", `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, 0o755);
  write("node_modules/electron-vite/bin/electron-vite.js", BUILDER);
  write("src/a.ts", "");
});
afterEach(() => rmSync(root, { recursive: true }));

function launch(script: string, args: string[] = [], env: Record<string, string> = {}) {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...rest } = process.env;
  const options = { cwd: root, encoding: "utf8", env: { ...rest, ...env } } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "scripts", script), ...args],
    options,
  );
  const asked = existsSync(join(root, "asked.txt"))
    ? readFileSync(join(root, "asked.txt"), "utf8").trim().split("\n")
    : [];
  return { status, stdout, stderr, asked };
}

describe.skipIf(process.platform === "win32")("npm start", () => {
  test("builds, plans the default scenario and stops there with --plan-only", () => {
    const first = launch("start.mjs", ["--plan-only"]);
    expect(first).toMatchObject({ status: 0, stdout: "Building …\n", asked: ["plan dahouda-2023"] });
    expect(launch("start.mjs", ["--plan-only"]).stdout).toBe("");
  });

  test.skipIf(process.platform !== "linux")(
    "opens the newest run in the browser door where there is no window, and says why",
    () => {
      const { status, stdout, asked } = launch("start.mjs", ["oneweb", "--no-open"]);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^no Electron binary, no display.*: opening the browser door\.$/m);
      expect(asked).toEqual(["plan oneweb", "runs --json", "serve --run new --no-open"]);
    },
  );

  test.skipIf(process.platform !== "linux" || process.getuid?.() === 0)(
    "opens the newest run in the window where there is a display and a binary",
    () => {
      write("node_modules/electron/path.txt", "electron");
      write("node_modules/electron/dist/electron", '#!/bin/sh\necho "window $2" >> asked.txt\n', 0o755);
      const { asked } = launch("start.mjs", [], { DISPLAY: ":9" });
      expect(asked).toEqual(["plan dahouda-2023", "runs --json", "window --run=new"]);
    },
  );

  test.skipIf(process.platform !== "linux" || process.getuid?.() === 0)(
    "tries to fetch the binary once and remembers that it could not be had",
    () => {
      write(
        "node_modules/electron/install.js",
        'require("node:fs").appendFileSync("asked.txt", "fetch\\n"); process.exit(1);',
      );
      for (let i = 0; i < 2; i++) launch("start.mjs", ["--no-open"], { DISPLAY: ":9" });
      const { asked } = launch("start.mjs", ["--no-open"], { DISPLAY: ":9" });
      expect(asked.filter((line) => line === "fetch")).toHaveLength(1);
      expect(asked.filter((line) => line.startsWith("serve"))).toHaveLength(3);
    },
  );

  test("opens nothing when the plan failed, and passes its exit code on", () => {
    const { status, asked } = launch("start.mjs", ["wrong"]);
    expect(status).toBe(2);
    expect(asked).toEqual(["plan wrong"]);
  });

  test("refuses what it does not know before it does anything", () => {
    const { status, stderr, asked } = launch("start.mjs", ["a", "b", "--fast"]);
    expect(status).toBe(2);
    expect(stderr).toContain("--fast b: not known");
    expect(asked).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("beamwalk", () => {
  test("hands arguments and exit code through and keeps stdout for results", () => {
    expect(launch("beamwalk.mjs", ["runs", "--json"])).toMatchObject({
      status: 0,
      stdout: '[{"run":"old","createdMs":1},{"run":"new","createdMs":2}]\n',
      stderr: "Building …\n",
    });
    expect(launch("beamwalk.mjs", ["plan", "wrong"])).toMatchObject({
      status: 2,
      asked: ["runs --json", "plan wrong"],
    });
  });
});

const exits = (path: string, code: number) => write(`node_modules/${path}`, `process.exit(${code});`);
const reports = (path: string, file: string, content: object, code = 0) =>
  write(
    `node_modules/${path}`,
    `require("node:fs").writeFileSync(${file}, ${JSON.stringify(JSON.stringify(content))}); process.exit(${code});`,
  );
const lastLine = (stdout: string) => stdout.trimEnd().split("\n").at(-1);

describe.skipIf(process.platform === "win32")("npm test", () => {
  const VITEST_FILE = `process.argv.find((a) => a.startsWith("--outputFile.json=")).slice(18)`;
  const unit = (counts: object, code: number) => {
    const all = { numPassedTests: 40, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, ...counts };
    write(
      "node_modules/vitest/vitest.mjs",
      `import { writeFileSync } from "node:fs"; writeFileSync(${VITEST_FILE}, ${JSON.stringify(JSON.stringify(all))}); process.exit(${code});`,
    );
  };
  beforeEach(() => {
    for (const tool of ["typescript/bin/tsc", "oxlint/bin/oxlint", "oxfmt/bin/oxfmt"]) exits(tool, 0);
    unit({}, 0);
    write("playwright.config.ts", "");
    const stats = { expected: 6, flaky: 1, unexpected: 0, skipped: 0 };
    reports("@playwright/test/cli.js", "process.env.PLAYWRIGHT_JSON_OUTPUT_FILE", { stats });
  });
  const env = { BEAMWALK_CHROMIUM: "/bin/true" };

  test("ends with how many passed and failed", () => {
    const { status, stdout } = launch("test.mjs", [], env);
    expect(lastLine(stdout)).toBe("51 passed, 0 failed");
    expect(status).toBe(0);
  });

  test("counts failures and skips of every stage and goes on after the first", () => {
    exits("oxlint/bin/oxlint", 1);
    unit({ numFailedTests: 2, numPendingTests: 3, numTodoTests: 1 }, 1);
    const { status, stdout } = launch("test.mjs", [], env);
    expect(lastLine(stdout)).toBe("50 passed, 3 failed, 4 skipped");
    expect(status).toBe(1);
  });

  test("a stage that crashes, or has no browser, counts as a failure", () => {
    unit({}, 1);
    expect(lastLine(launch("test.mjs", ["unit"], env).stdout)).toBe("40 passed, 1 failed");
    exits("vitest/vitest.mjs", 0);
    expect(lastLine(launch("test.mjs", ["unit"], env).stdout)).toBe("0 passed, 1 failed");
    const { stdout } = launch("test.mjs", ["e2e"], { BEAMWALK_CHROMIUM: "/nowhere" });
    expect(lastLine(stdout)).toBe("0 passed, 1 failed");
    expect(stdout).toContain('"/nowhere" cannot be run');
  });

  test("runs one stage when asked, and no other name", () => {
    expect(lastLine(launch("test.mjs", ["types"], env).stdout)).toBe("1 passed, 0 failed");
    expect(launch("test.mjs", ["typos"], env).status).toBe(2);
  });
});
