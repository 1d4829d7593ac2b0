import type {Kernels} from "../../engine/kernels/kernels.ts";
import type {LoraPlan} from "../../engine/lora/loras.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {adaptation} from "../../engine/training/adaptation.ts";
import {kept, type Lesson, trial} from "../../engine/training/trials.ts";

/** One setting whose runs are made again, a seed each from 1 on. */
export interface LiveRow {
  base: Transformer;
  lesson: Lesson;
  plan: LoraPlan | "full";
  rate: number;
  seeds: number;
  /** What is stored of them; empty where nothing is. */
  stored: readonly number[];
}

/** How far the runs are. */
export interface Standing {
  /** Row by row the results there are, seed by seed. */
  results: readonly (readonly number[])[];
  done: number;
  due: number;
  /** How many of those done have a stored run of the same seed, and how many are that run to the last digit kept. */
  known: number;
  same: number;
  path: Kernels["path"];
  /** What comes next; nothing when all are done. */
  next?: {row: number; seed: number};
}

/**
 * Makes the runs of all rows, each seed in every row before the next seed: broken off early, it has told of every row.
 * Yields how far it is after each run, and nothing on the way there.
 */
export function* liveRuns(kernels: Kernels, rows: readonly LiveRow[]): Generator<Standing | undefined, void> {
  const most = Math.max(...rows.map(({seeds}) => seeds));
  const order = Array.from({length: most}, (_, i) =>
    rows.flatMap(({seeds}, row) => (i < seeds ? {row, seed: i + 1} : [])),
  ).flat();
  const results: number[][] = rows.map(() => []);
  let [known, same] = [0, 0];
  for (const [i, {row, seed}] of order.entries()) {
    const {base, lesson, plan, rate, stored} = rows[row]!;
    const run = trial(kernels, base, lesson, plan, seed, {...adaptation, rate});
    // A run that is broken off gives back what it took from the heap.
    const result = kept(yield* resting(run));
    results[row]!.push(result);
    if (seed <= stored.length) known++;
    if (result === stored[seed - 1]) same++;
    yield {
      results: results.map((list) => [...list]),
      done: i + 1,
      due: order.length,
      known,
      same,
      path: kernels.path,
      next: order[i + 1],
    };
  }
}

/** A run to its result, with a rest after every step. */
function* resting<Result>(run: Generator<unknown, Result>): Generator<undefined, Result> {
  try {
    for (;;) {
      const {done, value} = run.next();
      if (done) return value as Result;
      yield undefined;
    }
  } finally {
    run.return?.(undefined as Result);
  }
}
