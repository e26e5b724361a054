import type { Scene } from "cesium";
import { MAX_CELL } from "../../shared/frame.ts";
import { stepAt } from "../session/clock.ts";
import type { Clock } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { layers } from "../session/layers.ts";
import type { Layers } from "../session/layers.ts";
import { storms } from "../session/storm.ts";
import type { View } from "../session/view.ts";
import { BeamFootprints } from "./BeamFootprints.ts";
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
} from "../session/palette.ts";
import { SatellitePoints } from "./SatellitePoints.ts";
import { Recent } from "./stats.ts";
import { UePoints } from "./UePoints.ts";

/** Everything of one run that is on the globe. */
export class RunLayer {
  readonly run: LoadedRun;
  readonly ues: UePoints;
  readonly beams = new BeamFootprints();
  readonly satellites: SatellitePoints;
  readonly flares: EventFlares;
  readonly recolour = new Recent();
  readonly move = new Recent();
  frameStep = -1;
  /** handovers by second; null until the storm is here */
  heat: Heat | null = null;
  /** end of the scale of times to leave, s */
  readonly leaveEndS: number | null;
  #feeders: [FeederLinks, GatewayPoints] | null = null;
  readonly #scene: Scene;
  readonly #table: Uint8Array;
  /** by cell number: the last step shown at which it served a UE */
  readonly #servedAt: Int32Array;
  #shown = "";

  constructor(scene: Scene, run: LoadedRun, moves: boolean) {
    const { record, ues, track, events } = run;
    this.run = run;
    this.#scene = scene;
    this.#table = cellTable(record.satellites, record.beams);
    this.#servedAt = new Int32Array(this.#table.length).fill(-1);
    this.ues = new UePoints(ues);
    this.satellites = new SatellitePoints(track);
    this.flares = new EventFlares(events, this.ues, this.#table, moves);
    this.leaveEndS = ues.leaveS && leaveSpan(ues.leaveS);
    for (const primitive of this.#primitives) scene.primitives.add(primitive);
  }

  get #primitives() {
    return [this.ues, this.beams, this.flares, this.satellites];
  }

  update(clock: Clock, view: View): void {
    this.beams.show = view.layers.cells;
    this.ues.show = view.layers.ues;
    this.satellites.show = view.layers.satellites;
    this.flares.show = view.layers.events && view.layers.ues;
    const over = layers.getState();
    const step = Math.min(this.run.steps - 1, stepAt(clock.timeS, clock.stepS));
    this.#recolour(step, view, over.leave);
    const start = performance.now();
    this.ues.timeS = clock.timeS;
    this.satellites.moveTo(clock.timeS);
    this.#moveBeams(step, clock, view);
    this.#heatBeams(Math.floor(clock.timeS), over);
    this.#moveFeeders(clock.timeS, over);
    this.flares.showAt(clock.timeS, clock.playing ? clock.speed : 1);
    this.move.add(performance.now() - start);
    this.#scene.requestRender();
  }

  #moveBeams(step: number, clock: Clock, view: View): void {
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
  #heatBeams(second: number, { heat: shown }: Layers): void {
    const { storm } = storms.getState();
    if (shown && !this.heat && storm?.run === this.run.record.run) this.heat = heatOf(storm.columns);
    const heat = shown ? this.heat : null;
    this.beams.fill = heat ? 0.6 : 0;
    if (!heat) return;
    const { cell, data, count } = this.beams.footprints;
    for (let row = 0; row < count; row++)
      data[row * FLOATS_PER_BEAM + 5] = heatCategory(
        heatBin(handoversAt(heat, cell[row]!, second), heat.most),
      );
  }

  #moveFeeders(timeS: number, { feeders, gateways }: Layers): void {
    if (gateways && gateways.run === this.run.record.run && gateways !== this.#feeders?.[0].gateways) {
      for (const part of this.#feeders ?? []) this.#scene.primitives.remove(part);
      // the graphics card takes no empty buffers
      this.#feeders =
        gateways.names.length > 0 ? [new FeederLinks(gateways), new GatewayPoints(gateways)] : null;
      for (const part of this.#feeders ?? []) this.#scene.primitives.add(part);
    }
    if (!this.#feeders) return;
    for (const part of this.#feeders) part.show = feeders;
    if (feeders) this.#feeders[0].showAt(timeS, this.satellites.position);
  }

  #recolour(step: number, view: View, byLeave: boolean): void {
    const block = this.run.frames.at(step);
    if (!block) return;
    const shown = `${byLeave ? "leave" : view.colourBy} ${step}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    const start = performance.now();
    if (this.frameStep !== step)
      this.#markServing(block.cellState, (step - block.firstStep) * block.ues, step);
    this.frameStep = step;
    const { state } = this.ues;
    const { cluster, ready, leaveS } = this.run.ues;
    const at = (step - block.firstStep) * block.ues;
    if (byLeave) {
      if (leaveS && this.leaveEndS) colourByLeave(state, leaveS, this.leaveEndS);
      else state.fill(NONE);
    } else if (view.colourBy === "cell") colourByCell(state, block.cellState, at, this.#table);
    else if (view.colourBy === "sinr") colourBySinr(state, block.sinr, at, this.run.sinrSpan!);
    else if (view.colourBy === "cluster" && cluster) colourByCluster(state, cluster);
    else if (view.colourBy === "ready" && ready) colourByReady(state, ready);
    else state.fill(NONE);
    this.ues.touch();
    this.recolour.add(performance.now() - start + this.ues.uploadMs);
  }

  #markServing(cellState: Uint32Array, at: number, step: number): void {
    const served = this.#servedAt;
    const to = at + this.run.record.ues;
    for (let i = at; i < to; i++) served[cellState[i]! & MAX_CELL] = step;
  }

  remove(): void {
    for (const primitive of this.#primitives) this.#scene.primitives.remove(primitive);
    for (const part of this.#feeders ?? []) this.#scene.primitives.remove(part);
  }
}
