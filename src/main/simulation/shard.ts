import {
  SLOTS,
  a3,
  handoverState,
  type A3Settings,
  type Decision,
  type HandoverState,
} from "../handover/a3.ts";
import type { Track } from "../orbit/track.ts";
import { NO_SIGNAL, emptyBlock, TRIGGERS, UE_STATE, packCell, toCenti } from "../../shared/frame.ts";
import type { EventColumns, FrameBlock } from "../../shared/frame.ts";
import type { Columns } from "../../shared/columns.ts";
import type { Mission } from "../../shared/mission.ts";
import { beamModel } from "./beams.ts";
import { Conditional } from "./decide.ts";
import { Levels } from "./decide-levels.ts";
import { EventLog } from "./events.ts";
import { StepGeometry } from "./geometry.ts";
import { Hearing } from "./measure.ts";
import { receivers } from "./receivers.ts";
import { packFilters, packState, unpackFilters, unpackState, type Departures } from "./state.ts";
import type { FeederPlan } from "../orbit/feeder.ts";
import { Whereabouts, type Users } from "./users.ts";

/** What a shard made of consecutive steps: the frames of its UEs, their events (unsorted), and counts. */
export interface ShardBlock {
  frames: FrameBlock;
  events: EventColumns;
  /** cells that served, ascending */
  servedCells: Uint32Array<ArrayBuffer>;
  state: Columns;
  linkEvaluations: number;
  /** UE-steps without service */
  uncovered: number;
}

export interface ShardOptions {
  mission: Mission;
  track: Track;
  /** null where satellites need no gateway */
  feeders: FeederPlan | null;
  /** the UEs of this shard */
  users: Users;
  /** number of its first UE in the run */
  firstUe: number;
  /** of all UEs of the run: see `region` */
  centre: Float64Array;
  spread: number;
}

/**
 * The time loop over a range of UEs: geometry → RSRP → event → frame, every UE on its own, so that any split of the
 * UEs over threads gives the same bytes.
 */
export class Shard {
  readonly #mission: Mission;
  readonly #users: Users;
  readonly #firstUe: number;
  readonly #places: Whereabouts;
  // of a UE that moves, at the instants of the step: ECEF position, normal [instant × 3], way [instant]
  readonly #position: Float64Array;
  readonly #up: Float64Array;
  readonly #way: Float64Array;
  readonly #geometry: StepGeometry;
  readonly #hearing: Hearing;
  readonly #settings: A3Settings;
  readonly #decision: Decision = { target: 0, atMs: 0, rsrpTarget: 0 };
  readonly #perStep: number;
  readonly #markStep: number;
  readonly #endMs: number;
  readonly #events: EventLog;
  readonly #departures: Departures;
  // what the events see, where that is not simply what is received; null otherwise
  readonly #levels: Levels | null;
  // the strategies of conditional handover; null for A3
  readonly #conditional: Conditional | null;
  #state: HandoverState;

  constructor({ mission, track, feeders, users, firstUe, centre, spread }: ShardOptions) {
    const model = beamModel(mission);
    const radio = receivers(mission);
    this.#mission = mission;
    this.#users = users;
    this.#firstUe = firstUe;
    this.#places = new Whereabouts(mission, users);
    this.#geometry = new StepGeometry(mission, track, feeders, model, centre, spread);
    this.#hearing = new Hearing(mission, model, radio, this.#geometry);
    this.#perStep = Math.round(mission.step / mission.measurementPeriod);
    this.#position = new Float64Array(3 * this.#perStep);
    this.#up = new Float64Array(3 * this.#perStep);
    this.#way = new Float64Array(this.#perStep);
    this.#markStep = Math.round(mission.mark / mission.step);
    this.#endMs = Math.round(mission.duration * 1000);
    this.#settings = {
      offsetDb: mission.a3OffsetDb,
      hysteresisDb: mission.hysteresisDb,
      timeToTriggerMs: Math.round(mission.timeToTrigger * 1000),
      periodMs: Math.round(mission.measurementPeriod * 1000),
    };
    const conditional = mission.handover.strategy !== "a3";
    this.#levels = conditional || Levels.changed(mission) ? new Levels(mission, users.count) : null;
    this.#conditional = conditional
      ? new Conditional(mission, model, track, radio, this.#geometry, this.#places, users.count)
      : null;
    this.#state = handoverState(users.count);
    this.#departures = {
      cellAtMark: new Uint32Array(users.count),
      enteredAtMarkMs: new Int32Array(users.count).fill(-1),
      leftMs: new Int32Array(users.count).fill(-1),
    };
    this.#events = new EventLog(firstUe);
  }

  get departures(): Readonly<Departures> {
    return this.#departures;
  }

  /** Puts back what `run` gave as `state` for these UEs. */
  restore(state: Columns): void {
    this.#state = handoverState(this.#users.count);
    unpackState(this.#state, this.#departures, state, SLOTS);
    if (this.#levels?.filters) unpackFilters(this.#levels, state);
    this.#conditional?.restore(state);
  }

  /** Runs steps [first, first + steps). Steps must follow one another. */
  run(first: number, steps: number): ShardBlock {
    const ues = this.#users.count;
    const frames = emptyBlock(first, steps, ues);
    const before = this.#hearing.evaluations;
    const served = new Set<number>();
    let uncovered = 0;
    for (let step = 0; step < steps; step++)
      uncovered += this.#step(first + step, frames, step * ues, served);
    return {
      frames,
      events: this.#events.take(),
      servedCells: Uint32Array.from(served).sort(),
      state: {
        ...packState(this.#state, this.#departures, SLOTS),
        ...(this.#levels?.filters ? packFilters(this.#levels) : {}),
        ...this.#conditional?.pack(),
      },
      linkEvaluations: this.#hearing.evaluations - before,
      uncovered,
    };
  }

  #instants(step: number): Float64Array {
    const { measurementPeriod } = this.#mission;
    if (step === 0) return Float64Array.of(0);
    return Float64Array.from(
      { length: this.#perStep },
      (_, i) => ((step - 1) * this.#perStep + i + 1) * measurementPeriod,
    );
  }

  #step(step: number, frames: FrameBlock, row: number, served: Set<number>): number {
    const times = this.#instants(step);
    this.#geometry.prepare(times);
    this.#conditional?.prepare(times.length);
    const { serving } = this.#state;
    let uncovered = 0;
    let lastServed = 0;
    for (let ue = 0; ue < this.#users.count; ue++) {
      const before = serving[ue];
      if (this.#look(ue, times)) this.#follow(ue, times);
      else if (before !== 0) this.#lose(ue, Math.round(times[0] * 1000));
      if (step === this.#markStep) this.#mark(ue);
      const cell = serving[ue];
      if (cell === 0) {
        uncovered++;
        frames.rsrp[row + ue] = NO_SIGNAL;
        frames.sinr[row + ue] = NO_SIGNAL;
        continue;
      }
      if (cell !== lastServed) served.add((lastServed = cell));
      this.#frame(frames, row + ue, ue, before, times.length - 1);
    }
    return uncovered;
  }

  /** Says whether a UE may hear anything at the instants of the step. */
  #look(ue: number, times: Float64Array): boolean {
    const userClass = this.#users.userClass[ue];
    const places = this.#places;
    const number = this.#firstUe + ue;
    if (!places.moves(ue))
      return this.#hearing.look(number, userClass, places.position, places.up, 3 * ue, 0, null, times.length);
    for (let instant = 0; instant < times.length; instant++) {
      places.write(this.#position, this.#up, 3 * instant, ue, times[instant]);
      this.#way[instant] = places.travelled(ue, times[instant]);
    }
    return this.#hearing.look(number, userClass, this.#position, this.#up, 0, 3, this.#way, times.length);
  }

  #frame(frames: FrameBlock, at: number, ue: number, before: number, instant: number): void {
    const cell = this.#state.serving[ue];
    this.#hearing.servingRsrp = -Infinity;
    for (let i = 0; i < this.#hearing.count; i++) {
      if (this.#hearing.cell[i] === cell) this.#hearing.servingRsrp = this.#hearing.rsrp[i];
    }
    frames.cellState[at] = packCell(
      cell,
      before !== 0 && before !== cell ? UE_STATE.handover : UE_STATE.served,
    );
    frames.rsrp[at] = toCenti(this.#hearing.servingRsrp);
    frames.sinr[at] = toCenti(this.#hearing.sinr(instant, cell));
  }

  #follow(ue: number, times: Float64Array): void {
    for (let instant = 0; instant < times.length; instant++) {
      this.#hearing.listen(instant, this.#state.serving[ue]);
      this.#decide(ue, Math.round(times[instant] * 1000), instant);
    }
  }

  /** Attach, keep, hand over, reselect or lose, by what was just heard. */
  #decide(ue: number, nowMs: number, instant: number): void {
    const hearing = this.#hearing;
    const state = this.#state;
    const serving = state.serving[ue];
    if (hearing.best === 0) {
      if (serving !== 0) this.#lose(ue, nowMs);
    } else if (serving === 0) this.#enter(ue, hearing.best, nowMs);
    else if (hearing.servingRsrp === -Infinity) {
      this.#log(ue, nowMs, hearing.best, Number.NaN, hearing.bestRsrp, TRIGGERS.indexOf("reselection"));
      this.#enter(ue, hearing.best, nowMs);
    } else {
      const decision = this.#decision;
      const seen = this.#levels ?? hearing;
      this.#levels?.take(ue, this.#firstUe + ue, serving, nowMs, hearing);
      if (this.#conditional) this.#watch(this.#conditional, ue, nowMs, instant);
      else a3(decision, state, ue, nowMs, seen.servingRsrp, seen, this.#settings);
      // a timer that runs out after the last instant changes nothing in this run
      if (decision.target === 0 || decision.atMs > this.#endMs) return;
      const trigger = this.#conditional?.trigger ?? TRIGGERS.indexOf("A3");
      this.#log(ue, decision.atMs, decision.target, seen.servingRsrp, decision.rsrpTarget, trigger);
      this.#enter(ue, decision.target, decision.atMs);
    }
  }

  /** Lets a conditional handover see the measurement of an instant of the step. */
  #watch(conditional: Conditional, ue: number, nowMs: number, instant: number): void {
    const moves = this.#places.moves(ue);
    conditional.decide(
      this.#decision,
      ue,
      this.#users.userClass[ue],
      this.#state.serving[ue],
      this.#state.enteredMs[ue],
      nowMs,
      instant,
      this.#levels!,
      moves ? this.#position : this.#places.position,
      moves ? this.#up : this.#places.up,
      moves ? 3 * instant : 3 * ue,
    );
  }

  #log(
    ue: number,
    atMs: number,
    target: number,
    rsrpSource: number,
    rsrpTarget: number,
    trigger: number,
  ): void {
    const state = this.#state;
    const stayedMs = atMs - state.enteredMs[ue];
    const back = target === state.previous[ue] && stayedMs < this.#mission.minTimeOfStay * 1000;
    this.#events.add(atMs, ue, state.serving[ue], target, rsrpSource, rsrpTarget, trigger, back ? 1 : 0);
  }

  #enter(ue: number, cell: number, atMs: number): void {
    const state = this.#state;
    this.#depart(ue, atMs);
    state.previous[ue] = state.serving[ue];
    state.serving[ue] = cell;
    state.enteredMs[ue] = atMs;
    state.running[ue] = 0;
    this.#conditional?.clear(ue);
  }

  #lose(ue: number, atMs: number): void {
    this.#depart(ue, atMs);
    this.#state.serving[ue] = 0;
    this.#state.previous[ue] = 0;
    this.#state.enteredMs[ue] = -1;
    this.#state.running[ue] = 0;
    this.#conditional?.clear(ue);
    this.#levels?.forget(ue);
  }

  #mark(ue: number): void {
    this.#departures.cellAtMark[ue] = this.#state.serving[ue];
    this.#departures.enteredAtMarkMs[ue] = this.#state.enteredMs[ue];
  }

  #depart(ue: number, atMs: number): void {
    const { cellAtMark, leftMs } = this.#departures;
    if (leftMs[ue] < 0 && cellAtMark[ue] !== 0 && cellAtMark[ue] === this.#state.serving[ue])
      leftMs[ue] = atMs;
  }
}
