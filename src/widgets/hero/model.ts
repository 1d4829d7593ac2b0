import {cos} from "../../engine/linalg/elementary.ts";
import {add, type Matrix, matmulTA, zeros} from "../../engine/linalg/matrix.ts";
import {outerProducts} from "../../engine/linalg/outer.ts";
import {mulberry32, normal} from "../../engine/linalg/random.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {balancedFactors} from "../shared/balancedFactors.ts";

export const SIDE = 40;
export const RANK = 4;
export const SEED = 7;

/** A smooth random row: cosine waves of rising frequency with random weights. */
function wave(random: () => number): Float64Array {
  const weights = Array.from({length: 5}, (_, n) => normal(random) / (n + 1));
  const row = new Float64Array(SIDE);
  for (let j = 0; j < SIDE; j++)
    for (const [n, weight] of weights.entries()) row[j] += weight * cos((Math.PI * n * (j + 0.5)) / SIDE);
  return row;
}

function waves(random: () => number): Matrix {
  const m = zeros(RANK, SIDE);
  for (let l = 0; l < RANK; l++) m.data.set(wave(random), l * SIDE);
  return m;
}

/** The singular values of the update, chosen so that each of its four terms is visible. */
const SPECTRUM = Float64Array.of(1, 0.75, 0.55, 0.4);

/** B (SIDE,RANK) and A (RANK,SIDE) of an update with this spectrum and smooth random singular vectors. */
export function factorsOfHero(): {B: Matrix; A: Matrix} {
  const random = mulberry32(SEED);
  const left = waves(random);
  return balancedFactors({...svd(matmulTA(left, waves(random))), s: SPECTRUM}, RANK);
}

/** The sums of the first 0, 1, … RANK outer products, each (SIDE,SIDE). */
export function sums({B, A}: {B: Matrix; A: Matrix}): Matrix[] {
  const all = [zeros(SIDE, SIDE)];
  for (const term of outerProducts(B, A)) all.push(add(all.at(-1)!, term));
  return all;
}
