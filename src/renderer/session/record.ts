/** A kind of video that a browser may write. */
export interface VideoKind {
  mime: string;
  ending: "webm" | "mp4";
  text: string;
}

const KINDS: readonly VideoKind[] = [
  { mime: "video/mp4;codecs=avc1.640028", ending: "mp4", text: "MP4 (H.264)" },
  { mime: "video/webm;codecs=vp9", ending: "webm", text: "WebM (VP9)" },
  { mime: "video/webm;codecs=vp8", ending: "webm", text: "WebM (VP8)" },
];

/** The kinds that this browser writes; WebM first, for it stands in all of them that have a recorder. */
export function videoKinds(supported: (mime: string) => boolean): VideoKind[] {
  const found = KINDS.filter(({ mime }) => supported(mime));
  const webm = found.find(({ ending }) => ending === "webm");
  const mp4 = found.find(({ ending }) => ending === "mp4");
  return [webm, mp4].filter((kind) => kind !== undefined);
}

export const supportedKinds = () =>
  typeof MediaRecorder === "undefined" ? [] : videoKinds((mime) => MediaRecorder.isTypeSupported(mime));

export const FRAMES_PER_S = 25;

/** Instants of a video's frames [s of the run]: the last one is the end of the range. */
export function frameTimes(fromS: number, toS: number, speed: number): number[] {
  const frames = Math.max(2, Math.round(((toS - fromS) / speed) * FRAMES_PER_S) + 1);
  return Array.from({ length: frames }, (_, i) => Math.min(toS, fromS + (i * speed) / FRAMES_PER_S));
}

export interface Recording {
  canvas: HTMLCanvasElement;
  kind: VideoKind;
  times: readonly number[];
  /** draws an instant on the canvas */
  draw: (timeS: number) => Promise<void>;
  onProgress: (fraction: number) => void;
  signal: AbortSignal;
}

const BITS_PER_S = 8_000_000;
const FRAME_MS = 1000 / FRAMES_PER_S;
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/**
 * A video frame by frame. The recorder goes by the clock on the wall, so it rests while a frame is drawn, however long
 * that takes, and runs for as long as the frame is to be seen.
 */
export async function record(wanted: Recording): Promise<Blob> {
  const { canvas, kind, times, draw, onProgress, signal } = wanted;
  await draw(times[0]!);
  const stream = canvas.captureStream(0);
  const track = stream.getVideoTracks()[0] as CanvasCaptureMediaStreamTrack;
  const recorder = new MediaRecorder(stream, { mimeType: kind.mime, videoBitsPerSecond: BITS_PER_S });
  const pieces: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  const ended = new Promise<void>((done, fail) => {
    recorder.addEventListener("stop", () => done());
    recorder.addEventListener("error", () => fail(new Error("The browser stopped writing the video.")));
  });
  recorder.start();
  recorder.pause();
  try {
    for (const [i, timeS] of times.entries()) {
      signal.throwIfAborted();
      if (i > 0) await draw(timeS);
      recorder.resume();
      track.requestFrame();
      await wait(FRAME_MS);
      recorder.pause();
      onProgress((i + 1) / times.length);
    }
  } finally {
    if (recorder.state !== "inactive") recorder.stop();
    await ended;
    track.stop();
  }
  return new Blob(pieces, { type: kind.mime });
}
