import { createStore } from "zustand/vanilla";
import { BadInput } from "../../shared/errors.ts";

export type Level = "done" | "note" | "warning" | "error";

/** Something that happened while the page was open. */
export interface Entry {
  id: number;
  atMs: number;
  level: Level;
  text: string;
  /** what more there is to say, line by line */
  details: string[];
}

interface Log {
  entries: readonly Entry[];
  /** the entries that are shown for a moment */
  toasts: readonly Entry[];
  /** how many came since the log was last looked at */
  unread: number;
  open: boolean;
}

/** Kept as long as the page is; the oldest give way. */
const MOST = 500;
const MOST_TOASTS = 4;

export const log = createStore<Log>(() => ({ entries: [], toasts: [], unread: 0, open: false }));

let last = 0;

export function note(level: Level, text: string, details: string[] = []): void {
  const entry = { id: ++last, atMs: Date.now(), level, text, details };
  log.setState(({ entries, toasts, unread, open }) => ({
    entries: [...entries, entry].slice(-MOST),
    toasts: open ? toasts : [...toasts, entry].slice(-MOST_TOASTS),
    unread: open ? 0 : unread + 1,
  }));
}

export function noteError(what: string, error: Error): void {
  const details =
    error instanceof BadInput
      ? error.problems.map(({ field, reason, remedy }) => `${field}: ${reason}. ${remedy}`)
      : [error.message];
  note("error", what, details);
}

export const dropToast = (id: number) =>
  log.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

export const toggleLog = () =>
  log.setState(({ open }) => (open ? { open: false } : { open: true, unread: 0, toasts: [] }));
