/** One layer trained at every rank, and the least loss that each rank can reach. */
import {rankFloors} from "../../engine/analysis/floor.ts";
import {add, type Matrix, matmulTB, scale} from "../../engine/linalg/matrix.ts";
import {qr} from "../../engine/linalg/qr.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {truncate} from "../../engine/linalg/truncate.ts";
import {loraStudent, makeTeacher, squaredError, type Teacher} from "../../engine/network/teacher.ts";
import {adamw} from "../../engine/training/optimizer.ts";
import {cosineDecay} from "../../engine/training/schedule.ts";
import {train} from "../../engine/training/train.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** d and k of the layer, which is also the largest rank of ΔW. */
export const FLOOR_SIDE = 16;
export const FLOOR_STEPS = 200;
/** AdamW's initial rate; it falls to 0 along a half cosine wave, so that the runs settle. */
const RATE = 0.1;
/** Added to the seed for the draws of A, which must not repeat the teacher's. */
const A_SEED_SHIFT = 100;
/** Uneven inputs: the standard deviation along each direction, as a multiple of the one along the direction before it. */
const UNEVEN_RATIO = 0.8;

/**
 * The i-th singular value of ΔW*: almost equal ones; ones that fall as 1/i; four large and twelve small ones. No two are equal,
 * because the directions of equal singular values are arbitrary.
 */
export const targetSpectra = {
  flat: (i: number) => 1.8 - 0.05 * i,
  power: (i: number) => 3 / (i + 1),
  step: (i: number) => (i < 4 ? 3.4 - 0.3 * i : 0.32 - 0.01 * i),
} satisfies Record<string, (i: number) => number>;

export const controls = {
  r: range(["Rank ", symbol.r], {min: 1, max: FLOOR_SIDE, value: 4}),
  spectrum: choice(
    ["Singular values of ", symbol.dW, "*"],
    {flat: "Nearly flat", power: "Falling", step: "A step"} satisfies Record<keyof typeof targetSpectra, string>,
    "power",
  ),
  inputs: choice(["Inputs"], {even: "In all directions alike", uneven: "In some far more"}, "even"),
  step: range(["Step"], {min: 0, max: FLOOR_STEPS, value: FLOOR_STEPS, clock: true}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
export type FloorParams = Params<typeof controls>;

/** The parameters on which the runs depend: not the rank, since all ranks are trained at once. */
export const floorRunBy = ["spectrum", "inputs", "seed"] as const;
export type FloorSettings = Pick<FloorParams, (typeof floorRunBy)[number]>;

/** How low the loss of each rank can be. */
interface LossLimits {
  /** Singular values of ΔW*Σ^½ with Σ the mean of x·xᵀ; the floors follow from them. */
  spectrum: Float64Array;
  /** By rank 0, 1, … 16: the least possible loss, and the loss of the SVD of ΔW* truncated at that rank. */
  floors: Float64Array;
  cuts: readonly number[];
}

/** The losses of the runs with rank 1, 2, … at one step; the first snapshot also has their limits. */
export interface FloorSnapshot {
  losses: readonly number[];
  limits?: LossLimits;
}

/** Inputs X (16,16) with mean x·xᵀ = Q·diag(c)·Qᵀ; each cᵢ is 0.8² times the one before, and their mean is 1. */
function unevenInputs(random: () => number): Matrix {
  const {q} = qr(randn(FLOOR_SIDE, FLOOR_SIDE, random));
  const deviations = Float64Array.from({length: FLOOR_SIDE}, (_, i) => UNEVEN_RATIO ** i);
  const sum = deviations.reduce((total, one) => total + one * one, 0);
  const data = new Float64Array(FLOOR_SIDE * FLOOR_SIDE);
  for (let i = 0; i < FLOOR_SIDE; i++)
    for (let j = 0; j < FLOOR_SIDE; j++)
      data[i * FLOOR_SIDE + j] = (FLOOR_SIDE * deviations[i] * q.data[j * FLOOR_SIDE + i]) / Math.sqrt(sum);
  return {rows: FLOOR_SIDE, cols: FLOOR_SIDE, data};
}

/** A layer, its ΔW* and its inputs; W₀ and ΔW* are the same for both kinds of inputs. */
export function teacherOf({spectrum, inputs, seed}: FloorSettings): Teacher {
  const random = mulberry32(seed);
  const s = Float64Array.from({length: FLOOR_SIDE}, (_, i) => targetSpectra[spectrum](i));
  const even = makeTeacher({d: FLOOR_SIDE, k: FLOOR_SIDE, s}, random);
  if (inputs === "even") return even;
  const x = unevenInputs(random);
  return {...even, x, y: matmulTB(x, add(even.W0, even.deltaStar))};
}

/** The limits of the losses on a teacher. */
function limitsOf(teacher: Teacher): LossLimits {
  const {W0, deltaStar, x, y} = teacher;
  const parts = svd(deltaStar);
  const cuts = Array.from({length: FLOOR_SIDE + 1}, (_, r) =>
    r === FLOOR_SIDE ? 0 : squaredError(matmulTB(x, r ? add(W0, truncate(parts, r)) : W0), y).loss,
  );
  const {s: spectrum} = svd(scale(matmulTB(x, deltaStar), 1 / Math.sqrt(FLOOR_SIDE)));
  return {spectrum, floors: rankFloors(teacher), cuts};
}

/** A snapshot for each step of all ranks; a higher rank starts with the same first rows of A as a lower one. */
export function* compute(settings: FloorSettings): Generator<FloorSnapshot, void> {
  const teacher = teacherOf(settings);
  const schedule = cosineDecay(1, 0);
  const training = {optimizer: adamw, rate: RATE, steps: FLOOR_STEPS, weightDecay: 0, schedule};
  const runs = Array.from({length: FLOOR_SIDE}, (_, i) =>
    train(loraStudent(teacher, {r: i + 1, alpha: i + 1}, mulberry32(settings.seed + A_SEED_SHIFT)), training),
  );
  for (let step = 0; step <= FLOOR_STEPS; step++) {
    const losses = runs.map((run) => run.next().value!.loss);
    yield step === 0 ? {losses, limits: limitsOf(teacher)} : {losses};
  }
}

/** What is shown at the clock. */
export interface FloorResult extends LossLimits {
  /** The losses of rank 1, 2, …. */
  losses: readonly number[];
  /** For the chosen rank: the loss, the least possible loss, and the loss of the truncated SVD of ΔW*. */
  loss: number;
  floor: number;
  cut: number;
}

/** What is shown at the chosen rank and step. */
export function readFloor(frames: readonly FloorSnapshot[], {r, step}: FloorParams): FloorResult {
  const limits = frames[0].limits!;
  const {losses} = frames[step];
  return {...limits, losses, loss: losses[r - 1], floor: limits.floors[r], cut: limits.cuts[r]};
}
