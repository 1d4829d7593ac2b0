/** A linear teacher whose ΔW* is known, and two students that look for it: a LoRA, and the whole weight. */

import {add, identity, type Matrix, matmulTB, scale, subtract, zeros} from "../linalg/matrix.ts";
import {qr} from "../linalg/qr.ts";
import {randn} from "../linalg/random.ts";
import {tail} from "../linalg/spectrum.ts";
import {truncate} from "../linalg/truncate.ts";
import {initLora} from "../lora/lora.ts";
import type {Problem} from "../training/train.ts";
import {linear, linearBackward} from "./layers/linear.ts";
import {loraLinear, loraLinearBackward} from "./layers/lora.ts";
import {allocate} from "./parameters.ts";

/** The student sees W0 (d,k) and the examples x (N,k), y (N,d), and should find deltaStar (d,k). */
export interface Teacher {
  W0: Matrix;
  deltaStar: Matrix;
  x: Matrix;
  y: Matrix;
}

/** The singular values s of ΔW*, descending; the number of examples, and the standard deviation of the noise in y. */
export interface TeacherPlan {
  d: number;
  k: number;
  s: Float64Array;
  examples?: number;
  noise?: number;
}

/** Σ sᵢ·uᵢ·vᵢᵀ → (d × k) with random orthonormal u and v. Throws for more than min(d, k) singular values. */
export function plantDelta({d, k, s}: Pick<TeacherPlan, "d" | "k" | "s">, random: () => number): Matrix {
  const p = s.length;
  if (p > Math.min(d, k))
    throw new Error(`plantDelta: ${p} singular values; a ${d}×${k} matrix has at most ${Math.min(d, k)}`);
  return truncate({u: qr(randn(d, p, random)).q, s, v: qr(randn(k, p, random)).q}, p);
}

/**
 * y = (W0 + ΔW*)·x + noise, W0 normal with deviation 1/√k. With `examples`, that many x are drawn from N(0, I).
 * Without, the k inputs √k·eᵢ represent all x ~ N(0, I): the mean of x·xᵀ over them is I too, so their mean loss is
 * exactly the expected loss. Throws unless examples is a whole number ≥ 1, and for noise without examples, which no
 * student could fit over all x.
 */
export function makeTeacher({d, k, s, examples, noise = 0}: TeacherPlan, random: () => number): Teacher {
  if (examples !== undefined && !(Number.isInteger(examples) && examples >= 1))
    throw new Error(`makeTeacher: examples is ${examples}; it must be a whole number of at least 1`);
  if (examples === undefined && noise !== 0)
    throw new Error(`makeTeacher: noise is ${noise} without examples; say how many examples carry it`);
  const W0 = scale(randn(d, k, random), 1 / Math.sqrt(k));
  const deltaStar = plantDelta({d, k, s}, random);
  const x = examples === undefined ? scale(identity(k), Math.sqrt(k)) : randn(examples, k, random);
  const clean = matmulTB(x, add(W0, deltaStar));
  return {W0, deltaStar, x, y: noise === 0 ? clean : add(clean, scale(randn(clean.rows, d, random), noise))};
}

/**
 * ½ Σ_{i>r} sᵢ², for descending s: the smallest expected loss that a ΔW of rank r can reach without noise. The expected
 * loss is ½‖ΔW − ΔW*‖²_F, so this follows from Eckart and Young 1936.
 */
export function lossFloor(s: Float64Array, r: number): number {
  const rest = tail(s, r);
  return 0.5 * rest * rest;
}

/** Σ‖h − y‖² / 2N over the N rows, and its gradient dh = (h − y) / N. */
export function squaredError(h: Matrix, y: Matrix): {loss: number; dh: Matrix} {
  const error = subtract(h, y);
  const loss = error.data.reduce((sum, value) => sum + value * value, 0) / (2 * h.rows);
  return {loss, dh: scale(error, 1 / h.rows)};
}

/** A student with frozen W0 that trains a LoRA, A (r,k) and B (d,r), from the start that `initLora` gives. */
export function loraStudent(
  {W0, x, y}: Teacher,
  {r, alpha}: {r: number; alpha: number},
  random: () => number,
): Problem {
  const [d, k] = [W0.rows, W0.cols];
  const params = allocate([
    ["A", r, k],
    ["B", d, r],
  ]);
  params.views.A.data.set(initLora({d, k, r, alpha}, random).A.data);
  const lora = {A: params.views.A, B: params.views.B, alpha, r};
  return {
    params,
    scaling: alpha / r,
    loss({views: {A, B}}) {
      const {h, us} = loraLinear(x, W0, [lora]);
      const {loss, dh} = squaredError(h, y);
      loraLinearBackward(dh, x, W0, [lora], us, zeros(x.rows, k), [{A, B}]);
      return loss;
    },
  };
}

/** A student that trains the whole weight W (d,k), starting from W0. */
export function fullStudent({W0, x, y}: Teacher): Problem {
  const params = allocate([["W", W0.rows, W0.cols]]);
  params.views.W.data.set(W0.data);
  return {
    params,
    loss({views: {W: dW}}) {
      const {loss, dh} = squaredError(linear(x, params.views.W), y);
      linearBackward(dh, x, params.views.W, zeros(x.rows, x.cols), dW);
      return loss;
    },
  };
}
