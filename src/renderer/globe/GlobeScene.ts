import {
  BoundingSphere,
  buildModuleUrl,
  Cartesian2,
  Cartesian3,
  Cartographic,
  CesiumWidget,
  Color,
  ImageryLayer,
  JulianDate,
  Occluder,
  PerspectiveFrustum,
  SceneTransforms,
  TileMapServiceImageryProvider,
} from "cesium";
import { cellOf, cellSatellite, NO_SIGNAL, stateOf } from "../../shared/frame.ts";
import { clock } from "../session/clock.ts";
import type { Clock, Speed } from "../session/clock.ts";
import { beamPlans, followBeamPlan } from "../session/beamPlan.ts";
import { followRun, gatewayAt, layers } from "../session/layers.ts";
import { runs } from "../session/runs.ts";
import { storms } from "../session/storm.ts";
import { tour } from "../session/tours.ts";
import type { Look } from "../session/tour-list.ts";
import { view } from "../session/view.ts";
import { lookAt, lookAtEarth, lookAtPlace, region } from "./camera.ts";
import { DIMMED, softenNight, SUNLIT } from "./daylight.ts";
import { dotScale } from "./dotSize.ts";
import { EARTH_MEAN_RADIUS_M, rowAt } from "./footprints.ts";
import { handoversAt } from "./heat.ts";
import { nearestUe, satelliteOnRay } from "./pick.ts";
import { Pose } from "./pose.ts";
import type { Size } from "./pose.ts";
import { RunLayer } from "./RunLayer.ts";
import { cellWords, coverageWords, satelliteWords, ueWords } from "./words.ts";

/** A little less than the polar radius, so that the ground itself is never behind it. */
const WHOLE_EARTH = new BoundingSphere(Cartesian3.ZERO, 6_350_000);

/** How near the pointer must be to a UE or a satellite. */
const NEAR_PIXELS = 6;

/** The globe and what is on it. Follows clock, view and run by itself; React only gives it a place. */
export class GlobeScene {
  readonly #widget: CesiumWidget;
  readonly #leave: (() => void)[] = [];
  #layer: RunLayer | null = null;
  #metresPerPixel = 1;
  /** the UE under the pointer, looked for again when the pointer or the distance changes */
  #pointed = { key: "", ue: -1 };
  /** where the UEs are */
  #region: BoundingSphere | null = null;
  /** seconds of the run to one of the film that is being made: events fade as in play, though the clock stands */
  filmSpeed: Speed | null = null;

  constructor(container: HTMLElement, moves: boolean) {
    const base = dimEarth();
    this.#widget = new CesiumWidget(container, {
      baseLayer: base,
      creditContainer: document.createElement("div"),
      requestRenderMode: true,
      maximumRenderTimeChange: Number.POSITIVE_INFINITY,
      orderIndependentTranslucency: false,
      skyBox: false,
      skyAtmosphere: false,
      msaaSamples: 1,
      showRenderLoopErrors: false,
    });
    this.#calm();
    lookAtEarth(this.#scene);
    base.readyEvent.addEventListener(() => this.#scene.requestRender());
    const update = () => {
      this.#layer?.update(this.#clock(), view.getState());
      this.#light();
    };
    const follow = () => {
      this.#follow(moves);
      update();
    };
    this.#leave.push(
      this.#scene.preUpdate.addEventListener(() => this.#measure()),
      this.#scene.postRender.addEventListener(() => this.#untilLoaded()),
    );
    this.#leave.push(clock.subscribe(update), view.subscribe(update), runs.subscribe(follow));
    this.#leave.push(followRun(), layers.subscribe(update), storms.subscribe(update));
    this.#leave.push(followBeamPlan(), beamPlans.subscribe(update));
    this.#leave.push(tour.subscribe(({ look }, before) => look !== before.look && look && this.look(look)));
    follow();
    window.beamwalkStats = statsOf(this);
  }

  get #scene() {
    return this.#widget.scene;
  }

  get layer(): RunLayer | null {
    return this.#layer;
  }

  /** whether every tile of the Earth in view is here */
  get loaded(): boolean {
    return this.#scene.globe.tilesLoaded;
  }

  /** below the camera */
  get metresPerPixel(): number {
    return this.#metresPerPixel;
  }

  #clock(): Clock {
    const now = clock.getState();
    return this.filmSpeed === null ? now : { ...now, playing: true, direction: 1, speed: this.filmSpeed };
  }

  onRender(listener: () => void): () => void {
    return this.#scene.postRender.addEventListener(listener);
  }

  lookAtUsers(): void {
    if (this.#region) lookAt(this.#scene, this.#region);
    this.#scene.requestRender();
  }

  lookAtEarth(): void {
    lookAtEarth(this.#scene);
    this.#scene.requestRender();
  }

  look(look: Look): void {
    if (look === "users") return this.lookAtUsers();
    if (look === "earth") return this.lookAtEarth();
    lookAtPlace(this.#scene, look);
    this.#scene.requestRender();
  }

  /** The globe's own pixels; drawn anew by `paint`. */
  get canvas(): HTMLCanvasElement {
    return this.#scene.canvas;
  }

  /** Gives the globe a size of its own until the pose ends. */
  pose(size: Size): Pose {
    return new Pose(this.#widget, size);
  }

  /** Fills its box anew before the box is painted, so that nobody sees it stretched. */
  fit(): void {
    this.#widget.resize();
    this.draw();
  }

  draw(): void {
    this.#scene.requestRender();
    this.#widget.render();
  }

  /** Draws the globe as it is now on another canvas. */
  paint(context: CanvasRenderingContext2D): void {
    this.draw();
    // WebGL keeps its picture until this task ends, no longer
    context.drawImage(this.canvas, 0, 0);
  }

  /** The cell under a place on the screen. */
  cellAt(x: number, y: number): number | null {
    const row = this.#rowAt(x, y);
    return row < 0 ? null : this.#layer!.beams.footprints.cell[row]!;
  }

  /** What stands under a place on the screen, in words and units, a line each: satellite, UE, cell. */
  describe(x: number, y: number): string | null {
    if (!this.#layer) return null;
    const words = [
      this.#satelliteWords(x, y),
      this.#ueWords(x, y),
      this.#cellWords(x, y),
      this.#coverageWords(x, y),
    ];
    return words.filter((line) => line !== null).join("\n") || null;
  }

  #cellWords(x: number, y: number): string | null {
    const row = this.#rowAt(x, y);
    if (row < 0) return null;
    const { beams, run, heat } = this.#layer!;
    const { cell, data } = beams.footprints;
    return cellWords({
      cell: cell[row]!,
      satellite: run.track.names[cellSatellite(cell[row]!, run.record.beams)] ?? "the ground",
      longM: 2 * data[row * 8 + 2]! * EARTH_MEAN_RADIUS_M,
      wideM: 2 * data[row * 8 + 3]! * EARTH_MEAN_RADIUS_M,
      handovers: heat && handoversAt(heat, cell[row]!, Math.floor(clock.getState().timeS)),
      serves: data[row * 8 + 7] === 1,
      channel: this.#layer!.channelOf(cell[row]!),
    });
  }

  #coverageWords(x: number, y: number): string | null {
    const { coverage, plan } = this.#layer!;
    const ground = coverage.show && plan && this.#scene.camera.pickEllipsoid(new Cartesian2(x, y));
    if (!ground) return null;
    const { latitude, longitude } = Cartographic.fromCartesian(ground);
    return coverageWords(coverage.grid.at(latitude, longitude), plan.minElevation);
  }

  #ueWords(x: number, y: number): string | null {
    const { run, frameStep } = this.#layer!;
    const ue = this.#ueAt(x, y);
    const cells = ue < 0 || frameStep < 0 ? null : run.frames.at(frameStep);
    if (!cells) return null;
    const { leaveS, ready } = run.ues;
    const leaves = leaveS?.[ue] ?? Number.NaN;
    return ueWords({
      ue,
      cell: cellOf(cells[ue]!),
      state: stateOf(cells[ue]!),
      rsrp: run.frames.level("rsrp", frameStep)?.[ue] ?? NO_SIGNAL,
      sinr: run.frames.level("sinr", frameStep)?.[ue] ?? NO_SIGNAL,
      leaveS: Number.isFinite(leaves) ? leaves : null,
      ready: !ready || ready[ue] === 255 ? null : ready[ue] === 1,
    });
  }

  /** −1: none near, or UEs are not shown. */
  #ueAt(x: number, y: number): number {
    const { ues, run } = this.#layer!;
    if (!ues.show) return -1;
    const key = `${run.record.run} ${x} ${y} ${this.#metresPerPixel}`;
    if (key === this.#pointed.key) return this.#pointed.ue;
    const ground = this.#scene.camera.pickEllipsoid(new Cartesian2(x, y));
    const reach = NEAR_PIXELS * this.#metresPerPixel;
    const ue = ground ? nearestUe(ues, ues.timeS, [ground.x, ground.y, ground.z], reach) : -1;
    this.#pointed = { key, ue };
    return ue;
  }

  #satelliteWords(x: number, y: number): string | null {
    const { satellites, run } = this.#layer!;
    const { camera } = this.#scene;
    const at = new Cartesian2(x, y);
    const ray = satellites.show && camera.getPickRay(at);
    if (!ray) return null;
    const ground = camera.pickEllipsoid(at);
    const farthest = ground ? Cartesian3.distance(ray.origin, ground) : Number.POSITIVE_INFINITY;
    const angle = NEAR_PIXELS * this.#radiansPerPixel();
    const found = satelliteOnRay(satellites.position, ray.origin, ray.direction, angle, farthest);
    if (found < 0) return null;
    const { gateways } = layers.getState();
    const place = Cartesian3.unpack(satellites.position as unknown as number[], 3 * found);
    const gateway =
      gateways && gateways.start.length > 0 ? gatewayAt(gateways, found, clock.getState().timeS) : null;
    return satelliteWords({
      name: run.track.names[found] ?? String(found + 1),
      heightM: Cartographic.fromCartesian(place).height,
      gateway: gateway === null ? null : (gateways!.names[gateway] ?? ""),
    });
  }

  #radiansPerPixel(): number {
    const { camera, canvas } = this.#scene;
    const fovy = camera.frustum instanceof PerspectiveFrustum ? camera.frustum.fovy! : 1;
    return fovy / canvas.clientHeight;
  }

  /** Row of the footprint under a place on the screen; -1 for none, or where cells are not shown. */
  #rowAt(x: number, y: number): number {
    const ground = this.#layer?.beams.show && this.#scene.camera.pickEllipsoid(new Cartesian2(x, y));
    if (!ground) return -1;
    const { latitude, longitude } = Cartographic.fromCartesian(ground);
    return rowAt(this.#layer!.beams.footprints, latitude, longitude);
  }

  /** Where a place on the ground is seen; null where it is behind the Earth or off the screen. */
  onScreen(latitude: number, longitude: number): { x: number; y: number } | null {
    return this.#seen(Cartesian3.fromRadians(longitude, latitude, 0));
  }

  satelliteOnScreen(satellite: number): { x: number; y: number } | null {
    const { position } = this.#layer!.satellites;
    return this.#seen(Cartesian3.unpack(position as unknown as number[], 3 * satellite));
  }

  ueOnScreen(ue: number): { x: number; y: number } | null {
    const { ues } = this.#layer!;
    return this.#seen(new Cartesian3(...ues.placeOf(ue, ues.timeS)));
  }

  #seen(at: Cartesian3): { x: number; y: number } | null {
    if (!new Occluder(WHOLE_EARTH, this.#scene.camera.positionWC).isPointVisible(at)) return null;
    return SceneTransforms.worldToWindowCoordinates(this.#scene, at) ?? null;
  }

  destroy(): void {
    for (const leave of this.#leave) leave();
    delete window.beamwalkStats;
    this.#layer?.remove();
    this.#widget.destroy();
  }

  #follow(moves: boolean): void {
    const { current } = runs.getState();
    if (current === (this.#layer?.run ?? null)) return;
    this.#layer?.remove();
    this.#layer = current && new RunLayer(this.#scene, current, moves);
    this.#region = current && region(current.ues.latitudeDeg, current.ues.longitudeDeg);
    this.lookAtUsers();
  }

  /** Day and night, where they are wanted: the sun stands where it stood. */
  #light(): void {
    const { globe } = this.#scene;
    const { current } = runs.getState();
    const wanted = layers.getState().daylight && current !== null;
    if (wanted) {
      const now = current.record.startMs + 1000 * clock.getState().timeS;
      this.#widget.clock.currentTime = JulianDate.fromDate(new Date(now));
    }
    if (wanted === globe.enableLighting) return;
    globe.enableLighting = wanted;
    this.#scene.imageryLayers.get(0).brightness = wanted ? SUNLIT : DIMMED;
    this.#scene.requestRender();
  }

  #measure(): void {
    const { camera, canvas } = this.#scene;
    if (!(camera.frustum instanceof PerspectiveFrustum)) return;
    const height = Math.max(1, camera.positionCartographic.height);
    this.#metresPerPixel = (2 * height * Math.tan(camera.frustum.fovy! / 2)) / canvas.clientHeight;
    if (this.#layer && this.#region)
      this.#layer.ues.scale =
        this.#widget.resolutionScale *
        dotScale(this.#layer.run.record.ues, this.#region.radius, this.#metresPerPixel);
  }

  /** Pictures are drawn on request only, so the tiles of the Earth must ask until they are all here. */
  #untilLoaded(): void {
    if (!this.loaded) this.#scene.requestRender();
  }

  #calm(): void {
    const { globe } = this.#scene;
    this.#scene.backgroundColor = Color.fromCssColorString("#0b0f14");
    globe.baseColor = Color.fromCssColorString("#0d1622");
    globe.showGroundAtmosphere = false;
    globe.enableLighting = false;
    softenNight(globe);
    this.#scene.fog.enabled = false;
    // The imagery has three levels only; finer tiles would be the same picture at more work.
    globe.maximumScreenSpaceError = 4;
  }
}

/** Natural Earth, from the program's own files, dimmed so that data stands out on it. */
function dimEarth(): ImageryLayer {
  const layer = ImageryLayer.fromProviderAsync(
    TileMapServiceImageryProvider.fromUrl(buildModuleUrl("Assets/Textures/NaturalEarthII")),
  );
  layer.brightness = DIMMED;
  layer.saturation = 0.45;
  layer.contrast = 1.15;
  return layer;
}

const statsOf = (globe: GlobeScene) => ({
  get ues() {
    return globe.layer?.ues.state.length ?? 0;
  },
  get recolourMs() {
    return globe.layer?.recolour.median ?? Number.NaN;
  },
  get moveMs() {
    return globe.layer?.move.median ?? Number.NaN;
  },
  get frameStep() {
    return globe.layer?.frameStep ?? -1;
  },
  get loaded() {
    return globe.loaded;
  },
});
