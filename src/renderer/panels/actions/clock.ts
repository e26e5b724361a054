import {
  beginRange,
  changeSpeed,
  clock,
  dropRange,
  endRange,
  pause,
  play,
  setSpeed,
  SPEEDS,
  toggleLoop,
  toggleReverse,
} from "../../session/clock.ts";
import type { Command } from "../../session/commands.ts";
import { localTime, toggleLocalTime } from "../../session/localTime.ts";

const group = "Clock";

export function clockActions(): Command[] {
  const { playing, direction, loop, range } = clock.getState();
  const list: Command[] = [
    playing
      ? { id: "play", group, title: "Pause", words: "stop", keys: "Space", run: pause }
      : { id: "play", group, title: "Play", words: "run animate", keys: "Space", run: () => play() },
    {
      id: "loop",
      group,
      title: loop ? "Do not loop: stop at the end" : range ? "Loop the range" : "Loop the whole run",
      words: "repeat",
      keys: "L",
      run: toggleLoop,
    },
    { id: "range begins", group, title: "Loop from here", words: "range start", keys: "[", run: beginRange },
    { id: "range ends", group, title: "Loop up to here", words: "range end", keys: "]", run: endRange },
    { id: "faster", group, title: "Faster", words: "speed", keys: ".", run: () => changeSpeed(1) },
    { id: "slower", group, title: "Slower", words: "speed", keys: ",", run: () => changeSpeed(-1) },
    ...SPEEDS.map((speed) => ({
      id: `speed ${speed}`,
      group,
      title: `Speed ×${speed}`,
      words: "faster slower",
      run: () => setSpeed(speed),
    })),
    {
      id: "local time",
      group,
      title: localTime.getState().shown ? "Hide local time" : "Show local time beside UTC",
      words: "zone offset",
      run: toggleLocalTime,
    },
  ];
  if (!playing || direction > 0)
    list.splice(1, 0, {
      id: "reverse",
      group,
      title: "Play in reverse",
      words: "backwards rewind",
      keys: "Shift Space",
      run: toggleReverse,
    });
  if (range)
    list.push({
      id: "drop range",
      group,
      title: "Let go of the range: the whole run again",
      words: "loop clear",
      keys: "Esc",
      run: dropRange,
    });
  return list;
}
