import {add, type Matrix, matmul, scale, subtract, zeros} from "../../engine/linalg/matrix.ts";
import {READ, type Settings, SIDE, WEIGHTS} from "./controls.ts";
import {lossOf, type Pair, type Task, tasksOf, trained} from "./tasks.ts";

/** A loss on each task. */
export type Both = readonly [number, number];

/** Two adapters whose tasks share so many directions, and what each task loses with them put together in each way. */
export interface Frame {
  /** With W₀ alone, and with the task's own adapter. */
  base: Both;
  own: Both;
  sum: Both;
  /** w·ΔW₁ + (1 − w)·ΔW₂ for w = 0, 0.05, … 1. */
  weighted: readonly Both[];
  /** (B₁ + B₂)(A₁ + A₂). */
  factors: Both;
  /** max |[B₁ B₂]·[A₁; A₂] − (B₁A₁ + B₂A₂)|: rounding. */
  apart: number;
}

/** [B₁ B₂] (16,2r) and [A₁; A₂] (2r,16): one adapter of the ranks' sum. */
export function concatenated(one: Pair, two: Pair): Pair {
  const r = one.A.rows + two.A.rows;
  const A = {rows: r, cols: SIDE, data: Float64Array.of(...one.A.data, ...two.A.data)};
  const B = zeros(SIDE, r);
  for (let i = 0; i < SIDE; i++) {
    const row = ({B}: Pair) => B.data.subarray(i * B.cols, (i + 1) * B.cols);
    B.data.set(row(one), i * r);
    B.data.set(row(two), i * r + one.B.cols);
  }
  return {A, B};
}

const largest = ({data}: Matrix): number => data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

function frameOf([first, second]: readonly [Task, Task], one: Pair, two: Pair): Frame {
  const both = (delta: Matrix): Both => [lossOf(first, delta), lossOf(second, delta)];
  const [d1, d2] = [matmul(one.B, one.A), matmul(two.B, two.A)];
  const sum = add(d1, d2);
  const joined = concatenated(one, two);
  return {
    base: both(zeros(SIDE, SIDE)),
    own: [lossOf(first, d1), lossOf(second, d2)],
    sum: both(sum),
    weighted: Array.from({length: WEIGHTS + 1}, (_, i) =>
      both(add(scale(d1, i / WEIGHTS), scale(d2, 1 - i / WEIGHTS))),
    ),
    factors: both(matmul(add(one.B, two.B), add(one.A, two.A))),
    apart: largest(subtract(matmul(joined.B, joined.A), sum)),
  };
}

/** From tasks without a shared direction to tasks with the same eight. The first adapter is the same in all. */
export function* compute(settings: Settings): Generator<Frame, void> {
  const one = trained(tasksOf(settings, 0)[0], settings, 1);
  for (let shared = 0; shared <= READ; shared++) {
    const tasks = tasksOf(settings, shared);
    yield frameOf(tasks, one, trained(tasks[1], settings, 2));
  }
}
