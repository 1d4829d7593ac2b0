import fc from "fast-check";
import {expect, test} from "vitest";
import type {Matrix} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {tail} from "../../../../src/engine/linalg/spectrum.ts";
import {svd} from "../../../../src/engine/linalg/svd.ts";
import {merge} from "../../../../src/engine/lora/lora.ts";
import {initLoftq, type Quantize} from "../../../../src/engine/lora/variants/loftq.ts";
import {analysis} from "../../analysis.ts";
import {asMatrix, distance} from "../../fixture.ts";

/** To the nearest multiple of `step`, halves to even as NumPy does: a fixed grid. */
const rounding =
  (step: number): Quantize =>
  (W) => ({...W, data: W.data.map((value) => halfToEven(value / step) * step)});

function halfToEven(x: number): number {
  const floor = Math.floor(x);
  return x - floor === 0.5 ? floor + (floor % 2) : Math.round(x);
}

/** Seven levels scaled to the largest magnitude of each row: a grid that moves with its input. */
const absmax: Quantize = (W) => {
  const data = W.data.slice();
  for (let i = 0; i < W.rows; i++) {
    const row = data.subarray(i * W.cols, (i + 1) * W.cols);
    const unit = Math.max(...row.map(Math.abs)) / 3 || 1;
    row.forEach((value, j) => {
      row[j] = Math.round(value / unit) * unit;
    });
  }
  return {...W, data};
};

test("the errors of five steps agree with NumPy", () => {
  const {W0, r, step, errors} = analysis.loftq;
  const ours = initLoftq(asMatrix(W0), {r, steps: 5, quantize: rounding(step)}).errors;
  expect(ours.length).toBe(errors.length);
  ours.forEach((error, i) => {
    expect(error).toBeCloseTo(errors[i], 11);
  });
});

test("on a fixed grid no step raises the error, and the first repairs what rank r can", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 4}), fc.integer(), (r, seed) => {
      const W0 = randn(9, 8, mulberry32(seed));
      const quantize = rounding(0.7);
      const {errors} = initLoftq(W0, {r, steps: 6, quantize});
      const lost: Matrix = {...W0, data: W0.data.map((value, at) => value - quantize(W0).data[at])};
      expect(errors[1]).toBeCloseTo(tail(svd(lost).s, r), 11);
      for (let i = 1; i < errors.length; i++) expect(errors[i]).toBeLessThanOrEqual(errors[i - 1] + 1e-12);
      expect(errors[1]).toBeLessThan(errors[0]);
    }),
    {seed: 26},
  );
});

test("with a scale a row it beats plain quantization from the first step on", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 4}), fc.integer(), (r, seed) => {
      const {errors} = initLoftq(randn(16, 12, mulberry32(seed)), {r, steps: 5, quantize: absmax});
      for (const error of errors.slice(1)) expect(error).toBeLessThan(errors[0]);
    }),
    {seed: 27},
  );
});

test("the last error is that of what is returned; quantizing nothing leaves nothing to repair", () => {
  const W0 = randn(8, 6, mulberry32(3));
  const {Q, lora, errors} = initLoftq(W0, {r: 2, steps: 3, quantize: absmax});
  expect(distance(merge(Q, lora), W0)).toBeCloseTo(errors[3], 13);
  expect(initLoftq(W0, {r: 2, steps: 2, quantize: (W) => W}).errors).toEqual(new Float64Array(3));
});

test("at full rank the adapter holds all that quantization lost", () => {
  const {errors} = initLoftq(randn(8, 6, mulberry32(3)), {r: 6, steps: 1, quantize: absmax});
  expect(errors[0]).toBeGreaterThan(0.1);
  expect(errors[1]).toBeLessThan(1e-13);
});

test("no step and no rank below 1", () => {
  const W0 = randn(4, 3, mulberry32(1));
  expect(() => initLoftq(W0, {r: 0, steps: 1, quantize: absmax})).toThrow("loftq: r is 0");
  expect(() => initLoftq(W0, {r: 1, steps: 0.5, quantize: absmax})).toThrow("loftq: steps is 0.5");
});
