import fc from "fast-check";
import {describe, expect, test} from "vitest";
import type {Matrix} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {printedSum, termsOf} from "../../../../src/figure/plot/matrices/entryTerms.ts";
import {drawTracing} from "../../../../src/figure/plot/matrices/tracing.ts";
import {numbersIn} from "../../../figures/promises/numbers.ts";
import {emptyRoot} from "../../../figures/promises/stage.ts";

const matrix = (rows: number, cols: number, data: number[]): Matrix => ({rows, cols, data: Float64Array.from(data)});
const draw = (B: Matrix, A: Matrix, row: number, column: number, maxTerms = 4) => {
  const root = emptyRoot();
  drawTracing(root, {B, A, row, column, term: 0, maxTerms, name: "ΔW", invitation: "Point at an entry."});
  return root;
};
const textOf = (root: Element, name: string) => root.querySelector(`.${name}`)!.textContent!;

describe("termsOf", () => {
  test("is the row of B and the column of A, counted from 1", () => {
    const terms = termsOf(matrix(2, 2, [1, 2, 3, 4]), matrix(2, 3, [5, 6, 7, 8, 9, 10]), 2, 3);
    expect(terms).toEqual([
      {index: 1, b: 3, a: 7},
      {index: 2, b: 4, a: 10},
    ]);
  });

  test("is empty where there is no such entry", () => {
    const [B, A] = [matrix(2, 1, [1, 2]), matrix(1, 2, [3, 4])];
    for (const [row, column] of [
      [0, 1],
      [1, 0],
      [3, 1],
      [1, 3],
      [-1, 1],
    ] as const)
      expect(termsOf(B, A, row, column)).toEqual([]);
  });
});

describe("what is printed", () => {
  const shape = fc.record({d: fc.integer({min: 1, max: 6}), r: fc.integer({min: 1, max: 9}), seed: fc.integer()});

  test("terms, rest and total add up at the rounding shown", () => {
    fc.assert(
      fc.property(shape, fc.integer({min: 1, max: 5}), ({d, r, seed}, most) => {
        const random = mulberry32(seed);
        const [B, A] = [randn(d, r, random), randn(r, d, random)];
        const root = draw(B, A, d, 1, most);
        const printed = [...root.querySelectorAll(".pair")].map((pair) => numbersIn(pair.textContent!).at(-1)!);
        expect(printed).toHaveLength(Math.min(r, most));
        const total = textOf(root, "total");
        const [rest, sum] =
          r > most ? [numbersIn(total)[0]!.value, numbersIn(total).at(-1)!] : [0, numbersIn(total)[0]!];
        const added = printed.reduce((all, {value}) => all + value, rest);
        expect(Math.abs(added - sum.value)).toBeLessThanOrEqual(0.005 + 1e-9);
        if (r > most) expect(total).toContain(`from ${r - most} more`);
      }),
      {seed: 8, numRuns: 500},
    );
  });

  test("a half is rounded away from zero on both sides, as every other number of the page is", () => {
    for (const [b, a, shown] of [
      [0.5, 0.25, "= 0.13"],
      [-0.5, 0.25, "= −0.13"],
      [0.5, 0.01, "= 0.01"],
      [-0.5, 0.01, "= −0.01"],
    ] as const) {
      const root = emptyRoot();
      const [B, A] = [matrix(1, 1, [b]), matrix(1, 1, [a])];
      drawTracing(root, {B, A, row: 1, column: 1, term: 0, maxTerms: 4, name: "ΔW", invitation: "", onEdit: () => {}});
      expect(textOf(root, "total")).toBe(shown);
      expect(textOf(draw(B, A, 1, 1), "total")).toBe(shown);
    }
  });

  test("exact fields are summed exactly; rounded terms as they are shown", () => {
    const terms = [1, 2, 3].map((index) => ({index, b: 0.00004, a: 1}));
    expect(printedSum(terms, 3, false)).toEqual({total: 0, rest: 0});
    const thirds = [1, 2, 3].map((index) => ({index, b: 1 / 3, a: 1}));
    expect(printedSum(thirds, 3, true).total).toBeCloseTo(1, 2);
    expect(printedSum(thirds, 2, false)).toEqual({total: 1, rest: 0.3333});
  });

  test("formula and code name the entry, from 1 and from 0", () => {
    const root = draw(randn(3, 2, mulberry32(1)), randn(2, 3, mulberry32(2)), 3, 2);
    expect(textOf(root, "formula")).toBe("ΔW[3,2] = Σ B[3,l] · A[l,2], l = 1…2");
    expect(root.querySelector("code")!.textContent).toBe("for (l = 0; l < 2; l++) dW[2][1] += B[2][l] * A[l][1]");
  });

  test("nothing traced invites, rank 0 says that nothing is summed", () => {
    const [B, A] = [randn(3, 2, mulberry32(1)), randn(2, 3, mulberry32(2))];
    const root = draw(B, A, 0, 0);
    expect(textOf(root, "formula")).toBe("Point at an entry.");
    expect(textOf(root, "total") + root.querySelector("code")!.textContent).toBe("");
    expect(textOf(draw(matrix(3, 0, []), matrix(0, 3, []), 1, 1), "formula")).toBe("ΔW[1,1] is 0: no term is summed");
  });
});
