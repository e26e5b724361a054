import { BadInput } from "../../shared/errors.ts";

type Coded = Error & { code?: string };
interface Words {
  reason: string;
  remedy: string;
}

const unusable: Record<string, Words> = {
  SQLITE_NOTADB: {
    reason: "is not a database",
    remedy: "Give the path of a Beamwalk database, or of a new file",
  },
  SQLITE_CORRUPT: {
    reason: "is damaged",
    remedy: "Put a copy in its place, or move it away and plan again",
  },
  SQLITE_CANTOPEN: {
    reason: "cannot be opened",
    remedy: "Give the path of a file in a folder that can be written",
  },
  SQLITE_READONLY: { reason: "cannot be written", remedy: "Give the path of a file that can be written" },
};
const FOLDER_CODES = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"];

const failed: Record<string, Words> = {
  SQLITE_FULL: {
    reason: "cannot grow: the disk is full",
    remedy: "Every complete block is kept: make room, then resume the run",
  },
  SQLITE_IOERR: {
    reason: "cannot be read or written: the disk reports an error",
    remedy: "Every complete block is kept: look after the disk, then resume the run",
  },
  SQLITE_BUSY: {
    reason: "is held by another program",
    remedy: "Wait until that program has done, or close it",
  },
};

/** Puts what SQLite or the file system says into words: file, reason, remedy. Other errors stay as they are. */
export function explained(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof BadInput) return error;
  const { code = "", message } = error as Coded;
  const kind = code.split("_").slice(0, 2).join("_");
  const bad =
    FOLDER_CODES.includes(code) || message.includes("directory does not exist") ? "SQLITE_CANTOPEN" : kind;
  if (bad in unusable) {
    const { reason, remedy } = unusable[bad];
    return new BadInput([{ field: "db", reason: `"${path}" ${reason} (${message})`, remedy }]);
  }
  if (kind in failed) {
    const { reason, remedy } = failed[kind];
    return new Error(`The database "${path}" ${reason} (${message}). ${remedy}.`, { cause: error });
  }
  return error;
}
