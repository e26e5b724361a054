import { Worker } from "node:worker_threads";
import { Cancelled, restoreError, type ErrorReport } from "../../shared/errors.ts";
import type { WorkerSetup, WorkerTasks } from "./tasks.ts";

type Method = keyof WorkerTasks;
type Answer<M extends Method> = Awaited<ReturnType<WorkerTasks[M]>>;

/** One worker thread, called like an object; calls are answered in order. */
class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #next = 0;

  constructor(url: URL, setup: WorkerSetup) {
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

  call<M extends Method>(method: M, ...args: Parameters<WorkerTasks[M]>): Promise<Answer<M>> {
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

/** The worker threads of one run. */
export class Pool {
  readonly #threads: Thread[];
  readonly #cancel: Int32Array;

  constructor(url: URL, setups: Omit<WorkerSetup, "cancel">[], cancel: Int32Array) {
    this.#cancel = cancel;
    this.#threads = setups.map((setup) => new Thread(url, { ...setup, cancel }));
  }

  get size(): number {
    return this.#threads.length;
  }

  checkCancelled(): void {
    if (Atomics.load(this.#cancel, 0) !== 0) throw new Cancelled();
  }

  /** The same call on every thread, with arguments of its own. */
  all<M extends Method>(
    method: M,
    args: (thread: number) => Parameters<WorkerTasks[M]>,
  ): Promise<Answer<M>[]> {
    return Promise.all(this.#threads.map((thread, i) => thread.call(method, ...args(i))));
  }

  one<M extends Method>(method: M, ...args: Parameters<WorkerTasks[M]>): Promise<Answer<M>> {
    return this.#threads[0].call(method, ...args);
  }

  /** Works through a list of calls, each on the next free thread; answers in the order of the list. */
  async spread<M extends Method>(
    method: M,
    calls: Parameters<WorkerTasks[M]>[],
    onDone: (done: number) => void,
  ): Promise<Answer<M>[]> {
    const answers: Answer<M>[] = [];
    let next = 0;
    let done = 0;
    const work = async (thread: Thread) => {
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
