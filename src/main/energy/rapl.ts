import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export const POWERCAP = "/sys/class/powercap";

export interface Rapl {
  hasDram: boolean;
  /** J since the counters were opened; null when they cannot be read any more */
  read(): { packageJ: number; dramJ: number } | null;
}

/** One counter [µJ], unrolled over its wrap-around. A reading must come before it wraps twice, which takes minutes. */
class Zone {
  readonly dram: boolean;
  readonly #file: string;
  readonly #range: number;
  #last: number;
  #total = 0;

  constructor(folder: string, dram: boolean) {
    this.dram = dram;
    this.#file = join(folder, "energy_uj");
    this.#range = number(join(folder, "max_energy_range_uj"));
    this.#last = number(this.#file);
  }

  joules(): number {
    const now = number(this.#file);
    this.#total += now >= this.#last ? now - this.#last : now + this.#range - this.#last;
    this.#last = now;
    return this.#total / 1e6;
  }
}

function number(file: string): number {
  const value = Number.parseInt(readFileSync(file, "utf8"), 10);
  if (!Number.isFinite(value)) throw new Error(`${file} holds no number`);
  return value;
}

const zoneName = (folder: string) => readFileSync(join(folder, "name"), "utf8").trim();

/**
 * Intel's and AMD's running average power limit counters, as Linux shows them: every package, and the memory beside it
 * where there is a counter. `psys` (the whole platform) and parts of a package are left out, since they count it again.
 * null where there are none, or where they may not be read (since Linux 5.10 only root may).
 */
export function openRapl(root = POWERCAP): Rapl | null {
  try {
    const folders = readdirSync(root).filter((name) => /^intel-rapl:\d+(:\d+)?$/.test(name));
    const zones = folders.flatMap((name) => {
      const folder = join(root, name);
      const zone = zoneName(folder);
      return zone.startsWith("package") || zone === "dram" ? [new Zone(folder, zone === "dram")] : [];
    });
    if (!zones.some(({ dram }) => !dram)) return null;
    return { hasDram: zones.some(({ dram }) => dram), read: () => readZones(zones) };
  } catch {
    return null;
  }
}

function readZones(zones: Zone[]): { packageJ: number; dramJ: number } | null {
  const sum = { packageJ: 0, dramJ: 0 };
  try {
    for (const zone of zones) sum[zone.dram ? "dramJ" : "packageJ"] += zone.joules();
    return sum;
  } catch {
    return null;
  }
}
