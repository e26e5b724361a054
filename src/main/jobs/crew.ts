import type { Pool } from "./pool.ts";
import type { WorkerTasks } from "./tasks.ts";

type Task = (...args: never[]) => unknown;
type Method = { [K in keyof WorkerTasks]: WorkerTasks[K] extends Task ? K : never }[keyof WorkerTasks];
type Args<M extends Method> = Parameters<WorkerTasks[M]>;
type Answer<M extends Method> = Awaited<ReturnType<WorkerTasks[M]>>;

interface Call {
  method: Method;
  args: unknown[];
  urgency: number;
  /** null: any */
  thread: number | null;
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
}

/**
 * The threads of a pool as takers of calls from several stages at once: a free thread takes the most urgent call that it may,
 * of equals the one that came first. Which thread does what changes no answer.
 */
export class Crew {
  readonly #size: number;
  readonly #calls: Call[] = [];
  #wake: (() => void)[] = [];
  #over = false;
  #failure: unknown = null;

  constructor(pool: Pool) {
    this.#size = pool.size;
    const numbers = Array.from({ length: pool.size }, (_, i) => i);
    const work = pool.work(numbers, async (thread, number) => {
      // one after the other on purpose: a thread answers in order
      // oxlint-disable-next-line no-await-in-loop
      for (let call = await this.#next(number); call; call = await this.#next(number)) {
        try {
          pool.checkCancelled();
          call.resolve((await thread.call(call.method, ...(call.args as never))) as never);
        } catch (error) {
          call.reject(error);
        }
      }
    });
    work.catch((error) => this.#refuse(error));
  }

  /** The most urgent call that a thread may take, as soon as there is one; null at the end. */
  async #next(thread: number): Promise<Call | null> {
    for (;;) {
      let best = -1;
      this.#calls.forEach((call, i) => {
        if (call.thread !== null && call.thread !== thread) return;
        if (best < 0 || call.urgency > this.#calls[best].urgency) best = i;
      });
      if (best >= 0) return this.#calls.splice(best, 1)[0];
      if (this.#over) return null;
      await new Promise<void>((wake) => this.#wake.push(wake));
    }
  }

  #refuse(error: unknown): void {
    this.#failure = error;
    for (const call of this.#calls.splice(0)) call.reject(error);
  }

  #rouse(): void {
    const sleeping = this.#wake;
    this.#wake = [];
    for (const wake of sleeping) wake();
  }

  #put<M extends Method>(
    method: M,
    args: Args<M>,
    urgency: number,
    thread: number | null,
  ): Promise<Answer<M>> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#calls.push({ method, args, urgency, thread, resolve, reject });
      this.#rouse();
    });
  }

  /** One call, on whichever thread is free first. */
  call<M extends Method>(method: M, args: Args<M>, urgency: number): Promise<Answer<M>> {
    return this.#put(method, args, urgency, null);
  }

  /** The same call on every thread, with arguments of its own. */
  all<M extends Method>(method: M, args: (thread: number) => Args<M>, urgency: number): Promise<Answer<M>[]> {
    return Promise.all(Array.from({ length: this.#size }, (_, i) => this.#put(method, args(i), urgency, i)));
  }

  /** Lets the threads go once nothing is left to do. */
  end(): void {
    this.#over = true;
    this.#rouse();
  }
}
