/** Two training runs compared: the directions of each A, and φ(i, j) between them, at every stored step. */
import {basisSimilarity} from "../../engine/analysis/subspace.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {trainTwins} from "../shared/trainTwins.ts";
import {type AdaptedMatrix, loraAt, perMatrix, type TwinRun} from "../shared/twins.ts";

export {ready} from "../shared/trainTwins.ts";

/** The A of two runs at one matrix, compared. */
export interface ComparedDirections {
  /** The right-singular vectors of each, as columns: (k,r₁) and (k,r₂). */
  directions: readonly [Matrix, Matrix];
  /** φ(i, j) for all i and j: (r₁,r₂). */
  grid: Matrix;
}

export interface SubspaceSnapshot {
  /** Both A at each adapted matrix; only at every SNAPSHOT_EVERY-th step. */
  places?: Readonly<Record<AdaptedMatrix, ComparedDirections>>;
}

/** Compares two A: (r₁,k) and (r₂,k). */
function compareDirections(one: Matrix, other: Matrix): ComparedDirections {
  const directions = [svd(one).v, svd(other).v] as const;
  return {directions, grid: basisSimilarity(...directions)};
}

/** Trains both runs, and yields a snapshot for each step. */
export function* compute(run: TwinRun): Generator<SubspaceSnapshot, void> {
  for (const {adapters} of trainTwins(run)) {
    yield adapters
      ? {places: perMatrix((place) => compareDirections(loraAt(adapters[0], place).A, loraAt(adapters[1], place).A))}
      : {};
  }
}
