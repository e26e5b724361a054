// npm start [-- [scenario] [--plan-only] [--no-open]]: set-up, a plan with its summary, then the window on that run.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listen, node24, rootFolder, run } from "./lib.mjs";
import { setUp } from "./setup.mjs";

const OPTIONS = ["--plan-only", "--no-open"];
const args = process.argv.slice(2);
const unknown = args.filter((arg) => arg.startsWith("-") && !OPTIONS.includes(arg));
const [scenario = "dahouda-2023", ...more] = args.filter((arg) => !arg.startsWith("-"));
const electronFolder = join(rootFolder, "node_modules", "electron");
const FETCH_LIMIT_S = 120;

if (unknown.length + more.length > 0) {
  console.error(
    `${[...unknown, ...more].join(" ")}: not known. npm start -- [scenario] [--plan-only] [--no-open]`,
  );
  process.exitCode = 2;
} else process.exitCode = await start();

async function start() {
  if (!(await setUp(console.log))) return 1;
  const cli = join(rootFolder, "out", "main", "cli.js");
  const code = await run(node24(), [cli, "plan", scenario]);
  if (code !== 0 || args.includes("--plan-only")) return code;

  const newest = await newestRun(cli);
  const quiet = args.includes("--no-open");
  const why = (await whyNoWindow()) ?? (quiet ? "no window wanted" : null);
  if (why === null) {
    if (await openWindow(newest)) return 0;
    console.log("Electron could not open its window: opening the browser door.");
  } else console.log(`${why}: opening the browser door.`);
  return run(node24(), [cli, "serve", "--run", newest, ...(quiet ? ["--no-open"] : [])]);
}

async function newestRun(cli) {
  const { output } = await listen(node24(), [cli, "runs", "--json"]);
  return JSON.parse(output).reduce((a, b) => (b.createdMs > a.createdMs ? b : a)).run;
}

/** What keeps the Electron window from opening here, or null. */
async function whyNoWindow() {
  const linux = process.platform === "linux";
  const reasons = [];
  if (linux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) reasons.push("no display");
  if (linux && process.getuid?.() === 0) reasons.push("Electron's sandbox does not run as root");
  if (!electronBinary() && (reasons.length > 0 || !(await fetchElectron())))
    reasons.unshift("no Electron binary");
  return reasons.length > 0 ? reasons.join(", ") : null;
}

function electronBinary() {
  try {
    const path = join(electronFolder, "dist", readFileSync(join(electronFolder, "path.txt"), "utf8"));
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Tries the download once; a failed try is remembered, so that later starts lose no time on it. */
async function fetchElectron() {
  const failed = join(electronFolder, "fetch-failed.txt");
  if (existsSync(failed)) return false;
  console.log("Fetching the Electron binary …");
  const { output } = await listen(node24(), [join(electronFolder, "install.js")], { limitS: FETCH_LIMIT_S });
  if (electronBinary()) return true;
  writeFileSync(failed, output);
  return false;
}

/** False where the window went away at once with an error. */
async function openWindow(newest) {
  const started = Date.now();
  const code = await run(electronBinary(), [rootFolder, `--run=${newest}`]);
  return code === 0 || Date.now() - started > 10_000;
}
