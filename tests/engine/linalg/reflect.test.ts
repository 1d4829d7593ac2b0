import fc from "fast-check";
import {describe, expect, test} from "vitest";
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {
  combineRows,
  combineRowsTwice,
  dotRows,
  makeReflector,
  subtractOuter,
  subtractOuterTwice,
} from "../../../src/engine/linalg/reflect.ts";

/** Runs a check for any shape and corner: a (rows × cols), vectors v, w for its rows and y, z for its columns. */
function forAnyCorner(
  check: (a: Matrix, top: number, left: number, vectors: Record<"v" | "w" | "y" | "z", Float64Array>) => void,
) {
  const size = fc.integer({min: 1, max: 11});
  fc.assert(
    fc.property(size, size, fc.nat(10), fc.nat(10), fc.integer(), (rows, cols, top, left, seed) => {
      const random = mulberry32(seed);
      const vector = (length: number) => randn(length, 1, random).data;
      const vectors = {v: vector(rows), w: vector(rows), y: vector(cols), z: vector(cols)};
      check(randn(rows, cols, random), top % rows, left % cols, vectors);
    }),
    {seed: 21, numRuns: 200},
  );
}

const seven = (length: number) => new Float64Array(length).fill(7);

function expectNear(got: Float64Array, due: (i: number) => number): void {
  got.forEach((value, i) => {
    expect(Math.abs(value - due(i))).toBeLessThan(1e-13);
  });
}

describe("from a corner on, and not before it", () => {
  test("products of the rows with a vector", () => {
    forAnyCorner((a, top, left, {y}) => {
      const sums = seven(a.rows);
      dotRows(a, top, left, y, sums);
      const sum = (i: number) =>
        y.reduce((total, value, j) => (j < left ? 0 : total + value * a.data[i * a.cols + j]), 0);
      expectNear(sums, (i) => (i < top ? 7 : sum(i)));
    });
  });

  test("weighted sums of the rows, for one vector and for two", () => {
    forAnyCorner((a, top, left, {v, w}) => {
      const [alone, first, second] = [seven(a.cols), seven(a.cols), seven(a.cols)];
      combineRows(a, top, left, v, alone);
      combineRowsTwice(a, top, left, v, first, w, second);
      const sum = (x: Float64Array, j: number) =>
        x.reduce((total, value, i) => (i < top ? 0 : total + value * a.data[i * a.cols + j]), 0);
      expectNear(alone, (j) => (j < left ? 7 : sum(v, j)));
      expectNear(first, (j) => (j < left ? 7 : sum(v, j)));
      expectNear(second, (j) => (j < left ? 7 : sum(w, j)));
    });
  });

  test("subtracting one outer product, and two", () => {
    forAnyCorner((a, top, left, {v, w, y, z}) => {
      const [one, two] = [0, 1].map(() => ({...a, data: a.data.slice()}));
      subtractOuter(one, top, left, 0.5, v, y);
      subtractOuterTwice(two, top, left, 0.5, v, y, 3, w, z);
      const inside = (at: number) => Math.floor(at / a.cols) >= top && at % a.cols >= left;
      const product = (x: Float64Array, b: Float64Array, at: number) => x[Math.floor(at / a.cols)] * b[at % a.cols];
      expectNear(one.data, (at) => a.data[at] - (inside(at) ? 0.5 * product(v, y, at) : 0));
      expectNear(two.data, (at) => a.data[at] - (inside(at) ? 0.5 * product(v, y, at) + 3 * product(w, z, at) : 0));
    });
  });
});

test("a reflector turns a vector onto the first axis and leaves earlier entries alone", () => {
  const x = Float64Array.of(9, 3, -4, 12);
  const v = x.slice();
  const {result, beta} = makeReflector(v, 1);
  expect(v[0]).toBe(9);
  expect(Math.abs(result)).toBeCloseTo(13, 14);
  const dot = v.reduce((sum, value, i) => (i < 1 ? 0 : sum + value * x[i]), 0);
  expectNear(
    x.map((value, i) => (i < 1 ? 0 : value - beta * dot * v[i])),
    (i) => (i === 1 ? result : 0),
  );
});

test("a vector of length 0, or too short for exact squares, is not reflected", () => {
  const x = Float64Array.of(1, 1e-150, 0);
  expect(makeReflector(x, 1)).toEqual({result: 0, beta: 0});
  expect(x).toEqual(Float64Array.of(1, 0, 0));
});
