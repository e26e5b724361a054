import { Camera } from "lucide-react";
import { useState } from "react";
import { clock, pause } from "../session/clock.ts";
import { noteError } from "../session/log.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { Button } from "../widgets/Button.tsx";
import { utcTime } from "./format.ts";
import { fileName } from "./save.ts";
import { pngOf, saveBlob, settled, ViewPicture } from "./viewPicture.ts";

/** The globe as a picture, with its legend, the time and the credit. */
export function SaveView({ run }: { run: LoadedRun }) {
  const [busy, setBusy] = useState(false);
  const save = () => {
    setBusy(true);
    pause();
    void savePicture(run).finally(() => setBusy(false));
  };
  return (
    <Button
      icon={<Camera size={14} aria-hidden="true" />}
      title="Save the globe with its legend and the time as PNG"
      disabled={busy}
      onClick={save}
    >
      Save picture
    </Button>
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
