import { Worker } from "node:worker_threads";
import { Cancelled, restoreError, type ErrorReport } from "../../shared/errors.ts";
import type { CampaignSetup, CampaignTasks } from "./campaign-tasks.ts";
import type { LabSetup } from "./lab-tasks.ts";
import type { WorkerSetup, WorkerTasks } from "./tasks.ts";

type Task = (...args: never[]) => unknown;
type Method<T> = { [K in keyof T]: T[K] extends Task ? K : never }[keyof T];
type Args<T, M extends keyof T> = T[M] extends Task ? Parameters<T[M]> : never;
type Answer<T, M extends keyof T> = T[M] extends Task ? Awaited<ReturnType<T[M]>> : never;

type Setup<T> = T extends WorkerTasks ? WorkerSetup : T extends CampaignTasks ? CampaignSetup : LabSetup;

/** One worker thread, called like the object of tasks inside it; calls are answered in order. */
class Thread<T> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #next = 0;

  constructor(url: URL, setup: unknown, onNote: (note: unknown) => void) {
    this.#worker = new Worker(url, { workerData: setup });
    this.#worker.on(
      "message",
      ({
        id,
        result,
        error,
        note,
      }: {
        id: number;
        result?: unknown;
        error?: ErrorReport;
        note?: unknown;
      }) => {
        if (note !== undefined) return onNote(note);
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

/** The worker threads of one run, of a campaign or of a lab. */
export class Pool<T = WorkerTasks> {
  readonly #threads: Thread<T>[];
  readonly #cancel: Int32Array;

  constructor(
    url: URL,
    setups: Omit<Setup<T>, "cancel">[],
    cancel: Int32Array,
    onNote: (note: unknown) => void = () => {},
  ) {
    this.#cancel = cancel;
    this.#threads = setups.map((setup) => new Thread<T>(url, { ...setup, cancel }, onNote));
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
    let done = 0;
    await this.work([...calls.keys()], async (thread, i) => {
      answers[i] = await thread.call(method, ...calls[i]);
      onDone(++done);
    });
    return answers;
  }

  /** Hands every item to the next free thread, of at most so many. */
  async work<I>(
    items: readonly I[],
    one: (thread: Thread<T>, item: I) => Promise<void>,
    threads = this.size,
  ): Promise<void> {
    let next = 0;
    const go = async (thread: Thread<T>) => {
      while (next < items.length) {
        this.checkCancelled();
        // one after the other on purpose: a thread answers in order
        // oxlint-disable-next-line no-await-in-loop
        await one(thread, items[next++]);
      }
    };
    await Promise.all(this.#threads.slice(0, threads).map(go));
  }

  /** Ends the threads. Only between calls: ending one inside onnxruntime would end the process. */
  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }
}
