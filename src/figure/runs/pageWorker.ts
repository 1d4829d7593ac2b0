/** The worker in which all figures of a page compute their runs. */

/** Makes the page's worker, or null where none may start (a foreign page). */
export type MakeWorker = () => Worker | null;

/** A worker, whether its script runs, and how many runs use it. */
export interface RunningWorker {
  readonly worker: Worker;
  /** It has sent a message, so its script runs. */
  hasSpoken: boolean;
  /** The number of runs that listen to it. */
  listeners: number;
}

/** The one worker of a page, which its figures share: started for the first run, stopped when it dies or when nothing runs in it. */
class PageWorker {
  #running: RunningWorker | null = null;
  /** No worker can start on this page. */
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

  /** Ends a worker that does not answer any more. */
  stop(dead: RunningWorker) {
    dead.worker.terminate();
    if (this.#running === dead) this.#running = null;
    // A worker that never sent a message could not start here, and the next could not either.
    this.#isRefused ||= !dead.hasSpoken;
  }

  /** A figure is gone: the worker goes too if nothing runs in it. */
  stopIdle() {
    if (!this.#running || this.#running.listeners) return;
    this.#running.worker.terminate();
    this.#running = null;
  }
}

/** The worker of this page. */
export const pageWorker = new PageWorker();
