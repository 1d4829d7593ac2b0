import {expectedProjection, randomDirections} from "../../engine/baselines.ts";
import {norm} from "../../engine/exponent.ts";
import {nearestCosines} from "../../engine/intruders.ts";
import {lastOf} from "../../engine/last.ts";
import {deltaWeight, merge} from "../../engine/lora.ts";
import {frobenius, type Matrix, matmul, matmulTA} from "../../engine/matrix.ts";
import {mulberry32} from "../../engine/random.ts";
import {deltaSvd, firstColumns, projectedNorm} from "../../engine/subspace.ts";
import {svd} from "../../engine/svd.ts";
import {spread, storedNorms} from "../labInside.ts";
import {type Frame, loraAt, type Place, type Skill, weightAt} from "../labTwins.ts";
import type {Tape} from "../widget.ts";
import type {AmplifyParams} from "./settings.ts";

/** Added to the seed for the random directions, so that they are none of a run's draws. */
const CONTROL = 400;
/** Draws of random directions that a mean and a deviation are taken from. */
export const DRAWS = 20;
/** Strong directions of W₀ + ΔW that are looked at, and the cosine below which one is new: a random direction is, mostly. */
export const TOP = 8;
export const NEW = 0.5;

/** What Table 7 has for one rank. */
export interface Norms {
  rank: number;
  /** ‖UᵀWVᵀ‖_F with the singular directions of ΔW, with W's own first ones, with random ones. */
  onDelta: number;
  onOwn: number;
  onRandom: number;
  weight: number;
  delta: number;
  /** ‖ΔW‖ / ‖UᵀWVᵀ‖ of ΔW's directions. */
  factor: number;
}

export interface Measured extends Norms {
  /** The deviation of random draws about their mean, and what theory has for that mean: ‖W‖·r/d. */
  deviation: number;
  expected: number;
  /** Lowest, middle and highest factor of nine stored seeds after the last step. */
  stored: {low: number; median: number; high: number};
}

/** A band of the equalizer: how strongly W and ΔW act on one singular direction of W. */
export interface Band {
  weight: number;
  delta: number;
}

export interface AmplifyResult {
  step: number;
  low: Measured;
  high: Measured;
  /** At the chosen rank: ‖W·vᵢ‖ and ‖ΔW·vᵢ‖ for W's right-singular vectors, or the same of Wᵀ with the left ones. */
  bands: readonly Band[];
  /** Directions among the first TOP of W₀ + ΔW that are new. */
  intruders: number;
}

function randomNorms(W: Matrix, r: number, random: () => number): {mean: number; deviation: number} {
  const norms = Array.from({length: DRAWS}, () => {
    const {u, v} = randomDirections(W.rows, W.cols, r, random);
    return projectedNorm(W, u, v);
  });
  const mean = norms.reduce((sum, x) => sum + x, 0) / DRAWS;
  return {mean, deviation: Math.sqrt(norms.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (DRAWS - 1))};
}

/** All that follows from one matrix of both runs, so that changing rank or bands only picks. */
const lookedAt = lastOf(
  (looks: NonNullable<Frame["looks"]>, weights: Float32Array, subject: Skill, place: Place, begin: number) => {
    const W = weightAt(weights, place);
    const own = svd(W);
    const random = mulberry32(begin + CONTROL);
    const kept = storedNorms(subject, place);
    return looks.map((numbers, n) => {
      const lora = loraAt(numbers, place);
      const {r} = lora;
      const {u, s, v} = deltaSvd(lora);
      const [onDelta, delta, weight] = [projectedNorm(W, u, v), norm(s), frobenius(W)];
      const {mean, deviation} = randomNorms(W, r, random);
      const measured: Measured = {
        ...{rank: r, weight, delta, onDelta, factor: delta / onDelta},
        onOwn: projectedNorm(W, firstColumns(own.u, r), firstColumns(own.v, r)),
        ...{onRandom: mean, deviation},
        expected: expectedProjection(weight, r, W.rows, W.cols),
        stored: spread(kept[n]!.on.map((on, i) => kept[n]!.delta[i]! / on)),
      };
      const update = deltaWeight(lora);
      return {
        measured,
        bands: {
          inputs: bandsOf(own.s, columnNorms(matmul(update, own.v))),
          outputs: bandsOf(own.s, columnNorms(matmulTA(update, own.u))),
        },
        intruders: nearestCosines(W, merge(W, lora), TOP).filter((cosine) => cosine < NEW).length,
      };
    });
  },
);

function columnNorms({rows, cols, data}: Matrix): number[] {
  const squares = Array<number>(cols).fill(0);
  for (let at = 0; at < rows * cols; at++) squares[at % cols]! += data[at]! ** 2;
  return squares.map(Math.sqrt);
}

const bandsOf = (s: Float64Array, deltas: readonly number[]): Band[] =>
  deltas.map((delta, i) => ({weight: s[i]!, delta}));

/** The tape of both runs, or what there is of it → what the picture shows at the clock. */
export function see([tape]: readonly Tape<Frame>[], params: AmplifyParams): AmplifyResult {
  const frames = tape!.slice(0, params.until + 1);
  const step = frames.findLastIndex(({looks}) => looks);
  const {subject, weight, begin} = params;
  const [low, high] = lookedAt(frames[step]!.looks!, tape![0]!.weights!, subject, weight, begin);
  const {bands, intruders} = params.rank === "low" ? low! : high!;
  return {step, low: low!.measured, high: high!.measured, bands: bands[params.bands], intruders};
}
