import { useEffect, useRef, useState } from "react";
import { stageNow } from "../globe/stage.ts";
import { SPEEDS } from "../session/clock.ts";
import type { Clock } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { Button } from "../widgets/Button.tsx";
import { NumberField } from "../widgets/NumberField.tsx";
import { Select } from "../widgets/Select.tsx";
import { duration, whole } from "./format.ts";
import { codecFor, CODECS, KINDS, noCodec } from "./videoFilm.ts";
import type { Codec, Kind } from "./videoFilm.ts";
import { bitsPerSecond, firstStretch, SIZES, videoPlan, videoProblem } from "./videoPlan.ts";
import type { VideoAsk, VideoSize } from "./videoPlan.ts";
import { ownScale } from "./viewPicture.ts";

export interface Wanted extends VideoAsk {
  size: VideoSize;
  kind: Kind;
}

export const firstWanted = (now: Clock): Wanted => ({
  ...firstStretch(now),
  speed: now.speed,
  rate: 25,
  size: "hd",
  kind: "webm",
});

const RATES = [10, 25, 30];
const SIZE_TEXTS: Record<VideoSize, string> = {
  hd: "1280 × 720",
  full: "1920 × 1080",
  shown: "As the globe stands",
};

/** Pixels of the video; as the globe stands, without the legend below it. */
function pixelsOf(size: VideoSize): [number, number] {
  const canvas = stageNow()?.scene.canvas;
  const shown = { width: canvas?.clientWidth ?? 0, height: canvas?.clientHeight ?? 0, scale: ownScale() };
  const { width, height, scale } = SIZES[size] ?? shown;
  return [2 * Math.ceil((width * scale) / 2), 2 * Math.ceil((height * scale) / 2)];
}

interface Props {
  run: LoadedRun;
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
  onMake: () => void;
}

export function VideoForm({ run, wanted, onChange, onMake }: Props) {
  const { kind, size, rate, speed } = wanted;
  const [width, height] = pixelsOf(size);
  const codec = useCodec(kind, width, height);
  const problem = videoProblem(wanted) ?? (codec === null ? noCodec(kind, width, height) : null);
  const set = (change: Partial<Wanted>) => onChange({ ...wanted, ...change });
  const end = Math.floor(run.endS);
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => fields.current!.querySelector("input")!.focus(), []);
  return (
    <>
      <div className="video-form" ref={fields}>
        <NumberField
          label="From second"
          value={wanted.fromS}
          min={0}
          max={end}
          onChange={(fromS) => set({ fromS: fromS ?? Number.NaN })}
        />
        <NumberField
          label="To second"
          value={wanted.toS}
          min={0}
          max={end}
          onChange={(toS) => set({ toS: toS ?? Number.NaN })}
        />
        <Select
          label="Speed"
          value={String(speed)}
          options={SPEEDS.map((value) => ({ value: String(value), text: `${value} ×` }))}
          onChange={(value) => set({ speed: SPEEDS.find((known) => String(known) === value)! })}
        />
        <Select
          label="Frames per second"
          value={String(rate)}
          options={RATES.map((value) => ({ value: String(value), text: String(value) }))}
          onChange={(value) => set({ rate: Number(value) })}
        />
        <Select
          label="Size"
          value={size}
          options={Object.entries(SIZE_TEXTS).map(([value, text]) => ({ value: value as VideoSize, text }))}
          onChange={(value) => set({ size: value })}
        />
        <Select
          label="File"
          value={kind}
          options={Object.entries(KINDS).map(([value, { text }]) => ({ value: value as Kind, text }))}
          onChange={(value) => set({ kind: value })}
        />
      </div>
      <p className={problem === null ? "quiet" : "field-problem"} aria-live="polite">
        {problem ?? estimate(wanted, width, height, codec)}
      </p>
      <div className="button-row">
        <Button kind="primary" disabled={problem !== null || codec === undefined} onClick={onMake}>
          Make the video
        </Button>
      </div>
    </>
  );
}

/** undefined: not known yet; null: none */
function useCodec(kind: Kind, width: number, height: number): Codec | null | undefined {
  const [found, setFound] = useState<{ key: string; codec: Codec | null }>();
  const key = `${kind} ${width} ${height}`;
  useEffect(() => {
    let gone = false;
    codecFor(kind, width, height).then(
      (codec) => gone || setFound({ key, codec }),
      () => gone || setFound({ key, codec: null }),
    );
    return () => {
      gone = true;
    };
  }, [kind, width, height, key]);
  return found?.key === key ? found.codec : undefined;
}

function estimate(wanted: Wanted, width: number, height: number, codec: Codec | null | undefined): string {
  const { frames, lengthS } = videoPlan(wanted);
  const most = (bitsPerSecond(width, height, wanted.rate) * lengthS) / 8;
  const coder = codec ? `, ${CODECS[codec]}` : "";
  return `${whole(frames)} frames, ${duration(lengthS)} of video${coder}, some ${megabytes(most)}. Each frame is drawn for itself: the clock stands meanwhile and returns to where it is now.`;
}

export const megabytes = (bytes: number) =>
  bytes < 950_000 ? `${whole(Math.max(1, bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
