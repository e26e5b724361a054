import type { Size } from "../globe/pose.ts";
import type { Clock, Range, Speed } from "../session/clock.ts";

/** What a video is to show. */
export interface VideoAsk extends Range {
  /** seconds of the run to one of the video */
  speed: Speed;
  /** frames per second */
  rate: number;
}

export interface VideoPlan {
  frames: number;
  /** of the video */
  lengthS: number;
  /** instant of the run that a frame shows, s */
  timeOf: (frame: number) => number;
}

/** More would fill the memory in which the file is made. */
export const MOST_FRAMES = 36_000;

export function videoPlan({ fromS, toS, speed, rate }: VideoAsk): VideoPlan {
  const frames = Math.floor(((toS - fromS) * rate) / speed + 1e-9) + 1;
  return { frames, lengthS: frames / rate, timeOf: (frame) => Math.min(toS, fromS + (frame * speed) / rate) };
}

/** null: as the globe stands on the page */
export const SIZES = {
  hd: { width: 1280, height: 720, scale: 1 },
  // the same picture with half as many pixels again
  full: { width: 1280, height: 720, scale: 1.5 },
  shown: null,
} satisfies Record<string, Size | null>;
export type VideoSize = keyof typeof SIZES;

/** What keeps a video from being made, in words; null where nothing does. */
export function videoProblem(ask: VideoAsk): string | null {
  const { fromS, toS } = ask;
  if (Number.isNaN(fromS) || Number.isNaN(toS)) return "Say where it starts and ends.";
  if (toS <= fromS) return "The end must come after the start.";
  const { frames } = videoPlan(ask);
  if (frames > MOST_FRAMES)
    return `${frames.toLocaleString("en")} frames are more than the ${MOST_FRAMES.toLocaleString("en")} that a file may have: take a shorter stretch, fewer frames per second, or a greater speed.`;
  return null;
}

const AROUND_S = 15;

/** The stretch offered at first: the clock's range, or what lies around the clock; in whole seconds. */
export function firstStretch({ timeS, endS, range }: Pick<Clock, "timeS" | "endS" | "range">): Range {
  const end = Math.floor(endS);
  if (range) return { fromS: Math.floor(range.fromS), toS: Math.min(end, Math.ceil(range.toS)) };
  const fromS = Math.max(0, Math.min(Math.round(timeS) - AROUND_S, end - 2 * AROUND_S));
  return { fromS, toS: Math.min(end, fromS + 2 * AROUND_S) };
}

/** Clear pictures of few colours, dots and lines. */
const BITS_PER_PIXEL = 0.12;

export const bitsPerSecond = (width: number, height: number, rate: number) =>
  Math.round(width * height * rate * BITS_PER_PIXEL);
