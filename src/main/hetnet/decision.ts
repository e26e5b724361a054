/**
 * When a UE is to change its node. Levels are SINR in dB; `sinr` [node] is the newest report, `outlook`
 * [node × horizon] the forecasts for the next ones.
 */
export type Rule =
  /** best of the newest report, whatever the gain */
  | { kind: "best" }
  /** event A3 (TS 38.331 §5.5.4.4): better by offset and hysteresis in so many reports in a row; left when worse by both */
  | { kind: "a3"; offsetDb: number; hysteresisDb: number; reports: number }
  /** conditional: prepared while within `prepareDb` below the serving node, executed when better by `executeDb` */
  | { kind: "cho"; prepareDb: number; executeDb: number }
  /** (9) */
  | { kind: "soft"; deltaDb: number }
  /** (10): (9) for each of the next `reports` reports */
  | { kind: "hysteresis"; deltaDb: number; reports: number }
  /** (10) read as the paper's words have it, a guard that waits: (9) at so many decisions in a row */
  | { kind: "dwell"; deltaDb: number; reports: number };

/** What a rule remembers of one UE. */
export interface Memory {
  /** [node] reports in a row for which A3, or (9), has held */
  held: Uint16Array;
  /** [node] 1 where the UE already has the target's configuration */
  prepared: Uint8Array;
  /** does the serving link carry a new configuration? */
  reachable: boolean;
}

export const newMemory = (nodes: number): Memory => ({
  held: new Uint16Array(nodes),
  prepared: new Uint8Array(nodes),
  reachable: true,
});

export function forget({ held, prepared }: Memory): void {
  held.fill(0);
  prepared.fill(0);
}

/** Does the rule go by forecasts, and for how many reports ahead? */
export const reportsAhead = (rule: Rule) =>
  rule.kind === "soft" || rule.kind === "dwell" ? 1 : rule.kind === "hysteresis" ? rule.reports : 0;

/**
 * The node to go to, or the serving one. Among several candidates that meet the condition it is the one with the greatest
 * SINR at the next report by the forecast, or at the newest report where the rule has none. Ties go to the lower number.
 * Where a forecast is missing its candidate does not meet the condition.
 */
export function decide(
  rule: Rule,
  memory: Memory,
  serving: number,
  sinr: ArrayLike<number>,
  outlook: ArrayLike<number>,
  horizon: number,
): number {
  let target = serving;
  let best = -Infinity;
  for (let node = 0; node < sinr.length; node++) {
    if (node === serving || !meets(rule, memory, serving, node, sinr, outlook, horizon)) continue;
    const value = reportsAhead(rule) > 0 ? outlook[node * horizon] : sinr[node];
    if (value > best) {
      best = value;
      target = node;
    }
  }
  return target;
}

function meets(
  rule: Rule,
  { held, prepared, reachable }: Memory,
  serving: number,
  node: number,
  sinr: ArrayLike<number>,
  outlook: ArrayLike<number>,
  horizon: number,
): boolean {
  const gain = sinr[node] - sinr[serving];
  if (rule.kind === "best") return gain > 0;
  if (rule.kind === "a3") {
    const level = held[node] > 0 ? rule.offsetDb - rule.hysteresisDb : rule.offsetDb + rule.hysteresisDb;
    held[node] = gain > level ? held[node] + 1 : 0;
    return held[node] >= rule.reports;
  }
  if (rule.kind === "cho") {
    const ready = prepared[node] === 1;
    prepared[node] = gain >= -rule.prepareDb && (ready || reachable) ? 1 : 0;
    return ready && gain >= rule.executeDb;
  }
  let ahead = 0;
  while (
    ahead < reportsAhead(rule) &&
    outlook[node * horizon + ahead] - outlook[serving * horizon + ahead] >= rule.deltaDb
  )
    ahead++;
  const all = ahead === reportsAhead(rule);
  if (rule.kind !== "dwell") return all;
  held[node] = all ? held[node] + 1 : 0;
  return held[node] >= rule.reports;
}
