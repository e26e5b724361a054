import { Worker } from "node:worker_threads";
import { Cancelled, restoreError, type ErrorReport } from "../../shared/errors.ts";
import type { CampaignSetup } from "./campaign-tasks.ts";
import type { WorkerSetup, WorkerTasks } from "./tasks.ts";

type Task = (...args: never[]) => unknown;
type Method<T> = { [K in keyof T]: T[K] extends Task ? K : never }[keyof T];
type Args<T, M extends keyof T> = T[M] extends Task ? Parameters<T[M]> : never;
type Answer<T, M extends keyof T> = T[M] extends Task ? Awaited<ReturnType<T[M]>> : never;

/** One worker thread, called like the object of tasks inside it; calls are answered in order. */
class Thread<T> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #next = 0;

  constructor(url: URL, setup: WorkerSetup | CampaignSetup) {
    this.#worker = new Worker(url, { workerData: setup });
    this.#worker.on(
      "message",
      ({ id, result, error }: { id: number; result?: unknown; error?: ErrorReport }) => {
        const call = this.#waiting.get(id);
        this.#waiting.delete(id);
        if (error) call?.reject(restoreError(error));
        else call?.resolve(result as never);
      },
    );
    this.#worker.on("error", (error) => this.#fail(error as Error));
    this.#worker.on("exit", (code) => this.#fail(new Error(`a worker thread ended with code ${code}`)));
  }

  #fail(error: Error): void {
    for (const call of this.#waiting.values()) call.reject(error);
    this.#waiting.clear();
  }

  call<M extends Method<T>>(method: M, ...args: Args<T, M>): Promise<Answer<T, M>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args });
    });
  }

  async end(): Promise<void> {
    this.#worker.removeAllListeners("exit");
    await this.#worker.terminate();
  }
}

/** The worker threads of one run, or of a campaign. */
export class Pool<T = WorkerTasks> {
  readonly #threads: Thread<T>[];
  readonly #cancel: Int32Array;

  constructor(
    url: URL,
    setups: Omit<T extends WorkerTasks ? WorkerSetup : CampaignSetup, "cancel">[],
    cancel: Int32Array,
  ) {
    this.#cancel = cancel;
    this.#threads = setups.map(
      (setup) => new Thread<T>(url, { ...setup, cancel } as WorkerSetup | CampaignSetup),
    );
  }

  get size(): number {
    return this.#threads.length;
  }

  checkCancelled(): void {
    if (Atomics.load(this.#cancel, 0) !== 0) throw new Cancelled();
  }

  /** The same call on every thread, with arguments of its own. */
  all<M extends Method<T>>(method: M, args: (thread: number) => Args<T, M>): Promise<Answer<T, M>[]> {
    return Promise.all(this.#threads.map((thread, i) => thread.call(method, ...args(i))));
  }

  one<M extends Method<T>>(method: M, ...args: Args<T, M>): Promise<Answer<T, M>> {
    return this.#threads[0].call(method, ...args);
  }

  /** Works through a list of calls, each on the next free thread; answers in the order of the list. */
  async spread<M extends Method<T>>(
    method: M,
    calls: Args<T, M>[],
    onDone: (done: number) => void,
  ): Promise<Answer<T, M>[]> {
    const answers: Answer<T, M>[] = [];
    let next = 0;
    let done = 0;
    const work = async (thread: Thread<T>) => {
      while (next < calls.length) {
        this.checkCancelled();
        const index = next++;
        answers[index] = await thread.call(method, ...calls[index]);
        onDone(++done);
      }
    };
    await Promise.all(this.#threads.map(work));
    return answers;
  }

  /** Ends the threads. Only between calls: ending one inside onnxruntime would end the process. */
  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }
}
