/** Makes the page's worker, or null where none may start (a foreign page). */
export type MakeWorker = () => Worker | null;

/** A worker and what is known of it. */
export interface RunningWorker {
  readonly worker: Worker;
  /** It has answered some run. */
  hasSpoken: boolean;
  /** Runs that listen to it. */
  listeners: number;
}

/** The one worker of a page, shared by its figures: started for the first run, stopped when it dies or nothing runs in it. */
class PageWorker {
  #running: RunningWorker | null = null;
  /** None can start on this page. */
  #isRefused = false;

  /** The worker, started if need be; null where none can start. */
  start(make: MakeWorker | undefined): RunningWorker | null {
    if (this.#running || this.#isRefused || !make) return this.#running;
    let worker: Worker | null = null;
    try {
      worker = make();
    } catch {
      // The same as null.
    }
    this.#isRefused = !worker;
    this.#running = worker && {worker, hasSpoken: false, listeners: 0};
    return this.#running;
  }

  /** Ends a worker that no longer answers. */
  stop(dead: RunningWorker) {
    dead.worker.terminate();
    if (this.#running === dead) this.#running = null;
    // One that never spoke could not start here, and the next would not either.
    this.#isRefused ||= !dead.hasSpoken;
  }

  /** A figure is gone: the worker goes too if nothing runs in it. */
  stopIdle() {
    if (!this.#running || this.#running.listeners) return;
    this.#running.worker.terminate();
    this.#running = null;
  }
}

export const pageWorker = new PageWorker();
