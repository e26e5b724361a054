import { evaluateMission, type CampaignTask } from "../studies/campaign.ts";
import { Cancelled } from "../../shared/errors.ts";
import type { SignallingSummary } from "../../shared/storm.ts";
import { inhabitedOf } from "../scenario/inhabited.ts";

export interface CampaignSetup {
  /** set to 1 to stop */
  cancel: Int32Array;
}

/** The work of one thread of a campaign: whole runs, one after the other. */
export class CampaignTasks {
  readonly #cancel: Int32Array;
  #work: Promise<unknown> = Promise.resolve();

  constructor({ cancel }: CampaignSetup) {
    this.#cancel = cancel;
  }

  evaluate(task: CampaignTask): Promise<SignallingSummary[]> {
    const work = evaluateMission(task, inhabitedOf(task.mission), () => {
      if (Atomics.load(this.#cancel, 0) !== 0) throw new Cancelled();
    });
    this.#work = work.catch(() => {});
    return work;
  }

  /** Answers when nothing is under way: ending a thread inside onnxruntime would end the process. */
  async idle(): Promise<void> {
    await this.#work;
  }
}
