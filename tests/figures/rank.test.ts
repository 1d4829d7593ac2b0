import {describe, expect, test} from "vitest";
import {type Matrix, matmul, matmulTA, zeros} from "../../src/engine/linalg/matrix.ts";
import {qr} from "../../src/engine/linalg/qr.ts";
import {mulberry32, randn} from "../../src/engine/linalg/random.ts";
import {numericalRank} from "../../src/engine/linalg/spectrum.ts";
import {parse} from "../../src/figure/parse.ts";
import {bounds, compute, controls, type RankParams} from "../../src/figures/rank/model.ts";
import {writeCells} from "../../src/figures/shared/matrixText.ts";
import {distanceTo, productOf, singularValues} from "./oracles/exact.ts";

const at = (raw: Readonly<Record<string, unknown>>): RankParams => {
  const {params, notes} = parse(controls, raw, {boundsOf: bounds});
  expect(notes).toEqual([]);
  return params;
};
const own = (m: Matrix, r: number): RankParams => at({source: "own", cells: writeCells(m).text, r});

/** What a reader might draw: a few strokes of +1 and −1. */
function strokes(): Matrix {
  const m = zeros(48, 48);
  for (let n = 0; n < 40; n++) {
    m.data[(4 + n) * 48 + 6 + (n >> 1)] = 1;
    m.data[(44 - n) * 48 + 20 + (n >> 1)] = -1;
  }
  return m;
}

const random = mulberry32(17);
const built = Object.keys(controls.source.options).filter((source) => source !== "own");
const matrices: [string, (r: number) => RankParams][] = [
  ...built.map((source): [string, (r: number) => RankParams] => [source, (r) => at({source, r})]),
  ["a drawn one", (r) => own(strokes(), r)],
  ["a pasted 3 × 5", (r) => at({source: "own", cells: "1,2,3,4,5;2,4,6,8,10.5;0,1,1,0,1", r: Math.min(r, 3)})],
  ["a pasted 48 × 7", (r) => own(randn(48, 7, mulberry32(4)), Math.min(r, 7))],
  ["a pasted 1 × 1", () => at({source: "own", cells: "-3", r: 0})],
];

describe.each(matrices)("%s", (_, params) => {
  test("its error is ‖W − BA‖ entry by entry, and the tail of its spectrum", () => {
    for (const r of [0, 1, 2, 3, 5, 8, 20, 47, 48]) {
      const p = params(r);
      const {W, B, A, BA, rest, error, norm, s} = compute(p);
      expect([B.cols, A.rows]).toEqual([p.r, p.r]);
      const entries = distanceTo(W, productOf(B, A));
      const tail = Math.sqrt(s.slice(p.r).reduceRight((sum, x) => sum + x * x, 0));
      const off = W.data.map((x, n) => Math.abs(x - BA.data[n]! - rest.data[n]!));
      expect(Math.max(Math.abs(error - entries), Math.abs(error - tail), ...off)).toBeLessThanOrEqual(1e-12 * norm);
    }
  });

  test("its spectrum is that of the other route", () => {
    const {W, s} = compute(params(1));
    const other = singularValues(W);
    expect(s.length).toBe(other.length);
    for (const [i, sigma] of s.entries()) expect(Math.abs(sigma - other[i]!)).toBeLessThanOrEqual(1e-7 * s[0]!);
  });

  test("no random matrix of rank r comes nearer, not even the best one on a random subspace", () => {
    for (const r of [1, 2, 4]) {
      const p = params(r);
      if (p.r === 0) return;
      const {W, error, norm} = compute(p);
      const nearest = Array.from({length: 40}, (_, n) => (n % 2 ? scaledProduct(W, p.r) : fitted(W, p.r)));
      expect(Math.min(...nearest)).toBeGreaterThanOrEqual(error - 1e-12 * norm);
      // Fitted ones do come nearer than nothing: the opponent is not a straw man.
      expect(Math.min(...nearest)).toBeLessThan(norm);
    }
  });
});

/** ‖W − c·XY‖ of random X (d,r) and Y (r,k), with the best factor c. */
function scaledProduct(W: Matrix, r: number): number {
  const P = matmul(randn(W.rows, r, random), randn(r, W.cols, random));
  const dot = (a: Matrix, b: Matrix) => a.data.reduce((sum, x, n) => sum + x * b.data[n]!, 0);
  const overlap = dot(W, P);
  return Math.sqrt(Math.max(dot(W, W) - (overlap * overlap) / dot(P, P), 0));
}

/** ‖W − QQᵀW‖ of a random r-dimensional subspace of columns, the least squares fit; drawn near W's own columns, where it is good. */
function fitted(W: Matrix, r: number): number {
  const {q} = qr(matmul(W, randn(W.cols, r, random)));
  return distanceTo(W, productOf(q, matmulTA(q, W)));
}

describe("the pictures", () => {
  test.each([
    ["sunset", 2],
    ["stripes", 1],
    ["checkerboard", 1],
    ["identity", 48],
    ["noise", 48],
  ])("%s has rank %i", (source, rank) => {
    const {W, s} = compute(at({source}));
    expect(numericalRank(s, W.rows, W.cols)).toBe(rank);
  });

  test("text has fewer directions than its fourteen rows of dots, and blobs need all", () => {
    const {s} = compute(at({source: "text"}));
    expect(numericalRank(s, 48, 48)).toBeLessThanOrEqual(7);
    expect(compute(at({source: "blobs", r: 4})).error).toBeGreaterThan(0);
  });

  test("only blobs and noise have a seed", () => {
    for (const source of Object.keys(controls.source.options)) {
      const [one, two] = [3, 4].map((seed) => compute(at({source, seed})).W.data.join());
      expect(one === two, source).toBe(source !== "blobs" && source !== "noise");
    }
  });
});

describe("the reader's own matrix", () => {
  test("r and the traced entry end where it does", () => {
    const three = {source: "own", cells: "1,2,3,4,5;2,4,6,8,10;0,1,1,0,1"};
    expect(bounds(at(three))).toEqual({r: [0, 3], row: [0, 3], column: [0, 5]});
    const {params, notes} = parse(controls, {...three, r: 9, row: 48, column: 48}, {boundsOf: bounds});
    expect(params).toMatchObject({r: 3, row: 3, column: 5});
    expect(notes).toHaveLength(3);
    expect(notes[0]).toBe("r should be a whole number from 0 to 3; 9 is not, so 3 is shown.");
  });

  test("cells that are no matrix leave the last good ones", () => {
    const base = at({source: "own", cells: "1,2;3,4", r: 1});
    const {params, notes} = parse(controls, {cells: "1,2;3"}, {base, boundsOf: bounds});
    expect(params).toEqual(base);
    expect(notes).toEqual([
      "cells was left as it is. Row 2 has 1 number, row 1 has 2; every row needs the same count.",
    ]);
  });

  test("an empty grid has nothing to keep and nothing to lose", () => {
    const {error, norm, energy, effective} = compute(at({source: "own", r: 3}));
    expect([error, norm, effective]).toEqual([0, 0, 0]);
    expect(energy).toBe(1);
  });
});
