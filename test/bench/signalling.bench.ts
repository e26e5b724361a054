/**
 * Three satellites in line, beam radius 25 km, 7.56 km/s, 22 s: every UE of the first beam goes to the second and to the third, every
 * message through queues (parameters of zbh888/LEOhandover); beside a plain Python event queue of the same model. Both clocks run from
 * the handovers in memory to the last event, each in a process of its own: its first run (cold), and ours once more with further seeds
 * (warm); "process" is from the start of the interpreter to its end, reading the UEs and all. The two take turns, and each one's
 * quickest round counts. Prints seconds and ratios; never fails. Run through `npm run bench`.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Attempts } from "../../src/main/handover/attempts.ts";
import { signallingSettings } from "../../src/main/handover/attempts.ts";
import { OUTCOMES } from "../../src/main/handover/procedure.ts";
import { signalling } from "../../src/main/handover/signalling.ts";
import { Random } from "../../src/main/math/random.ts";

const RADIUS_KM = 25;
const SPEED_KM_S = 7.56;
const OVERLAP_MS = 2000;
const ROUNDS = 3;
/** seeds after the first in a process that is warm */
const FURTHER = 5;

/** Places along the track [km] of UEs spread evenly over the first beam. */
function places(ues: number): number[] {
  const random = new Random(1, "line");
  return Array.from(
    { length: ues },
    () => RADIUS_KM * Math.sqrt(random.next()) * Math.cos(2 * Math.PI * random.next()),
  );
}

/** A UE changes where the next beam's centre becomes the nearer one, twice. */
function line(xs: number[]): Attempts {
  const times = xs.flatMap((x, ue) =>
    [0, 1].map((hop) => ({ at: ((x + (1 + 2 * hop) * RADIUS_KM) / SPEED_KM_S) * 1000, ue, hop })),
  );
  times.sort((a, b) => a.at - b.at);
  const n = times.length;
  const timeMs = Float64Array.from(times, (t) => t.at);
  return {
    count: n,
    timeMs,
    ue: Uint32Array.from(times, (t) => t.ue),
    source: Uint32Array.from(times, (t) => t.hop + 1),
    target: Uint32Array.from(times, (t) => t.hop + 2),
    kind: new Uint8Array(n),
    preparedMs: new Float64Array(n).fill(NaN),
    sourceUntilMs: timeMs.map((t) => t + OVERLAP_MS),
    targetFromMs: timeMs.map((t) => t - OVERLAP_MS),
    targetUntilMs: timeMs.map((t) => t + 2 * OVERLAP_MS + (2e3 * RADIUS_KM) / SPEED_KM_S),
    serviceDelayMs: new Float64Array(n).fill(3),
    targetDelayMs: new Float64Array(n).fill(3),
    interSatellite: new Uint8Array(n).fill(1),
  };
}

interface Outcome {
  seconds: number;
  messages: number;
  outcomes: Record<string, number>;
}

/** The settings of the program's own runs: sums per cell and second, no rows. */
function ours(attempts: Attempts, seed: number): Outcome {
  const settings = signallingSettings(seed, Uint32Array.of(0, 0, 1, 2), {
    capacity: 100_000,
    keepRows: false,
  });
  const started = performance.now();
  const { procedures, kinds } = signalling(attempts, settings);
  const seconds = (performance.now() - started) / 1000;
  const outcomes: Record<string, number> = {};
  for (const o of procedures.outcome) outcomes[OUTCOMES[o]] = (outcomes[OUTCOMES[o]] ?? 0) + 1;
  return { seconds, messages: kinds.reduce((a, b) => a + b, 0), outcomes };
}

/** Runs of one process, with seeds from 1: the first is cold. */
function runs(xs: number[], count: number): Outcome[] {
  const attempts = line(xs);
  return Array.from({ length: count }, (_, i) => ours(attempts, i + 1));
}

interface Answer<T> {
  processSeconds: number;
  said: T;
}

function ask<T>(command: string, args: string[], xs: number[]): Answer<T> {
  const started = performance.now();
  const run = spawnSync(command, args, { encoding: "utf8", input: JSON.stringify(xs) });
  const processSeconds = (performance.now() - started) / 1000;
  if (run.status !== 0)
    throw new Error((run.error?.message ?? run.stderr.trim().split("\n").at(-1)) || "no answer");
  return { processSeconds, said: JSON.parse(run.stdout) as T };
}

const askOurs = (xs: number[], count: number) =>
  ask<Outcome[]>(process.execPath, [import.meta.filename, String(count)], xs);
const askPeer = (xs: number[]) =>
  ask<Outcome>("/usr/bin/python3", [join(import.meta.dirname, "peers/signalling_peer.py")], xs);

function print(who: string, { messages, outcomes }: Outcome): void {
  const list = Object.entries(outcomes)
    .toSorted()
    .map(([name, n]) => `${name} ${n}`);
  console.log(`  ${who}: ${messages} messages; ${list.join(", ")}`);
}

/** Chance makes a storm's outcomes differ by a tenth: what two programs share is their spread over seeds. */
function printSpread(further: Outcome[]): void {
  const succeeded = further.map(({ outcomes }) => outcomes.success ?? 0);
  console.log(
    `  Beamwalk, ${further.length} further seeds: success ${Math.min(...succeeded)} to ${Math.max(...succeeded)}`,
  );
}

function printTimes(what: string, own: number[], others: number[]): void {
  const [a, b] = [Math.min(...own), Math.min(...others)];
  console.log(
    `  ${what}: Beamwalk ${a.toFixed(3)} s, Python ${b.toFixed(3)} s, ratio ${(b / a).toFixed(1)}×`,
  );
}

function compare(ues: number): void {
  const xs = places(ues);
  const own: Answer<Outcome[]>[] = [];
  const warm: Outcome[] = [];
  const others: Answer<Outcome>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    own.push(askOurs(xs, 1));
    warm.push(...askOurs(xs, 1 + FURTHER).said.slice(1));
    others.push(askPeer(xs));
  }
  print("Beamwalk", own[0].said[0]);
  printSpread(warm.slice(0, FURTHER));
  print("Python", others[0].said);
  const seconds = others.map(({ said }) => said.seconds);
  const cold = own.map(({ said }) => said[0].seconds);
  printTimes("events, cold", cold, seconds);
  const again = warm.map((w) => w.seconds);
  printTimes("events, warm", again, seconds);
  const whole = own.map((o) => o.processSeconds);
  const theirs = others.map((o) => o.processSeconds);
  printTimes("whole process", whole, theirs);
}

if (process.argv[2]) {
  const xs = JSON.parse(readFileSync(0, "utf8")) as number[];
  console.log(JSON.stringify(runs(xs, Number(process.argv[2]))));
} else
  for (const ues of [20_000, 70_000]) {
    console.log(`${ues} UEs, ${2 * ues} handovers`);
    try {
      compare(ues);
    } catch (error) {
      console.log(`  no comparison: ${(error as Error).message}`);
    }
  }
