import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { BadInput } from "../../shared/errors.ts";
import { resourcesFolder } from "../paths.ts";

export type Connection = InstanceType<typeof Database>;

/** "BMWK": marks a file as Beamwalk's. */
const APPLICATION_ID = 0x424d574b;
const BUSY_MS = 10_000;

const refuse = (path: string, reason: string, remedy: string) =>
  new BadInput([{ field: `database ${path}`, reason, remedy }]);

/** The numbered migrations of `resources/migrations`, in order. */
function migrations(): string[] {
  const folder = join(resourcesFolder, "migrations");
  const files = readdirSync(folder)
    .filter((name) => /^\d{3}-.*\.sql$/.test(name))
    .sort();
  return files.map((name) => readFileSync(join(folder, name), "utf8"));
}

/** Words for what SQLite or the file system says about a file. */
export function explain(path: string, error: unknown): Error {
  if (error instanceof BadInput || !(error instanceof Error)) return error as Error;
  const code = (error as { code?: string }).code ?? "";
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) {
    return refuse(
      path,
      "this is not a readable database",
      "Give another file, or move this one away and plan again",
    );
  }
  if (code === "SQLITE_FULL" || code === "ENOSPC" || code.startsWith("SQLITE_IOERR_WRITE")) {
    return refuse(path, "the disk is full", "Make room, then resume the run: every complete block is kept");
  }
  if (
    code === "SQLITE_READONLY" ||
    code === "SQLITE_CANTOPEN" ||
    code === "EACCES" ||
    code === "EROFS" ||
    code === "ENOTDIR"
  ) {
    return refuse(
      path,
      "the file or its folder cannot be written",
      "Choose another place with --db, or mend the permissions",
    );
  }
  if (code === "SQLITE_BUSY")
    return refuse(path, "another program keeps it locked", "Close that program and try again");
  return error;
}

function check(path: string, db: Connection, known: number): number {
  const application = db.pragma("application_id", { simple: true }) as number;
  const version = db.pragma("user_version", { simple: true }) as number;
  const tables = db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() as number;
  if (application !== APPLICATION_ID && (tables > 0 || application !== 0)) {
    throw refuse(path, "this database belongs to another program", "Choose another file with --db");
  }
  if (version > known) {
    throw refuse(
      path,
      `it was written by a newer Beamwalk (format ${version}, this one knows ${known})`,
      "Use the newer program, or another file",
    );
  }
  return version;
}

/** Opens for writing: makes the file and its folder, and brings the tables to the newest format. */
export function openForWriting(path: string): Connection {
  let db: Connection | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    db = new Database(path, { timeout: BUSY_MS });
    const steps = migrations();
    if (check(path, db, steps.length) === 0) db.pragma("page_size = 16384");
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = NORMAL");
    db.pragma("foreign_keys = ON");
    db.pragma("wal_autocheckpoint = 4000");
    migrate(path, db, steps);
    return db;
  } catch (error) {
    db?.close();
    throw explain(path, error);
  }
}

function migrate(path: string, db: Connection, steps: string[]): void {
  db.transaction(() => {
    // asked again inside the transaction: another process may have been first
    for (let version = check(path, db, steps.length); version < steps.length; version++) {
      db.exec(steps[version]);
      db.pragma(`user_version = ${version + 1}`);
    }
    db.pragma(`application_id = ${APPLICATION_ID}`);
  }).immediate();
}

/** Opens for reading; null where there is nothing yet. */
export function openForReading(path: string): Connection | null {
  let db: Connection | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
    const version = check(path, db, migrations().length);
    if (version > 0) return db;
    db.close();
    return null;
  } catch (error) {
    db?.close();
    const code = (error as { code?: string }).code;
    if (
      code === "SQLITE_CANTOPEN" ||
      code === "ENOENT" ||
      (error instanceof TypeError && /directory/.test(error.message))
    )
      return null;
    throw explain(path, error);
  }
}
