import { Presets, SingleBar } from "cli-progress";

export interface Step {
  stage: string;
  fraction: number;
  etaS: number | null;
}

export interface Progress {
  update(step: Step): void;
  stop(): void;
}

/** Without a terminal: a line for every new stage and every quarter of the way. */
export function sparseProgress(say: (text: string) => void): Progress {
  let stage = "";
  let quarter = -1;
  return {
    update(step) {
      const now = Math.floor(step.fraction * 4);
      if (step.stage === stage && now === quarter) return;
      [stage, quarter] = [step.stage, now];
      say(`${percent(step.fraction)}  ${step.stage}${eta(step.etaS)}`);
    },
    stop() {},
  };
}

export function barProgress(stream: NodeJS.WritableStream): Progress {
  const bar = new SingleBar(
    {
      stream,
      format: "{bar} {percent}  {stage}{eta_text}",
      barsize: 32,
      hideCursor: true,
      clearOnComplete: true,
      fps: 15,
      linewrap: false,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update({ stage, fraction, etaS }) {
      const payload = { stage, percent: percent(fraction), eta_text: eta(etaS) };
      if (started) bar.update(fraction, payload);
      else bar.start(1, fraction, payload);
      started = true;
    },
    stop: () => bar.stop(),
  };
}

const percent = (fraction: number) => `${Math.round(fraction * 100)}`.padStart(3) + " %";
const eta = (seconds: number | null) => (seconds === null ? "" : `  ${duration(seconds)} left`);

export function duration(seconds: number): string {
  const s = Math.ceil(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
