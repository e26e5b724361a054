import type { Scene } from "cesium";
import { MAX_CELL } from "../../shared/frame.ts";
import { clock as clockNow, stepAt } from "../session/clock.ts";
import type { Clock } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { beamPlans, reuseCategory, reuseWords } from "../session/beamPlan.ts";
import type { BeamPlan } from "../session/beamPlan.ts";
import { gateways } from "../session/gateways.ts";
import { storms } from "../session/storm.ts";
import { view as viewNow } from "../session/view.ts";
import type { View } from "../session/view.ts";
import { BeamFootprints } from "./BeamFootprints.ts";
import { CoverageCells } from "./CoverageCells.ts";
import { EventFlares } from "./EventFlares.ts";
import { FeederLinks, GatewayPoints } from "./FeederLinks.ts";
import { FLOATS_PER_BEAM, footprintsAt } from "./footprints.ts";
import { handoversAt, heatBin, heatCategory, heatOf } from "./heat.ts";
import type { Heat } from "./heat.ts";
import { colourByLeave, leaveSpan } from "./leave.ts";
import {
  cellTable,
  colourByCell,
  colourByCluster,
  colourByReady,
  colourBySinr,
  NONE,
  sinrSpan,
} from "../session/palette.ts";
import { Pictures } from "./Pictures.ts";
import { middleOf } from "./satelliteFacts.ts";
import { SatellitePoints } from "./SatellitePoints.ts";
import { Recent } from "./stats.ts";
import { TrackLines } from "./TrackLines.ts";
import { UePoints } from "./UePoints.ts";

/** With UEs all around the Earth no satellite is nearer than another. */
const ANYWHERE = [0, 0, 0] as const;

/** Everything of one run that is on the globe. */
export class RunLayer {
  readonly run: LoadedRun;
  readonly ues: UePoints;
  readonly beams = new BeamFootprints();
  readonly satellites: SatellitePoints;
  readonly flares: EventFlares;
  readonly tracks: TrackLines;
  readonly coverage: CoverageCells;
  readonly recolour = new Recent();
  readonly move = new Recent();
  frameStep = -1;
  /** handovers by second; null until the storm is here */
  heat: Heat | null = null;
  /** end of the scale of times to leave, s */
  readonly leaveEndS: number | null;
  #feeders: [FeederLinks, GatewayPoints] | null = null;
  readonly #scene: Scene;
  readonly #pictures: Pictures;
  readonly #table: Uint8Array;
  /** by cell number: the last step shown at which it served a UE */
  readonly #servedAt: Int32Array;
  #shown = "";

  constructor(scene: Scene, run: LoadedRun, moves: boolean) {
    const { record, ues, track, events } = run;
    this.run = run;
    this.#scene = scene;
    this.#pictures = new Pictures(() => scene.requestRender());
    const cells = Math.max(record.satellites * record.beams, run.cells.cell.at(-1) ?? 0);
    this.#table = cellTable(cells, record.beams);
    this.#servedAt = new Int32Array(this.#table.length).fill(-1);
    this.ues = new UePoints(ues);
    this.satellites = new SatellitePoints(track);
    this.flares = new EventFlares(events, this.ues, this.#table, moves);
    this.tracks = new TrackLines(track, middleOf(ues)?.place ?? ANYWHERE);
    this.coverage = new CoverageCells(track.satellites);
    this.leaveEndS = ues.leaveS && leaveSpan(ues.leaveS);
    for (const primitive of this.#primitives) scene.primitives.add(primitive);
  }

  get #primitives() {
    return [this.coverage, this.ues, this.beams, this.flares, this.tracks, this.satellites];
  }

  update(clock: Clock, view: View): void {
    this.beams.show = view.layers.cells;
    this.ues.show = view.layers.ues;
    this.satellites.show = view.layers.satellites;
    this.flares.show = view.layers.events && view.layers.ues;
    const step = Math.min(this.run.steps - 1, stepAt(clock.timeS, clock.stepS));
    this.#recolour(step, view);
    const start = performance.now();
    this.ues.timeS = clock.timeS;
    this.satellites.moveTo(clock.timeS);
    this.#moveBeams(step, clock, view);
    this.#heatBeams(Math.floor(clock.timeS), view.layers);
    this.#showSky(clock.timeS, view);
    this.#moveFeeders(clock.timeS, view.layers.feeders);
    if (this.flares.show) this.flares.showAt(clock.timeS, clock.playing ? clock.speed : 1);
    this.move.add(performance.now() - start);
    this.#pictures.ask(this.frameStep === step);
  }

  /** After a leap footprints wait for the UEs: the program works them out while it answers nothing else. */
  #moveBeams(step: number, clock: Clock, view: View): void {
    if (this.frameStep >= 0 && this.frameStep !== step && !this.run.footprints.has(step)) return;
    const block = this.run.footprints.at(step);
    if (!block) return;
    const following = step + 1 < this.run.steps ? this.run.footprints.at(step + 1) : null;
    const fraction = Math.max(0, clock.timeS / clock.stepS - step);
    footprintsAt(
      this.beams.footprints,
      block,
      following,
      { step, fraction },
      this.run.record.beams,
      view.cell,
      (cell) => this.#servedAt[cell] === this.frameStep,
    );
    this.beams.touch();
  }

  /** The footprints in the colours of what they hand over in this second. */
  #heatBeams(second: number, { heat: shown, reuse }: View["layers"]): void {
    const { storm } = storms.getState();
    if (shown && !this.heat && storm?.run === this.run.record.run) this.heat = heatOf(storm.columns);
    const heat = shown ? this.heat : null;
    const plan = reuse && !heat ? this.plan : null;
    this.beams.fill = heat ? 0.6 : plan ? 0.3 : 0;
    if (plan) this.#colourByChannel(plan);
    if (!heat) return;
    const { cell, data, count } = this.beams.footprints;
    for (let row = 0; row < count; row++)
      data[row * FLOATS_PER_BEAM + 5] = heatCategory(
        heatBin(handoversAt(heat, cell[row]!, second), heat.most),
      );
  }

  /** What the program tells of this run's beams, where it is here. */
  get plan(): BeamPlan | null {
    const plan = beamPlans.getState().known;
    return plan?.run === this.run.record.run ? plan : null;
  }

  #colourByChannel(plan: BeamPlan): void {
    const { cell, data, count } = this.beams.footprints;
    const { satellites, beams } = this.run.record;
    for (let row = 0; row < count; row++)
      data[row * FLOATS_PER_BEAM + 5] = reuseCategory(plan, cell[row]!, satellites * beams);
  }

  satelliteName(satellite: number): string {
    return this.run.track.names[satellite] ?? String(satellite + 1);
  }

  /** Words for a cell's channel, where the layer of channels is shown. */
  channelOf(cell: number): string | null {
    const { satellites, beams } = this.run.record;
    const plan = viewNow.getState().layers.reuse ? this.plan : null;
    const category = plan && reuseCategory(plan, cell, satellites * beams);
    return plan && reuseWords(plan).find((known) => known.category === category)!.words;
  }

  #showSky(timeS: number, { layers, satellite }: View): void {
    const { plan, tracks, coverage, satellites } = this;
    // a picture of a film shows the whole of its instant
    const inSlices = clockNow.getState().playing;
    tracks.show = layers.tracks || satellite !== null;
    coverage.show = layers.coverage && plan !== null;
    if (tracks.show) tracks.showAt(timeS, satellites.position, layers.tracks, satellite);
    if (coverage.show) coverage.showAt(timeS, satellites.position, plan!.minElevation, inSlices);
  }

  #moveFeeders(timeS: number, shown: boolean): void {
    const { known } = gateways.getState();
    if (known && known.run === this.run.record.run && known !== this.#feeders?.[0].gateways) {
      for (const part of this.#feeders ?? []) this.#scene.primitives.remove(part);
      // the graphics card takes no empty buffers
      this.#feeders = known.names.length > 0 ? [new FeederLinks(known), new GatewayPoints(known)] : null;
      for (const part of this.#feeders ?? []) this.#scene.primitives.add(part);
    }
    if (!this.#feeders) return;
    for (const part of this.#feeders) part.show = shown;
    if (shown) this.#feeders[0].showAt(timeS, this.satellites.position);
  }

  #recolour(step: number, { colourBy }: View): void {
    const { frames, ues } = this.run;
    frames.needsSinr = colourBy === "sinr";
    const cells = frames.at(step);
    if (!cells) return;
    const shown = `${colourBy} ${step}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    const start = performance.now();
    if (this.frameStep !== step) this.#markServing(cells, step);
    this.frameStep = step;
    const { state } = this.ues;
    const { cluster, ready, leaveS } = ues;
    if (colourBy === "cell") colourByCell(state, cells, 0, this.#table);
    else if (colourBy === "sinr") this.#colourBySinr(state, frames.level("sinr", step)!);
    else if (colourBy === "cluster" && cluster) colourByCluster(state, cluster);
    else if (colourBy === "ready" && ready) colourByReady(state, ready);
    else if (colourBy === "leave" && leaveS && this.leaveEndS) colourByLeave(state, leaveS, this.leaveEndS);
    else state.fill(NONE);
    this.ues.touch();
    this.recolour.add(performance.now() - start + this.ues.uploadMs);
  }

  /** One scale for the whole run, from the frame shown first. */
  #colourBySinr(state: Uint8Array, sinr: Int16Array): void {
    this.run.sinrSpan ??= sinrSpan(sinr);
    colourBySinr(state, sinr, 0, this.run.sinrSpan);
  }

  #markServing(cells: Uint32Array, step: number): void {
    const served = this.#servedAt;
    for (let i = 0; i < cells.length; i++) served[cells[i]! & MAX_CELL] = step;
  }

  remove(): void {
    this.#pictures.stop();
    for (const primitive of this.#primitives) this.#scene.primitives.remove(primitive);
    for (const part of this.#feeders ?? []) this.#scene.primitives.remove(part);
  }
}
