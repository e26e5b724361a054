/**
 * Handover-ready beyond a distance (Dahouda et al. 2023 §3.4): `out` [ue] is 1 where `distance` [ue] is greater
 * than `limit`, both in the same unit. A UE without a distance (NaN) is not ready.
 */
export function distanceLabels(out: Uint8Array, distance: Float64Array, limit: number): void {
  for (let i = 0; i < out.length; i++) out[i] = distance[i] > limit ? 1 : 0;
}

/**
 * Handover-ready when the UE leaves its cell within `seconds`: `leaveS` [ue] is the time from now until it
 * leaves [s], Infinity where it stays. A UE without a cell (NaN) is not ready.
 */
export function timeLabels(out: Uint8Array, leaveS: Float64Array, seconds: number): void {
  for (let i = 0; i < out.length; i++) out[i] = leaveS[i] <= seconds ? 1 : 0;
}
