import {
  BoundingSphere,
  buildModuleUrl,
  Cartesian3,
  CesiumWidget,
  Color,
  ImageryLayer,
  JulianDate,
  Occluder,
  PerspectiveFrustum,
  SceneTransforms,
  TileMapServiceImageryProvider,
} from "cesium";
import { clock } from "../session/clock.ts";
import type { Clock, Speed } from "../session/clock.ts";
import { followGateways, gateways } from "../session/gateways.ts";
import { beamPlans, followBeamPlan } from "../session/beamPlan.ts";
import { runs } from "../session/runs.ts";
import { followHeat, storms } from "../session/storm.ts";
import { tour } from "../session/tours.ts";
import type { Look } from "../session/tour-list.ts";
import { view } from "../session/view.ts";
import { lookAt, lookAtEarth, lookAtPlace, region } from "./camera.ts";
import { DIMMED, softenNight, SUNLIT } from "./daylight.ts";
import { dotScale } from "./dotSize.ts";
import { Pointing } from "./Pointing.ts";
import { Pose } from "./pose.ts";
import type { Size } from "./pose.ts";
import { RunLayer } from "./RunLayer.ts";

/** A little less than the polar radius, so that the ground itself is never behind it. */
const WHOLE_EARTH = new BoundingSphere(Cartesian3.ZERO, 6_350_000);

/** The globe and what is on it. Follows clock, view and run by itself; React only gives it a place. */
export class GlobeScene {
  readonly #widget: CesiumWidget;
  readonly #leave: (() => void)[] = [];
  #layer: RunLayer | null = null;
  #metresPerPixel = 1;
  readonly pointing: Pointing;
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
    this.pointing = new Pointing(this.#scene, this);
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
    this.#leave.push(followGateways(), gateways.subscribe(update));
    this.#leave.push(followHeat(), storms.subscribe(update));
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
    if (Number.isNaN(at.x)) return null;
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
    const wanted = view.getState().layers.daylight && current !== null;
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
