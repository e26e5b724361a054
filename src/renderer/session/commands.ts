import { createStore } from "zustand/vanilla";
import { recall, remember } from "./memory.ts";

/** Something the reader can have done by name. */
export interface Command {
  id: string;
  group: string;
  title: string;
  /** other words for it */
  words?: string;
  keys?: string;
  run: () => void;
}

export type Sheet = "commands" | "shortcuts";

/** What lies over the page. */
export const sheets = createStore<{ open: Sheet | null }>(() => ({ open: null }));

export const openSheet = (open: Sheet) => sheets.setState({ open });

/** A sheet that closes late does not close the one that took its place. */
export const closeSheet = (sheet: Sheet) => {
  if (sheets.getState().open === sheet) sheets.setState({ open: null });
};

const MOST_RECENT = 6;

const isText = (value: unknown): value is string => typeof value === "string";

/** Commands used last, the latest first. */
export function recentCommands(): string[] {
  try {
    const kept: unknown = JSON.parse(recall("recent") ?? "[]");
    return Array.isArray(kept) ? kept.filter(isText).slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}

export function noteCommand(id: string): void {
  const before = recentCommands().filter((other) => other !== id);
  remember("recent", JSON.stringify([id, ...before].slice(0, MOST_RECENT)));
}

/** Commands that fit what was typed, the best first; where they fit alike, those used last come first. */
export function rank(commands: readonly Command[], typed: string, recent: readonly string[]): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const age = ({ id }: Command) => {
    const at = recent.indexOf(id);
    return at < 0 ? recent.length : at;
  };
  return commands
    .map((command) => ({ command, fit: fitOf(command, words), age: age(command) }))
    .filter(({ fit }) => fit > 0 || words.length === 0)
    .toSorted((a, b) => b.fit - a.fit || a.age - b.age)
    .map(({ command }) => command);
}

/** Every word must fit; 0: one of them does not. The very title fits best. */
function fitOf({ group, title, words = "" }: Command, typed: readonly string[]): number {
  let sum = 0;
  for (const word of typed) {
    const fit = Math.max(fitOfWord(title, word), 0.5 * fitOfWord(`${group} ${words}`, word));
    if (fit === 0) return 0;
    sum += fit;
  }
  return title.toLowerCase() === typed.join(" ") ? sum + 1 : sum;
}

/** A whole word 5, the start of one 4, within one 2, its letters in order and near one another 1. */
function fitOfWord(text: string, word: string): number {
  const inside = text.toLowerCase();
  const at = inside.indexOf(word);
  if (at < 0) return hasLetters(inside, word) ? 1 : 0;
  if (inside.split(/[^\p{L}\p{N}]+/u).includes(word)) return 5;
  return ` ${inside}`.includes(` ${word}`) ? 4 : 2;
}

function hasLetters(text: string, word: string): boolean {
  for (let from = text.indexOf(word[0]!); from >= 0; from = text.indexOf(word[0]!, from + 1)) {
    let at = from;
    for (let i = 1; i < word.length && at >= 0; i++) at = text.indexOf(word[i]!, at + 1);
    if (at >= 0 && at - from < 2 * word.length + 2) return true;
  }
  return false;
}

/** Ctrl+K (⌘K) from anywhere; ? where nothing is being typed. */
export function listenToSheets(): () => void {
  const follow = (event: KeyboardEvent) => {
    const typing = (event.target as HTMLElement).matches("input:not([type=range]), textarea, select");
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k")
      openSheet("commands");
    else if (event.key === "?" && !typing && !event.ctrlKey && !event.metaKey) openSheet("shortcuts");
    else return;
    event.preventDefault();
  };
  addEventListener("keydown", follow);
  return () => removeEventListener("keydown", follow);
}
