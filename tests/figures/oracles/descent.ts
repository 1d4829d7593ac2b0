/** Loss and gradients of a pair against a known ΔW*, without inputs and without backpropagation; and steps down them. */
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {distanceTo, productOf} from "./exact.ts";

export interface Slope {
  entries: readonly number[];
  norm: number;
}

const slope = (entries: readonly number[]): Slope => ({
  entries,
  norm: Math.sqrt(entries.reduce((sum, x) => sum + x * x, 0)),
});

/** With α/r = 1: L = ½‖BA − ΔW*‖²_F, ∂L/∂A = Bᵀ(BA − ΔW*), ∂L/∂B = (BA − ΔW*)Aᵀ, from their definitions. */
export function pairAt({A, B}: {A: Matrix; B: Matrix}, star: Matrix) {
  const BA = productOf(B, A);
  const error = BA.map((row, i) => row.map((x, j) => x - star.data[i * star.cols + j]!));
  const dA = Array.from(A.data, (_, n) => {
    const [l, j] = [Math.floor(n / A.cols), n % A.cols];
    return error.reduce((sum, row, i) => sum + B.data[i * B.cols + l]! * row[j]!, 0);
  });
  const dB = Array.from(B.data, (_, n) => {
    const [i, l] = [Math.floor(n / B.cols), n % B.cols];
    return error[i]!.reduce((sum, e, j) => sum + e * A.data[l * A.cols + j]!, 0);
  });
  const nothing = {...star, data: new Float64Array(star.data.length)};
  return {loss: distanceTo(star, BA) ** 2 / 2, delta: distanceTo(nothing, BA), dA: slope(dA), dB: slope(dB)};
}

/** What each entry loses in step t (from 1) of plain descent, or of Adam (Kingma and Ba 2015) given the gradients so far. */
export function losses(rule: "sgd" | "adam", rate: number, gradients: readonly (readonly number[])[]): number[] {
  const t = gradients.length;
  if (rule === "sgd") return gradients.at(-1)!.map((g) => rate * g);
  // The moments as sums: Σ (1 − β) βᵗ⁻ⁱ gᵢ over 1 − βᵗ.
  const mean = (beta: number, of: (g: number) => number, n: number) =>
    gradients.reduce((sum, g, i) => sum + (1 - beta) * beta ** (t - 1 - i) * of(g[n]!), 0) / (1 - beta ** t);
  return gradients[0]!.map(
    (_, n) => (rate * mean(0.9, (g) => g, n)) / (Math.sqrt(mean(0.999, (g) => g * g, n)) + 1e-8),
  );
}
