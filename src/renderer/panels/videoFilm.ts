import type { VideoCodec } from "mediabunny";
import type { Size } from "../globe/pose.ts";
import { stageNow } from "../globe/stage.ts";
import { clock, pause, seek, stepAt } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { runs } from "../session/runs.ts";
import { bitsPerSecond, videoPlan } from "./videoPlan.ts";
import type { VideoAsk } from "./videoPlan.ts";
import { settled, stopWhere, ViewPicture } from "./viewPicture.ts";

export const KINDS = {
  webm: { text: "WebM", type: "video/webm", codecs: ["vp9", "vp8"] },
  mp4: { text: "MP4", type: "video/mp4", codecs: ["avc"] },
} as const satisfies Record<string, { text: string; type: string; codecs: VideoCodec[] }>;
export type Kind = keyof typeof KINDS;

export const CODECS = { vp9: "VP9", vp8: "VP8", avc: "H.264" } as const;
export type Codec = keyof typeof CODECS;

/** Fetched when the first video is asked for. */
const loadMedia = () => import("./videoMedia.ts");

/** The first coder for a kind of file that this browser has at a size; null for none. */
export async function codecFor(kind: Kind, width: number, height: number): Promise<Codec | null> {
  if (!("VideoEncoder" in globalThis)) return null;
  const { getFirstEncodableVideoCodec } = await loadMedia();
  return (await getFirstEncodableVideoCodec([...KINDS[kind].codecs], { width, height })) as Codec | null;
}

export interface Film {
  blob: Blob;
  codec: Codec;
  width: number;
  height: number;
}

interface Options {
  kind: Kind;
  /** null: as the globe stands */
  size: Size | null;
  signal: AbortSignal;
  onStart: (canvas: HTMLCanvasElement) => void;
  onFrame: (drawn: number) => void;
}

/**
 * The run frame by frame: the clock is set to each frame's instant and stands until all of it is on the globe, so that the video
 * is the same however fast the machine is. At the end the clock is back where it was. Throws `Cancelled`.
 */
export async function film(run: LoadedRun, ask: VideoAsk, options: Options): Promise<Film> {
  pause();
  const before = clock.getState().timeS;
  const picture = new ViewPicture(run, options.size);
  const { scene } = stageNow()!;
  try {
    scene.filmSpeed = ask.speed;
    options.onStart(picture.canvas);
    return await encode(run, ask, options, picture);
  } finally {
    scene.filmSpeed = null;
    picture.close();
    if (runs.getState().current === run) seek(before);
  }
}

async function encode(run: LoadedRun, ask: VideoAsk, options: Options, picture: ViewPicture): Promise<Film> {
  const { kind, signal, onFrame } = options;
  const { width, height } = picture.canvas;
  const codec = await codecFor(kind, width, height);
  if (codec === null) throw new Error(noCodec(kind, width, height));
  const { BufferTarget, CanvasSource, Mp4OutputFormat, Output, Quality, WebMOutputFormat } =
    await loadMedia();
  const quality = new Quality({ bitrate: bitsPerSecond(width, height, ask.rate) });
  const source = new CanvasSource(picture.canvas, { codec, quality });
  const target = new BufferTarget();
  const output = new Output({
    format: kind === "webm" ? new WebMOutputFormat() : new Mp4OutputFormat(),
    target,
  });
  output.addVideoTrack(source, { frameRate: ask.rate });
  try {
    await output.start();
    const { frames, timeOf } = videoPlan(ask);
    for (let frame = 0; frame < frames; frame++) {
      await stand(run, timeOf(frame), signal);
      picture.paint();
      await source.add(frame / ask.rate, 1 / ask.rate);
      onFrame(frame + 1);
      await breath();
    }
    stopWhere(signal);
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
  return { blob: new Blob([target.buffer!], { type: KINDS[kind].type }), codec, width, height };
}

/** The clock at an instant, and all of it on the globe. */
async function stand(run: LoadedRun, timeS: number, signal: AbortSignal): Promise<void> {
  do {
    stopWhere(signal);
    pause();
    seek(timeS);
    const step = stepAt(timeS, clock.getState().stepS);
    run.frames.prefetch(step, 1);
    run.footprints.prefetch(step, 1);
    await settled(run, signal);
    // something else may have moved it meanwhile
  } while (clock.getState().timeS !== timeS);
}

/** Lets the page answer; a timer would hold up a page that lies behind others. */
const breath = () =>
  new Promise<void>((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => (port1.close(), done()), { once: true });
    port1.start();
    port2.postMessage(null);
  });

export function noCodec(kind: Kind, width: number, height: number): string {
  const asked = KINDS[kind].codecs.map((codec) => CODECS[codec]).join(" and ");
  const others = kind === "webm" ? "MP4" : "WebM";
  return `This browser has no encoder for ${asked} at ${width} × ${height}. Choose ${others} or a smaller size, or use the desktop program or a recent Chrome, Edge or Firefox.`;
}
