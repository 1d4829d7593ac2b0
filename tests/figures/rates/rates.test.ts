import {describe, expect, test} from "vitest";
import {matmul, matmulTA, matmulTB, subtract} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {defaults} from "../../../src/figure/controls.ts";
import {controls, type RatesParams} from "../../../src/figures/rates/controls.ts";
import {compute, storedShares} from "../../../src/figures/rates/model.ts";
import {vertex} from "../../../src/figures/rates/stored.ts";
import {singularValues} from "../oracles/exact.ts";
import {once} from "../oracles/once.ts";

const SIDE = 32;
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/**
 * Shares that rank 0, 1, … 32 stores of the first n pairs: the targets on an orthonormal basis of what the inputs span (Gram
 * and Schmidt, twice), and the squared singular values of that, by the Jacobi method.
 */
const sharesOf = once((n: number): number[] => {
  const random = mulberry32(11);
  const [x, y] = [randn(64, SIDE, random), randn(64, SIDE, random)];
  const column = ({data}: typeof x, j: number) => Array.from({length: n}, (_, i) => data[i * SIDE + j]!);
  const basis: number[][] = [];
  for (let j = 0; j < SIDE && basis.length < n; j++) {
    let v = column(x, j);
    for (let twice = 0; twice < 2; twice++)
      for (const b of basis) {
        const part = dot(v, b);
        v = v.map((value, i) => value - part * b[i]!);
      }
    const size = Math.sqrt(dot(v, v));
    if (size > 1e-9) basis.push(v.map((value) => value / size));
  }
  const targets = Array.from({length: SIDE}, (_, j) => column(y, j));
  const seen = targets.map((target) => basis.map((b) => dot(target, b)));
  const s = singularValues({rows: SIDE, cols: basis.length, data: Float64Array.from(seen.flat())});
  const all = targets.reduce((sum, target) => sum + dot(target, target), 0);
  const squares = Array.from({length: SIDE}, (_, i) => (s[i] ?? 0) ** 2);
  return Array.from({length: SIDE + 1}, (_, r) => squares.slice(0, r).reduce((sum, square) => sum + square, 0) / all);
});

const field = storedShares();
const start = defaults(controls) as RatesParams;

describe("the exact field", () => {
  test("is what projecting and another SVD give, at every number of pairs", () => {
    for (const [i, column] of field.entries()) {
      const due = sharesOf(2 * (i + 1));
      for (const [r, share] of column.entries()) expect(Math.abs(share - due[r]!)).toBeLessThan(1e-10);
    }
  });

  test("more rank never stores less; as many ranks as pairs store all, up to 32; beyond, no rank stores all", () => {
    for (const [i, column] of field.entries()) {
      const pairs = 2 * (i + 1);
      expect(column[0]).toBe(0);
      for (let r = 1; r < column.length; r++) expect(column[r]).toBeGreaterThanOrEqual(column[r - 1]!);
      if (pairs <= 32) expect(column[pairs]).toBe(1);
      else expect(column[32]).toBeLessThan(1);
    }
  });

  test("training B and A by gradient descent comes as near as it says, and never nearer", () => {
    const [N, r, side] = [40, 6, 32];
    const random = mulberry32(11);
    const [xs, ys] = [randn(64, side, random), randn(64, side, random)];
    const [x, y] = [xs, ys].map(({data}) => ({rows: N, cols: side, data: data.slice(0, N * side)}));
    const B = {...randn(side, r, mulberry32(3))};
    const A = {...randn(r, side, mulberry32(4))};
    for (const m of [B, A]) m.data = m.data.map((value) => 0.1 * value);
    const all = y!.data.reduce((sum, value) => sum + value * value, 0);
    let share = 0;
    for (let step = 0; step < 3000; step++) {
      // h = x Aᵀ Bᵀ; the gradients of ½‖h − y‖².
      const inner = matmulTB(x!, A);
      const off = subtract(matmulTB(inner, B), y!);
      share = 1 - off.data.reduce((sum, value) => sum + value * value, 0) / all;
      const [dB, dA] = [matmulTA(off, inner), matmulTA(matmul(off, B), x!)];
      B.data = B.data.map((value, i) => value - 3e-3 * dB.data[i]!);
      A.data = A.data.map((value, i) => value - 3e-3 * dA.data[i]!);
    }
    const due = field[N / 2 - 1]![r]!;
    expect(share).toBeLessThanOrEqual(due + 1e-12);
    expect(due - share).toBeLessThan(2e-3);
  });
});

describe("the bowls", () => {
  test("the parabola's lowest point is where it was made", () => {
    for (const at of [-0.4, 0, 0.3]) {
      const [before, middle, after] = [-1, 0, 1].map((x) => 2 * (x - at) ** 2 + 5);
      expect(vertex(before!, middle!, after!)).toBeCloseTo(at, 12);
    }
  });

  test("couplings agree at r = 4, and only there", () => {
    const bests = (rank: "1" | "4" | "16") =>
      new Set((["double", "fixed", "root"] as const).map((coupling) => compute({...start, rank, coupling}).lora.best));
    expect([bests("1"), bests("4"), bests("16")].map(({size}) => size)).toEqual([3, 1, 3]);
  });
});
