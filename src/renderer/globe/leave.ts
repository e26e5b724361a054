import { NONE, SINR, VIRIDIS } from "../session/palette.ts";

/** End of the scale of times to leave: what 98 % of the UEs stay below, in whole 10 s; null where nobody has one. */
export function leaveSpan(leaveS: Float32Array): number | null {
  const stride = Math.max(1, Math.floor(leaveS.length / 5000));
  const sample: number[] = [];
  for (let i = 0; i < leaveS.length; i += stride) if (Number.isFinite(leaveS[i])) sample.push(leaveS[i]!);
  if (sample.length === 0) return null;
  sample.sort((a, b) => a - b);
  return Math.max(10, Math.ceil(sample[Math.floor(sample.length * 0.98)]! / 10) * 10);
}

/** viridis from 0 s to `endS`; grey without a time. */
export function colourByLeave(out: Uint8Array, leaveS: Float32Array, endS: number): void {
  const scale = VIRIDIS.length / endS;
  const last = VIRIDIS.length - 1;
  for (let i = 0; i < out.length; i++) {
    const bin = Math.floor(leaveS[i]! * scale);
    out[i] = bin >= 0 ? SINR + Math.min(last, bin) : NONE;
  }
}
