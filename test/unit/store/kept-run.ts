import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export * from "./blocks.ts";

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "beamwalk-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const problemsOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { problems?: { field: string; reason: string; remedy: string }[] }).problems ?? [];
  }
  return [];
};
