import {identity, type Matrix} from "./matrix.ts";
import {combineRows, combineRowsTwice, dotRows, makeReflector, subtractOuter, subtractOuterTwice} from "./reflect.ts";

/** a = u · B · vᵀ: u, v (n × n) orthogonal, B with `diagonal` (n) on the diagonal and `above` (n − 1) right of it. */
export interface Bidiagonal {
  u: Matrix;
  diagonal: Float64Array;
  above: Float64Array;
  v: Matrix;
}

interface Reflector {
  beta: number;
  v: Float64Array;
}

/**
 * Reduces a (n × n, largest entry near 1) to bidiagonal form by reflections, alternately from the left and the right.
 * Golub and Kahan 1965; Golub and Van Loan, Matrix Computations, algorithm 5.4.2. `form` builds u and v from the
 * reflections; a caller that needs B alone passes one that builds nothing.
 */
export function bidiagonalize(a: Matrix, form = product): Bidiagonal {
  const n = a.rows;
  const work = {...a, data: a.data.slice()};
  const diagonal = new Float64Array(n);
  const above = new Float64Array(Math.max(0, n - 1));
  const vA = new Float64Array(n);
  const Aw = new Float64Array(n);
  const fromLeft: Reflector[] = [];
  const fromRight: Reflector[] = [];
  for (let k = 0; k < n; k++) {
    const v = new Float64Array(n);
    for (let i = k; i < n; i++) v[i] = work.data[i * n + k];
    const {result, beta} = makeReflector(v, k);
    diagonal[k] = result;
    fromLeft.push({beta, v});
    if (k === n - 1) break;
    combineRows(work, k, k + 1, v, vA);

    // So far the left reflection has changed row k only. The rows below follow together with the right reflection.
    const w = new Float64Array(n);
    for (let j = k + 1; j < n; j++) w[j] = work.data[k * n + j] - beta * v[k] * vA[j];
    const right = makeReflector(w, k + 1);
    above[k] = right.result;
    fromRight.push({beta: right.beta, v: w});
    dotRows(work, k + 1, k + 1, w, Aw);
    let dot = 0;
    for (let j = k + 1; j < n; j++) dot += vA[j] * w[j];
    for (let i = k + 1; i < n; i++) Aw[i] -= beta * dot * v[i];
    subtractOuterTwice(work, k + 1, k + 1, beta, v, vA, right.beta, Aw, w);
  }
  return {u: form(fromLeft, 0, n), diagonal, above, v: form(fromRight, 1, n)};
}

/** H₀·H₁·… (n × n), built from the last reflector back. Reflector k leaves the first k + offset coordinates alone. */
function product(reflectors: readonly Reflector[], offset: number, n: number): Matrix {
  const result = identity(n);
  const sums = new Float64Array(n);
  const laterSums = new Float64Array(n);
  let k = reflectors.length - 1;
  for (; k > 0; k -= 2) {
    const {beta, v} = reflectors[k - 1];
    const later = reflectors[k];
    const corner = k - 1 + offset;
    combineRowsTwice(result, corner, corner, v, sums, later.v, laterSums);
    let dot = 0;
    for (let i = corner; i < n; i++) dot += v[i] * later.v[i];
    for (let j = corner; j < n; j++) sums[j] -= later.beta * dot * laterSums[j];
    subtractOuterTwice(result, corner, corner, beta, v, sums, later.beta, later.v, laterSums);
  }
  if (k === 0) {
    combineRows(result, offset, offset, reflectors[0].v, sums);
    subtractOuter(result, offset, offset, reflectors[0].beta, reflectors[0].v, sums);
  }
  return result;
}
