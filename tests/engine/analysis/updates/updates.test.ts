/** Gram matrices, comparisons, merges and cuts against NumPy and against the dense product. */
import fc from "fast-check";
import {beforeAll, describe, expect, test} from "vitest";
import {readPair} from "../../../../src/engine/adapters/inspect/pairs.ts";
import {
  compare,
  compareAll,
  crossOf,
  exactSimilarity,
  haveSameStart,
  innerProduct,
  similarityOf,
} from "../../../../src/engine/analysis/updates/compareUpdates.ts";
import {type DenseMerge, mergeDense} from "../../../../src/engine/analysis/updates/denseMerge.ts";
import {
  deltaNorm,
  exactSpectrum,
  type Factors,
  gramsOf,
  LEAST_EVENNESS,
  spectrumOf,
} from "../../../../src/engine/analysis/updates/grams.ts";
import {factorwise, lengthKept, mergedFactors, mergedGrams} from "../../../../src/engine/analysis/updates/merging.ts";
import {costOf, cutTo, evenRanks, resizeError, splitRanks} from "../../../../src/engine/analysis/updates/resizing.ts";
import {createGramKernel} from "../../../../src/engine/kernels/gram/gramKernel.ts";
import {frobenius, type Matrix, matmul, matmulTA, scale, subtract} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {svd} from "../../../../src/engine/linalg/svd.ts";
import {fixture, openFixture} from "../../adapters/inspect/fixture.ts";

const kernel = createGramKernel();
const matrixOf = ({rows, cols, data}: Factors["A"]): Matrix => ({rows, cols, data: Float64Array.from(data)});
/** s·B·A, dense. */
const dense = ({A, B, scale: s}: Factors) => scale(matmulTA(matrixOf(B), matrixOf(A)), s);
const rows = (r: number, n: number, random: () => number): Factors["A"] => {
  const {data} = randn(r, n, random);
  return {rows: r, cols: n, data: Float32Array.from(data)};
};
const factors = (r: number, d: number, k: number, random: () => number, s = 2): Factors => ({
  A: rows(r, k, random),
  B: rows(r, d, random),
  scale: s,
});

/** The two adapters of one base, by module. */
const pairs = new Map<string, [Factors, Factors]>();
beforeAll(async () => {
  const [one, two] = await Promise.all(["two-1", "two-2"].map(openFixture));
  for (const name of Object.keys(fixture.two)) {
    const [first, second] = await Promise.all(
      [one!, two!].map(async (adapter) => (await readPair(adapter.container, adapter.pairs.get(name)!)).updates[0]!),
    );
    const [s1, s2] = ["two-1", "two-2"].map((file) => fixture.adapters[file]![name]!.scale);
    pairs.set(name, [
      {...first!, scale: s1!},
      {...second!, scale: s2!},
    ]);
  }
});

const near = (ours: ArrayLike<number>, due: ArrayLike<number>, room: number) => {
  expect(ours.length).toBe(due.length);
  for (let i = 0; i < due.length; i++) expect(Math.abs(ours[i]! - due[i]!)).toBeLessThanOrEqual(room);
};

describe.each(Object.keys(fixture.two))("two adapters, %s", (name) => {
  const due = fixture.two[name]!;
  const setup = () => {
    const [one, two] = pairs.get(name)!;
    const grams = [gramsOf(one, kernel), gramsOf(two, kernel)] as const;
    return {one, two, grams, cross: crossOf(one, two, kernel)};
  };

  test("cosine, sum and difference", () => {
    const {grams, cross} = setup();
    const found = compare(...grams, cross);
    expect(found.cosine).toBeCloseTo(due.cosine, 13);
    expect(found.sum).toBeCloseTo(due.sum, 11);
    expect(found.difference).toBeCloseTo(due.difference, 11);
    expect(innerProduct(...grams, cross)).toBeCloseTo(found.inner, 12);
  });

  test("φ of both sides, by Gram matrices and by QR, of ΔW's directions and of the factor's", () => {
    const {one, two, grams, cross} = setup();
    for (const side of ["A", "B"] as const) {
      for (const directions of ["update", "factor"] as const) {
        const table = due[`${directions}${side}`].flat();
        const {grid, chance} = similarityOf(...grams, cross, side, directions);
        near(grid.data, table, 1e-12);
        near(exactSimilarity(one, two, side, directions).grid.data, table, 1e-12);
        const n = side === "A" ? one.A.cols : one.B.cols;
        expect(chance.data[chance.cols + 2]).toBeCloseTo(3 / n, 14);
      }
    }
  });

  test("spectra of weighted sums, and the length kept", () => {
    const {one, two, grams, cross} = setup();
    for (const [text, s] of Object.entries(due.merges)) {
      const weights = text.split(",").map(Number) as [number, number];
      const merged = mergedGrams(...grams, cross, weights);
      const found = spectrumOf(merged).s;
      near(found, s.slice(0, found.length), 1e-7 * s[0]!);
      expect(deltaNorm(merged)).toBeCloseTo(Math.hypot(...s), 10);
      const exact = exactSpectrum(mergedFactors([one, two], weights));
      near(exact, s.slice(0, exact.length), 1e-13 * s[0]!);
      const alone = Math.hypot(weights[0] * deltaNorm(grams[0]), weights[1] * deltaNorm(grams[1]));
      expect(lengthKept(...grams, cross, weights)).toBeCloseTo(Math.hypot(...s) / alone, 10);
    }
  });

  test("the error of every cut is NumPy's, and is the distance from what is written", () => {
    const {one} = setup();
    for (const [i, error] of due.cut.entries()) {
      const cut = cutTo(one, i + 1);
      expect(cut.lost).toBeCloseTo(error, 12);
      expect(frobenius(subtract(dense(one), scale(matmul(cut.B, cut.A), one.scale)))).toBeCloseTo(error, 12);
    }
  });

  test("TIES: what is merged and cut is NumPy's dense merge, as near as its rank allows", () => {
    const {one, two} = setup();
    const {s, norm, entries} = due.ties;
    const whole = run(one, two, {method: "ties", weights: [0.7, 1.2], density: 0.4, rank: 24, seed: 1});
    expect(whole.whole).toBeCloseTo(norm, 5);
    const product = matmul(whole.B, whole.A);
    near(product.data, entries, 1e-5 * s[0]!);
    const cut = run(one, two, {method: "ties", weights: [0.7, 1.2], density: 0.4, rank: 5, seed: 1});
    const least = Math.hypot(...s.slice(5));
    expect(cut.lost).toBeGreaterThanOrEqual(least * (1 - 1e-5));
    expect(cut.lost).toBeLessThan(least * 1.02);
  });
});

function run(one: Factors, two: Factors, options: DenseMerge) {
  const job = mergeDense(one, two, options);
  let last = 0;
  while (true) {
    const step = job.next();
    if (step.done) return step.value;
    expect(step.value).toBeGreaterThanOrEqual(last);
    expect(step.value).toBeLessThanOrEqual(1);
    last = step.value;
  }
}

const size = fc.integer({min: 1, max: 40});
const ranks = fc.integer({min: 1, max: 9});

test("any pair: norm and spectrum are those of the dense product, wide, tall and with more ranks than rows", () => {
  fc.assert(
    fc.property(ranks, size, size, fc.integer(), (r, d, k, seed) => {
      const one = factors(r, d, k, mulberry32(seed));
      const grams = gramsOf(one, kernel);
      const due = svd(dense(one)).s.slice(0, Math.min(r, d, k));
      expect(deltaNorm(grams)).toBeCloseTo(Math.hypot(...due), 8);
      near(exactSpectrum(one), due, 1e-12 * due[0]!);
      const {s, evenness} = spectrumOf(grams);
      near(s, due, (evenness > 1e-3 ? 1e-9 : 1e-6) * due[0]!);
    }),
    {seed: 3, numRuns: 200},
  );
});

test("a factor near singular is seen, and QR then has the digits that the Gram matrices lost", () => {
  const random = mulberry32(8);
  const one = factors(4, 60, 50, random);
  for (let j = 0; j < 50; j++) one.A.data[3 * 50 + j] = one.A.data[j]! + 1e-7 * one.A.data[50 + j]!;
  const {evenness} = spectrumOf(gramsOf(one, kernel));
  expect(evenness).toBeLessThan(LEAST_EVENNESS);
  const due = svd(dense(one)).s;
  near(exactSpectrum(one), due.slice(0, 4), 1e-14 * due[0]!);
});

test("ranks that are 0 throughout are no noise: the spectrum ends in zeros and needs no QR", () => {
  const one = factors(6, 30, 20, mulberry32(9));
  for (const {data, cols} of [one.A, one.B]) data.fill(0, 4 * cols);
  const {s, evenness} = spectrumOf(gramsOf(one, kernel));
  expect(evenness).toBeGreaterThan(0.1);
  expect([...s.slice(4)]).toEqual([0, 0]);
  one.B.data.fill(0);
  expect([...spectrumOf(gramsOf(one, kernel)).s]).toEqual([0, 0, 0, 0, 0, 0]);
});

test("NaN and infinity show in the norm and are refused by the spectrum", () => {
  const one = factors(3, 10, 12, mulberry32(1));
  one.A.data[14] = Number.NaN;
  const grams = gramsOf(one, kernel);
  expect(deltaNorm(grams)).toBeNaN();
  expect(() => spectrumOf(grams)).toThrow("every entry must be finite");
});

test("the same update twice: cosine 1, the sum twice as long, its spectrum doubled; against itself nothing is left", () => {
  const one = factors(4, 30, 25, mulberry32(2));
  const grams = gramsOf(one, kernel);
  const cross = crossOf(one, one, kernel);
  const {cosine, sum, difference, lengthKept: kept} = compare(grams, grams, cross);
  expect([cosine, kept]).toEqual([1, Math.SQRT2].map((x) => expect.closeTo(x, 12)));
  expect(sum).toBeCloseTo(2 * deltaNorm(grams), 9);
  expect(difference).toBeLessThan(1e-6 * sum);
  const doubled = spectrumOf(mergedGrams(grams, grams, cross, [1, 1])).s;
  near(
    doubled.slice(0, 4),
    exactSpectrum(one).map((sigma) => 2 * sigma),
    1e-9 * doubled[0]!,
  );
  expect(doubled[4]).toBeLessThan(1e-6 * doubled[0]!);
  const {grid} = similarityOf(grams, grams, cross, "A");
  for (let i = 0; i < 4; i++) expect(grid.data[i * 4 + i]).toBeCloseTo(1, 10);
});

test("B = 0 has no directions, and nothing is divided by it", () => {
  const one = factors(3, 12, 10, mulberry32(4));
  const zero = {...one, B: {...one.B, data: new Float32Array(36)}};
  const [grams, nothing] = [gramsOf(one, kernel), gramsOf(zero, kernel)];
  const cross = crossOf(one, zero, kernel);
  expect(compare(grams, nothing, cross).cosine).toBe(0);
  expect(compare(nothing, nothing, cross)).toMatchObject({cosine: 0, sum: 0, lengthKept: 1});
  for (const directions of ["factor", "update"] as const)
    expect(similarityOf(grams, nothing, cross, "B", directions).grid.data.length).toBe(0);
});

test("over all modules squares and inner products add up", () => {
  const random = mulberry32(6);
  const parts = Array.from({length: 3}, () => {
    const [one, two] = [factors(2, 9, 8, random), factors(3, 9, 8, random)];
    return {one, two, part: compare(gramsOf(one, kernel), gramsOf(two, kernel), crossOf(one, two, kernel))};
  });
  const all = compareAll(parts.map(({part}) => part));
  const sums = parts.map(({one, two}) => frobenius(subtract(dense(one), scale(dense(two), -1))));
  expect(all.sum).toBeCloseTo(Math.hypot(...sums), 10);
});

test("one start of two runs is told by φ of both sides against chance", () => {
  expect(haveSameStart({A: 0.62, B: 0.11}, {A: 0.11, B: 0.11})).toBe(true);
  expect(haveSameStart({A: 0.17, B: 0.25}, {A: 0.11, B: 0.11})).toBe(false);
  expect(haveSameStart({A: 0.62, B: 0.6}, {A: 0.11, B: 0.11})).toBe(false);
});

test("factors added one by one are another update than the sum", () => {
  const random = mulberry32(12);
  const [one, two] = [factors(3, 14, 10, random), factors(3, 14, 10, random)];
  const added = factorwise([one, two], [1, 1]);
  expect(added.A.rows).toBe(3);
  expect(frobenius(subtract(dense(added), dense(mergedFactors([one, two], [1, 1]))))).toBeGreaterThan(1);
  // With one of them alone it is the update itself.
  near(dense(factorwise([one, two], [1.5, 0])).data, scale(dense(one), 1.5).data, 1e-6);
  expect(() => factorwise([one, two], [-1, 1])).toThrow("its root is needed");
  expect(() => factorwise([one, factors(4, 14, 10, random)], [1, 1])).toThrow("the ranks are 3 and 4");
});

test("the best split loses no more than the same rank everywhere and spends no more", () => {
  const spectrum = fc.array(fc.double({min: 0, max: 10, noNaN: true}), {minLength: 1, maxLength: 6});
  const update = fc.record({
    s: spectrum.map((s) => Float64Array.from(s).sort().reverse()),
    cost: fc.constantFrom(10, 10),
  });
  fc.assert(
    fc.property(fc.array(update, {minLength: 1, maxLength: 6}), fc.integer({min: 1, max: 6}), (all, r) => {
      const even = evenRanks(all, r);
      const split = splitRanks(all, costOf(all, even));
      expect(costOf(all, split)).toBeLessThanOrEqual(costOf(all, even));
      expect(Math.min(...split)).toBeGreaterThanOrEqual(1);
      expect(resizeError(all, split)).toBeLessThanOrEqual(resizeError(all, even) + 1e-12);
    }),
    {seed: 5, numRuns: 300},
  );
  const all = [
    {s: Float64Array.of(5, 4, 3), cost: 10},
    {s: Float64Array.of(1, 0.1, 0), cost: 30},
  ];
  expect(splitRanks(all, 65)).toEqual([3, 1]);
  expect(() => splitRanks(all, 39)).toThrow("1 for each takes 40 numbers");
});

test("DARE keeps the expected update and is the same for the same seed", () => {
  const random = mulberry32(14);
  const [one, two] = [factors(2, 40, 30, random), factors(2, 40, 30, random)];
  const options: DenseMerge = {method: "dare", weights: [1, 1], density: 1, rank: 30, seed: 3};
  const sum = dense(mergedFactors([one, two], [1, 1]));
  const whole = run(one, two, options);
  near(matmul(whole.B, whole.A).data, sum.data, 1e-4);
  const [first, again, other] = [3, 3, 4].map((seed) => run(one, two, {...options, density: 0.5, seed}));
  expect(first).toEqual(again);
  expect(first!.whole).not.toBe(other!.whole);
  // Half of the entries, twice as large: √2 times the length, give or take.
  expect(first!.whole / frobenius(sum)).toBeGreaterThan(1.2);
  expect(first!.whole / frobenius(sum)).toBeLessThan(1.6);
  const tied = run(one, two, {...options, method: "dare ties", density: 0.5});
  expect(tied.whole).not.toBe(first!.whole);
});

const two = () => [factors(2, 5, 5, mulberry32(1)), factors(2, 5, 5, mulberry32(1))] as const;
const mergedTwo = (wrong: object) =>
  run(...two(), {method: "ties", weights: [1, 1], density: 1, rank: 2, seed: 1, ...wrong} as DenseMerge);
test.each<[string, () => unknown]>([
  ["both must have r rows", () => gramsOf({...two()[0], A: rows(3, 5, mulberry32(1))}, kernel)],
  ["they must change the same weight", () => crossOf(two()[0], factors(2, 5, 6, mulberry32(1)), kernel)],
  ["the density is 0", () => mergedTwo({density: 0})],
  ["the method is sum", () => mergedTwo({method: "sum"})],
  ["r is 0", () => cutTo(two()[0], 0)],
])("refuses in words: %s", (sentence, act) => expect(act).toThrow(sentence));
