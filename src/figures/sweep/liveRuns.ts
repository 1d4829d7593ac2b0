/** Runs of a stored sweep, made again in the browser. */
import type {Kernels} from "../../engine/kernels/kernels.ts";
import type {LoraPlan} from "../../engine/lora/loras.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {labTraining} from "../../engine/training/adaptation.ts";
import {type Lesson, runTrial, toSixDigits} from "../../engine/training/trials.ts";

/** One row of a stored sweep whose runs are made again in the browser, with the seeds 1, 2, … */
export interface LiveRow {
  base: Transformer;
  lesson: Lesson;
  plan: LoraPlan | "full";
  rate: number;
  seeds: number;
  /** The stored results, seed by seed; empty if there are none. */
  stored: readonly number[];
}

/** How far the live runs are. */
export interface LiveProgress {
  /** The results so far, row by row and seed by seed. */
  results: readonly (readonly number[])[];
  /** How many runs have ended, and how many there will be in all. */
  doneCount: number;
  allCount: number;
  /** How many of the ended runs have a stored result, and how many of these equal it to the last stored digit. */
  storedCount: number;
  equalCount: number;
  /** What computes them: SIMD or the plain routines. */
  path: Kernels["path"];
  /** The next run; undefined when all are done. */
  next?: {row: number; seed: number};
}

/**
 * Trains the runs of all rows. Every row gets a seed before any gets the next one, so that stopping early leaves results in
 * all rows. Yields the progress after each run, and undefined after each training step.
 */
export function* liveRuns(kernels: Kernels, rows: readonly LiveRow[]): Generator<LiveProgress | undefined, void> {
  const mostSeeds = Math.max(...rows.map(({seeds}) => seeds));
  const order = Array.from({length: mostSeeds}, (_, i) =>
    rows.flatMap(({seeds}, row) => (i < seeds ? {row, seed: i + 1} : [])),
  ).flat();
  const results: number[][] = rows.map(() => []);
  let [storedCount, equalCount] = [0, 0];
  for (const [i, {row, seed}] of order.entries()) {
    const {base, lesson, plan, rate, stored} = rows[row]!;
    const result = toSixDigits(
      yield* yieldingSteps(runTrial(kernels, base, lesson, plan, seed, {...labTraining, rate})),
    );
    results[row]!.push(result);
    if (seed <= stored.length) storedCount++;
    if (result === stored[seed - 1]) equalCount++;
    yield {
      results: results.map((list) => [...list]),
      doneCount: i + 1,
      allCount: order.length,
      storedCount,
      equalCount,
      path: kernels.path,
      next: order[i + 1],
    };
  }
}

/** Computes a run to its result, yielding after every step. If it is stopped early, it ends the run, which then frees its memory. */
function* yieldingSteps<Result>(run: Generator<unknown, Result>): Generator<undefined, Result> {
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
