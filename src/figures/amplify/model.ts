import {randomDirections} from "../../engine/analysis/baselines.ts";
import {expectedProjection} from "../../engine/analysis/chance.ts";
import {nearestCosines} from "../../engine/analysis/intruders.ts";
import {deltaSvd, firstColumns, projectedNorm} from "../../engine/analysis/subspace.ts";
import {norm} from "../../engine/linalg/exponent.ts";
import {add, frobenius, type Matrix, matmul, matmulTA} from "../../engine/linalg/matrix.ts";
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
import {type AmplifyRun, type Band, NEW, type Norms, RANDOM_DRAWS, TOP} from "./readings.ts";

export {ready} from "../shared/trainTwins.ts";

/** Added to the seed for the random directions, which must not repeat the draws of a run. */
const CONTROL = 400;

/** A frozen matrix and one of its updates at one step. */
export interface Look extends Norms {
  /** The standard deviation of the random draws, and the mean that theory expects: ‖W₀‖·r/d. */
  deviation: number;
  expected: number;
  /** `inputs`: ‖W₀·vᵢ‖ and ‖ΔW·vᵢ‖ for each right-singular vector of W₀; `outputs`: the same for W₀ᵀ, ΔWᵀ and the left ones. */
  bands: Readonly<Record<"inputs" | "outputs", readonly Band[]>>;
  /** How many of the first TOP directions of W₀ + ΔW are new. */
  intruders: number;
}

/** One look at each rank; only some steps have looks. */
export interface AmplifySnapshot {
  looks?: Readonly<Record<AdaptedMatrix, readonly Look[]>>;
}

/** A frozen matrix, its SVD, and its norms along random directions at each rank. */
interface Frozen {
  W: Matrix;
  own: Svd;
  random: readonly {mean: number; deviation: number}[];
}

function randomNorms(W: Matrix, r: number, random: () => number): {mean: number; deviation: number} {
  const norms = Array.from({length: RANDOM_DRAWS}, () => {
    const {u, v} = randomDirections(W.rows, W.cols, r, random);
    return projectedNorm(W, u, v);
  });
  const mean = norms.reduce((sum, x) => sum + x, 0) / RANDOM_DRAWS;
  return {mean, deviation: Math.sqrt(norms.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (RANDOM_DRAWS - 1))};
}

function frozenOf(W: Matrix, run: TwinRun): Frozen {
  const random = mulberry32(run.seed + CONTROL);
  return {W, own: svd(W), random: twinsOf(run).map(({r}) => randomNorms(W, r, random))};
}

function columnNorms({rows, cols, data}: Matrix): number[] {
  const squares = Array<number>(cols).fill(0);
  for (let at = 0; at < rows * cols; at++) squares[at % cols]! += data[at]! ** 2;
  return squares.map(Math.sqrt);
}

function lookAt({W, own, random}: Frozen, lora: Lora, n: number): Look {
  const {u, s, v} = deltaSvd(lora);
  const {r} = lora;
  const [onDelta, delta, weight] = [projectedNorm(W, u, v), norm(s), frobenius(W)];
  const update = deltaWeight(lora);
  const bandsOf = (product: Matrix): Band[] => columnNorms(product).map((delta, i) => ({weight: own.s[i]!, delta}));
  return {
    ...{rank: r, weight, delta, onDelta, factor: delta / onDelta},
    onOwn: projectedNorm(W, firstColumns(own.u, r), firstColumns(own.v, r)),
    ...{onRandom: random[n]!.mean, deviation: random[n]!.deviation},
    expected: expectedProjection(weight, r, W.rows, W.cols),
    bands: {inputs: bandsOf(matmul(update, own.v)), outputs: bandsOf(matmulTA(update, own.u))},
    intruders: nearestCosines(W, add(W, update), TOP).filter((cosine) => cosine < NEW).length,
  };
}

export function* compute(run: AmplifyRun): Generator<AmplifySnapshot, void> {
  if (run.isNone) return yield {};
  const frozen: Partial<Record<AdaptedMatrix, Frozen>> = {};
  let base: Float32Array | undefined;
  let step = 0;
  for (const {adapters, weights} of trainTwins(run)) {
    base ??= weights;
    // One matrix for each of the first steps, so that no step takes long; all are ready before the first look.
    const matrix = ADAPTED_MATRICES[step];
    if (matrix) frozen[matrix] = frozenOf(weightAt(base!, matrix), run);
    // At step 0 ΔW is zero and has no directions.
    yield adapters && step > 0
      ? {looks: perMatrix((at) => adapters.map((numbers, n) => lookAt(frozen[at]!, loraAt(numbers, at), n)))}
      : {};
    step++;
  }
}
