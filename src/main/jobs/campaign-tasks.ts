import { evaluateMission, type CampaignTask } from "../studies/campaign.ts";
import { Cancelled } from "../../shared/errors.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import { inhabitedOf } from "../scenario/inhabited.ts";

export interface CampaignSetup {
  /** set to 1 to stop */
  cancel: Int32Array;
}

/** Share of a run that its time loop takes. */
const LOOP_SHARE = 0.9;

/** The work of one thread of a campaign: whole runs, one after the other. */
export class CampaignTasks {
  readonly #cancel: Int32Array;
  readonly #tell: (gained: number) => void;
  #work: Promise<unknown> = Promise.resolve();

  /** @param tell hears what share of a run has been done since it last heard */
  constructor({ cancel }: CampaignSetup, tell: (gained: number) => void) {
    this.#cancel = cancel;
    this.#tell = tell;
  }

  evaluate(task: CampaignTask): Promise<SignallingSummary[]> {
    let told = 0;
    const reach = (done: number) => {
      this.#tell(done - told);
      told = done;
    };
    const work = evaluateMission(task, inhabitedOf(task.mission), (looped) => {
      if (Atomics.load(this.#cancel, 0) !== 0) throw new Cancelled();
      if (looped !== undefined) reach(LOOP_SHARE * looped);
    });
    this.#work = work.catch(() => {});
    return work.finally(() => reach(1));
  }

  /** Answers when nothing is under way: ending a thread inside onnxruntime would end the process. */
  async idle(): Promise<void> {
    await this.#work;
  }
}
