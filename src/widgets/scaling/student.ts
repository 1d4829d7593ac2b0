import {type Matrix, matmul, matmulTA, matmulTB, scale, subtract} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {initLora} from "../../engine/lora/lora.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {plantDelta} from "../../engine/network/teacher.ts";
import type {Problem} from "../../engine/training/train.ts";
import {SIDE} from "./controls.ts";

/** Singular values of ΔW*: the first, and each over the one before. */
const [LARGEST, DECAY] = [2, 0.85];

/** ΔW* (64,64) of full rank with a falling spectrum. */
export function goalOf(seed: number): Matrix {
  const s = new Float64Array(SIDE);
  s.forEach((_, i) => {
    s[i] = i === 0 ? LARGEST : s[i - 1] * DECAY;
  });
  return plantDelta({d: SIDE, k: SIDE, s}, mulberry32(seed));
}

/** A new A (r,64); of one seed the rows of a smaller rank are the first of a larger. */
export const startOf = (r: number, seed: number): Matrix =>
  initLora({d: SIDE, k: SIDE, r, alpha: r}, mulberry32(seed)).A;

/**
 * ½‖s·BA − ΔW*‖²_F, which is the mean loss over all x ~ N(0, I): A (r,64) from `startOf`, B (64,r) zero. The factor s
 * is the caller's, so that rules other than α/r can be tried.
 */
export function student(star: Matrix, r: number, s: number, seed: number): Problem {
  const params = allocate([
    ["A", r, SIDE],
    ["B", SIDE, r],
  ]);
  params.views.A.data.set(startOf(r, seed).data);
  const {A, B} = params.views;
  return {
    params,
    scaling: s,
    loss({views}) {
      const error = subtract(scale(matmul(B, A), s), star);
      addScaled(views.B, matmulTB(error, A), s);
      addScaled(views.A, matmulTA(B, error), s);
      return error.data.reduce((sum, x) => sum + x * x, 0) / 2;
    },
  };
}

function addScaled(to: Matrix, from: Matrix, s: number) {
  for (let i = 0; i < to.data.length; i++) to.data[i] += s * from.data[i];
}
