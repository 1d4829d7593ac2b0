/** Two adapters put together: what a reader sets, the losses of both tasks, and what is shown of them. */
import {add, type Matrix, matmul, matmulTA, matmulTB, scale, subtract, zeros} from "../../engine/linalg/matrix.ts";
import {qr} from "../../engine/linalg/qr.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {initLora} from "../../engine/lora/lora.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {adamw} from "../../engine/training/optimizer.ts";
import {cosineDecay} from "../../engine/training/schedule.ts";
import {train} from "../../engine/training/train.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** d and k of the layer. */
export const COMPOSE_SIDE = 16;
/** How many directions the inputs of a task span. */
export const TASK_DIRECTIONS = 8;
/** How many steps the weight of the first adapter takes from 0 to 1. */
export const WEIGHT_STEPS = 20;
/** Steps and learning rate of each adapter's training. */
const TRAINING_STEPS = 120;
const RATE = 0.05;
/** Added to the seed, once or twice, for the draw of each adapter's A. */
const A_SEED_SHIFT = 100;

export const controls = {
  way: choice(["Combined as"], {sum: "Sum", weighted: "Weighted", factors: "Factors added"}, "sum"),
  weight: {
    ...range(["Weight of adapter 1"], {min: 0, max: 1, step: 1 / WEIGHT_STEPS, value: 0.5}),
    when: {way: ["weighted"]},
  },
  agree: choice(["Outputs"], {other: "Unrelated", same: "The same"}, "other"),
  shared: range(["Shared directions"], {min: 0, max: TASK_DIRECTIONS, value: 4, clock: true}),
  r: range(["Rank ", symbol.r, " of each"], {min: 1, max: TASK_DIRECTIONS, value: TASK_DIRECTIONS, more: true}),
  stray: choice(
    ["Size of inputs in the other directions"],
    {"0": "Nothing", "0.1": "A tenth", "0.3": "Three tenths"},
    "0.1",
    true,
  ),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
export type ComposeParams = Params<typeof controls>;

/** The parameters on which the two adapters depend, except the number of shared directions. */
export const composeRunBy = ["agree", "r", "stray", "seed"] as const;
export type ComposeSettings = Pick<ComposeParams, (typeof composeRunBy)[number]>;

/** A task: its target ΔW* (16,16), and the second moment of its inputs, the mean of x·xᵀ (16,16). */
export interface PlantedTask {
  target: Matrix;
  secondMoment: Matrix;
}

/** An adapter with α/r = 1, so ΔW = B·A. A is (r,16), B is (16,r). */
export interface PlainAdapter {
  A: Matrix;
  B: Matrix;
}

/** The columns of a matrix with these indices. */
function columns({rows, cols, data}: Matrix, indices: readonly number[]): Matrix {
  const chosen = zeros(rows, indices.length);
  for (let i = 0; i < chosen.data.length; i++)
    chosen.data[i] = data[Math.floor(i / indices.length) * cols + indices[i % indices.length]];
  return chosen;
}

/**
 * Two tasks with eight input directions each, the first `shared` of them in common. Task t maps its direction uⱼ to column j
 * of P_t, so ΔW_t* = P_t·U_tᵀ. Inputs also stray a little into the other directions, where nothing should change.
 */
export function tasksOf({agree, stray, seed}: ComposeSettings, shared: number): readonly [PlantedTask, PlantedTask] {
  const random = mulberry32(seed);
  const {q} = qr(randn(COMPOSE_SIDE, COMPOSE_SIDE, random));
  const drawP = () => scale(randn(COMPOSE_SIDE, TASK_DIRECTIONS, random), 0.5);
  const [first, second] = [drawP(), drawP()];
  const firstDirections = Array.from({length: TASK_DIRECTIONS}, (_, j) => j);
  const secondDirections = firstDirections.map((j) => (j < shared ? j : TASK_DIRECTIONS + j));
  const strayVariance = Number(stray) ** 2;
  const task = (P: Matrix, directions: readonly number[]): PlantedTask => {
    const U = columns(q, directions);
    const secondMoment = scale(matmulTB(U, U), 1 - strayVariance);
    for (let i = 0; i < COMPOSE_SIDE; i++) secondMoment.data[i * COMPOSE_SIDE + i] += strayVariance;
    return {target: matmulTB(P, U), secondMoment};
  };
  return [task(first, firstDirections), task(agree === "same" ? first : second, secondDirections)];
}

/** The mean loss over the inputs of a task: ½·tr((ΔW − ΔW*)·E[x·xᵀ]·(ΔW − ΔW*)ᵀ). */
export function taskLoss({target, secondMoment}: PlantedTask, delta: Matrix): number {
  const error = subtract(delta, target);
  const weighted = matmul(error, secondMoment);
  return error.data.reduce((sum, x, i) => sum + x * weighted.data[i], 0) / 2;
}

/** Trains an adapter on one task alone, starting from random A and zero B. `number` is 1 or 2, and picks the draw of A. */
export function trainAdapter(task: PlantedTask, {r, seed}: ComposeSettings, number: number): PlainAdapter {
  const params = allocate([
    ["A", r, COMPOSE_SIDE],
    ["B", COMPOSE_SIDE, r],
  ]);
  const {A, B} = params.views;
  A.data.set(
    initLora({d: COMPOSE_SIDE, k: COMPOSE_SIDE, r, alpha: r}, mulberry32(seed + A_SEED_SHIFT * number)).A.data,
  );
  const loss = ({views: gradients}: typeof params) => {
    const delta = matmul(B, A);
    const gradient = matmul(subtract(delta, task.target), task.secondMoment);
    gradients.B.data.set(matmulTB(gradient, A).data);
    gradients.A.data.set(matmulTA(B, gradient).data);
    return taskLoss(task, delta);
  };
  const run = train(
    {params, scaling: 1, loss},
    {optimizer: adamw, rate: RATE, steps: TRAINING_STEPS, weightDecay: 0, schedule: cosineDecay(1, 0)},
  );
  for (const _ of run);
  return {A, B};
}

/** The losses on task 1 and task 2. */
export type TaskLosses = readonly [number, number];

/** The losses of both tasks, for one number of shared directions and every way to put the two adapters together. */
export interface ComposeSnapshot {
  /** With W₀ alone. */
  base: TaskLosses;
  /** With the task's own adapter. */
  own: TaskLosses;
  /** With ΔW₁ + ΔW₂. */
  sum: TaskLosses;
  /** With w·ΔW₁ + (1 − w)·ΔW₂ for w = 0, 0.05, … 1. */
  weighted: readonly TaskLosses[];
  /** With (B₁ + B₂)(A₁ + A₂). */
  factors: TaskLosses;
}

/** All losses of two tasks, each with its adapter. */
function snapshotOf(
  [task1, task2]: readonly [PlantedTask, PlantedTask],
  [adapter1, adapter2]: readonly [PlainAdapter, PlainAdapter],
): ComposeSnapshot {
  const lossesWith = (delta: Matrix): TaskLosses => [taskLoss(task1, delta), taskLoss(task2, delta)];
  const [delta1, delta2] = [matmul(adapter1.B, adapter1.A), matmul(adapter2.B, adapter2.A)];
  return {
    base: lossesWith(zeros(COMPOSE_SIDE, COMPOSE_SIDE)),
    own: [taskLoss(task1, delta1), taskLoss(task2, delta2)],
    sum: lossesWith(add(delta1, delta2)),
    weighted: Array.from({length: WEIGHT_STEPS + 1}, (_, i) =>
      lossesWith(add(scale(delta1, i / WEIGHT_STEPS), scale(delta2, 1 - i / WEIGHT_STEPS))),
    ),
    factors: lossesWith(matmul(add(adapter1.B, adapter2.B), add(adapter1.A, adapter2.A))),
  };
}

/** A snapshot for 0, 1, … 8 shared directions. The first adapter is the same in all. */
export function* compute(settings: ComposeSettings): Generator<ComposeSnapshot, void> {
  const firstAdapter = trainAdapter(tasksOf(settings, 0)[0], settings, 1);
  for (let shared = 0; shared <= TASK_DIRECTIONS; shared++) {
    const tasks = tasksOf(settings, shared);
    yield snapshotOf(tasks, [firstAdapter, trainAdapter(tasks[1], settings, 2)]);
  }
}

/** What the picture shows. */
export interface ComposeResult extends ComposeSnapshot {
  /** The losses with the chosen way, at the clock. */
  together: TaskLosses;
  /** The snapshots so far, one for each number of shared directions, and their losses with the chosen way. */
  course: readonly ComposeSnapshot[];
  courseTogether: readonly TaskLosses[];
}

/** The result at the clock. */
export function readCompose(course: readonly ComposeSnapshot[], {shared, way, weight}: ComposeParams): ComposeResult {
  const courseTogether = course.map((snapshot) =>
    way === "weighted" ? snapshot.weighted[Math.round(weight * WEIGHT_STEPS)] : snapshot[way],
  );
  return {...course[shared], together: courseTogether[shared], course, courseTogether};
}

/** A task counts as kept if it loses less than this share of what its own adapter gained. */
const KEPT_SHARE = 0.2;

/** How many of the two tasks are kept. */
export const tasksKept = ({together, own, base}: ComposeResult): number =>
  together.filter((loss, i) => loss - own[i] < KEPT_SHARE * (base[i] - own[i])).length;
