import {
  BoundingSphere,
  buildModuleUrl,
  Cartesian2,
  Cartesian3,
  Cartographic,
  CesiumWidget,
  Color,
  ImageryLayer,
  Occluder,
  PerspectiveFrustum,
  SceneTransforms,
  TileMapServiceImageryProvider,
} from "cesium";
import { cellSatellite } from "../../shared/frame.ts";
import { clock } from "../session/clock.ts";
import { runs } from "../session/runs.ts";
import { view } from "../session/view.ts";
import { lookAt, lookAtEarth, region } from "./camera.ts";
import { dotScale } from "./dotSize.ts";
import { EARTH_MEAN_RADIUS_M, rowAt } from "./footprints.ts";
import { RunLayer } from "./RunLayer.ts";

/** A little less than the polar radius, so that the ground itself is never behind it. */
const WHOLE_EARTH = new BoundingSphere(Cartesian3.ZERO, 6_350_000);

/** The globe and what is on it. Follows clock, view and run by itself; React only gives it a place. */
export class GlobeScene {
  readonly #widget: CesiumWidget;
  readonly #leave: (() => void)[] = [];
  #layer: RunLayer | null = null;
  #metresPerPixel = 1;
  /** where the UEs are */
  #region: BoundingSphere | null = null;

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
    const update = () => this.#layer?.update(clock.getState(), view.getState());
    const follow = () => {
      this.#follow(moves);
      update();
    };
    this.#leave.push(
      this.#scene.preUpdate.addEventListener(() => this.#measure()),
      this.#scene.postRender.addEventListener(() => this.#untilLoaded()),
    );
    this.#leave.push(clock.subscribe(update), view.subscribe(update), runs.subscribe(follow));
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

  /** The cell under a place on the screen. */
  cellAt(x: number, y: number): number | null {
    const row = this.#rowAt(x, y);
    return row < 0 ? null : this.#layer!.beams.footprints.cell[row]!;
  }

  /** What stands under a place on the screen, in words and units. */
  describe(x: number, y: number): string | null {
    const row = this.#rowAt(x, y);
    if (row < 0) return null;
    const { beams, run } = this.#layer!;
    const { cell, data } = beams.footprints;
    const satellite = run.track.names[cellSatellite(cell[row]!, run.record.beams)] ?? "–";
    return `Cell ${cell[row]} of ${satellite}, ${widthKm(data[row * 8 + 2]!)} × ${widthKm(data[row * 8 + 3]!)} km`;
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

  #measure(): void {
    const { camera, canvas } = this.#scene;
    if (!(camera.frustum instanceof PerspectiveFrustum)) return;
    const height = Math.max(1, camera.positionCartographic.height);
    this.#metresPerPixel = (2 * height * Math.tan(camera.frustum.fovy! / 2)) / canvas.clientHeight;
    if (this.#layer && this.#region)
      this.#layer.ues.scale = dotScale(this.#layer.run.record.ues, this.#region.radius, this.#metresPerPixel);
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
    this.#scene.fog.enabled = false;
    // The imagery has three levels only; finer tiles would be the same picture at more work.
    globe.maximumScreenSpaceError = 4;
  }
}

const widthKm = (arc: number) => Math.round((2 * arc * EARTH_MEAN_RADIUS_M) / 1000).toLocaleString("en");

/** Natural Earth, from the program's own files, dimmed so that data stands out on it. */
function dimEarth(): ImageryLayer {
  const layer = ImageryLayer.fromProviderAsync(
    TileMapServiceImageryProvider.fromUrl(buildModuleUrl("Assets/Textures/NaturalEarthII")),
  );
  layer.brightness = 0.42;
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
