/** Trains LoRAs of two ranks on the forge, and measures how strongly its frozen matrices act along the updates' directions. */
import {randomDirections} from "../../engine/analysis/baselines.ts";
import {nearestCosines} from "../../engine/analysis/intruders.ts";
import {deltaSvd, firstColumns, projectedNorm} from "../../engine/analysis/subspace.ts";
import {norm} from "../../engine/linalg/exponent.ts";
import {add, frobenius, type Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {type Svd, svd} from "../../engine/linalg/svd.ts";
import {deltaWeight, type Lora} from "../../engine/lora/lora.ts";
import {trainTwins} from "../shared/trainTwins.ts";
import {
  ADAPTED_MATRICES,
  type AdaptedMatrix,
  loraAt,
  perMatrix,
  type TwinRun,
  twinsOf,
  weightAt,
} from "../shared/twins.ts";
import {type AmplifySnapshot, CHECKED_DIRECTIONS, INTRUDER_COSINE, type Measurement} from "./readings.ts";

export {ready} from "../shared/trainTwins.ts";

/** Added to the seed for the random directions, which must not repeat the draws of a run. */
const RANDOM_SEED_SHIFT = 400;
/** How often random directions are drawn for a mean. */
const RANDOM_DRAWS = 20;

/** A frozen matrix, its SVD, and its norms along random directions at the rank of each twin. */
interface FrozenMatrix {
  W: Matrix;
  directions: Svd;
  onRandom: readonly {mean: number; deviation: number}[];
}

/** The norm of W between `r` random directions on each side: mean and deviation of the draws. */
function randomNorms(W: Matrix, r: number, random: () => number): {mean: number; deviation: number} {
  const norms = Array.from({length: RANDOM_DRAWS}, () => {
    const {u, v} = randomDirections(W.rows, W.cols, r, random);
    return projectedNorm(W, u, v);
  });
  const mean = norms.reduce((sum, x) => sum + x, 0) / RANDOM_DRAWS;
  return {mean, deviation: Math.sqrt(norms.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (RANDOM_DRAWS - 1))};
}

/** What is computed once for a frozen matrix of a run. */
function frozenMatrix(W: Matrix, run: TwinRun): FrozenMatrix {
  const random = mulberry32(run.seed + RANDOM_SEED_SHIFT);
  return {W, directions: svd(W), onRandom: twinsOf(run).map(({r}) => randomNorms(W, r, random))};
}

/** Measures one update of a frozen matrix; `n` is the index of its rank among those of the twins. */
function measure({W, directions, onRandom}: FrozenMatrix, lora: Lora, n: number): Measurement {
  const {u, s, v} = deltaSvd(lora);
  const {r} = lora;
  const [onDelta, delta] = [projectedNorm(W, u, v), norm(s)];
  return {
    rank: r,
    weight: frobenius(W),
    delta,
    onDelta,
    onOwn: projectedNorm(W, firstColumns(directions.u, r), firstColumns(directions.v, r)),
    onRandom: onRandom[n]!.mean,
    deviation: onRandom[n]!.deviation,
    factor: delta / onDelta,
    intruders: nearestCosines(W, add(W, deltaWeight(lora)), CHECKED_DIRECTIONS).filter(
      (cosine) => cosine < INTRUDER_COSINE,
    ).length,
  };
}

/** Trains both twins of a run, and yields a snapshot for each step. Those of stored steps, other than the first, have measurements. */
export function* compute(run: TwinRun): Generator<AmplifySnapshot, void> {
  const frozen: Partial<Record<AdaptedMatrix, FrozenMatrix>> = {};
  let base: Float32Array | undefined;
  let step = 0;
  for (const {adapters, weights} of trainTwins(run)) {
    base ??= weights;
    // One matrix for each of the first steps, so that no step takes long; all are ready before the first measurement.
    const matrix = ADAPTED_MATRICES[step];
    if (matrix) frozen[matrix] = frozenMatrix(weightAt(base!, matrix), run);
    // At step 0 ΔW is zero and has no directions.
    yield adapters && step > 0
      ? {measured: perMatrix((at) => adapters.map((numbers, n) => measure(frozen[at]!, loraAt(numbers, at), n)))}
      : {};
    step++;
  }
}
