import {cos} from "../../engine/linalg/elementary.ts";
import {type Matrix, matmul, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32, normal} from "../../engine/linalg/random.ts";
import {svd} from "../../engine/linalg/svd.ts";

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
const SPECTRUM = [1, 0.75, 0.55, 0.4];

/** B (SIDE,RANK) and A (RANK,SIDE) of an update with this spectrum and smooth random singular vectors. */
export function factorsOfHero(): {B: Matrix; A: Matrix} {
  const random = mulberry32(SEED);
  const left = waves(random);
  const columns = zeros(SIDE, RANK);
  for (let l = 0; l < RANK; l++) for (let i = 0; i < SIDE; i++) columns.data[i * RANK + l] = left.data[l * SIDE + i];
  const {u, v} = svd(matmul(columns, waves(random)));
  const B = zeros(SIDE, RANK);
  const A = zeros(RANK, SIDE);
  for (let l = 0; l < RANK; l++) {
    const root = Math.sqrt(SPECTRUM[l]);
    for (let i = 0; i < SIDE; i++) {
      B.data[i * RANK + l] = u.data[i * u.cols + l] * root;
      A.data[l * SIDE + i] = v.data[i * v.cols + l] * root;
    }
  }
  return {B, A};
}

/** The sums of the first 0, 1, … RANK outer products, each (SIDE,SIDE). */
export function sums({B, A}: {B: Matrix; A: Matrix}): Matrix[] {
  return Array.from({length: RANK + 1}, (_, kept) => {
    const m = zeros(SIDE, SIDE);
    for (let i = 0; i < SIDE; i++)
      for (let j = 0; j < SIDE; j++)
        for (let l = 0; l < kept; l++) m.data[i * SIDE + j] += B.data[i * RANK + l] * A.data[l * SIDE + j];
    return m;
  });
}
