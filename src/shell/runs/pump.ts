/** A run that can be started, stopped and stepped. It gives its first snapshot by itself and then waits. */
export interface Job {
  play(): void;
  pause(): void;
  step(): void;
  cancel(): void;
}

export interface Reports {
  /** The newest snapshot of a slice, and how many came before it; of a run of which every snapshot is due, the list of a slice's. */
  result(snapshot: unknown, index: number): void;
  /** A slice ended on the way from one snapshot to the next. */
  rest?(): void;
  end(): void;
  fail(reason: string): void;
}

/** Milliseconds of work in one slice: half a frame, so that a slice on the main thread leaves room to draw. */
const BUDGET = 8;

export interface PumpOptions {
  /** Snapshots before this one are computed but not reported: so a run is taken up again after its worker died. */
  skip?: number;
  /** Report every snapshot and not only the newest of each slice. */
  every?: boolean;
}

/**
 * Pumps a generator in slices and reports the newest snapshot of each. `next` schedules a slice. A yield of nothing is no
 * snapshot but a place where a slice may end; a yielded promise is waited for.
 */
export function pump(
  source: Iterator<unknown>,
  reports: Reports,
  next: (slice: () => void) => void,
  {skip = 0, every = false}: PumpOptions = {},
): Job {
  let live = true;
  let playing = false;
  let waiting = false;
  let index = -1;
  let goal = skip;

  const wake = () => {
    if (!live || waiting || !(playing || index < goal)) return;
    waiting = true;
    next(slice);
  };
  const slice = () => {
    waiting = false;
    if (!live) return;
    const start = performance.now();
    const from = index;
    let newest: unknown;
    const all: unknown[] = [];
    let ended = false;
    let failure: string | undefined;
    let coming: Promise<unknown> | undefined;
    try {
      while ((playing || index < goal) && performance.now() - start < BUDGET) {
        const {done, value} = source.next();
        if (done) {
          ended = true;
          break;
        }
        if (value instanceof Promise) {
          coming = value;
          break;
        }
        if (value === undefined) continue;
        newest = value;
        index++;
        if (every && index >= skip) all.push(value);
      }
    } catch (error) {
      failure = said(error);
    }
    if (index > from && index >= skip) reports.result(every ? all : newest, index);
    else if (!ended && failure === undefined) reports.rest?.();
    if (coming) return wait(coming);
    if (!ended && failure === undefined) return wake();
    live = false;
    if (failure === undefined) reports.end();
    else reports.fail(failure);
  };
  const wait = (coming: Promise<unknown>) => {
    waiting = true;
    coming.then(
      () => {
        waiting = false;
        wake();
      },
      (error) => {
        if (live) reports.fail(said(error));
        live = false;
        source.return?.();
      },
    );
  };
  wake();

  return {
    play() {
      playing = true;
      wake();
    },
    pause() {
      playing = false;
      goal = Math.max(index, skip);
    },
    step() {
      playing = false;
      goal = Math.max(index, skip) + 1;
      wake();
    },
    cancel() {
      live = false;
      source.return?.();
    },
  };
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));
