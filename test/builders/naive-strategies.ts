import { EDGE_X, FIRST_NULL_X } from "../../src/main/beam/pattern.ts";
import { measured, type EventConfig, type Measured } from "../../src/main/handover/conditions.ts";
import { MeasurementError } from "../../src/main/handover/filter.ts";
import type { Track } from "../../src/main/orbit/track.ts";
import type { Users } from "../../src/main/simulation/users.ts";
import { TRIGGERS } from "../../src/shared/frame.ts";
import type { Mission } from "../../src/shared/mission.ts";
import { argumentOf, hear, placeOf } from "./naive-hearing.ts";
import { naiveEntering, naiveLeaving } from "./naive-events.ts";

type Heard = ReturnType<typeof hear>[number];
const ms = (seconds: number) => Math.round(seconds * 1000);

/** One candidate, walked through millisecond by millisecond. */
class Watch {
  #entering: number[] = [];
  #leaving: number[] = [];
  #since: (number | null)[] = [];
  #all = false;

  /** When all events become fulfilled in the period that begins now, and which was last; null if they do not. */
  advance(events: EventConfig[], m: Measured, periodMs: number): { atMs: number; kind: string } | null {
    const enters = events.map((event) => naiveEntering(event, m));
    const leaves = events.map((event) => naiveLeaving(event, m));
    let found: { atMs: number; kind: string } | null = null;
    for (let t = m.timeMs; t < m.timeMs + periodMs; t++) {
      events.forEach((event, e) => {
        if (event.kind === "T1") {
          const open = event.thresholdMs < t && t <= event.thresholdMs + event.durationMs;
          this.#since[e] = open ? (this.#since[e] ?? t) : null;
          return;
        }
        this.#entering[e] = enters[e] ? (this.#entering[e] ?? -1) + 1 : -1;
        this.#leaving[e] = leaves[e] ? (this.#leaving[e] ?? -1) + 1 : -1;
        const before = this.#since[e] ?? null;
        if (before === null) this.#since[e] = this.#entering[e] >= event.timeToTriggerMs ? t : null;
        else if (this.#leaving[e] >= event.timeToTriggerMs) this.#since[e] = null;
        // the two clocks begin when the event changes what it waits for
        if ((before === null) !== (this.#since[e] === null)) this.#entering[e] = this.#leaving[e] = -1;
      });
      const all = events.every((_, e) => this.#since[e] !== null);
      if (all && !this.#all && !found) {
        const latest = Math.max(...events.map((_, e) => this.#since[e]!));
        found = { atMs: t, kind: events[this.#since.indexOf(latest)].kind };
      }
      this.#all = all;
    }
    return found;
  }
}

/** Half axes of WGS 84. */
const [EQUATOR_M, POLE_M] = [6_378_137, 6_356_752.314245];

/** Where a beam's axis meets the ellipsoid, by halving the way along it; a circular cell's centre is its aim. */
function centreOf(mission: Mission, { aim, satelliteAt }: Heard): number[] {
  if (mission.payload.kind === "circular-cells") return aim;
  const point = (d: number) => satelliteAt.map((p, k) => p + d * aim[k]);
  const [px, py, pz] = satelliteAt;
  const [ax, ay, az] = aim;
  const above = (d: number) =>
    ((px + d * ax) / EQUATOR_M) ** 2 + ((py + d * ay) / EQUATOR_M) ** 2 + ((pz + d * az) / POLE_M) ** 2 > 1;
  let low = 0;
  let high = Math.hypot(...satelliteAt);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (above(middle)) low = middle;
    else high = middle;
  }
  return point(low);
}

export interface Thresholds {
  targetDbm: number;
  servingDbm: number;
  servingDistanceM: number;
  targetDistanceM: number;
}

/** One UE under a strategy over the whole run, from the rules alone; thresholds of place and level are given. */
export function followStrategy(
  mission: Mission,
  thresholds: Thresholds,
  track: Track,
  users: Users,
  ue: number,
  listen: (instant: number) => Heard[],
  /** when the UEs of a satellite go over to another gateway's gNB, ms */
  switchesMs: (satellite: number) => number[] = () => [],
) {
  const { handover: rules, hysteresisDb } = mission;
  const periodMs = ms(mission.measurementPeriod);
  const endMs = ms(mission.duration);
  const timed = { timeToTriggerMs: ms(mission.timeToTrigger) };
  const error = new MeasurementError(mission.seed, rules.measurementErrorDb / 1.6448536269514722);
  const k = rules.l3FilterCoefficient;
  const weight = k === null ? 1 : 1 - (1 - 0.5 ** (k / 4)) ** (periodMs / 200);
  const events: number[][] = [];
  let serving = 0;
  let enteredMs = -1;
  let watches = new Map<number, Watch>();
  let filters = new Map<number, number>();
  let since = new Map<number, number>();
  const enter = (cell: number, atMs: number) => {
    serving = cell;
    enteredMs = atMs;
    watches = new Map();
    since = new Map();
    leavesMs = null;
  };
  let leavesMs: number | null = null;
  // the cell keeps its number and its time of stay; what was being watched begins anew
  const goOver = (fromMs: number, untilMs: number) => {
    const satellite = Math.floor((serving - 1) / mission.payload.beams);
    const times = switchesMs(satellite).filter((t) => t >= fromMs && t < untilMs && t <= endMs);
    for (const t of times) events.push([t, ue, serving, serving, TRIGGERS.indexOf("feeder")]);
    if (times.length === 0) return false;
    watches = new Map();
    since = new Map();
    leavesMs = null;
    return true;
  };

  // the last 10 ms of UTC before
  const opensMs = (leave: number) => {
    const utc = mission.startMs + leave - ms(rules.guard);
    return Number.isFinite(utc) ? utc - (utc % 10) - mission.startMs : Infinity;
  };

  const conditions = (from: Heard, to: Heard): EventConfig[] => {
    const byLevel = rules.strategy === "a4" || rules.strategy === "a5";
    if ((from.onGround || to.onGround) && !byLevel)
      return [{ kind: "A3", offsetDb: mission.a3OffsetDb, hysteresisDb, ...timed }];
    const a4: EventConfig = { kind: "A4", thresholdDbm: thresholds.targetDbm, hysteresisDb, ...timed };
    const distance: EventConfig = {
      kind: mission.payload.steeringLimit === null ? "D2" : "D1",
      threshold1M: thresholds.servingDistanceM,
      threshold2M: thresholds.targetDistanceM,
      hysteresisM: rules.distanceHysteresisM,
      ...timed,
    };
    switch (rules.strategy) {
      case "a3":
        throw new Error("not conditional");
      case "a4":
        return [a4];
      case "a5":
        return [
          {
            kind: "A5",
            threshold1Dbm: thresholds.servingDbm,
            threshold2Dbm: thresholds.targetDbm,
            hysteresisDb,
            ...timed,
          },
        ];
      case "t1":
        return [
          {
            kind: "T1",
            thresholdMs: opensMs(leavesMs!),
            durationMs: ms(rules.window),
          },
          a4,
        ];
      case "d1":
        return [distance, a4];
      case "elevation":
        if (from.satellite === to.satellite) return [distance, a4];
        return [
          {
            kind: "elevation",
            threshold1: rules.servingElevation!,
            threshold2: rules.targetElevation!,
            hysteresis: rules.elevationHysteresis,
            ...timed,
          },
          a4,
        ];
      case "timing-advance":
        if (from.satellite === to.satellite) return [distance, a4];
        return [
          {
            kind: "timing-advance",
            threshold1S: rules.servingRoundTrip!,
            threshold2S: rules.targetRoundTrip!,
            hysteresisS: rules.roundTripHysteresis,
            ...timed,
          },
          a4,
        ];
    }
  };

  const measure = (nowMs: number, from: Heard, to: Heard, fromDbm: number, toDbm: number): Measured => {
    const [x, y, z] = placeOf(mission, users, ue, nowMs / 1000);
    const away = (c: Heard) => {
      if (c.onGround) return Number.NaN;
      const centre = centreOf(mission, c);
      return Math.hypot(centre[0] - x, centre[1] - y, centre[2] - z);
    };
    return {
      ...measured(),
      servingRsrpDbm: fromDbm,
      targetRsrpDbm: toDbm,
      ocpDb: from.offset,
      ocnDb: to.offset,
      timeMs: nowMs,
      distanceServingM: away(from),
      distanceTargetM: away(to),
      elevationServing: from.elevation,
      elevationTarget: to.elevation,
      rttServingS: (2 * from.range) / 299_792_458,
      rttTargetS: (2 * to.range) / 299_792_458,
    };
  };

  for (let i = 0; i * periodMs <= endMs; i++) {
    const nowMs = i * periodMs;
    const all = listen(i);
    const heard = all.filter(
      (c) => c.elevation >= mission.minElevation && c.rsrp >= mission.minRsrpDbm && c.x < FIRST_NULL_X,
    );
    const covering = heard.filter((c) => c.x <= EDGE_X).sort((a, b) => b.rsrp + b.offset - a.rsrp - a.offset);
    const own = heard.find((c) => c.cell === serving);
    if (covering.length === 0) {
      enter(0, -1);
      filters = new Map();
      continue;
    }
    if (serving === 0) {
      enter(covering[0].cell, nowMs);
      goOver(nowMs + 1, nowMs + periodMs);
      continue;
    }
    if (!own) {
      events.push([nowMs, ue, serving, covering[0].cell, 1]);
      enter(covering[0].cell, nowMs);
      goOver(nowMs + 1, nowMs + periodMs);
      continue;
    }
    const level = (c: Heard) => c.rsrp + error.at(ue, c.cell, i);
    const neighbours = heard
      .filter((c) => c.cell !== serving)
      .sort((a, b) => level(b) - level(a))
      .slice(0, 8);
    const filtered = new Map(
      [own, ...neighbours].map((c) => {
        const old = filters.get(c.cell);
        return [c.cell, old === undefined ? level(c) : (1 - weight) * old + weight * level(c)];
      }),
    );
    if (k !== null) filters = filtered;
    const servingDbm = filtered.get(serving)!;
    const due: { atMs: number; cell: number; rsrp: number; trigger: number }[] = [];
    if (rules.strategy === "a3") {
      const better = neighbours.filter(
        (c) => filtered.get(c.cell)! + c.offset - hysteresisDb > servingDbm + own.offset + mission.a3OffsetDb,
      );
      since = new Map(better.map((c) => [c.cell, since.get(c.cell) ?? nowMs]));
      for (const [cell, start] of since)
        due.push({
          atMs: start + timed.timeToTriggerMs,
          cell,
          rsrp: filtered.get(cell)! + heard.find((c) => c.cell === cell)!.offset,
          trigger: 0,
        });
    } else {
      let candidates = neighbours;
      if (rules.strategy === "t1") {
        if (!own.onGround) leavesMs ??= naiveLeave(mission, track, users, ue, serving, enteredMs);
        const early = own.onGround ? Infinity : opensMs(leavesMs!) - timed.timeToTriggerMs - 1000;
        const covers = (c: Heard) =>
          argumentOf(mission, track, users, ue, c.cell, leavesMs! / 1000) <= EDGE_X;
        candidates = neighbours.filter((c) => own.onGround || c.onGround || (nowMs >= early && covers(c)));
      }
      watches = new Map(candidates.map((c) => [c.cell, watches.get(c.cell) ?? new Watch()]));
      for (const c of candidates) {
        const sample = measure(nowMs, own, c, servingDbm, filtered.get(c.cell)!);
        const found = watches.get(c.cell)!.advance(conditions(own, c), sample, periodMs);
        if (found)
          due.push({
            atMs: found.atMs,
            cell: c.cell,
            rsrp: filtered.get(c.cell)!,
            trigger: TRIGGERS.findIndex((name) => name === found.kind),
          });
      }
    }
    due.sort((a, b) => a.atMs - b.atMs || b.rsrp - a.rsrp);
    const leaves = due.length > 0 && due[0].atMs < nowMs + periodMs && due[0].atMs <= endMs;
    if (goOver(nowMs, leaves ? due[0].atMs : nowMs + periodMs)) continue;
    if (leaves) {
      events.push([due[0].atMs, ue, serving, due[0].cell, due[0].trigger]);
      enter(due[0].cell, due[0].atMs);
      goOver(due[0].atMs + 1, nowMs + periodMs);
    }
  }
  return events;
}

/** First ms outside a contour, found by looking every 20 ms and then every one. */
export function naiveLeave(
  mission: Mission,
  track: Track,
  users: Users,
  ue: number,
  cell: number,
  fromMs: number,
): number {
  const endMs = ms(mission.duration);
  const inside = (t: number) => argumentOf(mission, track, users, ue, cell, t / 1000) <= EDGE_X;
  let t = fromMs;
  while (!inside(t)) {
    t += 20;
    if (t > Math.min(endMs, fromMs + ms(mission.handover.window))) return fromMs;
  }
  while (inside(t)) {
    if (t === endMs) return Infinity;
    t = Math.min(endMs, t + 20);
  }
  while (!inside(t - 1)) t--;
  return t;
}
