import { Camera, Video } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { clock, pause, seek } from "../session/clock.ts";
import { note, noteError } from "../session/log.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { frameTimes, FRAMES_PER_S, record, supportedKinds } from "../session/record.ts";
import { Button } from "../widgets/Button.tsx";
import { Dialog } from "../widgets/Dialog.tsx";
import { NumberField } from "../widgets/NumberField.tsx";
import { Progress } from "../widgets/Progress.tsx";
import { Select } from "../widgets/Select.tsx";
import { duration, utcTime } from "./format.ts";
import { fileName } from "./save.ts";
import { pngOf, saveBlob, settled, ViewPicture } from "./viewPicture.ts";

/** The globe as a picture or a video, with its legend, the time and the credit. */
export function SaveView({ run }: { run: LoadedRun }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = () => {
    setBusy(true);
    pause();
    void savePicture(run).finally(() => setBusy(false));
  };
  return (
    <>
      <Button
        icon={<Camera size={14} aria-hidden="true" />}
        title="Save the globe with its legend and the time as PNG"
        disabled={busy}
        onClick={save}
      >
        Save picture
      </Button>
      <Button
        icon={<Video size={14} aria-hidden="true" />}
        title="Save a stretch of the run as a video"
        onClick={() => setOpen(true)}
      >
        Video
      </Button>
      {open && <VideoSheet run={run} onClose={() => setOpen(false)} />}
    </>
  );
}

const baseName = (run: LoadedRun, timeS: number) =>
  fileName(run.record.scenario, utcTime(run.record.startMs + 1000 * timeS).replaceAll(":", ""));

async function savePicture(run: LoadedRun): Promise<void> {
  try {
    await settled(run);
    const picture = new ViewPicture(run);
    picture.paint();
    saveBlob(`${baseName(run, clock.getState().timeS)}.png`, await pngOf(picture.canvas));
  } catch (error) {
    noteError("The picture was not saved", error as Error);
  }
}

const SPEEDS = ["1", "5", "10", "30", "60"] as const;

interface SheetProps {
  run: LoadedRun;
  onClose: () => void;
}

function VideoSheet({ run, onClose }: SheetProps) {
  const kinds = supportedKinds();
  const last = Math.floor(run.endS);
  const [from, setFrom] = useState<number | null>(0);
  const [to, setTo] = useState<number | null>(last);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>("10");
  const [mime, setMime] = useState(kinds[0]?.mime ?? "");
  const [fraction, setFraction] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const kind = kinds.find((k) => k.mime === mime);
  const right = from !== null && to !== null && from < to && to <= last;
  const times = right ? frameTimes(from, to, Number(speed)) : [];

  const start = async () => {
    const { signal } = (stop.current = new AbortController());
    setFraction(0);
    setError(null);
    const before = clock.getState().timeS;
    try {
      pause();
      const picture = new ViewPicture(run);
      const draw = async (timeS: number) => {
        seek(timeS);
        await settled(run, signal);
        picture.paint();
      };
      const { canvas } = picture;
      const blob = await record({ canvas, kind: kind!, times, draw, onProgress: setFraction, signal });
      saveBlob(`${baseName(run, from!)}.${kind!.ending}`, blob);
      note("done", "The video is saved", [`${duration(times.length / FRAMES_PER_S)} long`]);
    } catch (thrown) {
      if (!signal.aborted) setError((thrown as Error).message);
    } finally {
      seek(before);
      setFraction(null);
    }
  };

  return (
    <Dialog title="Video of the globe" onClose={onClose}>
      <div className="video-form" data-testid="video">
        <NumberField label="From, s of the run" value={from} min={0} max={last} onChange={setFrom} />
        <NumberField label="To, s of the run" value={to} min={0} max={last} onChange={setTo} />
        <Select
          label="Speed"
          value={speed}
          options={SPEEDS.map((value) => ({ value, text: `×${value}` }))}
          disabled={fraction !== null}
          onChange={setSpeed}
        />
        {kinds.length > 0 && (
          <Select
            label="Format"
            value={mime}
            options={kinds.map((k) => ({ value: k.mime, text: k.text }))}
            disabled={fraction !== null}
            onChange={setMime}
          />
        )}
        <p className="quiet">
          {kinds.length === 0
            ? "This browser writes no video. Chromium, Firefox and the desktop window do."
            : right
              ? `${times.length} frames, ${duration(times.length / FRAMES_PER_S)} at ${FRAMES_PER_S} a second. Each is drawn in full, so it takes longer than it lasts.`
              : "Give a range that ends after it begins."}
        </p>
        {error && (
          <p className="bad" role="alert">
            {error}
          </p>
        )}
        {fraction !== null && <Progress label="Video" fraction={fraction} />}
        <div className="button-row">
          {fraction === null ? (
            <Button kind="primary" disabled={!right || !kind} onClick={() => void start()}>
              Save video
            </Button>
          ) : (
            <Button onClick={() => stop.current?.abort()}>Cancel</Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
