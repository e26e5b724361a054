import Database from "better-sqlite3";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { resourcesFolder } from "../paths.ts";
import { BadInput } from "../../shared/errors.ts";
import { explained } from "./failures.ts";

export type Db = Database.Database;

/** "BMWK", in the header of every database of this program. */
export const APPLICATION_ID = 0x424d574b;
const PAGE_BYTES = 16_384;
const PATIENCE_MS = 10_000;
export const migrationsFolder = join(resourcesFolder, "migrations");

/** The numbered SQL files of a folder; file n leads from version n − 1 to version n. */
function migrations(folder: string): string[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  files.forEach((name, i) => {
    if (Number.parseInt(name, 10) !== i + 1) throw new Error(`migration ${name} should have number ${i + 1}`);
  });
  return files.map((name) => join(folder, name));
}

/** Opens a database for writing; makes it, with its folders, or brings it up to date. */
export function openForWriting(path: string, folder = migrationsFolder): Db {
  const files = migrations(folder);
  return opened(path, {}, (db) => {
    if (versionOf(db, path, files.length) === 0) {
      db.pragma(`page_size = ${PAGE_BYTES}`);
      db.pragma("journal_mode = WAL");
    }
    db.pragma("synchronous = NORMAL");
    db.transaction(() => migrate(db, path, files)).immediate();
    db.pragma("foreign_keys = ON");
    return db;
  });
}

/** Opens a database for reading; null where there is none, or one that nobody has written to yet. */
export function openForReading(path: string, folder = migrationsFolder): Db | null {
  const latest = migrations(folder).length;
  const db = opened(path, { readonly: true }, (open) => {
    const version = versionOf(open, path, latest);
    if (version === latest) return open;
    open.close();
    if (version > 0) openForWriting(path, folder).close();
    return version === 0 ? null : opened(path, { readonly: true }, (again) => again);
  });
  return db;
}

function opened<T extends Db | null>(path: string, options: Database.Options, prepare: (db: Db) => T): T {
  let db: Db | null = null;
  try {
    if (!options.readonly) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    db = new Database(path, { timeout: PATIENCE_MS, ...options });
    return prepare(db);
  } catch (error) {
    db?.close();
    throw explained(error, path);
  }
}

/** 0 for a file without anything in it. */
function versionOf(db: Db, path: string, latest: number): number {
  const owner = db.pragma("application_id", { simple: true });
  const version = db.pragma("user_version", { simple: true }) as number;
  const objects = db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
  if (owner === 0 && version === 0 && objects === 0) return 0;
  if (owner !== APPLICATION_ID)
    throw refusal(
      path,
      "belongs to another program",
      "Give the path of a Beamwalk database, or of a new file",
    );
  if (version > latest)
    throw refusal(
      path,
      `was written by a newer Beamwalk (version ${version} of the tables; this one knows ${latest})`,
      "Use that newer program, or give the path of a new file",
    );
  return version;
}

const refusal = (path: string, reason: string, remedy: string) =>
  new BadInput([{ field: "db", reason: `"${path}" ${reason}`, remedy }]);

/** Runs inside one transaction, so that two processes may start on the same new file. */
function migrate(db: Db, path: string, files: string[]): void {
  for (let version = versionOf(db, path, files.length); version < files.length; version++) {
    db.exec(readFileSync(files[version], "utf8"));
    db.pragma(`user_version = ${version + 1}`);
  }
  db.pragma(`application_id = ${APPLICATION_ID}`);
}
