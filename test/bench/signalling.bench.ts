/**
 * Three satellites in line, beam radius 25 km, 7.56 km/s, 22 s: every UE of the first beam goes to the second and to the third, every
 * message through queues (parameters of zbh888/LEOhandover); beside a plain Python event queue of the same model.
 * Prints seconds and ratios; never fails. Run through `npm run bench`.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Attempts } from "../../src/main/handover/attempts.ts";
import { signallingSettings } from "../../src/main/handover/attempts.ts";
import { OUTCOMES } from "../../src/main/handover/procedure.ts";
import { signalling } from "../../src/main/handover/signalling.ts";
import { Random } from "../../src/main/math/random.ts";

const RADIUS_KM = 25;
const SPEED_KM_S = 7.56;
const OVERLAP_MS = 2000;

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

function peer(xs: number[]): Outcome | string {
  const file = join(import.meta.dirname, "peers/signalling_peer.py");
  const run = spawnSync("/usr/bin/python3", [file], { encoding: "utf8", input: JSON.stringify(xs) });
  if (run.status !== 0) return (run.error?.message ?? run.stderr.trim().split("\n").at(-1)) || "no answer";
  return JSON.parse(run.stdout) as Outcome;
}

function print(who: string, { seconds, messages, outcomes }: Outcome): void {
  const nanoseconds = ((seconds * 1e9) / messages).toFixed(0);
  const list = Object.entries(outcomes)
    .toSorted()
    .map(([name, n]) => `${name} ${n}`);
  console.log(
    `  ${who}: ${seconds.toFixed(3)} s, ${messages} messages, ${nanoseconds} ns each; ${list.join(", ")}`,
  );
}

/** Chance makes a storm's outcomes differ by a tenth: what two programs share is their spread over seeds. */
function printSpread(runs: Outcome[]): void {
  const succeeded = runs.map(({ outcomes }) => outcomes.success ?? 0);
  const seconds = Math.min(...runs.map((r) => r.seconds));
  console.log(
    `  Beamwalk, ${runs.length} further seeds, warm: ${seconds.toFixed(3)} s, success ${Math.min(...succeeded)} to ${Math.max(...succeeded)}`,
  );
}

for (const ues of [20_000, 70_000]) {
  const where = places(ues);
  const attempts = line(where);
  console.log(`${ues} UEs, ${attempts.count} handovers`);
  const first = ours(attempts, 1);
  print("Beamwalk", first);
  const further = [2, 3, 4, 5].map((seed) => ours(attempts, seed));
  printSpread(further);
  const there = peer(where);
  if (typeof there === "string") console.log(`  no peer: ${there}`);
  else {
    print("Python", there);
    const warm = Math.min(...further.map((r) => r.seconds));
    console.log(
      `  ratio ${(there.seconds / first.seconds).toFixed(1)}×, warm ${(there.seconds / warm).toFixed(1)}×`,
    );
  }
}
