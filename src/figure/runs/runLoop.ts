/** A run that can be played, paused and stepped. It gives its first snapshot at once and then waits. */
export interface Job {
  play(): void;
  pause(): void;
  step(): void;
  cancel(): void;
}

/** Callbacks of a run loop. */
export interface Reports {
  /** The newest snapshot of a slice and its index. With `every`: a list of all snapshots of the slice. */
  result(snapshot: unknown, index: number): void;
  /** A slice ended before the next snapshot was computed. */
  rest?(): void;
  /** Something that the run needs is loading. */
  loading?(coming: Promise<unknown>): void;
  end(): void;
  /** `isLoadError`: something that the run needs did not load. */
  fail(reason: string, isLoadError?: boolean): void;
}

/** Milliseconds of work in one slice: half a frame, so that a slice on the main thread leaves room to draw. */
const SLICE_TIME = 8;

/** Which snapshots a run loop reports. */
export interface RunLoopOptions {
  /** Snapshots before this one are computed but not reported: the run goes on for one whose worker died. */
  skip?: number;
  /** Report every snapshot, and not only the newest of each slice. */
  every?: boolean;
}

/**
 * Runs a generator in slices and reports the newest snapshot of each. `next` schedules a slice. The generator yields
 * undefined where a slice may end without a snapshot, and a promise where it has to wait for one.
 */
export const runLoop = (
  source: Iterator<unknown>,
  reports: Reports,
  next: (slice: () => void) => void,
  options?: RunLoopOptions,
): Job => new RunLoop(source, reports, next, options);

/** How a slice ended. */
type Ending =
  | {kind: "time up"}
  | {kind: "done"}
  | {kind: "failed"; reason: string}
  | {kind: "waits"; for: Promise<unknown>};

class RunLoop implements Job {
  readonly #source: Iterator<unknown>;
  readonly #reports: Reports;
  readonly #next: (slice: () => void) => void;
  readonly #skip: number;
  readonly #every: boolean;
  #isLive = true;
  #isPlaying = false;
  /** A slice is scheduled, or the generator waits for a promise. */
  #isWaiting = false;
  /** Index of the latest snapshot. */
  #index = -1;
  /** Index of the snapshot that steps have asked for. */
  #requestedIndex: number;

  constructor(
    source: Iterator<unknown>,
    reports: Reports,
    next: (slice: () => void) => void,
    {skip = 0, every = false}: RunLoopOptions = {},
  ) {
    this.#source = source;
    this.#reports = reports;
    this.#next = next;
    this.#skip = skip;
    this.#every = every;
    this.#requestedIndex = skip;
    this.#wake();
  }

  play() {
    this.#isPlaying = true;
    this.#wake();
  }

  pause() {
    this.#isPlaying = false;
    this.#requestedIndex = Math.max(this.#index, this.#skip);
  }

  step() {
    this.pause();
    this.#requestedIndex++;
    this.#wake();
  }

  cancel() {
    this.#isLive = false;
    this.#source.return?.();
  }

  get #isWanted(): boolean {
    return this.#isPlaying || this.#index < this.#requestedIndex;
  }

  #wake() {
    if (!this.#isLive || this.#isWaiting || !this.#isWanted) return;
    this.#isWaiting = true;
    this.#next(() => this.#slice());
  }

  #slice() {
    this.#isWaiting = false;
    if (!this.#isLive) return;
    const from = this.#index;
    const snapshots: unknown[] = [];
    const ending = this.#compute(snapshots);
    const hasEnded = ending.kind === "done" || ending.kind === "failed";
    if (this.#index > from && this.#index >= this.#skip)
      this.#reports.result(this.#every ? snapshots : snapshots.at(-1), this.#index);
    else if (!hasEnded) this.#reports.rest?.();
    if (ending.kind === "waits") return this.#wait(ending.for);
    if (!hasEnded) return this.#wake();
    this.#isLive = false;
    if (ending.kind === "failed") this.#reports.fail(ending.reason);
    else this.#reports.end();
  }

  /** Takes snapshots from the generator until the slice is over. */
  #compute(snapshots: unknown[]): Ending {
    const start = performance.now();
    try {
      while (this.#isWanted && performance.now() - start < SLICE_TIME) {
        const {done, value} = this.#source.next();
        if (done) return {kind: "done"};
        if (value instanceof Promise) return {kind: "waits", for: value};
        if (value === undefined) continue;
        this.#index++;
        if (!this.#every) snapshots.length = 0;
        if (this.#index >= this.#skip) snapshots.push(value);
      }
    } catch (error) {
      return {kind: "failed", reason: messageOf(error)};
    }
    return {kind: "time up"};
  }

  #wait(coming: Promise<unknown>) {
    this.#isWaiting = true;
    this.#reports.loading?.(coming);
    coming.then(
      () => {
        this.#isWaiting = false;
        this.#wake();
      },
      (error) => {
        if (this.#isLive) this.#reports.fail(messageOf(error), true);
        this.cancel();
      },
    );
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
