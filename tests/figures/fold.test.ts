import {describe, expect, test} from "vitest";
import {defaults} from "../../src/figure/controls.ts";
import {compute, controls, type FoldParams} from "../../src/figures/fold/model.ts";
import {nextStop, restingState, sheetProgress} from "../../src/figures/fold/twoSheets.ts";
import {formatNames} from "../../src/figures/shared/storedFormats.ts";
import {swapsOf} from "./oracles/fold.ts";

const at = (values: Partial<FoldParams>) => compute({...defaults(controls), ...values});

describe.each([
  ["bf16", 5, 2 ** -9],
  ["fp32", 6, 2 ** -25],
] as const)("merged and unmerged in %s", (stored, offCount, largestError) => {
  test(`${offCount} of 36 entries do not come back, the worst off by ${largestError}`, () => {
    const found = at({stored, sheet: 200});
    expect([found.offCount, found.largestError]).toEqual([offCount, largestError]);
    // The same once the next task's sheet has taken the place of this one.
    expect(at({stored, swaps: 1}).errors).toEqual(found.errors);
  });
});

test.each(formatNames)("every entry of every swap is what rounding on the bits gives: %s", (stored) => {
  for (const [swaps, due] of swapsOf(stored).entries()) {
    const {W0, update, W, errors} = at({stored, swaps, sheet: 200});
    expect(due).toEqual(
      Array.from(W.data, (merged, k) => ({w: W0.data[k], d: update.data[k], merged, left: errors.data[k]})),
    );
  }
});

test("in bf16 the errors pile up: 5, 22, 27 of 36 entries, and 2⁻⁹, 3 · 2⁻⁹, 2⁻⁷, after 1, 10 and 60 swaps", () => {
  const found = [1, 10, 60].map((swaps) => at({swaps}));
  expect(found.map(({offCount}) => offCount)).toEqual([5, 22, 27]);
  expect(found.map(({largestError}) => largestError)).toEqual([2 ** -9, 3 * 2 ** -9, 2 ** -7]);
});

test("errors start at 0, stay at rounding in fp64, and those of fp32 are far below those of bf16 and int8", () => {
  const {drift} = at({});
  for (const format of formatNames) expect([drift[format].length, drift[format][0]]).toEqual([62, 0]);
  for (let n = 1; n <= 61; n++) {
    expect(drift.fp64[n]!).toBeGreaterThan(0);
    // Two sums a swap, each off by at most half a step below 4: 2⁻⁵² in fp64, 2⁻²³ in fp32, 2⁻⁷ in bf16.
    expect(drift.fp64[n]!).toBeLessThanOrEqual(n * 2 ** -51);
    expect(drift.fp32[n]!).toBeLessThanOrEqual(n * 2 ** -22);
    expect(drift.bf16[n]!).toBeLessThanOrEqual(n * 2 ** -6);
    expect(drift.fp32[n]! * 100).toBeLessThan(Math.min(drift.bf16[n]!, drift.int8[n]!));
  }
});

test("ΔW is about a third of W₀", () => {
  expect(at({}).sizeRatio).toBeGreaterThan(0.25);
  expect(at({}).sizeRatio).toBeLessThan(0.42);
});

test("the sheet sinks to the middle of its slider and rises after it; lifted off it makes a swap, and the next can begin", () => {
  expect([0, 50, 100, 150, 200].map(sheetProgress)).toEqual([0, 0.5, 1, 0.5, 0]);
  expect([0, 40, 100, 150, 200].map(nextStop)).toEqual([100, 100, 200, 200, 100]);
  expect([199, 200].map((sheet) => restingState({sheet, swaps: 3}))).toEqual([{sheet: 199}, {sheet: 0, swaps: 4}]);
  expect(restingState({sheet: 200, swaps: 60})).toEqual({sheet: 200});
});
