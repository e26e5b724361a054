// Finds a Chromium for the browser tests, or gets one.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { listen, node24, rootFolder } from "./lib.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const env = process.env;
const PLACES = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA]
    .filter(Boolean)
    .map((folder) => join(folder, "Google", "Chrome", "Application", "chrome.exe")),
};

/** Path of a Chromium to run, or null. */
export function findChromium() {
  if (env.BEAMWALK_CHROMIUM) return runnable(env.BEAMWALK_CHROMIUM) ? env.BEAMWALK_CHROMIUM : null;
  const onPath = (env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return (
    [playwrightsOwn(), ...onPath, ...(PLACES[process.platform] ?? [])].find(
      (path) => path && runnable(path),
    ) ?? null
  );
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)("playwright").chromium.executablePath();
  } catch {
    return null;
  }
}

const isRoot = process.getuid?.() === 0;
const INSTALLERS = [
  {
    program: "/usr/bin/apt-get",
    root: true,
    steps: [
      ["apt-get", "update"],
      ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
    ],
  },
  { program: "/usr/bin/dnf", root: true, steps: [["dnf", "install", "-y", "chromium"]] },
  { program: "/usr/bin/pacman", root: true, steps: [["pacman", "-S", "--noconfirm", "chromium"]] },
  { program: "/opt/homebrew/bin/brew", root: false, steps: [["brew", "install", "--cask", "chromium"]] },
];

/** A Chromium by all means; null, with the reason said, where there is no way. */
export async function ensureChromium(say) {
  const found = findChromium();
  if (found) return found;
  if (env.BEAMWALK_CHROMIUM) {
    say(`BEAMWALK_CHROMIUM: "${env.BEAMWALK_CHROMIUM}" cannot be run`);
    return null;
  }
  say("No Chromium found; fetching Playwright's own …");
  const playwright = join(rootFolder, "node_modules", "playwright", "cli.js");
  await listen(node24(), [playwright, "install", "chromium"], { limitS: 300 });
  if (!findChromium()) await installFromSystem(say);
  const now = findChromium();
  if (!now)
    say(
      "No Chromium could be had. Install one (Debian: apt-get install chromium) or set BEAMWALK_CHROMIUM to its path.",
    );
  return now;
}

async function installFromSystem(say) {
  const installer = INSTALLERS.find(({ program, root }) => existsSync(program) && (isRoot || !root));
  for (const [command, ...args] of installer?.steps ?? []) {
    say(`${command} ${args.join(" ")} …`);
    await listen(command, args, { limitS: 600, env: { ...env, DEBIAN_FRONTEND: "noninteractive" } });
  }
}
