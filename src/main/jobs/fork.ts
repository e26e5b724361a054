import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { rootFolder } from "../paths.ts";
import type { EngineProcess, StartEngine } from "./messages.ts";

const built = join(rootFolder, "out", "main", "engine.js");
const source = join(rootFolder, "src", "main", "jobs", "engine.ts");

/** Path of the engine's entry: the build's, unless this very file runs from the sources. */
export const engineEntry = () => (import.meta.url.endsWith(".ts") || !existsSync(built) ? source : built);

/** Starts engines as child processes of Node, for the terminal and the browser door. */
export const forkEngine = (): StartEngine => () => {
  const child = fork(engineEntry(), {
    serialization: "advanced",
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const engine: EngineProcess = {
    send: (message) => child.send(message, () => {}),
    onMessage: (listener) => child.on("message", listener as (message: unknown) => void),
    onExit: (listener) => child.on("exit", listener).on("error", () => listener(null, "could not start")),
    kill: () => child.kill("SIGKILL"),
  };
  return engine;
};
