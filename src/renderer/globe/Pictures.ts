/** A leap is drawn once its frames are here, or after so long without them. */
const PATIENCE_MS = 120;

/** Asks for pictures. Two of one leap would take their time from each other, so the first waits for the frames. */
export class Pictures {
  readonly #draw: () => void;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  ask(whole: boolean): void {
    if (whole) this.#now();
    else this.#late ??= setTimeout(() => this.#now(), PATIENCE_MS);
  }

  #now(): void {
    this.stop();
    this.#draw();
  }

  stop(): void {
    clearTimeout(this.#late);
    this.#late = undefined;
  }
}
