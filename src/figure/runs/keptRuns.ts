import type {AnyParams} from "../controls.ts";
import {Run, type RunListener, type RunSource} from "./run.ts";

/** The most runs that are kept, those in the picture included. Going back to one of their settings trains nothing. */
const MAX_RUNS = 16;

/** The runs of a figure, by their parameters as text; the run that was asked for longest ago comes first. */
export class KeptRuns {
  readonly #runs = new Map<string, Run>();
  readonly #make: (params: AnyParams) => Run;

  constructor(name: string, source: RunSource, listener: RunListener, onlyNewest?: boolean) {
    const failed: RunListener["failed"] = (run, reason, isLoadError) => {
      this.forget(run);
      listener.failed(run, reason, isLoadError);
    };
    this.#make = (params) => new Run(name, params, source, {...listener, failed}, onlyNewest);
  }

  /** The run of these parameters. A new one is computed to its end, or if it `waits`, to its first frame. */
  of(params: object, waits: boolean): Run {
    const key = JSON.stringify(params);
    const kept = this.#runs.get(key);
    const run = kept ?? this.#make(params as AnyParams);
    if (!kept && !waits) run.play();
    this.#runs.delete(key);
    this.#runs.set(key, run);
    return run;
  }

  /** Ends and forgets all runs but these, except some that are whole. */
  keep(wanted: readonly Run[]) {
    for (const run of this.#runs.values()) {
      // A run of one frame is soon computed again, and there may be one for every letter that is typed.
      const isKept = run.isWhole && run.frames.length > 1 && this.#runs.size <= MAX_RUNS;
      if (!wanted.includes(run) && !isKept) this.forget(run);
    }
  }

  /** Forgets a run, so that it is computed anew. */
  forget(run: Run) {
    run.cancel();
    for (const [key, one] of this.#runs) if (one === run) this.#runs.delete(key);
  }
}
