import { a3, handoverState, type A3Settings, type Decision } from "../../handover/a3.ts";
import { RADIO_LINK, radioLink, radioLinkState, resetRadioLink } from "../../handover/radio-link.ts";
import { predictNetwork } from "../../learn/train/predict.ts";
import type { Network } from "../../learn/train/network.ts";
import { DynamicThreshold } from "./threshold.ts";
import { chooseCells, writeWindow, type WindowSettings } from "./windows.ts";
import { sinrDb, strongest, type World } from "./world.ts";

/** Who decides: A3 on what is measured now, the network with a threshold, the UE at the foretold instant, or who knows the future. */
export const DECIDERS = [
  "A3",
  "fixed threshold",
  "dynamic threshold",
  "dynamic, conditional",
  "known future",
] as const;
export type Decider = (typeof DECIDERS)[number];

/** Offset, hysteresis and time-to-trigger in the middle of what is common; no filter over the reports. Assumed. */
export const A3: Omit<A3Settings, "periodMs"> = { offsetDb: 2, hysteresisDb: 1, timeToTriggerMs: 160 };
/** Interruption [ms] of a handover, of one that fails (T304 and re-establishment), and of a re-establishment after a radio-link failure. Assumed. */
export const INTERRUPTION_MS = { handover: 50, failure: 500, reestablishment: 200 };
/** A return to the cell before within so long is a ping-pong (TR 36.839 §5.2.1: minimum time of stay 1 s). */
export const MIN_STAY_S = 1;
const FIXED = 0.5;
/** What A3 asks of a target, an alarm must turn out to have been about, dB. */
const MARGIN_DB = A3.offsetDb + A3.hysteresisDb;

export interface Score {
  decider: Decider;
  handovers: number;
  /** handovers whose target could not be reached */
  failures: number;
  radioLinkFailures: number;
  pingPongs: number;
  /** s without data, of all UEs */
  interruptionS: number;
  /** UE-seconds watched */
  seconds: number;
  /** share of that time on the strongest cell */
  onBest: number;
}

export interface Driven {
  scores: Score[];
  /** of the dynamic threshold, by step */
  threshold: Float32Array<ArrayBuffer>;
}

/** All that a decider knows of a UE at a step. */
interface View {
  world: World;
  ue: number;
  /** its number among those that drive */
  place: number;
  step: number;
  nowMs: number;
  serving: number;
}

interface Judge {
  /** measurements between the command and its execution */
  lead: number;
  /** cell to go to now, −1 to stay */
  decide(view: View): number;
  endStep?(): void;
}

/** Lets UEs drive through a world under each decider. */
export async function drive(
  world: World,
  ues: Uint32Array,
  window: WindowSettings,
  network: Network,
  onnx: Uint8Array,
  shouldStop: () => boolean,
): Promise<Driven> {
  const foretold = await foretell(world, ues, window, network, onnx, shouldStop);
  const dynamic = new Foreseeing(foretold, window, new DynamicThreshold(), false);
  const judges: Judge[] = [
    new Reactive(world, ues.length),
    new Foreseeing(foretold, window, null, false),
    dynamic,
    new Foreseeing(foretold, window, new DynamicThreshold(), true),
    { lead: window.ahead, decide: ({ ue, step }) => knownBest(world, ue, step) },
  ];
  const scores = judges.map((judge, i) => follow(world, ues, window, judge, DECIDERS[i]));
  return { scores, threshold: Float32Array.from(dynamic.trace) };
}

const knownBest = ({ level, cells }: World, ue: number, step: number) =>
  strongest(level[ue], step * cells[ue], cells[ue]);

interface Foretold {
  /** [ue × step × class] cell, −1 none, and its probability of being the best */
  cell: Int32Array;
  probability: Float32Array;
}

/** The network's answer for every window of the UEs, made in one go. */
async function foretell(
  world: World,
  ues: Uint32Array,
  { steps, ahead }: WindowSettings,
  network: Network,
  onnx: Uint8Array,
  shouldStop: () => boolean,
): Promise<Foretold> {
  const { classes } = world;
  const rows = ues.length * world.steps;
  const x = new Float32Array(rows * steps * classes);
  const cell = new Int32Array(rows * classes);
  for (let place = 0; place < ues.length; place++)
    for (let step = steps - 1; step + ahead < world.steps; step++) {
      const row = place * world.steps + step;
      const chosen = cell.subarray(row * classes, (row + 1) * classes);
      chooseCells(chosen, world, ues[place], step);
      writeWindow(x, row * steps * classes, world, ues[place], step, steps, chosen);
    }
  return { cell, probability: await predictNetwork(network, onnx, x, rows, { shouldStop }) };
}

/** Event A3 on the reports, as runs have it, but that the handover falls at the measurement before its timer ends. */
class Reactive implements Judge {
  readonly lead = 0;
  readonly #state;
  readonly #settings: A3Settings;
  readonly #decision: Decision = { target: 0, atMs: 0, rsrpTarget: 0 };

  constructor({ periodS }: World, ues: number) {
    this.#state = handoverState(ues);
    this.#settings = { ...A3, periodMs: Math.round(1000 * periodS) };
  }

  decide({ world: { cells, measured }, ue, place, step, nowMs, serving }: View): number {
    const count = cells[ue];
    const row = measured[ue].subarray(step * count, (step + 1) * count);
    // cells are numbered from 1 there
    if (this.#state.serving[place] !== serving + 1) this.#state.running[place] = 0;
    this.#state.serving[place] = serving + 1;
    const cell = Uint32Array.from(row, (_, k) => k + 1);
    const seen = { count, cell, rsrp: Float64Array.from(row) };
    a3(this.#decision, this.#state, place, nowMs, row[serving], seen, this.#settings);
    return this.#decision.target - 1;
  }
}

/**
 * Goes where the network said `ahead` measurements ago that the best cell would be by now, where it was sure enough that
 * this would not be the serving cell. The candidates were prepared then, and the UE executes at the foretold instant.
 */
class Foreseeing implements Judge {
  readonly lead: number;
  readonly #foretold: Foretold;
  readonly #threshold: DynamicThreshold | null;
  /** whether the UE executes only towards a cell that it reports stronger than its own */
  readonly #conditional: boolean;
  /** the threshold by step */
  readonly trace: number[] = [];

  constructor(
    foretold: Foretold,
    { ahead }: WindowSettings,
    threshold: DynamicThreshold | null,
    conditional: boolean,
  ) {
    this.#conditional = conditional;
    this.lead = ahead;
    this.#foretold = foretold;
    this.#threshold = threshold;
  }

  decide({ world, ue, place, step, serving }: View): number {
    const { classes, steps, measured, cells } = world;
    const at = (place * steps + step - this.lead) * classes;
    const chosen = this.#foretold.cell.subarray(at, at + classes);
    const p = this.#foretold.probability;
    let best = -1;
    let stays = 0;
    for (let k = 0; k < classes; k++) {
      if (chosen[k] === serving) stays = p[at + k];
      else if (chosen[k] >= 0 && (best < 0 || p[at + k] > p[at + best])) best = k;
    }
    const alarm = best >= 0 && 1 - stays > (this.#threshold?.value ?? FIXED);
    this.#threshold?.judge(alarm, outdone(measured[ue], step * cells[ue], cells[ue], serving));
    if (!alarm) return -1;
    const row = step * cells[ue];
    const stronger = measured[ue][row + chosen[best]] > measured[ue][row + serving];
    return stronger || !this.#conditional ? chosen[best] : -1;
  }

  endStep(): void {
    if (!this.#threshold) return;
    this.#threshold.step();
    this.trace.push(this.#threshold.value);
  }
}

/** Whether a report [cell] shows a cell that is better than the serving one by the margin. */
function outdone(levels: Float32Array, from: number, count: number, serving: number): boolean {
  return levels[from + strongest(levels, from, count)] > levels[from + serving] + MARGIN_DB;
}

interface Ride {
  serving: number;
  previous: number;
  /** step */
  entered: number;
}

/** Every UE from the first full window to the last instant that was foretold. */
function follow(
  world: World,
  ues: Uint32Array,
  window: WindowSettings,
  judge: Judge,
  decider: Decider,
): Score {
  const score = emptyScore(decider);
  const periodMs = Math.round(1000 * world.periodS);
  const first = window.steps - 1 + window.ahead;
  const links = radioLinkState(ues.length);
  const rides = Array.from(ues, (ue): Ride => ({
    serving: knownBest(world, ue, first),
    previous: -1,
    entered: first,
  }));
  for (let step = first; step < world.steps; step++) {
    const nowMs = step * periodMs;
    ues.forEach((ue, place) => {
      const best = knownBest(world, ue, step);
      // nobody can serve here: no one's fault
      if (sinrDb(world, ue, step, best) < RADIO_LINK.qoutDb) return resetRadioLink(links, place);
      const ride = rides[place];
      const sinr = sinrDb(world, ue, step, ride.serving);
      score.seconds += world.periodS;
      if (radioLink(links, place, nowMs, sinr, { ...RADIO_LINK, indicationMs: periodMs }) >= 0) {
        score.radioLinkFailures++;
        score.interruptionS += (RADIO_LINK.t310Ms + INTERRUPTION_MS.reestablishment) / 1000;
        enter(ride, best, step);
      }
      const target = judge.decide({ world, ue, place, step, nowMs, serving: ride.serving });
      const commanded = Math.max(step - judge.lead, ride.entered);
      // a command that the UE could not receive changes nothing
      const heard = sinrDb(world, ue, commanded, ride.serving) >= RADIO_LINK.qoutDb;
      if (target >= 0 && target !== ride.serving && heard) {
        handOver(score, ride, world, ue, step, target);
        resetRadioLink(links, place);
      }
      if (ride.serving === best) score.onBest += world.periodS;
    });
    judge.endStep?.();
  }
  score.onBest /= score.seconds;
  return score;
}

function enter(ride: Ride, cell: number, step: number): void {
  ride.previous = ride.serving;
  ride.serving = cell;
  ride.entered = step;
}

function handOver(score: Score, ride: Ride, world: World, ue: number, step: number, target: number) {
  score.handovers++;
  if (target === ride.previous && (step - ride.entered) * world.periodS < MIN_STAY_S) score.pingPongs++;
  const reached = sinrDb(world, ue, step, target) >= RADIO_LINK.qoutDb;
  if (!reached) score.failures++;
  score.interruptionS += (reached ? INTERRUPTION_MS.handover : INTERRUPTION_MS.failure) / 1000;
  enter(ride, reached ? target : knownBest(world, ue, step), step);
}

const emptyScore = (decider: Decider): Score => ({
  decider,
  handovers: 0,
  failures: 0,
  radioLinkFailures: 0,
  pingPongs: 0,
  interruptionS: 0,
  seconds: 0,
  onBest: 0,
});
