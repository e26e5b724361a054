import type { Scene } from "cesium";
import { MAX_CELL } from "../../shared/frame.ts";
import { stepAt } from "../session/clock.ts";
import type { Clock } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import type { View } from "../session/view.ts";
import { BeamFootprints } from "./BeamFootprints.ts";
import { EventFlares } from "./EventFlares.ts";
import { footprintsAt } from "./footprints.ts";
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
    const step = Math.min(this.run.steps - 1, stepAt(clock.timeS, clock.stepS));
    this.#recolour(step, view);
    const start = performance.now();
    this.ues.timeS = clock.timeS;
    this.satellites.moveTo(clock.timeS);
    this.#moveBeams(step, clock, view);
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

  #recolour(step: number, view: View): void {
    const block = this.run.frames.at(step);
    if (!block) return;
    const shown = `${view.colourBy} ${step}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (this.frameStep !== step)
      this.#markServing(block.cellState, (step - block.firstStep) * block.ues, step);
    this.frameStep = step;
    const start = performance.now();
    const { state } = this.ues;
    const { cluster, ready } = this.run.ues;
    const at = (step - block.firstStep) * block.ues;
    if (view.colourBy === "cell") colourByCell(state, block.cellState, at, this.#table);
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
  }
}
