/** The runs that a figure keeps, so that going back to earlier settings computes nothing. */
import type {AnyParams} from "../controls.ts";
import {Run, type RunListener, type RunSource} from "./run.ts";

/** The largest number of runs in a cache, those in the picture included. Going back to one of their settings trains nothing. */
const MAX_RUNS = 16;

/** The runs of a figure, by their parameters as text; the run that was asked for longest ago comes first. */
export class RunCache {
  readonly #runs = new Map<string, Run>();
  readonly #make: (params: AnyParams) => Run;

  constructor(name: string, source: RunSource, listener: RunListener, onlyNewest?: boolean) {
    const onFailure: RunListener["onFailure"] = (run, reason, isLoadError) => {
      this.forget(run);
      listener.onFailure(run, reason, isLoadError);
    };
    this.#make = (params) => new Run(name, params, source, {...listener, onFailure}, onlyNewest);
  }

  /** The run of these parameters. One that is new, or was stopped, is computed to its end, or to its first frame if it `waits`. */
  of(params: object, waits: boolean): Run {
    const key = JSON.stringify(params);
    const run = this.#runs.get(key) ?? this.#make(params as AnyParams);
    this.#runs.delete(key);
    this.#runs.set(key, run);
    if (run.isStopped && waits) run.pause();
    else if (run.isStopped) run.play();
    return run;
  }

  /** Stops and forgets every run that is not wanted, unless it is whole, has several frames, and the cache is not over its limit. */
  forgetExcept(wanted: readonly Run[]) {
    for (const run of this.#runs.values()) {
      // A run of one frame is soon computed again, and there may be one for every letter that is typed.
      const isKept = run.isWhole && run.frames.length > 1 && this.#runs.size <= MAX_RUNS;
      if (!wanted.includes(run) && !isKept) this.forget(run);
    }
  }

  /** Forgets a run, so that it is computed anew. */
  forget(run: Run) {
    run.stop();
    for (const [key, one] of this.#runs) if (one === run) this.#runs.delete(key);
  }

  /** Stops all runs; asked for again, they go on. */
  stop() {
    for (const run of this.#runs.values()) run.stop();
  }
}
