import {
  BoundingSphere,
  Cartesian3,
  Cartographic,
  HeadingPitchRange,
  Math as Degrees,
  Matrix4,
} from "cesium";
import type { Scene } from "cesium";
import type { Look } from "../session/tour-list.ts";

/** Middle of places on the ground and the arc [m] from it that holds nearly all of them. */
export function region(latitudeDeg: Float64Array, longitudeDeg: Float64Array): BoundingSphere | null {
  const stride = Math.max(1, Math.floor(latitudeDeg.length / 2000));
  const places: Cartesian3[] = [];
  for (let i = 0; i < latitudeDeg.length; i += stride)
    places.push(Cartesian3.fromDegrees(longitudeDeg[i]!, latitudeDeg[i]!));
  return places.length === 0 ? null : BoundingSphere.fromPoints(places);
}

/** At once, without a flight: nothing on the page should make the viewer wait or dizzy. */
export function lookAt(scene: Scene, sphere: BoundingSphere): void {
  const wide = sphere.radius > 3_000_000;
  const centre = Cartographic.fromCartesian(sphere.center);
  if (!centre || wide) return lookAtEarth(scene, centre);
  const ground = Cartesian3.fromRadians(centre.longitude, centre.latitude, 0);
  const range = Math.max(400_000, sphere.radius * 4);
  scene.camera.lookAt(ground, new HeadingPitchRange(0, Degrees.toRadians(-68), range));
  scene.camera.lookAtTransform(Matrix4.IDENTITY);
}

export function lookAtEarth(scene: Scene, centre?: Cartographic): void {
  scene.camera.setView({
    destination: Cartesian3.fromRadians(centre?.longitude ?? 0.2, centre?.latitude ?? 0.5, 14_000_000),
  });
}

/** At a place on the ground from a distance, north on top. */
export function lookAtPlace(scene: Scene, look: Exclude<Look, string>): void {
  const ground = Cartesian3.fromDegrees(look.longitudeDeg, look.latitudeDeg);
  const pitch = Degrees.toRadians(-look.steepnessDeg);
  scene.camera.lookAt(ground, new HeadingPitchRange(0, pitch, 1000 * look.distanceKm));
  scene.camera.lookAtTransform(Matrix4.IDENTITY);
}
