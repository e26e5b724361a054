import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Zone {
  zone: string;
  name: string;
  energyUj: number;
  rangeUj: number;
}

/** A folder like /sys/class/powercap, with the counters that a test sets. */
export function fakePowercap(zones: Zone[]) {
  const root = mkdtempSync(join(tmpdir(), "powercap-"));
  const set = (zone: string, energyUj: number) =>
    writeFileSync(join(root, zone, "energy_uj"), `${energyUj}\n`);
  for (const { zone, name, energyUj, rangeUj } of zones) {
    mkdirSync(join(root, zone));
    writeFileSync(join(root, zone, "name"), `${name}\n`);
    writeFileSync(join(root, zone, "max_energy_range_uj"), `${rangeUj}\n`);
    set(zone, energyUj);
  }
  mkdirSync(join(root, "intel-rapl"));
  return {
    root,
    set,
    remove: (zone: string) => rmSync(join(root, zone, "energy_uj")),
    end: () => rmSync(root, { recursive: true }),
  };
}
