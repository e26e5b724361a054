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

/** UEs spread evenly over the first beam; a UE changes where the next beam's centre becomes the nearer one. */
function line(ues: number): Attempts {
  const random = new Random(1, "line");
  const n = 2 * ues;
  const times: [number, number, number][] = [];
  for (let ue = 0; ue < ues; ue++) {
    const x = RADIUS_KM * Math.sqrt(random.next()) * Math.cos(2 * Math.PI * random.next());
    for (const hop of [0, 1])
      times.push([((x + RADIUS_KM + 2 * RADIUS_KM * hop) / SPEED_KM_S) * 1000, ue, hop]);
  }
  times.sort((a, b) => a[0] - b[0]);
  const timeMs = Float64Array.from(times, (t) => t[0]);
  return {
    count: n,
    timeMs,
    ue: Uint32Array.from(times, (t) => t[1]),
    source: Uint32Array.from(times, (t) => t[2] + 1),
    target: Uint32Array.from(times, (t) => t[2] + 2),
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

interface Peer {
  seconds: number;
  messages: number;
  outcomes: Record<string, number>;
}

function peer(ues: number): Peer | string {
  const run = spawnSync(
    "/usr/bin/python3",
    [join(import.meta.dirname, "peers/signalling_peer.py"), String(ues)],
    {
      encoding: "utf8",
    },
  );
  if (run.status !== 0) return (run.error?.message ?? run.stderr.trim().split("\n").at(-1)) || "no answer";
  return JSON.parse(run.stdout) as Peer;
}

for (const ues of [20_000, 70_000]) {
  const attempts = line(ues);
  const settings = signallingSettings(1, Uint32Array.of(0, 0, 1, 2), { capacity: 100_000 });
  const started = performance.now();
  const { procedures, rows, nodes } = signalling(attempts, settings);
  const seconds = (performance.now() - started) / 1000;
  const outcomes = OUTCOMES.map(
    (name, o) => [name, procedures.outcome.filter((x) => x === o).length] as const,
  );
  const there = peer(ues);
  console.log(
    `${ues} UEs, ${procedures.count} handovers, ${rows.count} messages, longest queue ${Math.max(...nodes.longest)}`,
  );
  console.log(
    `  Beamwalk ${seconds.toFixed(2)} s: ${outcomes
      .filter(([, n]) => n > 0)
      .map(([name, n]) => `${name} ${n}`)
      .join(", ")}`,
  );
  if (typeof there === "string") console.log(`  no peer: ${there}`);
  else {
    const list = Object.entries(there.outcomes).map(([name, n]) => `${name} ${n}`);
    console.log(`  Python ${there.seconds.toFixed(2)} s, ${there.messages} messages: ${list.join(", ")}`);
    console.log(`  ratio ${(there.seconds / seconds).toFixed(1)}×`);
  }
}
