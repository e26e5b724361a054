/** A parameter over a range, and which of its values are worth having: failures against messages. */
import { failures } from "../../shared/storm-figures.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import { BadInput } from "../../shared/errors.ts";
import { estimate, figuresOf, type Estimate, type StrategyFigures } from "./compare.ts";

/** Values that one sweep may have. */
const MOST_VALUES = 200;

export interface SweepPoint extends StrategyFigures {
  value: number;
  /** handovers that did not end well, and links lost before any began */
  failures: Estimate;
  messages: Estimate;
  /** no other point has fewer of one without more of the other */
  pareto: boolean;
}

const refuse = (text: string) =>
  new BadInput([
    {
      field: "--param",
      reason: `"${text}" is no field with its values`,
      remedy: `Give field=from:step:to or field=a,b,c with at most ${MOST_VALUES} values, e.g. handover.hysteresisDb=0:0.5:4`,
    },
  ]);

/** `field=from:step:to`, both ends inside, or `field=a,b,c`. */
export function parameterOf(text: string): { path: string; values: number[] } {
  const [, path, list] = /^([A-Za-z][\w.]*)=(.+)$/.exec(text) ?? [];
  if (path === undefined) throw refuse(text);
  const numbers = list.split(/[:,]/).map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (!numbers.every(Number.isFinite)) throw refuse(text);
  if (!list.includes(":")) return { path, values: numbers };
  const [from, step, to] = numbers;
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (numbers.length !== 3 || list.includes(",") || !(step > 0 && count >= 1 && count <= MOST_VALUES))
    throw refuse(text);
  // the same decimals as typed: 0.1 · 3 is not 0.3
  return { path, values: Array.from({ length: count }, (_, i) => Number((from + i * step).toPrecision(12))) };
}

export function sweepPoint(
  value: number,
  summaries: readonly SignallingSummary[],
): Omit<SweepPoint, "pareto"> {
  return {
    ...figuresOf(summaries),
    value,
    failures: estimate(summaries.map((summary) => failures(summary) + summary.reselections)),
    messages: estimate(summaries.map(({ messages }) => messages)),
  };
}

/** Marks the points that no other beats in one figure without losing in the other. */
export function withPareto(points: readonly Omit<SweepPoint, "pareto">[]): SweepPoint[] {
  const beats = (a: Omit<SweepPoint, "pareto">, b: typeof a) => {
    const [fa, fb, ma, mb] = [a.failures.mean!, b.failures.mean!, a.messages.mean!, b.messages.mean!];
    return fa <= fb && ma <= mb && (fa < fb || ma < mb);
  };
  return points.map((point) => ({ ...point, pareto: !points.some((other) => beats(other, point)) }));
}
