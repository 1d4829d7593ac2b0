/** Makes the page's worker, or null where none may start (a foreign page). */
export type MakeWorker = () => Worker | null;

/** The one worker of a page, shared by its figures: hired for the first run, dismissed when it dies or nothing runs in it. */
class PageWorker {
  /** It has answered some run. */
  hasSpoken = false;
  /** Runs that listen to it. */
  listeners = 0;
  #worker: Worker | null = null;
  /** None can start on this page. */
  #isRefused = false;

  /** The worker, started if need be; null where none can start. */
  hire(make: MakeWorker | undefined): Worker | null {
    if (this.#worker || this.#isRefused || !make) return this.#worker;
    this.hasSpoken = false;
    try {
      this.#worker = make();
    } catch {
      this.#worker = null;
    }
    this.#isRefused = !this.#worker;
    return this.#worker;
  }

  /** Ends a worker that no longer answers. */
  bury(dead: Worker) {
    this.#dismiss(dead);
    // One that never spoke could not start here, and the next would not either.
    this.#isRefused ||= !this.hasSpoken;
  }

  /** A figure is gone: a worker in which nothing runs goes too. */
  rest() {
    if (this.#worker && !this.listeners) this.#dismiss(this.#worker);
  }

  #dismiss(worker: Worker) {
    worker.terminate();
    if (this.#worker === worker) this.#worker = null;
  }
}

export const pageWorker = new PageWorker();
