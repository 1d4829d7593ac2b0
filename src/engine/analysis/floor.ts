/** The smallest loss that an update of each rank can reach on given examples. */
import {type Matrix, matmul, matmulTA, subtract} from "../linalg/matrix.ts";
import {qr} from "../linalg/qr.ts";
import {svd} from "../linalg/svd.ts";
import {linear} from "../network/layers/linear.ts";
import type {Teacher} from "../network/teacher.ts";

/** Floors below this share of the loss of W0 are rounding errors and become 0. */
const ROUNDING = 1e-24;

const squaredNorm = ({data}: Matrix): number => data.reduce((sum, value) => sum + value * value, 0);

/**
 * x (N,k), y (N,d), W0 (d,k) → in entry r, for r = 0 … min(d, k, N), the smallest loss Σ‖(W0 + ΔW)·x − y‖² / 2N that a
 * ΔW of rank r can reach on these examples. Reduced-rank regression (Izenman 1975): add the squared singular values
 * beyond r of the part of y that some ΔW can explain to the part that none can. Over all x and without noise, entry r
 * is `lossFloor` of ΔW*.
 */
export function rankFloors({W0, x, y}: Pick<Teacher, "W0" | "x" | "y">): Float64Array {
  const residual = subtract(y, linear(x, W0));
  // With N ≤ k some ΔW fits every example, so all of the residual can be explained.
  const q = x.rows > x.cols ? qr(x).q : undefined;
  const explained = q ? matmulTA(q, residual) : residual;
  const {s} = svd(explained);
  const floors = new Float64Array(s.length + 1);
  floors[s.length] = q ? squaredNorm(subtract(residual, matmul(q, explained))) : 0;
  for (let r = s.length - 1; r >= 0; r--) floors[r] = floors[r + 1] + s[r] * s[r];
  const negligible = ROUNDING * floors[0];
  return floors.map((sum) => (sum <= negligible ? 0 : sum / (2 * x.rows)));
}
