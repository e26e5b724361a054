import type { Quantity } from "../session/storm.ts";
import { NO_PROCEDURE, OUTCOME_NAMES } from "../../shared/storm.ts";
import { STORM_FIGURES } from "../../shared/storm-figures.ts";

/** What the storm's map shows, in words: the menu, what one value counts, and the unit of the scale. */
export const WORDS: Record<Quantity, { menu: string; one: string; unit: string }> = {
  handovers: { menu: "Handovers, out and in", one: "handovers", unit: "handovers/s" },
  messages: { menu: "Messages", one: "messages", unit: "messages/s" },
  bytes: { menu: "Bytes of signalling", one: "bytes of signalling", unit: "bytes/s" },
  tries: { menu: "Random-access preambles", one: "preambles", unit: "preambles/s" },
  queue: { menu: "Longest queue", one: "messages waiting", unit: "messages" },
  drops: { menu: "Dropped messages", one: "messages dropped", unit: "messages/s" },
};

/** How a procedure ended, in words. */
export const outcomeText = (name: string) =>
  name === "success" ? name : (STORM_FIGURES.find(({ key }) => key === name)?.title ?? name);

export const endOf = (outcome: number) =>
  outcome === NO_PROCEDURE ? "reselection" : outcomeText(OUTCOME_NAMES[outcome]!);

/** Value below which a share of the ascending values lies; null of nothing. */
export function quantile(ascending: ArrayLike<number>, share: number): number | null {
  return ascending.length === 0 ? null : ascending[Math.ceil(share * ascending.length) - 1]!;
}

export function mean(values: ArrayLike<number>): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
