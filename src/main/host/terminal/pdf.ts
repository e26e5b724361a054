import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const LIMIT_MS = 120_000;

/** Path of a Chromium to print with: $BEAMWALK_CHROMIUM, else one that is installed; null where there is none. */
export function findChromium(
  env: NodeJS.ProcessEnv = process.env,
  platform: string = process.platform,
): string | null {
  if (env.BEAMWALK_CHROMIUM) return runnable(env.BEAMWALK_CHROMIUM) ? env.BEAMWALK_CHROMIUM : null;
  const onPath = (env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...usual(env, platform)].find(runnable) ?? null;
}

function usual(env: NodeJS.ProcessEnv, platform: string): string[] {
  if (platform === "darwin")
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  if (platform !== "win32") return [];
  const folders = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter(
    (folder) => folder !== undefined,
  );
  return folders.flatMap((folder) => [
    join(folder, "Google", "Chrome", "Application", "chrome.exe"),
    join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
  ]);
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A page as PDF, or why there is none. */
export async function printPdf(
  page: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Uint8Array | string> {
  const chromium = findChromium(env);
  if (chromium === null)
    return env.BEAMWALK_CHROMIUM
      ? `BEAMWALK_CHROMIUM names "${env.BEAMWALK_CHROMIUM}", which cannot be run`
      : "no Chromium, Chrome or Edge was found (BEAMWALK_CHROMIUM may name one)";
  const folder = mkdtempSync(join(tmpdir(), "beamwalk-report-"));
  try {
    const html = join(folder, "report.html");
    writeFileSync(html, page);
    const pdf = join(folder, "report.pdf");
    const ended = await run(chromium, [...flags(folder), `--print-to-pdf=${pdf}`, pathToFileURL(html).href]);
    const printed = statSync(pdf, { throwIfNoEntry: false });
    return printed && printed.size > 0 ? readFileSync(pdf) : `${chromium} made none (${ended})`;
  } catch (error) {
    return `${chromium} could not print (${(error as Error).message})`;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A browser of its own that reaches no network: whatever it asks for goes to a proxy that is not there. */
const flags = (folder: string) => [
  "--headless",
  "--disable-gpu",
  "--disable-extensions",
  "--disable-background-networking",
  "--disable-sync",
  "--no-first-run",
  "--no-default-browser-check",
  "--proxy-server=127.0.0.1:1",
  "--no-pdf-header-footer",
  `--user-data-dir=${join(folder, "profile")}`,
  // as root Chromium starts in no other way; the page is our own and runs nothing
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** How it ended, in words. */
function run(command: string, args: string[]): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: "ignore" });
    const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
    child.on("error", fail);
    child.on("exit", (code, signal) => {
      clearTimeout(limit);
      done(signal === null ? `exit code ${code}` : `ended by ${signal}`);
    });
  });
}
