import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The folder that holds `package.json` and `resources/`, from the sources and from the build alike. */
export const rootFolder = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "resources", "scenarios"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no resources folder above ${import.meta.dirname}`);
    folder = parent;
  }
  return folder;
})();

export const resourcesFolder = join(rootFolder, "resources");

export const programVersion: string = JSON.parse(
  readFileSync(join(rootFolder, "package.json"), "utf8"),
).version;

/** Where runs are kept unless told otherwise: `BEAMWALK_DB`, else `~/.beamwalk/beamwalk.db`. */
export const defaultDatabase = () => process.env.BEAMWALK_DB ?? join(homedir(), ".beamwalk", "beamwalk.db");
