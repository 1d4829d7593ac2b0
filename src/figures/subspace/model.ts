/** Two training runs compared: the directions of each A, and φ(i, j) between them, at every stored step. */
import {basisSimilarity} from "../../engine/analysis/subspace.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {trainTwins} from "../shared/trainTwins.ts";
import {type AdaptedMatrix, loraAt, perMatrix, type TwinRun} from "../shared/twins.ts";

export {ready} from "../shared/trainTwins.ts";

/** Two A compared. */
export interface ComparedDirections {
  /** The right-singular vectors of each, as columns: (k,r₁) and (k,r₂). */
  directions: readonly [Matrix, Matrix];
  /** φ(i, j) for all i and j: (r₁,r₂). */
  grid: Matrix;
}

export interface SubspaceSnapshot {
  /** Every SNAPSHOT_EVERY steps: both A at each adapted matrix. */
  places?: Readonly<Record<AdaptedMatrix, ComparedDirections>>;
}

function comparedDirections(one: Matrix, other: Matrix): ComparedDirections {
  const directions = [svd(one).v, svd(other).v] as const;
  return {directions, grid: basisSimilarity(...directions)};
}

/** A snapshot for each step of both runs. */
export function* compute(run: TwinRun): Generator<SubspaceSnapshot, void> {
  for (const {adapters} of trainTwins(run)) {
    yield adapters
      ? {places: perMatrix((place) => comparedDirections(loraAt(adapters[0], place).A, loraAt(adapters[1], place).A))}
      : {};
  }
}
