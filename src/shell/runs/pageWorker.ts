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

  /**
   * The next run gets a new worker, also where none has started so far: a worker remembers what did not load in it. The old one
   * stays with the runs it has.
   */
  renew() {
    const old = this.#hired;
    this.#hired = null;
    this.#isRefused = false;
    if (old) this.rest(old);
  }

  /** A figure is gone, or a run: a worker goes too once nothing runs in it and no more is to come. */
  rest(one = this.#hired) {
    if (!one || one.listeners) return;
    one.worker.terminate();
    if (this.#hired === one) this.#hired = null;
  }

  /** A run no longer listens. */
  leave(one: Hired) {
    one.listeners--;
    if (this.#hired !== one) this.rest(one);
  }
}

export const pageWorker = new PageWorker();
