/** Makes the page's worker, or null where none may start (a foreign page). */
export type MakeWorker = () => Worker | null;

/** A worker and what is known of it. */
export interface Hired {
  readonly worker: Worker;
  /** It has answered some run. */
  hasSpoken: boolean;
  /** Runs that listen to it. */
  listeners: number;
}

/** The one worker of a page, shared by its figures: hired for the first run, dismissed when it dies or nothing runs in it. */
class PageWorker {
  #hired: Hired | null = null;
  /** None can start on this page. */
  #isRefused = false;

  /** The worker, started if need be; null where none can start. */
  hire(make: MakeWorker | undefined): Hired | null {
    if (this.#hired || this.#isRefused || !make) return this.#hired;
    let worker: Worker | null = null;
    try {
      worker = make();
    } catch {
      // As where it gives null.
    }
    this.#isRefused = !worker;
    this.#hired = worker && {worker, hasSpoken: false, listeners: 0};
    return this.#hired;
  }

  /** Ends a worker that no longer answers. */
  bury(dead: Hired) {
    dead.worker.terminate();
    if (this.#hired === dead) this.#hired = null;
    // One that never spoke could not start here, and the next would not either.
    this.#isRefused ||= !dead.hasSpoken;
  }

  /** A figure is gone: the worker goes too if nothing runs in it. */
  rest() {
    if (!this.#hired || this.#hired.listeners) return;
    this.#hired.worker.terminate();
    this.#hired = null;
  }
}

export const pageWorker = new PageWorker();
