import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rootFolder } from "../../src/main/paths.ts";

const folder = join(rootFolder, "..", "shared", "reference");

/** Outside files that are not part of the program: tests on them are skipped where they are not there. */
export const hasReference = existsSync(folder);
export const referenceNote = hasReference ? "" : " (skipped: no ../shared/reference beside the program)";
export const referenceText = (path: string) => readFileSync(join(folder, path), "utf8");
