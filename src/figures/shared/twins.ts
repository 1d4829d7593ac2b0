/** Two adapters trained side by side on one base model: what `subspace` and `amplify` compare. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import type {Lora} from "../../engine/lora/lora.ts";
import type {Target} from "../../engine/network/architecture.ts";
import type {Choice, Params, Range} from "../../figure/controls.ts";
import {LISTS, OPERATIONS} from "./taskNames.ts";

/** Steps of a run; a snapshot of the adapters is taken every SNAPSHOT_EVERY steps. */
export const TWIN_STEPS = 200;
export const SNAPSHOT_EVERY = 10;
/** α, the same at every rank as in the paper. */
export const TWIN_ALPHA = 8;
/** Stand-ins for the paper's ranks in a model this small: 8 and 64 in `subspace`, 4 and 64 in `amplify`. */
export const TWIN_RANKS = {low: 4, high: 16} as const;
/** φ(i, j), how much of two subspaces agrees, is stored for i = j, and for these i only. */
export const DIAGONAL: readonly number[] = [1, 2, 4];
/** k, the width of both base models. */
export const WIDTH = 32;

/** What the adapters may learn: a word list (word forge) or an operation (digit machine). */
export const SKILLS = {
  names: LISTS.names,
  reversePlusOne: OPERATIONS.reversePlusOne,
  plusThree: OPERATIONS.plusThree,
} as const;
export type Skill = keyof typeof SKILLS;

/** The adapted matrices, in the order of a run's parameters: queries and values of both layers, as in the paper. */
export const ADAPTED_MATRICES = ["q1", "v1", "q2", "v2"] as const;
export type AdaptedMatrix = (typeof ADAPTED_MATRICES)[number];

/** A value for each adapted matrix. */
export const perMatrix = <T>(of: (matrix: AdaptedMatrix) => T): Readonly<Record<AdaptedMatrix, T>> =>
  Object.fromEntries(ADAPTED_MATRICES.map((matrix) => [matrix, of(matrix)])) as Record<AdaptedMatrix, T>;

/** "q1" → Wq of the first layer; layers count from 0, as in the engine. */
export const adaptedTarget = (matrix: AdaptedMatrix): {target: Target; layer: number} => ({
  target: matrix[0] === "q" ? "Wq" : "Wv",
  layer: Number(matrix[1]) - 1,
});

/** The matrices' names for readers. */
export const adaptedMatrixNames = {
  q1: "Wq, layer 1",
  v1: "Wv, layer 1",
  q2: "Wq, layer 2",
  v2: "Wv, layer 2",
} satisfies Record<AdaptedMatrix, string>;

/** A matrix's name inside a sentence: "Wv of layer 2". */
export const matrixText = (matrix: AdaptedMatrix): string => adaptedMatrixNames[matrix].replace(", ", " of ");

/** Twins of both ranks, or two of the higher rank. */
export type TwinRun = Params<{skill: Choice<Skill>; twins: Choice<"ranks" | "seeds">; seed: Range}>;

/** Rank and seed of each twin. */
export function twinsOf({twins, seed}: TwinRun): readonly {r: number; seed: number}[] {
  // With the same seed the first rows of both A would be equal.
  const highRank = {r: TWIN_RANKS.high, seed: seed + 100};
  return twins === "ranks" ? [{r: TWIN_RANKS.low, seed}, highRank] : [highRank, {r: TWIN_RANKS.high, seed: seed + 200}];
}

/** A step of both twins' training. */
export interface TwinSnapshot {
  /** Every SNAPSHOT_EVERY steps: the parameters of each twin, A and B matrix by matrix. */
  adapters?: readonly [Float32Array, Float32Array];
  /** In the first snapshot: the frozen weights of the adapted matrices. */
  weights?: Float32Array;
}

/** `rows` × `cols` values from this index on, as a matrix. */
const matrixAt = (data: Float32Array, at: number, rows: number, cols: number): Matrix => ({
  rows,
  cols,
  data: Float64Array.from(data.subarray(at, at + rows * cols)),
});

/** The LoRA of a matrix from the parameters of a twin: A (r,k), then B (d,r). */
export function loraAt(parameters: Float32Array, matrix: AdaptedMatrix): Lora {
  const r = parameters.length / (ADAPTED_MATRICES.length * 2 * WIDTH);
  const at = ADAPTED_MATRICES.indexOf(matrix) * 2 * r * WIDTH;
  return {
    A: matrixAt(parameters, at, r, WIDTH),
    B: matrixAt(parameters, at + r * WIDTH, WIDTH, r),
    alpha: TWIN_ALPHA,
    r,
  };
}

/** W₀ (d,k) of a matrix. */
export const weightAt = (weights: Float32Array, matrix: AdaptedMatrix): Matrix =>
  matrixAt(weights, ADAPTED_MATRICES.indexOf(matrix) * WIDTH * WIDTH, WIDTH, WIDTH);
