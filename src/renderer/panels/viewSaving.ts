import { createStore } from "zustand/vanilla";
import { clock, pause } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { noteError } from "../session/log.ts";
import { utcTime } from "./format.ts";
import { fileName } from "./save.ts";
import { pngOf, saveBlob, settled, ViewPicture } from "./viewPicture.ts";

/** Whether a video is being asked for or made. */
export const videos = createStore<{ open: boolean }>(() => ({ open: false }));

export const openVideo = () => videos.setState({ open: true });
export const closeVideo = () => videos.setState({ open: false });

const baseName = (run: LoadedRun, timeS: number) =>
  fileName(run.record.scenario, utcTime(run.record.startMs + 1000 * timeS).replaceAll(":", ""));

/** The globe as it is now, as PNG. */
export async function savePicture(run: LoadedRun): Promise<void> {
  pause();
  try {
    const picture = new ViewPicture(run);
    try {
      await settled(run);
      picture.paint();
    } finally {
      picture.close();
    }
    saveBlob(`${baseName(run, clock.getState().timeS)}.png`, await pngOf(picture.canvas));
  } catch (error) {
    noteError("The picture was not saved", error as Error);
  }
}
