/** Measures how strongly frozen matrices of the forge act along the directions of their updates, while both twins of a run train. */
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
import {type AmplifyRun, type AmplifySnapshot, type Measurement, NEW, TOP} from "./readings.ts";

export {ready} from "../shared/trainTwins.ts";

/** Added to the seed for the random directions, which must not repeat the draws of a run. */
const CONTROL = 400;
/** How often random directions are drawn. */
const RANDOM_DRAWS = 20;

/** A frozen matrix, its SVD, and its norms along random directions at each rank. */
interface Frozen {
  W: Matrix;
  own: Svd;
  random: readonly {mean: number; deviation: number}[];
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

/** What is computed once for a frozen matrix. */
function frozenOf(W: Matrix, run: TwinRun): Frozen {
  const random = mulberry32(run.seed + CONTROL);
  return {W, own: svd(W), random: twinsOf(run).map(({r}) => randomNorms(W, r, random))};
}

/** Measures one update of a frozen matrix; `n` is the index of its rank. */
function measure({W, own, random}: Frozen, lora: Lora, n: number): Measurement {
  const {u, s, v} = deltaSvd(lora);
  const {r} = lora;
  const [onDelta, delta] = [projectedNorm(W, u, v), norm(s)];
  return {
    rank: r,
    weight: frobenius(W),
    delta,
    onDelta,
    onOwn: projectedNorm(W, firstColumns(own.u, r), firstColumns(own.v, r)),
    onRandom: random[n]!.mean,
    deviation: random[n]!.deviation,
    factor: delta / onDelta,
    intruders: nearestCosines(W, add(W, deltaWeight(lora)), TOP).filter((cosine) => cosine < NEW).length,
  };
}

/** Trains the twins of a run, and measures both at every stored step. */
export function* compute(run: AmplifyRun): Generator<AmplifySnapshot, void> {
  if (run.isNone) return yield {};
  const frozen: Partial<Record<AdaptedMatrix, Frozen>> = {};
  let base: Float32Array | undefined;
  let step = 0;
  for (const {adapters, weights} of trainTwins(run)) {
    base ??= weights;
    // One matrix for each of the first steps, so that no step takes long; all are ready before the first measurement.
    const matrix = ADAPTED_MATRICES[step];
    if (matrix) frozen[matrix] = frozenOf(weightAt(base!, matrix), run);
    // At step 0 ΔW is zero and has no directions.
    yield adapters && step > 0
      ? {measured: perMatrix((at) => adapters.map((numbers, n) => measure(frozen[at]!, loraAt(numbers, at), n)))}
      : {};
    step++;
  }
}
