import {add, type Matrix, matmul, scale, subtract, zeros} from "../../engine/linalg/matrix.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {COMPOSE_SIDE, type ComposeSettings, READ, WEIGHT_STEPS} from "./controls.ts";
import {type PlainAdapter, type PlantedTask, taskLoss, tasksOf, trainedAdapter} from "./tasks.ts";

/** The losses on task 1 and task 2. */
export type Both = readonly [number, number];

/** The losses of both tasks, for one number of shared directions and every way to put the two adapters together. */
export interface ComposeSnapshot {
  /** With W₀ alone. */
  base: Both;
  /** With the task's own adapter. */
  own: Both;
  /** With ΔW₁ + ΔW₂. */
  sum: Both;
  /** With w·ΔW₁ + (1 − w)·ΔW₂ for w = 0, 0.05, … 1. */
  weighted: readonly Both[];
  /** With (B₁ + B₂)(A₁ + A₂). */
  factors: Both;
  /** max |[B₁ B₂]·[A₁; A₂] − (B₁A₁ + B₂A₂)|, which is rounding alone. */
  apart: number;
}

/** [B₁ B₂] (16,2r) and [A₁; A₂] (2r,16): both adapters as one of twice the rank. */
export function concatenated(one: PlainAdapter, two: PlainAdapter): PlainAdapter {
  const r = one.A.rows + two.A.rows;
  const A = {rows: r, cols: COMPOSE_SIDE, data: Float64Array.of(...one.A.data, ...two.A.data)};
  const B = zeros(COMPOSE_SIDE, r);
  for (let i = 0; i < COMPOSE_SIDE; i++) {
    const row = ({B}: PlainAdapter) => B.data.subarray(i * B.cols, (i + 1) * B.cols);
    B.data.set(row(one), i * r);
    B.data.set(row(two), i * r + one.B.cols);
  }
  return {A, B};
}

function frameOf(
  [first, second]: readonly [PlantedTask, PlantedTask],
  one: PlainAdapter,
  two: PlainAdapter,
): ComposeSnapshot {
  const both = (delta: Matrix): Both => [taskLoss(first, delta), taskLoss(second, delta)];
  const [d1, d2] = [matmul(one.B, one.A), matmul(two.B, two.A)];
  const sum = add(d1, d2);
  const joined = concatenated(one, two);
  return {
    base: both(zeros(COMPOSE_SIDE, COMPOSE_SIDE)),
    own: [taskLoss(first, d1), taskLoss(second, d2)],
    sum: both(sum),
    weighted: Array.from({length: WEIGHT_STEPS + 1}, (_, i) =>
      both(add(scale(d1, i / WEIGHT_STEPS), scale(d2, 1 - i / WEIGHT_STEPS))),
    ),
    factors: both(matmul(add(one.B, two.B), add(one.A, two.A))),
    apart: largestEntry(subtract(matmul(joined.B, joined.A), sum)),
  };
}

/** A frame for 0, 1, … 8 shared directions. The first adapter is the same in all. */
export function* compute(settings: ComposeSettings): Generator<ComposeSnapshot, void> {
  const one = trainedAdapter(tasksOf(settings, 0)[0], settings, 1);
  for (let shared = 0; shared <= READ; shared++) {
    const tasks = tasksOf(settings, shared);
    yield frameOf(tasks, one, trainedAdapter(tasks[1], settings, 2));
  }
}
