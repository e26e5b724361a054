import { Camera, Clapperboard } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { LoadedRun } from "../session/loadRun.ts";
import { Button } from "../widgets/Button.tsx";
import { closeVideo, openVideo, savePicture, videos } from "./viewSaving.ts";
import { VideoDialog } from "./VideoDialog.tsx";

/** The globe as a picture or a video, with its legend, the time and the credit. */
export function SaveView({ run }: { run: LoadedRun }) {
  const [busy, setBusy] = useState(false);
  const { open } = useStore(videos);
  const save = () => {
    setBusy(true);
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
        icon={<Clapperboard size={14} aria-hidden="true" />}
        title="Save a stretch of the run as WebM or MP4, frame by frame"
        disabled={busy}
        onClick={openVideo}
      >
        Save video
      </Button>
      {open && <VideoDialog key={run.record.run} run={run} onClose={closeVideo} />}
    </>
  );
}
