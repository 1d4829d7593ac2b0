import type {AnyParams} from "../../src/figure/controls.ts";
import type {RunModel} from "../../src/figure/runs/serve.ts";
import type {Recording, Tape} from "../../src/figure/widget.ts";
import type {Stopwatch} from "./stopwatch.ts";

interface Run {
  frames: unknown[];
  source: Iterator<unknown>;
  isOver: boolean;
}

/** Runs kept open: each holds a heap of its own. */
const MOST = 4;

/** A model's runs, each begun once for the states in a row that share it, and taken as far as these look. */
export function tapes(model: RunModel) {
  const runs = new Map<string, Run>();
  const close = (key: string) => {
    runs.get(key)?.source.return?.();
    runs.delete(key);
  };

  /** The snapshots of a run up to `last`. Each slice of it is a piece of work. */
  async function reach(params: object, last: number, watch: Stopwatch): Promise<unknown[]> {
    const key = JSON.stringify(params);
    const run = runs.get(key) ?? {frames: [], source: model.compute(params), isOver: false};
    // The one that was used last stands last.
    runs.delete(key);
    runs.set(key, run);
    if (runs.size > MOST) close(runs.keys().next().value!);
    while (!run.isOver && run.frames.length <= last) {
      const {done, value} = watch.piece(() => run.source.next());
      if (done) run.isOver = true;
      // Something that the run needs is on its way.
      else if (value instanceof Promise) await value;
      else if (value !== undefined) run.frames.push(value);
    }
    return run.frames.slice(0, last + 1);
  }

  return {
    reach,
    /** What is seen of a recorded run at its clock. */
    // biome-ignore lint/suspicious/noExplicitAny: recordings of every parameter and result type
    async see({clock, runs: runsOf, see}: Recording<any, any>, params: AnyParams, watch: Stopwatch) {
      const all: unknown[] = [];
      for (const [i, run] of runsOf(params).entries())
        all.push(await reach(run, i === 0 ? Number(params[clock]) : Number.POSITIVE_INFINITY, watch));
      return watch.piece(() => see(all as unknown as Tape<never>[], params));
    },
    close() {
      for (const key of [...runs.keys()]) close(key);
    },
  };
}
