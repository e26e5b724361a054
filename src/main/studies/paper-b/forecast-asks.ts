import type { Lab } from "../lab.ts";
import type { Effort, ForecastAnswer, ForecastAsk, ForecastRat } from "./forecast-trials.ts";

/** The paper's windows, and its number of paths for all that comes after Figure 5. */
export const WINDOW: Record<ForecastRat, number> = { cellular: 9, wifi: 7 };
export const PATHS = 20;
export const RATS: ForecastRat[] = ["cellular", "wifi"];
export const RAT_TITLE: Record<ForecastRat, string> = { cellular: "BSs", wifi: "APs" };
export const NETWORK = { cellular: "bilstm", wifi: "lstm" } as const;
export const NETWORK_TITLE: Record<ForecastRat, string> = { cellular: "BiLSTM", wifi: "LSTM" };

export const WINDOWS = [1, 3, 5, 7, 9, 11, 13, 15];
export const PATH_COUNTS = [5, 10, 15, 20, 25, 30, 35];
export const AHEAD = 5;
/** Figure 7's horizons and Figure 8's numbers of paths. */
export const HORIZONS = [2, 4];
export const BASELINE_PATHS = [17, 35];

const FULL: Effort = { rows: 8000, visits: 80_000, lstm: 64, bilstm: 32, rounds: 120 };
const QUICK: Effort = { rows: 2000, visits: 12_000, lstm: 32, bilstm: 16, rounds: 60 };
export const effortOf = ({ quick }: Lab) => (quick ? QUICK : FULL);
export const seedsOf = ({ seed, quick }: Lab) => Array.from({ length: quick ? 2 : 3 }, (_, i) => seed + i);

/** What is not said of an ask: one step ahead by the paper's network, from 20 paths, tested on paths apart. */
export type Part = Partial<
  Pick<ForecastAsk, "kind" | "shadows" | "steps" | "ahead" | "way" | "inputs" | "learns" | "paths" | "split">
>;

/** Asks for trials and remembers the answers, each ask once however many figures want it. */
export class Forecasts {
  readonly #lab: Lab;
  readonly #asks = new Map<string, ForecastAsk>();
  readonly #answers = new Map<string, ForecastAnswer>();

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  #ask(rat: ForecastRat, part: Part, seed: number): ForecastAsk {
    const kind = part.kind ?? NETWORK[rat];
    const ask: ForecastAsk = {
      seed,
      rat,
      kind,
      shadows: true,
      steps: WINDOW[rat],
      ahead: 1,
      way: "direct",
      inputs: "all",
      learns: "change",
      paths: PATHS,
      split: "path",
      effort: effortOf(this.#lab),
      keep: false,
      ...part,
    };
    const first = seed === seedsOf(this.#lab)[0];
    const keep = first && kind === NETWORK[rat] && ask.paths === PATHS && ask.ahead === AHEAD && ask.shadows;
    return { ...ask, keep };
  }

  want(rat: ForecastRat, part: Part): void {
    for (const seed of seedsOf(this.#lab)) {
      const ask = this.#ask(rat, part, seed);
      this.#asks.set(JSON.stringify(ask), ask);
    }
  }

  /** Runs all that is wanted; those of one seed stand together, since they share a world. */
  async run(title: string): Promise<void> {
    const asks = [...this.#asks.values()].sort((a, b) => a.seed - b.seed);
    const answers = await this.#lab.run("forecast", asks, { title });
    asks.forEach((ask, i) => this.#answers.set(JSON.stringify(ask), answers[i]));
  }

  /** [seed] answers to what was wanted */
  answers(rat: ForecastRat, part: Part): ForecastAnswer[] {
    return seedsOf(this.#lab).map((seed) => {
      const answer = this.#answers.get(JSON.stringify(this.#ask(rat, part, seed)));
      if (!answer) throw new Error(`nobody asked for ${rat} ${JSON.stringify(part)}`);
      return answer;
    });
  }

  /** [seed] RMSE [dB] at a step ahead (from 1) */
  rmse(rat: ForecastRat, part: Part, step = 1): number[] {
    return this.answers(rat, part).map(({ rmseAheadDb }) => rmseAheadDb[step - 1]);
  }

  /** every answer so far, with its ask */
  all(): [ForecastAsk, ForecastAnswer][] {
    return [...this.#asks].map(([key, ask]) => [ask, this.#answers.get(key)!]);
  }
}

/** Everything that Figures 4 to 8 and the tables need. */
export function wantAll(forecasts: Forecasts): void {
  wantWithoutShadows(forecasts);
  for (const rat of RATS) {
    for (const steps of WINDOWS) forecasts.want(rat, { steps, paths: BASELINE_PATHS[1] });
    for (const paths of PATH_COUNTS)
      for (const split of ["path", "time"] as const) forecasts.want(rat, { paths, split });
    for (const kind of ["persistence", "arima", "boosted", NETWORK[rat]] as const) {
      forecasts.want(rat, { kind, ahead: AHEAD });
      for (const paths of BASELINE_PATHS) forecasts.want(rat, { kind, paths });
    }
    forecasts.want(rat, { ahead: AHEAD, way: "recursive" });
    forecasts.want(rat, { ahead: AHEAD, way: "recursive", inputs: "target" });
    for (const split of ["path", "time", "random"] as const)
      for (const kind of ["persistence", NETWORK[rat], "boosted"] as const)
        forecasts.want(rat, { kind, split });
    for (const kind of [NETWORK[rat], "boosted"] as const) {
      forecasts.want(rat, { kind, learns: "level" });
      forecasts.want(rat, { kind, inputs: "target" });
    }
  }
}

/** The same for base stations without shadows, as the paper's equations have them. */
function wantWithoutShadows(forecasts: Forecasts): void {
  const shadows = false;
  const want = (part: Part) => forecasts.want("cellular", { shadows, ...part });
  for (const steps of WINDOWS) want({ steps, paths: BASELINE_PATHS[1] });
  for (const paths of PATH_COUNTS) want({ paths });
  for (const kind of ["persistence", "arima", "boosted", "bilstm"] as const) {
    want({ kind, ahead: AHEAD });
    for (const paths of BASELINE_PATHS) want({ kind, paths });
  }
  want({ ahead: AHEAD, way: "recursive" });
}
