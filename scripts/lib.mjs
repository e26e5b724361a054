// What the scripts share. Plain JavaScript for Node 20 and later, no dependencies.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const rootFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** Signals that a launcher hands on to the program it launched. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** The Node that the program runs on: version 24 from the dependency `node`. */
export function node24(root = rootFolder) {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const own = join(root, "node_modules", "node", "bin", name);
  if (existsSync(own)) return own;
  return Number(process.versions.node.split(".")[0]) >= 22 ? process.execPath : null;
}

/** The environment with the dependencies' programs, Node 24 among them, first on PATH. */
export function environment(extra = {}) {
  const path = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const bin = join(rootFolder, "node_modules", ".bin");
  const separator = process.platform === "win32" ? ";" : ":";
  return { ...process.env, [path]: `${bin}${separator}${process.env[path] ?? ""}`, ...extra };
}

/** Runs a program to its end with our terminal; answers its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "inherit", cwd: rootFolder, env: environment(), ...options });
    const pass = (signal) => child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, pass);
    const end = (code) => {
      for (const signal of SIGNALS) process.off(signal, pass);
      resolve(code);
    };
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      end(1);
    });
    child.on("exit", (code, signal) => end(signal ? 1 : code));
  });
}

/** Runs a program quietly; answers its exit code and what it said. `limitS` ends it. */
export function listen(command, args, { limitS, env = environment(), cwd = rootFolder } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      cwd,
      env,
      timeout: limitS && limitS * 1000,
    });
    let output = "";
    const hear = (chunk) => (output += chunk);
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** npm, wherever this Node keeps it. */
export const npm = process.platform === "win32" ? ["cmd", "/c", "npm"] : ["npm"];
