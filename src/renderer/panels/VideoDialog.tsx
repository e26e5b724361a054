import { useEffect, useRef, useState } from "react";
import { Cancelled } from "../../shared/errors.ts";
import { clock } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { note } from "../session/log.ts";
import { Button } from "../widgets/Button.tsx";
import { Dialog } from "../widgets/Dialog.tsx";
import { Progress } from "../widgets/Progress.tsx";
import { duration, whole } from "./format.ts";
import { fileName } from "./save.ts";
import { CODECS, film, KINDS } from "./videoFilm.ts";
import type { Film } from "./videoFilm.ts";
import { firstWanted, megabytes, VideoForm } from "./VideoForm.tsx";
import type { Wanted } from "./VideoForm.tsx";
import { SIZES, videoPlan } from "./videoPlan.ts";
import { saveBlob } from "./viewPicture.ts";
import "./video.css";

interface Making {
  frames: number;
  drawn: number;
  leftS: number | null;
  stop: AbortController;
  canvas: HTMLCanvasElement | null;
}

/** Asks what a video of the run is to show, makes it, and says how far it is. */
export function VideoDialog({ run, onClose }: { run: LoadedRun; onClose: () => void }) {
  const [wanted, setWanted] = useState<Wanted>(() => firstWanted(clock.getState()));
  const [making, setMaking] = useState<Making | null>(null);
  const [error, setError] = useState<string | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);

  const make = async () => {
    stop.current = new AbortController();
    const { frames } = videoPlan(wanted);
    const startMs = performance.now();
    const left = (drawn: number) => ((performance.now() - startMs) / 1000 / drawn) * (frames - drawn);
    setError(null);
    setMaking({ frames, drawn: 0, leftS: null, stop: stop.current, canvas: null });
    try {
      const made = await film(run, wanted, {
        kind: wanted.kind,
        size: SIZES[wanted.size],
        signal: stop.current.signal,
        onStart: (canvas) => setMaking((now) => now && { ...now, canvas }),
        onFrame: (drawn) => setMaking((now) => now && { ...now, drawn, leftS: left(drawn) }),
      });
      keep(run, wanted, made);
      onClose();
    } catch (failure) {
      if (!(failure instanceof Cancelled)) setError((failure as Error).message);
    } finally {
      setMaking(null);
    }
  };

  return (
    <Dialog title="Video of the globe" onClose={onClose}>
      <div className="video" data-testid="video">
        {making ? (
          <Shooting making={making} />
        ) : (
          <VideoForm run={run} wanted={wanted} onChange={setWanted} onMake={() => void make()} />
        )}
        {error !== null && (
          <p className="video-error" role="alert">
            The video was not made. {error}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function keep(run: LoadedRun, wanted: Wanted, { blob, codec, width, height }: Film): void {
  const { frames, lengthS } = videoPlan(wanted);
  const name = `${fileName(run.record.scenario, `${wanted.fromS}-${wanted.toS}s`)}.${wanted.kind}`;
  saveBlob(name, blob);
  note("done", `Video saved: ${name}`, [
    `${whole(frames)} frames, ${duration(lengthS)}, ${width} × ${height}, ${CODECS[codec]} in ${KINDS[wanted.kind].text}, ${megabytes(blob.size)}`,
  ]);
}

function Shooting({ making: { frames, drawn, leftS, stop, canvas } }: { making: Making }) {
  const place = useRef<HTMLDivElement>(null);
  const cancel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (canvas) place.current!.replaceChildren(canvas);
  }, [canvas]);
  useEffect(() => {
    cancel.current!.querySelector("button")!.focus();
    // a click beside the dialog would throw the work away
    const dialog = cancel.current!.closest("dialog")!;
    const hold = (event: Event) => event.target === dialog && event.stopPropagation();
    dialog.addEventListener("click", hold, true);
    return () => dialog.removeEventListener("click", hold, true);
  }, []);
  return (
    <>
      <div className="video-preview" ref={place} role="img" aria-label="The frame drawn last" />
      <Progress label="Frames drawn" fraction={drawn / frames} />
      <p className="video-progress">
        Frame {whole(drawn)} of {whole(frames)}, {Math.floor((100 * drawn) / frames)} %
        {leftS !== null && `, about ${duration(Math.ceil(leftS))} left`}
      </p>
      <div className="button-row" ref={cancel}>
        <Button onClick={() => stop.abort()}>Cancel</Button>
      </div>
    </>
  );
}
