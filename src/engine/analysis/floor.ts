import {type Matrix, matmul, matmulTA, subtract} from "../linalg/matrix.ts";
import {qr} from "../linalg/qr.ts";
import {svd} from "../linalg/svd.ts";
import {linear} from "../network/layers/linear.ts";
import type {Teacher} from "../network/teacher.ts";

/** A share of the untouched loss that is left by rounding alone. */
const ROUNDING = 1e-24;

const squares = ({data}: Matrix): number => data.reduce((sum, value) => sum + value * value, 0);

/**
 * x (N,k), y (N,d), W0 (d,k) → the least loss Σ‖(W0 + ΔW)·x − y‖² / 2N that any ΔW of rank r leaves on these very
 * examples: entry r, for r = 0 … min(d, k, N). It is what no ΔW explains plus the squared singular values beyond r of
 * what one can: reduced-rank regression (Izenman 1975). Over all x and without noise it is `lossFloor` of ΔW*.
 */
export function rankFloors({W0, x, y}: Pick<Teacher, "W0" | "x" | "y">): Float64Array {
  const due = subtract(y, linear(x, W0));
  // With no more examples than inputs have entries, every output can be met.
  const q = x.rows > x.cols ? qr(x).q : undefined;
  const met = q ? matmulTA(q, due) : due;
  const {s} = svd(met);
  const floors = new Float64Array(s.length + 1);
  floors[s.length] = q ? squares(subtract(due, matmul(q, met))) : 0;
  for (let r = s.length - 1; r >= 0; r--) floors[r] = floors[r + 1] + s[r] * s[r];
  const least = ROUNDING * floors[0];
  return floors.map((sum) => (sum <= least ? 0 : sum / (2 * x.rows)));
}
