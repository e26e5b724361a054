import { RunReader } from "../store/reader.ts";
import { feederSwitches, type FeederPlan } from "../orbit/feeder.ts";
import { buildTrack, type Track } from "../orbit/track.ts";
import { placeUsers } from "../simulation/population.ts";
import { unrepresentable } from "../simulation/decide-representable.ts";
import { firstSite } from "../simulation/ground.ts";
import { feedersOf } from "../simulation/feeders.ts";
import { heldBy } from "../simulation/holds.ts";
import { region, sliceUsers, type Users } from "../simulation/users.ts";
import { cutState } from "../simulation/state.ts";
import { radioSummary } from "../studies/radio.ts";
import { summariseHandovers } from "../studies/handovers.ts";
import { planNotes, outcomeNotes } from "../studies/plan-notes.ts";
import { sampleOf, type Sample } from "../studies/unavoidable.ts";
import { programVersion } from "../paths.ts";
import { DEG } from "../math/constants.ts";
import { decodeColumns, type Columns } from "../../shared/columns.ts";
import type { Mission } from "../../shared/mission.ts";
import type { PlanSummary } from "../../shared/run.ts";
import { stepCount, type PlanContext } from "./context.ts";
import { inhabitedOf } from "../scenario/inhabited.ts";
import { Crew } from "./crew.ts";
import { cluster, clusterOf, learn, readyOf, train } from "./learning.ts";
import { Pool } from "./pool.ts";
import { signal, type Signalled } from "./signalling.ts";
import { simulate, type Totals } from "./simulate.ts";

/** The range of UEs of each thread. */
export function shares(ues: number, threads: number): { from: number; to: number }[] {
  const n = Math.max(1, Math.min(threads, Math.ceil(ues / 64)));
  return Array.from({ length: n }, (_, i) => ({
    from: Math.floor((ues * i) / n),
    to: Math.floor((ues * (i + 1)) / n),
  }));
}

/** A whole plan: orbits, users, the time loop, clusters and classifiers, everything kept in the database. */
export async function executePlan(context: PlanContext): Promise<PlanSummary> {
  const { mission, progress, writer, run } = context;
  progress.enter("prepare");
  const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
  const lostSatellites = track.lost.flatMap((reason, i) =>
    reason === null ? [] : [{ id: mission.satellites[i].id, reason }],
  );
  if (lostSatellites.length > 0)
    progress.warn(`${lostSatellites.length} satellites cannot be propagated; see the summary`);
  const feeders = feedersOf(mission, track);
  const users = placeUsers(mission, track, inhabitedOf(mission));
  if (!context.resume) begin(context, track, users, feeders);
  context.kept();
  const { centre, spread } = region(mission, users);
  const ranges = shares(users.count, context.threads);
  const shared = shareTrack(track);
  const setups = ranges.map(({ from, to }) => ({
    mission,
    track: shared,
    feeders,
    users: sliceUsers(users, from, to),
    firstUe: from,
    centre,
    spread,
  }));
  const pool = new Pool(context.workerUrl, setups, context.cancel);
  const totals = await restore(context, pool, ranges);
  progress.enter("simulate");
  await simulate(context, pool, totals, ranges);
  keepHolds(context, track);
  const sample = sampleOf(users, totals.linkEvaluations);
  const { found, signalled } = await workUp(context, pool, ranges, sample);
  const { signalling } = signalled;
  const notes = [...found.notes, ...signalled.notes, ...unrepresentable(mission), ...planNotes(mission)];
  if (signalling.length > 0) notes.push(...outcomeNotes(mission, [signalling[0]]));
  progress.enter("store");
  await pool.end();
  const summary = conclude(context, totals, { ...found, signalling, notes }, lostSatellites);
  writer.finish(run, "finished", summary);
  return summary;
}

/**
 * What is learned at the mark and what the handovers cost, side by side: calls of both go to whichever thread is free. The stage
 * that progress names is the first one that is not done.
 */
async function workUp(
  context: PlanContext,
  pool: Pool,
  ranges: { from: number; to: number }[],
  sample: Sample,
): Promise<{ found: Awaited<ReturnType<typeof learn>>; signalled: Signalled }> {
  const crew = new Crew(pool);
  const marked = cluster(context, crew);
  const training = marked.then((ues) => train(context, crew, ues));
  const both = Promise.all([marked, training]);
  const learning = async () => {
    const found = await learn(context, ...(await both));
    context.progress.enter("signal");
    return found;
  };
  const [found, signalled] = await Promise.all([
    learning(),
    signal(context, crew, ranges, sample, {
      cluster: async () => clusterOf(await marked),
      ready: async () => readyOf(context, ...(await both)),
    }),
  ]).finally(() => crew.end());
  return { found, signalled };
}

/** The track in memory that all threads see, instead of a copy for each. */
function shareTrack(track: Track): Track {
  const state = new Float64Array(new SharedArrayBuffer(track.state.byteLength));
  state.set(track.state);
  return { ...track, state: state as Float64Array as Track["state"] };
}

function begin(context: PlanContext, track: Track, users: Users, feeders: FeederPlan | null): void {
  const { mission } = context;
  context.writer.begin({
    run: context.run,
    scenario: mission.name,
    title: context.title,
    scenarioText: context.scenarioText,
    elementsName: context.elements?.name ?? null,
    elementsText: context.elements?.text ?? null,
    seed: mission.seed,
    version: programVersion,
    startMs: mission.startMs,
    durationS: mission.duration,
    stepS: mission.step,
    markS: mission.mark,
    ues: users.count,
    satellites: mission.satellites.length,
    beams: mission.payload.beams,
    stepsTotal: stepCount(mission),
    satelliteIds: mission.satellites.map((s) => s.id),
    satelliteNames: mission.satellites.map((s) => s.name),
    lost: track.lost,
    track,
    users: {
      latitudeDeg: users.latitude.map((value) => value / DEG),
      longitudeDeg: users.longitude.map((value) => value / DEG),
      userClass: users.userClass,
      ...motionColumns(mission, users),
    },
    feederSwitches: feeders ? feederSwitches(feeders) : null,
  });
}

/** Heading at the start and speed [ue], where anybody moves. */
function motionColumns({ userClasses }: Mission, { heading, userClass }: Users): Columns {
  if (!userClasses.some(({ speed }) => speed > 0)) return {};
  return {
    headingDeg: Float32Array.from(heading, (value) => value / DEG),
    speedMS: Float32Array.from(userClass, (c) => userClasses[c].speed),
  };
}

/** The places that the cells of quasi-earth-fixed beams held, of those that served somebody. */
function keepHolds({ mission, run, db, writer }: PlanContext, track: Track): void {
  if (mission.payload.steeringLimit === null) return;
  const reader = new RunReader(db);
  const { cell } = reader.cells(run);
  reader.close();
  writer.keepHolds(run, heldBy(mission, track, cell as Uint32Array));
}

/** Puts the state of an interrupted run back into the threads; answers the totals so far. */
async function restore(
  context: PlanContext,
  pool: Pool,
  ranges: { from: number; to: number }[],
): Promise<Totals> {
  const totals: Totals = { stepsDone: 0, uncovered: 0, linkEvaluations: 0, stateColumns: null };
  if (!context.resume?.state) return totals;
  const { columns, meta } = decodeColumns(context.resume.state.slice().buffer);
  totals.stepsDone = context.resume.stepsDone;
  totals.uncovered = Number(meta.uncovered);
  totals.linkEvaluations = Number(meta.linkEvaluations);
  totals.stateColumns = columns;
  await pool.all("restore", (i): [Columns] => [cutState(columns, ranges[i].from, ranges[i].to)]);
  return totals;
}

type Found = Awaited<ReturnType<typeof learn>> & Pick<Signalled, "signalling">;

function conclude(
  context: PlanContext,
  totals: Totals,
  found: Found,
  lostSatellites: PlanSummary["lostSatellites"],
): PlanSummary {
  const { mission, progress, run } = context;
  const reader = new RunReader(context.db);
  const events = reader.events(run);
  const mark = Math.round(mission.mark / mission.step);
  const { rsrp, sinr } = reader.frames(run, mark, mark);
  const { cOverNDb } = reader.dataset(run);
  const switches = reader.feederSwitches(run).timeMs.length;
  reader.close();
  const steps = stepCount(mission);
  return {
    run,
    scenario: mission.name,
    seed: mission.seed,
    db: context.db,
    elapsedS: progress.end(),
    stagesS: progress.stagesS,
    satellites: mission.satellites.length,
    lostSatellites,
    cells: mission.satellites.length * mission.payload.beams + (mission.terrestrial?.sites.length ?? 0),
    ues: mission.userCount,
    steps,
    linkEvaluations: totals.linkEvaluations,
    uncovered: found.uncovered,
    uncoveredShare: totals.uncovered / (steps * mission.userCount),
    radio: radioSummary(mission, rsrp, sinr, cOverNDb as Float64Array),
    ...(mission.gateways && mission.payload.processing === "transparent" ? { feederSwitches: switches } : {}),
    clusters: found.clusters,
    readyShare: found.readyShare,
    classifiers: found.classifiers,
    ablations: found.ablations,
    handovers: summariseHandovers(events, mission.payload.beams, firstSite(mission)),
    signalling: found.signalling,
    predicted: found.predicted,
    notes: found.notes,
  };
}
