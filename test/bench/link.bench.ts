/**
 * All link columns of all UEs × beams at one instant (`Snapshot`) beside the same columns in NumPy written in three ways, on
 * one core each. Prints ns per UE and beam, ratios and the largest difference of the columns' sums; never fails. Run through
 * `npm run bench`.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { gainTable, PER_UNIT } from "../../src/main/beam/pattern.ts";
import { SPEED_OF_LIGHT } from "../../src/main/math/constants.ts";
import { LinkCase, type LinkSize } from "./link-case.ts";

const REPEATS = 25;
const SIZES: LinkSize[] = [
  { users: 62_908, layout: "row", beams: 3 },
  { users: 20_000, layout: "hexagon", beams: 19 },
];

function ours(link: LinkCase): { best: number; median: number } {
  const times = Array.from({ length: REPEATS }, () => {
    const began = performance.now();
    link.compute();
    return (1e6 * (performance.now() - began)) / (link.size.users * link.size.beams);
  }).toSorted((a, b) => a - b);
  return { best: times[0], median: times[REPEATS >> 1] };
}

const WAYS = {
  interp: "whole columns, np.interp",
  gather: "whole columns, gathered tables",
  blocks: "gathered tables, blocks of",
} as const;

interface Timing {
  best: number;
  median: number;
  block: number;
}
type Peer = Record<keyof typeof WAYS, Timing> & { sums: Record<string, number> };

function peer(link: LinkCase): Peer | string {
  const { db: gainDb, linear: gainLinear } = gainTable();
  const ask = {
    ...link.forPeer(),
    repeats: REPEATS,
    gainDb: [...gainDb],
    gainLinear: [...gainLinear],
    perUnit: PER_UNIT,
    speedOfLight: SPEED_OF_LIGHT,
  };
  const run = spawnSync("/usr/bin/python3", [join(import.meta.dirname, "peers/link_peer.py")], {
    input: JSON.stringify(ask),
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) return (run.error?.message ?? run.stderr.trim().split("\n").at(-1)) || "no answer";
  return JSON.parse(run.stdout) as Peer;
}

for (const size of SIZES) {
  const link = new LinkCase(size);
  const own = ours(link);
  const { users, beams } = size;
  console.log(
    `${users} UEs × ${beams} beams: best ${own.best.toFixed(1)} ns, median ${own.median.toFixed(1)} ns per UE and beam`,
  );
  const there = peer(link);
  if (typeof there === "string") {
    console.log(`  no peer: ${there} (Debian package python3-numpy)`);
    continue;
  }
  const differences = Object.entries(link.columns()).map(([name, column]) => {
    let sum = 0;
    for (const value of column) sum += value;
    return { name, error: Math.abs(sum - there.sums[name]) / Math.abs(sum || 1) };
  });
  const worst = differences.reduce((a, b) => (b.error > a.error ? b : a));
  for (const way of ["interp", "gather", "blocks"] as const) {
    const { best, median, block } = there[way];
    console.log(
      `  NumPy, ${WAYS[way]}${way === "blocks" ? ` ${block} UEs` : ""}: best ${best.toFixed(1)} ns, median ${median.toFixed(1)} ns: ` +
        `${(best / own.best).toFixed(1)}× of the best, ${(median / own.median).toFixed(1)}× of the medians`,
    );
  }
  console.log(
    `  ${differences.length} columns agree in their sums to ${worst.error.toExponential(1)} relative (${worst.name})`,
  );
}
