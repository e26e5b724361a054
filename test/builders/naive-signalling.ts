/**
 * Second writing of the signalling of handovers, from the rules alone: an object for each handover, cell and gNB, an event for whatever
 * happens, and each takes effect at its own time: a message when its gNB is done with it, a timer when it runs out. Only the table of
 * messages and the transitions are shared with the engine.
 */
import { OTHERS, type Attempts, type SignallingSettings } from "../../src/main/handover/attempts.ts";
import * as messages from "../../src/main/handover/messages.ts";
import * as procedure from "../../src/main/handover/procedure.ts";
import { Random } from "../../src/main/math/random.ts";

const { MESSAGES } = messages;
/** These do their work whatever has become of the handover. */
const ASIDE = [messages.STATUS, messages.CANCEL, messages.SUCCESS, messages.CONFIGURED];
const ANSWERS = [messages.ACKNOWLEDGE, messages.REFUSAL];
const ON_SOURCE = ["grouped", "reporting", "preparing", "commanded", "configuring", "waiting", "stranded"];
/** closer events are at the same instant but for rounding [ms] */
const SAME = 1e-9;

/**
 * Where the rules leave open what comes first. `same instant`: what comes to a busy gNB together. `in hand`: while a gNB works on a
 * message something befalls its UE; the engine acts when the gNB takes the message.
 */
export type Doubt = "same instant" | "in hand";

class Gnb {
  working = 0;
  queue: Letter[] = [];
  drops = 0;
  longest = 0;
  busyMs = 0;
  /** what came or went last, and when */
  last = "";
  lastMs = NaN;
}

interface Cell {
  number: number;
  gnb: Gnb;
  held: number;
  dedicatedLeft: number;
}

/** A message on its way, with the cell that it is booked to. */
interface Letter {
  h: Handover;
  kind: number;
  candidate: number;
  cell: Cell;
  bytes: number;
  wayMs: number;
  /** its handover's when it was sent first */
  phase: number;
  /** how often it has been sent before */
  times: number;
  /** whether it still meant something when a gNB took it */
  isTaken: boolean;
}

type Handover = ReturnType<typeof handoverOf> & {
  outcome?: procedure.Outcome;
  previous?: Handover;
  next?: Handover;
  members: Handover[];
};

const COUNTS = { messages: 0, bytes: 0, tries: 0, drops: 0, downMs: 0, upMs: 0, triesNow: 0 };
const FLAGS = { conditionMet: false, isHeard: false, hasDedicated: false };
const NEVER = {
  dueMs: NaN,
  startMs: NaN,
  endMs: NaN,
  configuredMs: NaN,
  lastDownMs: NaN,
  lastUpMs: NaN,
  lostMs: NaN,
  lostUpMs: NaN,
};

function handoverOf(a: Attempts, p: number, cells: readonly Cell[]) {
  const others = a.kind[p] === 1 ? (a.otherCandidates?.subarray(OTHERS * p, OTHERS * (p + 1)) ?? []) : [];
  const source = cells[a.source[p]];
  const target = cells[a.target[p]];
  return {
    ...COUNTS,
    ...FLAGS,
    ...NEVER,
    index: p,
    isConditional: a.kind[p] === 1,
    wantedMs: a.kind[p] === 1 ? a.preparedMs[p] : a.timeMs[p],
    timeMs: a.timeMs[p],
    source,
    target,
    /** the target, and further prepared cells */
    candidates: [target, ...Array.from(others, (number) => (number > 0 ? cells[number] : null))],
    isInside: source.gnb === target.gnb,
    isFar: a.interSatellite[p] === 1,
    sourceUntilMs: a.sourceUntilMs[p],
    targetFromMs: a.targetFromMs[p],
    targetUntilMs: a.targetUntilMs[p],
    sourceWayMs: a.serviceDelayMs[p],
    targetWayMs: a.targetDelayMs[p],
    group: a.groupOf?.[p] ?? -1,
    /** UEs that its preparation stands for */
    size: 1,
    state: "idle" as procedure.State,
    /** how often all that was under way has been made void */
    phase: 0,
    /** since when the next one waits for its end */
    isDue: false,
    /** numbers of candidates that have a place for it; places at the target */
    admitted: new Set<number>(),
    places: 0,
    unanswered: 0,
    /** what it accesses; what counts the UE */
    access: target,
    where: source,
    /** when T304, or T311, runs out; when a target that does not last fails */
    deadlineMs: NaN,
    targetFailsMs: Infinity,
  };
}

const isPresent = (h: Handover, phase: number) => h.phase === phase && h.state !== "ended";
const airMs = (h: Handover, cell: Cell) => (cell === h.source ? h.sourceWayMs : h.targetWayMs);

function canUse(h: Handover, cell: Cell, atMs: number): boolean {
  if (cell === h.source) return atMs <= h.sourceUntilMs;
  return h.targetFromMs <= atMs && atMs <= h.targetUntilMs;
}

export class NaiveSignalling {
  readonly handovers: Handover[] = [];
  readonly cells: Cell[];
  readonly gnbs: Gnb[];
  /** by `${second} ${cell}` */
  readonly sums = new Map<string, ReturnType<NaiveSignalling["sumsAt"]>>();
  readonly kinds = MESSAGES.map(() => 0);
  readonly doubts = new Set<Doubt>();
  readonly #settings: SignallingSettings;
  readonly #random: Random;
  readonly #failureMs: number;
  /** [group] */
  readonly #leaders = new Map<number, Handover>();
  /** UEs that send, by `${cell} ${occasion} ${preamble}` */
  readonly #senders = new Map<string, number>();
  /** the latest first */
  readonly #events: { atMs: number; happen: () => void }[] = [];
  #nowMs = 0;

  constructor(attempts: Attempts, settings: SignallingSettings) {
    const { n310, indicationMs, t310Ms } = settings.radioLink;
    this.#settings = settings;
    this.#random = new Random(settings.seed, "signalling");
    this.#failureMs = n310 * indicationMs + t310Ms;
    this.gnbs = Array.from({ length: Math.max(...settings.nodeOf) + 1 }, () => new Gnb());
    this.cells = Array.from(settings.nodeOf, (node, number) => {
      const { held, rach } = settings;
      return { number, gnb: this.gnbs[node], held: held[number], dedicatedLeft: rach.dedicatedPreambles };
    });
    for (let p = 0; p < attempts.count; p++) this.#add(attempts, p);
    for (let next = this.#events.pop(); next; next = this.#events.pop()) {
      this.#nowMs = next.atMs;
      next.happen();
    }
  }

  #add(a: Attempts, p: number): void {
    const h: Handover = { ...handoverOf(a, p, this.cells), members: [] };
    h.previous = this.handovers.findLast(({ index }) => a.ue[index] === a.ue[p]);
    if (h.previous) h.previous.next = h;
    // a link that fails before its handover is wanted starts it
    h.dueMs = Math.min(h.wantedMs, Math.max(h.previous?.dueMs ?? 0, h.sourceUntilMs + this.#failureMs));
    this.handovers.push(h);
    this.#at(h.dueMs, () => this.#begin(h));
  }

  #at(atMs: number, happen: () => void): void {
    if (atMs < this.#nowMs) throw new Error(`an event at ${atMs} ms, before ${this.#nowMs} ms`);
    if (atMs === Infinity) return;
    const place = this.#events.findLastIndex((event) => event.atMs > atMs) + 1;
    this.#events.splice(place, 0, { atMs, happen });
  }

  /** The same, void once the handover's phase is another. */
  #later(h: Handover, atMs: number, happen: () => void): void {
    const { phase } = h;
    this.#at(atMs, () => isPresent(h, phase) && happen());
  }

  sumsAt(atMs: number, cell: Cell) {
    const key = `${Math.floor(atMs / 1000)} ${cell.number}`;
    const none = { messages: 0, bytes: 0, executions: 0, tries: 0, collisions: 0, queue: 0, drops: 0 };
    const sums: typeof none = this.sums.get(key) ?? none;
    this.sums.set(key, sums);
    return sums;
  }

  #fire(h: Handover, on: procedure.EventName | number): void {
    const table = h.isConditional ? procedure.CONDITIONAL : procedure.ORDINARY;
    const step = table.find((t) => t.from === h.state && t.on === on);
    if (!step) throw new Error(`${h.state} does not know ${on}`);
    h.state = step.to;
    for (const what of step.does)
      if (what === messages.COMMAND) this.#command(h);
      else if (typeof what === "number") this.#send(h, what);
      else this.#act(h, what);
  }

  #act(h: Handover, what: procedure.Action): void {
    if (what === "prepare") this.#prepare(h);
    else if (what === "access") this.#access(h);
    else if (what === "search") this.#search(h);
    else if (what === "cancel") this.#cancel(h);
    else this.#end(h);
  }

  #begin(h: Handover): void {
    if (h.previous && h.previous.state !== "ended") {
      h.previous.isDue = true;
      return;
    }
    h.startMs = this.#nowMs;
    const failsMs = h.sourceUntilMs + this.#failureMs;
    if (failsMs <= this.#nowMs) {
      h.outcome = "radio-link-failure";
      this.#fire(h, "radioLinkFailure");
      return;
    }
    this.#later(h, failsMs, () => this.#sourceLost(h));
    if (h.isConditional) this.#later(h, Math.max(this.#nowMs, h.timeMs), () => this.#condition(h));
    if (h.isConditional || !this.#joins(h, this.#leaders.get(h.group))) this.#fire(h, "start");
  }

  /** A leader that has not reported yet takes it along; else it leads its group. */
  #joins(h: Handover, leader: Handover | undefined): boolean {
    if (leader?.state === "reporting" && leader.source === h.source && leader.target === h.target) {
      leader.members.push(h);
      leader.size++;
      this.#fire(h, "join");
      return true;
    }
    if (h.group >= 0) this.#leaders.set(h.group, h);
    return false;
  }

  #end(h: Handover): void {
    h.endMs = this.#nowMs;
    h.outcome ??= "success";
    if (h.outcome !== "success") this.#forget(h);
    if (h.isDue) this.#at(this.#nowMs, () => this.#begin(h.next!));
  }

  // messages

  #cellOf(h: Handover, role: messages.Role, candidate: number): Cell | null {
    if (role === "source") return h.source;
    if (role === "cell") return h.access;
    return role === "target" || role === "other" ? h.candidates[candidate] : null;
  }

  #wayMs(h: Handover, kind: number, from: Cell | null, to: Cell | null): number {
    if (MESSAGES[kind].interface === "Uu") return airMs(h, (to ?? from)!);
    if (MESSAGES[kind].interface === "NG") return this.#settings.coreMs;
    const isFar = from === h.target || to === h.target ? h.isFar : from!.gnb !== to!.gnb;
    return isFar ? this.#settings.interSatelliteMs : 0;
  }

  #send(h: Handover, kind: number, candidate = 0): void {
    if (kind === messages.STATUS && h.isInside) return;
    const from = this.#cellOf(h, MESSAGES[kind].from, candidate);
    const to = this.#cellOf(h, MESSAGES[kind].to, candidate);
    const costs = this.#settings.messages;
    const bytes = costs.bytes[kind] + costs.memberBytes[kind] * (h.size - 1);
    const wayMs = this.#wayMs(h, kind, from, to);
    const { phase } = h;
    const letter = { h, kind, candidate, cell: (to ?? from)!, bytes, wayMs, phase, times: 0, isTaken: false };
    this.#transmit(letter, this.#nowMs);
  }

  #book(h: Handover, kind: number, cell: Cell, bytes: number, atMs: number): void {
    for (const sums of [this.sumsAt(atMs, cell), h]) {
      sums.messages++;
      sums.bytes += bytes;
    }
    this.kinds[kind]++;
  }

  #transmit(letter: Letter, atMs: number): void {
    const { h, kind, cell, bytes } = letter;
    const { to, interface: way } = MESSAGES[kind];
    const arrivesMs = atMs + letter.wayMs;
    const { rrcMs, messages: costs } = this.#settings;
    this.#book(h, kind, cell, bytes, atMs);
    if (way === "Uu" && !canUse(h, cell, to === "ue" ? arrivesMs : atMs)) this.#lostOnAir(letter, atMs);
    else if (to === "ue") this.#at(arrivesMs + rrcMs, () => this.#worked(letter));
    else if (to === "core") this.#at(arrivesMs + costs.serviceMs[kind], () => this.#worked(letter));
    else this.#at(arrivesMs, () => this.#arrive(letter));
  }

  /** What is lost on the source's link is followed by that link's failure. */
  #lostOnAir({ h, kind }: Letter, atMs: number): void {
    const failsMs = Math.max(atMs, Math.min(atMs, h.targetUntilMs) + this.#failureMs);
    if (kind === messages.COMPLETE) this.#later(h, failsMs, () => this.#targetLost(h));
    if (kind >= messages.AGAIN_REQUEST) this.#later(h, Math.max(atMs, h.deadlineMs), () => this.#notFound(h));
  }

  // gNBs

  /** A message comes to a gNB or is done; a UE's equal ones keep the order of its candidates. */
  #touch({ h, kind, times, cell: { gnb } }: Letter, what: "comes" | "is done"): void {
    const isBusy = gnb.working >= this.#settings.processing.cpus - 1;
    const who = `${h.index} ${kind} ${times} ${what}`;
    if (isBusy && this.#nowMs - gnb.lastMs < SAME && gnb.last !== who) this.doubts.add("same instant");
    gnb.last = who;
    gnb.lastMs = this.#nowMs;
  }

  #arrive(letter: Letter): void {
    const { h, phase, cell } = letter;
    const { cpus, queueLimit } = this.#settings.processing;
    const { gnb } = cell;
    const sums = this.sumsAt(this.#nowMs, cell);
    this.#touch(letter, "comes");
    sums.queue = Math.max(sums.queue, gnb.queue.length);
    if (gnb.working === cpus && gnb.queue.length === queueLimit) {
      for (const counts of [sums, gnb, h]) counts.drops++;
      this.#dropped(letter);
      return;
    }
    letter.isTaken = isPresent(h, phase);
    if (gnb.working < cpus) this.#work(letter);
    else gnb.longest = Math.max(gnb.longest, gnb.queue.push(letter));
  }

  #work(letter: Letter): void {
    const { gnb } = letter.cell;
    const { messages: costs, retransmissionMs } = this.#settings;
    const serviceMs = letter.times > 0 ? retransmissionMs : costs.serviceMs[letter.kind];
    gnb.working++;
    gnb.busyMs += serviceMs;
    this.#at(this.#nowMs + serviceMs, () => this.#done(letter));
  }

  #done(letter: Letter): void {
    const { gnb } = letter.cell;
    this.#touch(letter, "is done");
    gnb.working--;
    if (gnb.queue.length > 0) this.#work(gnb.queue.shift()!);
    if (letter.isTaken && !isPresent(letter.h, letter.phase)) this.doubts.add("in hand");
    this.#worked(letter);
  }

  #dropped(letter: Letter): void {
    const { h, wayMs, times } = letter;
    const isAside = ASIDE.includes(letter.kind);
    if (!isAside && !isPresent(h, letter.phase)) return;
    const { maxRetransmissions, retryMs } = this.#settings;
    const atMs = Math.max(this.#nowMs, this.#nowMs - wayMs + retryMs);
    if (times < maxRetransmissions) this.#transmit({ ...letter, times: times + 1 }, atMs);
    else if (isAside) this.#worked(letter);
    else if (letter.candidate === 0) this.#networkFailed(h, "overload");
    else this.#answered(h);
  }

  /** The receiver is done with a message. */
  #worked({ h, kind, candidate, phase }: Letter): void {
    if (kind === messages.SUCCESS) {
      this.#send(h, messages.STATUS);
      this.#cancel(h);
    } else if (kind === messages.CANCEL) h.candidates[candidate]!.held--;
    else if (!ASIDE.includes(kind) && isPresent(h, phase)) this.#react(h, kind, candidate);
  }

  #react(h: Handover, kind: number, candidate: number): void {
    const contextIsHere = h.access.gnb === h.source.gnb;
    if (kind === messages.REQUEST) this.#requested(h, candidate);
    else if (ANSWERS.includes(kind)) this.#answered(h);
    else if (kind === messages.CONFIGURE) this.#configured(h);
    else if (kind === messages.COMPLETE) this.#completed(h);
    else if (kind === messages.RELEASE) this.#released(h);
    else if (kind === messages.AGAIN_REQUEST) this.#fire(h, contextIsHere ? "contextHere" : kind);
    else if (kind === messages.AGAIN_COMPLETE) this.#reestablished(h, contextIsHere ? "backAtSource" : kind);
    else this.#fire(h, kind);
  }

  // preparation

  #prepare(h: Handover): void {
    h.unanswered = 1;
    for (const [candidate, cell] of h.candidates.entries())
      if (cell?.gnb === h.source.gnb) this.#admit(h, candidate);
      else if (cell) {
        h.unanswered++;
        this.#send(h, messages.REQUEST, candidate);
      }
    this.#answered(h);
  }

  #requested(h: Handover, candidate: number): void {
    this.#send(h, this.#admit(h, candidate) ? messages.ACKNOWLEDGE : messages.REFUSAL, candidate);
  }

  #admit(h: Handover, candidate: number): boolean {
    const cell = h.candidates[candidate]!;
    const places = candidate === 0 ? h.size : 1;
    if (cell.held + places > this.#settings.capacity) return false;
    cell.held += places;
    h.admitted.add(candidate);
    if (candidate === 0) h.places = places;
    if (!h.isConditional) this.#reserve(h);
    return true;
  }

  #answered(h: Handover): void {
    h.unanswered--;
    if (h.unanswered > 0) return;
    if (h.admitted.has(0)) this.#fire(h, "prepared");
    else this.#networkFailed(h, "refused");
  }

  /** One command for a UE and all that joined it; places of those that have gone are given back. */
  #command(h: Handover): void {
    const members = h.members.filter(({ state }) => state === "grouped");
    h.lastDownMs = h.lastUpMs = this.#nowMs;
    this.#send(h, messages.COMMAND);
    h.target.held -= h.places - 1 - members.length;
    h.places = 1;
    h.members = [];
    for (const member of members) this.#share(member);
  }

  #share(h: Handover): void {
    const arrivesMs = this.#nowMs + h.sourceWayMs;
    h.places = 1;
    h.admitted.add(0);
    h.lastDownMs = h.lastUpMs = this.#nowMs;
    this.#reserve(h);
    this.#fire(h, "shared");
    const receive = () => this.#fire(h, messages.COMMAND);
    if (canUse(h, h.source, arrivesMs)) this.#later(h, arrivesMs + this.#settings.rrcMs, receive);
  }

  #networkFailed(h: Handover, outcome: "overload" | "refused"): void {
    const members = h.members.filter(({ state }) => state === "grouped");
    h.members = [];
    for (const one of [...members, h]) this.#leave(one, outcome);
  }

  /** A UE still at its source stays there until that fails, unless its next handover comes before. */
  #leave(h: Handover, outcome: "overload" | "refused"): void {
    const failsMs = h.sourceUntilMs + this.#failureMs;
    const isSaved = failsMs === Infinity || (h.next !== undefined && h.next.wantedMs < failsMs);
    h.outcome ??= outcome;
    this.#endUnserved(h);
    this.#fire(h, ON_SOURCE.includes(h.state) && !isSaved ? "stranded" : outcome);
  }

  /** User data of a UE that has left its source, or has lost its link, do not flow again. */
  #endUnserved(h: Handover): void {
    if (h.state === "completing") h.downMs = this.#nowMs - h.lastDownMs;
    if (["requesting", "retrieving", "fetching", "reestablishing"].includes(h.state)) this.#resume(h);
  }

  #forget(h: Handover): void {
    for (const c of h.admitted) h.candidates[c]!.held -= c === 0 ? h.places : 1;
    h.admitted.clear();
    this.#release(h);
  }

  #reserve(h: Handover): void {
    if (h.target.dedicatedLeft === 0 || h.hasDedicated) return;
    h.target.dedicatedLeft--;
    h.hasDedicated = true;
  }

  #release(h: Handover): void {
    if (h.hasDedicated) h.target.dedicatedLeft++;
    h.hasDedicated = false;
  }

  // execution

  #configured(h: Handover): void {
    h.configuredMs = this.#nowMs;
    this.#fire(h, messages.CONFIGURE);
    if (h.conditionMet) this.#execute(h);
  }

  #condition(h: Handover): void {
    h.conditionMet = true;
    if (h.state === "waiting") this.#execute(h);
  }

  #execute(h: Handover): void {
    h.lastUpMs = Math.min(this.#nowMs, h.sourceUntilMs);
    h.lastDownMs = h.lastUpMs - h.sourceWayMs;
    this.#fire(h, "condition");
  }

  #access(h: Handover): void {
    const { sib19Ms, t304Ms, t430Ms } = this.#settings;
    this.sumsAt(this.#nowMs, h.access).executions++;
    h.triesNow = 0;
    h.isHeard = false;
    if (h.state === "accessing") this.#startTimer(h, this.#nowMs + t304Ms);
    const isOld = h.isConditional && h.state === "accessing" && this.#nowMs - h.configuredMs > t430Ms;
    this.#later(h, isOld ? this.#nowMs + sib19Ms : this.#nowMs, () => this.#choose(h));
  }

  /** T304, or T311, until the target or the cell of a re-establishment has been accessed. */
  #startTimer(h: Handover, atMs: number): void {
    h.deadlineMs = atMs;
    const state = h.state === "accessing" ? "accessing" : "reaccessing";
    this.#later(h, atMs, () => h.state === state && this.#accessFailed(h, "t304-expiry"));
  }

  #nextOccasion(): number {
    const { x, y, subframes } = this.#settings.rach.prach;
    for (let ms = Math.floor(this.#nowMs) + 1; ; ms++)
      if (Math.floor(ms / 10) % x === y && subframes.includes(ms % 10)) return ms;
  }

  #draw(h: Handover, part: number): Random {
    return this.#random.atWords((h.index << 17) | (2 * h.tries + part), h.index >>> 15);
  }

  #choose(h: Handover): void {
    const { fdm, contentionPreambles } = this.#settings.rach;
    const atMs = this.#nextOccasion();
    const preamble = h.hasDedicated ? `of ${h.index}` : this.#draw(h, 0).below(fdm * contentionPreambles);
    const place = `${h.access.number} ${atMs} ${preamble}`;
    if (atMs > h.deadlineMs) return;
    this.#senders.set(place, (this.#senders.get(place) ?? 0) + 1);
    this.#later(h, atMs, () => this.#try(h, this.#senders.get(place)! > 1));
  }

  #try(h: Handover, hasMet: boolean): void {
    const { rach, messages: costs } = this.#settings;
    const draw = this.#draw(h, 1);
    const luck = draw.next();
    const backoffMs = draw.next() * rach.backoffMs;
    const sums = this.sumsAt(this.#nowMs, h.access);
    for (const counts of [sums, h]) counts.tries++;
    if (hasMet) sums.collisions++;
    this.#book(h, messages.PREAMBLE, h.access, costs.bytes[messages.PREAMBLE], this.#nowMs);
    h.triesNow++;
    h.isHeard ||= canUse(h, h.access, this.#nowMs);
    const isDetected = luck < (rach.rampedDetection ? 1 - Math.exp(-h.triesNow) : 1);
    if (isDetected && !hasMet && canUse(h, h.access, this.#nowMs) && this.#respond(h)) return;
    const closedMs = this.#nowMs + 2 * airMs(h, h.access) + rach.responseWindowMs;
    if (h.triesNow < rach.triesMax) this.#later(h, closedMs + backoffMs, () => this.#choose(h));
    else this.#later(h, closedMs, () => this.#accessFailed(h, "rach-failure"));
  }

  /** Answers whether the response reaches the UE. */
  #respond(h: Handover): boolean {
    const { rach, messages: costs } = this.#settings;
    const sentMs = this.#nowMs + airMs(h, h.access) + rach.responseMs;
    const heardMs = sentMs + airMs(h, h.access);
    if (!canUse(h, h.access, heardMs)) return false;
    this.#book(h, messages.RESPONSE, h.access, costs.bytes[messages.RESPONSE], sentMs);
    this.#later(h, heardMs, () => this.#accessed(h));
    return true;
  }

  #accessed(h: Handover): void {
    this.#release(h);
    if (h.state === "accessing") h.upMs = this.#nowMs - h.lastUpMs;
    this.#fire(h, "accessed");
  }

  #accessFailed(h: Handover, reason: "rach-failure" | "t304-expiry"): void {
    this.#release(h);
    if (h.state === "reaccessing") this.#resume(h);
    else if (h.isHeard) h.outcome = reason;
    else if (canUse(h, h.source, this.#nowMs)) h.outcome = "too-early";
    else h.outcome = this.#targetAgainMs(h) < Infinity ? "t304-expiry" : "wrong-cell";
    this.#fire(h, "accessFailed");
  }

  // completion

  #completed(h: Handover): void {
    const failsMs = Math.max(this.#nowMs, h.targetUntilMs + this.#failureMs);
    const isSaved = h.next !== undefined && h.next.timeMs < failsMs;
    const isShort = h.targetUntilMs < this.#nowMs + this.#settings.minTimeOfStayMs && !isSaved;
    h.downMs = this.#nowMs - h.lastDownMs;
    h.source.held--;
    h.where = h.target;
    h.admitted.delete(0);
    if (isShort) h.targetFailsMs = failsMs;
    if (!h.isInside) this.#fire(h, messages.COMPLETE);
    else if (isShort) this.#stayShort(h);
    else this.#fire(h, "completeInside");
  }

  #released(h: Handover): void {
    if (h.targetFailsMs === Infinity || h.outcome) this.#fire(h, messages.RELEASE);
    else this.#stayShort(h);
  }

  #stayShort(h: Handover): void {
    this.#fire(h, "stayShort");
    this.#later(h, Math.max(this.#nowMs, h.targetFailsMs), () => this.#targetLost(h));
  }

  /** Tells the prepared cells that were not chosen, in the order of the candidates. */
  #cancel(h: Handover): void {
    for (const [candidate, cell] of h.candidates.entries())
      if (candidate > 0 && h.admitted.has(candidate)) {
        if (cell!.gnb === h.source.gnb) cell!.held--;
        else this.#send(h, messages.CANCEL, candidate);
      }
    h.admitted.clear();
  }

  // failure

  #sourceLost(h: Handover): void {
    if (!ON_SOURCE.includes(h.state)) return;
    for (const member of h.members) if (member.state === "grouped") this.#fire(member, "alone");
    h.members = [];
    h.outcome ??= h.state === "waiting" ? "radio-link-failure" : "too-late";
    this.#fire(h, "radioLinkFailure");
  }

  #targetLost(h: Handover): void {
    h.outcome ??= canUse(h, h.source, this.#nowMs) ? "too-early" : "wrong-cell";
    this.#fire(h, "targetLost");
  }

  #notFound(h: Handover): void {
    this.#resume(h);
    this.#fire(h, "notFound");
  }

  /** When the target can be used while T311 runs. */
  #targetAgainMs(h: Handover): number {
    const fromMs = Math.max(this.#nowMs, h.targetFromMs);
    return canUse(h, h.target, fromMs) && fromMs <= this.#nowMs + this.#settings.t311Ms ? fromMs : Infinity;
  }

  #search(h: Handover): void {
    const isAtSource = canUse(h, h.source, this.#nowMs);
    const foundMs = isAtSource ? this.#nowMs : this.#targetAgainMs(h);
    const nextMs = h.next ? Math.max(this.#nowMs, h.next.wantedMs) : Infinity;
    this.#interrupt(h);
    this.#forget(h);
    h.phase++;
    h.access = isAtSource ? h.source : h.target;
    this.#startTimer(h, this.#nowMs + this.#settings.t311Ms);
    if (foundMs < Infinity) this.#later(h, foundMs, () => this.#fire(h, "found"));
    else this.#later(h, Math.min(h.deadlineMs, nextMs), () => this.#notFound(h));
  }

  /** The last user data: at the last good instant that no handover before has counted, or before the UE left its source. */
  #interrupt(h: Handover): void {
    const hasMoved = h.where === h.target;
    const goodMs = hasMoved ? h.targetUntilMs : Math.max(h.sourceUntilMs, h.previous?.endMs ?? 0);
    const left = (ms: number) => (hasMoved || Number.isNaN(ms) ? Infinity : ms);
    h.lostMs = Math.min(this.#nowMs, goodMs, left(h.lastDownMs));
    h.lostUpMs = Math.min(this.#nowMs, goodMs, left(h.lastUpMs));
    if (!hasMoved) h.upMs = 0;
  }

  #resume(h: Handover): void {
    h.downMs += this.#nowMs - h.lostMs;
    h.upMs += this.#nowMs - h.lostUpMs;
  }

  #reestablished(h: Handover, on: procedure.EventName | number): void {
    this.#resume(h);
    h.where.held--;
    h.access.held++;
    h.where = h.access;
    this.#fire(h, on);
  }
}
