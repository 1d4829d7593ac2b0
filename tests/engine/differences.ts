/** Compares backward passes with central differences. */
import {expect} from "vitest";
import {norm} from "../../src/engine/linalg/exponent.ts";
import {type Matrix, zeros} from "../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../src/engine/linalg/random.ts";

/** With this step the truncation error is about 1e-12 · f‴ and the rounding error 1e-10 · f. */
const H = 1e-6;

/** The derivative of f by every entry of `values`, which f reads at every call. */
function differences(f: () => number, values: Float64Array): Float64Array {
  return values.map((value, i) => {
    values[i] = value + H;
    const up = f();
    values[i] = value - H;
    const down = f();
    values[i] = value;
    return (up - down) / (2 * H);
  });
}

/** ‖gradient − differences‖ ≤ 1e-6·max(1, ‖gradient‖). */
export function expectGradient(gradient: Float64Array, f: () => number, values: Float64Array): void {
  const numeric = differences(f, values);
  const error = norm(gradient.map((entry, i) => entry - numeric[i]));
  expect(error).toBeLessThanOrEqual(1e-6 * Math.max(1, norm(gradient)));
}

/**
 * Checks a layer's backward by each of its inputs, with L = Σ c ⊙ y for random c as the loss. The gradients start at 1,
 * so a backward that overwrites instead of adding fails. → the gradients without the ones.
 */
export function expectBackward(
  inputs: readonly Matrix[],
  forward: () => Matrix,
  backward: (dy: Matrix, gradients: readonly Matrix[]) => void,
): readonly Matrix[] {
  const {rows, cols} = forward();
  const c = randn(rows, cols, mulberry32(99));
  const gradients = inputs.map((input) => ({...zeros(input.rows, input.cols), data: input.data.map(() => 1)}));
  backward(c, gradients);
  for (const {data} of gradients) for (let i = 0; i < data.length; i++) data[i] -= 1;
  const loss = () => forward().data.reduce((sum, value, i) => sum + value * c.data[i], 0);
  inputs.forEach((input, i) => {
    expect(norm(gradients[i].data)).toBeGreaterThan(0);
    expectGradient(gradients[i].data, loss, input.data);
  });
  return gradients;
}
