import { execFile, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { BigRun } from "./writeRun.ts";
import type { Scenario } from "../../src/shared/scenario.ts";

const root = resolve(import.meta.dirname, "../..");

export const dataFile = (name: string) => join(import.meta.dirname, "data", name);
export const scenarioFile = (name: string) => JSON.parse(readFileSync(dataFile(name), "utf8")) as Scenario;

interface Planned {
  run: string;
  handovers: { total: number; peakAtS: number };
}

async function planInto(db: string, scenario: string): Promise<Planned> {
  const args = ["out/main/cli.js", "plan", scenario, "--db", db, "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return JSON.parse(stdout) as Planned;
}

/** A planned scenario in a database of its own, for as long as this process lives. */
async function planAside(scenario: string): Promise<{ db: string; planned: Planned }> {
  const folder = mkdtempSync(join(tmpdir(), "beamwalk-planned-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const db = join(folder, "runs.db");
  return { db, planned: await planInto(db, scenario) };
}
/** By the scenario's text. */
const aside = new Map<string, ReturnType<typeof planAside>>();

/** A folder of its own for the database, gone with the test. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), "beamwalk-e2e-"));
  readonly db = join(this.folder, "runs.db");
  readonly #stops: (() => Promise<void>)[] = [];
  #door = 0;

  /** Opens the browser door and answers its address. */
  async openDoor(): Promise<string> {
    const args = ["out/main/serve.js", "--port", "0", "--no-open", "--db", this.db];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    this.#door = child.pid!;
    let complaints = "";
    child.stderr.on("data", (piece: Buffer) => (complaints += piece.toString()));
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    this.#stops.push(() => {
      child.kill();
      return ended;
    });
    for await (const line of createInterface(child.stdout)) {
      const address = /Beamwalk is at (\S+)/.exec(line)?.[1];
      if (address) return address;
    }
    throw new Error(`the browser door closed before it said where it is: ${complaints}`);
  }

  /** Processes that plan for the opened door. */
  engines(): number[] {
    return readFileSync(`/proc/${this.#door}/task/${this.#door}/children`, "utf8")
      .split(" ")
      .filter(Boolean)
      .map(Number)
      .filter((child) => readFileSync(`/proc/${child}/cmdline`, "utf8").includes("engine.js"));
  }

  /** Plans a scenario in the terminal and answers the run; one that was planned before into an empty database is copied. */
  async plan(scenario: string): Promise<Planned> {
    if (existsSync(this.db)) return planInto(this.db, scenario);
    const text = readFileSync(scenario, "utf8");
    const planning = aside.get(text) ?? planAside(scenario);
    aside.set(text, planning);
    const { db, planned } = await planning;
    copyFileSync(db, this.db);
    return planned;
  }

  /** Keeps a run of any size without planning it. */
  async write(big: BigRun): Promise<void> {
    const recipe = join(this.folder, `${big.run}.json`);
    writeFileSync(recipe, JSON.stringify(big));
    const args = ["test/e2e/writeRun.ts", this.db, recipe];
    await promisify(execFile)(process.execPath, args, { cwd: root });
  }

  async close(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The Electron binary, where it has been fetched. */
export function electronBinary(): string | null {
  const folder = join(root, "node_modules", "electron");
  const pathFile = join(folder, "path.txt");
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, "dist", readFileSync(pathFile, "utf8").trim());
  return existsSync(binary) ? binary : null;
}

export const rootFolder = root;
