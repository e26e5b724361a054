// Set-up: dependencies from the lockfile and the build, each only where something changed.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environment, listen, node24, npm, rootFolder } from "./lib.mjs";

const BUILT_FROM = ["src", "electron.vite.config.ts", "tsconfig.json", "package.json", "package-lock.json"];
const BUILT = ["out/main/cli.js", "out/main/engine.js", "out/preload/index.cjs", "out/renderer/index.html"];
const STAMP = "out/built-from.txt";

/** Brings everything up to date; `say` gets one line for each step taken. Answers whether all went well. */
export async function setUp(say, root = rootFolder) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    say(`Beamwalk needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org`);
    return false;
  }
  return (await setUpDependencies(say, root)) && (await setUpBuild(say, root));
}

export async function setUpDependencies(say, root = rootFolder) {
  if (dependenciesMatch(root)) return true;
  say("Installing dependencies (npm ci), about half a minute …");
  const env = environment({ ONNXRUNTIME_NODE_INSTALL: "skip", npm_config_loglevel: "error" });
  const [command, ...args] = npm;
  const { code, output } = await listen(
    command,
    [...args, "ci", "--include=dev", "--ignore-scripts=false", "--no-fund", "--no-audit"],
    {
      env,
      cwd: root,
    },
  );
  if (code === 0 && node24(root)) return true;
  say(`npm ci failed:\n${output.trim().split("\n").slice(0, 20).join("\n")}`);
  return false;
}

/**
 * npm leaves a lockfile of what it installed; it is written last, so an interrupted install has none.
 * Packages for other platforms are missing from it, hence "optional".
 */
export function dependenciesMatch(root = rootFolder) {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !installed || !node24(root)) return false;
  return (
    Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === "" || installed[path]?.version === version || (optional && !installed[path]),
    ) && Object.keys(installed).every((path) => path in wanted)
  );
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? null;
  } catch {
    return null;
  }
}

export async function setUpBuild(say, root = rootFolder) {
  const stamp = sourceHash(root);
  if (buildMatches(stamp, root)) return true;
  say("Building …");
  const builder = join("node_modules", "electron-vite", "bin", "electron-vite.js");
  const { code, output } = await listen(node24(root), [builder, "build", "--logLevel", "warn"], {
    cwd: root,
  });
  const missing = BUILT.filter((file) => !existsSync(join(root, file)));
  if (code !== 0 || missing.length > 0) {
    say(
      `The build failed${missing.length > 0 ? ` (missing: ${missing.join(", ")})` : ""}:\n${output.trim()}`,
    );
    return false;
  }
  writeFileSync(join(root, STAMP), stamp);
  return true;
}

function buildMatches(stamp, root) {
  try {
    return (
      readFileSync(join(root, STAMP), "utf8") === stamp && BUILT.every((file) => existsSync(join(root, file)))
    );
  } catch {
    return false;
  }
}

/** Hash of the names and contents of everything that goes into the build. */
export function sourceHash(root = rootFolder) {
  const hash = createHash("sha256");
  for (const path of BUILT_FROM.flatMap((name) => filesUnder(root, name)))
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}

function filesUnder(root, path) {
  if (!existsSync(join(root, path))) return [];
  if (path !== "src") return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

if (process.argv[1] === import.meta.filename) process.exitCode = (await setUp(console.log)) ? 0 : 1;
