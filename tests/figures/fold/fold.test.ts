import {describe, expect, test} from "vitest";
import {defaults} from "../../../src/figure/controls.ts";
import {compute, controls, type FoldParams} from "../../../src/figures/fold/model.ts";
import {sheetProgress, target} from "../../../src/figures/fold/panels.ts";
import {cellsOf} from "../oracles/fold.ts";

const at = (values: Partial<FoldParams>) => compute({...defaults(controls), ...values});

describe.each([
  ["bf16", 5, 2 ** -9],
  ["fp32", 6, 2 ** -25],
] as const)("merged and unmerged in %s", (stored, off, largest) => {
  test(`${off} of 36 entries do not come back, the worst off by ${largest}`, () => {
    const found = at({stored});
    expect([found.off, found.largest]).toEqual([off, largest]);
  });

  test("every entry is what rounding on the bits gives", () => {
    const {W0, update, W, left} = at({stored});
    expect(cellsOf(stored)).toEqual(
      Array.from(W.data, (merged, k) => ({w: W0.data[k], d: update.data[k], merged, left: left.data[k]})),
    );
  });
});

test("ΔW is about a third of W₀", () => {
  expect(at({}).share).toBeGreaterThan(0.25);
  expect(at({}).share).toBeLessThan(0.42);
});

test("the sheet sinks to the middle of its slider and rises after it; Unmerge before a merge puts it back", () => {
  expect([0, 50, 100, 150, 200].map(sheetProgress)).toEqual([0, 0.5, 1, 0.5, 0]);
  expect([target(0, true), target(200, true), target(40, false), target(100, false)]).toEqual([100, 100, 0, 200]);
});
