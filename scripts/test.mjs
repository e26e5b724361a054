// npm test [-- stage …]: every check in turn; the last line is `N passed, N failed`, with `, N skipped` where some were.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { environment, node24, rootFolder, run } from "./lib.mjs";
import { setUp, setUpBuild, setUpDependencies } from "./setup.mjs";

const folder = mkdtempSync(join(tmpdir(), "beamwalk-test-"));
const modules = (...path) => join(rootFolder, "node_modules", ...path);
/** The suite starts some hundred Node processes: each finds what the first of its kind compiled. */
const compiled = { NODE_COMPILE_CACHE: join(folder, "compiled") };

/** Each answers {passed, failed, skipped}. */
const STAGES = {
  types: () => single([modules("typescript", "bin", "tsc"), "--noEmit"]),
  lint: async () =>
    sum([
      await single([modules("oxlint", "bin", "oxlint"), "--deny-warnings"]),
      await single([modules("oxfmt", "bin", "oxfmt"), "--check"]),
    ]),
  build: async () => one(await setUpBuild(console.log)),
  unit: unitTests,
  e2e: browserTests,
};

async function main(wanted) {
  const strange = wanted.filter((name) => !(name in STAGES));
  if (strange.length > 0) {
    console.error(`${strange.join(", ")}: no such stage. There are ${Object.keys(STAGES).join(", ")}.`);
    return 2;
  }
  if (!(await setUpDependencies(console.log))) return finish([one(false)]);
  const results = [];
  for (const [name, stage] of Object.entries(STAGES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n== ${name}`);
    results.push(await stage());
  }
  return finish(results);
}

function finish(results) {
  rmSync(folder, { recursive: true, force: true });
  const { passed, failed, skipped } = sum(results);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return failed === 0 ? 0 : 1;
}

async function unitTests() {
  const report = join(folder, "unit.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = [modules("vitest", "vitest.mjs"), "run", ...reporters];
  const code = await run(node24(), args, { env: environment(compiled) });
  return counted(code, report, (r) => ({
    passed: r.numPassedTests,
    failed: r.numFailedTests,
    skipped: r.numPendingTests + r.numTodoTests,
  }));
}

async function browserTests() {
  if (!existsSync(join(rootFolder, "playwright.config.ts")))
    return one(false, "there is no playwright.config.ts");
  if (!(await setUp(console.log))) return one(false);
  const chromium = await ensureChromium(console.log);
  if (!chromium) return one(false);
  const report = join(folder, "e2e.json");
  const env = environment({
    ...compiled,
    BEAMWALK_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  const code = await run(
    node24(),
    [modules("@playwright", "test", "cli.js"), "test", "--reporter=list,json"],
    { env },
  );
  return counted(code, report, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

/** A run that ended badly without a failed test (a file that does not load, a crash) counts as one failure. */
function counted(code, report, read) {
  if (!existsSync(report)) return one(false);
  const counts = read(JSON.parse(readFileSync(report, "utf8")));
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const single = async (args) => one((await run(node24(), args)) === 0);

function one(good, why) {
  if (why) console.log(why);
  return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
}

const sum = (results) =>
  results.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    { passed: 0, failed: 0, skipped: 0 },
  );

process.exitCode = await main(process.argv.slice(2));
