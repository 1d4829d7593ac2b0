import {describe, expect, test} from "vitest";
import {randomDirections} from "../../src/engine/analysis/baselines.ts";
import {expectedProjection, expectedSimilarity, similarityDeviation} from "../../src/engine/analysis/chance.ts";
import {firstColumns, projectedNorm} from "../../src/engine/analysis/subspace.ts";
import {frobenius} from "../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../src/engine/linalg/random.ts";
import {svd} from "../../src/engine/linalg/svd.ts";
import {
  ADAPTED_MATRICES,
  type AdaptedMatrix,
  adaptedTarget,
  DIAGONAL,
  SKILLS,
  type Skill,
  TWIN_RANKS,
  WIDTH,
} from "../../src/figures/shared/twins.ts";
import {createLabKernels} from "../../src/tools/loadBase.ts";
import {baseForSkill, compareSeed, readInside, TWIN_SEEDS} from "../../src/tools/sweepInside.ts";
import {aThird} from "../third.ts";

const {skills} = readInside();
const names = Object.keys(SKILLS) as Skill[];
const ranks = [TWIN_RANKS.low, TWIN_RANKS.high];
const weightOf = (skill: Skill, matrix: AdaptedMatrix) => {
  const {layer, target} = adaptedTarget(matrix);
  return baseForSkill(skill).weights.views[`layers.${layer}.${target}`];
};
const chance = (n: number) => expectedSimilarity(n, n, WIDTH) + 2 * similarityDeviation(n, n, WIDTH);
const factors = (skill: Skill, matrix: AdaptedMatrix, rank: number) =>
  skills[skill][matrix].on[rank]!.map((on, i) => skills[skill][matrix].delta[rank]![i]! / on);
const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe("the file", () => {
  test("has every task, matrix and seed, each value in its range", () => {
    expect(Object.keys(skills)).toEqual(names);
    for (const skill of names) {
      expect(Object.keys(skills[skill])).toEqual([...ADAPTED_MATRICES]);
      for (const matrix of ADAPTED_MATRICES) {
        const {ranks, seeds, on, delta} = skills[skill][matrix];
        expect([ranks.length, seeds.length, on.length, delta.length]).toEqual([DIAGONAL.length, DIAGONAL.length, 2, 2]);
        for (const line of [...ranks, ...seeds]) for (const phi of line) expect(phi >= 0 && phi <= 1).toBe(true);
        for (const line of [...ranks, ...seeds, ...on, ...delta]) expect(line).toHaveLength(TWIN_SEEDS);
      }
    }
  });

  const repeated: [Skill, number][] = [
    ["names", 3],
    ["reversePlusOne", 8],
    ["plusThree", 5],
  ];
  test.each(aThird(repeated))("comes again: %s, seed %i", (skill, seed) => {
    for (const {matrix, ranks, seeds, norms} of compareSeed(createLabKernels(), skill, seed)) {
      const kept = skills[skill][matrix];
      expect(ranks).toEqual(kept.ranks.map((line) => line[seed - 1]));
      expect(seeds).toEqual(kept.seeds.map((line) => line[seed - 1]));
      expect(norms).toEqual([0, 1].map((n) => ({on: kept.on[n]![seed - 1], delta: kept.delta[n]![seed - 1]})));
    }
  });
});

describe("what chapter 8 says of it", () => {
  test("on names the values of layer 2 share their top direction with every seed, mostly above one half; elsewhere it is not so steady", () => {
    const top = (matrix: AdaptedMatrix) => skills.names[matrix].ranks[0]!;
    for (const phi of top("v2")) expect(phi).toBeGreaterThan(chance(1));
    expect(top("v2").filter((phi) => phi > 0.5)).toHaveLength(8);
    for (const matrix of ["q1", "v1", "q2"] as const) expect(Math.min(...top(matrix)), matrix).toBeLessThan(chance(1));
  });

  test("the first directions of Wq in layer 1: a quarter with seed 1, nothing with seed 2, and there the first four share more than chance", () => {
    const {ranks} = skills.names.q1;
    expect(ranks[0]![0]).toBeCloseTo(0.25, 1);
    expect(ranks[0]![1]).toBeLessThan(0.01);
    expect(ranks[2]![1]).toBeGreaterThan(chance(4));
  });

  test("on +3 the seeds scatter even more", () => {
    expect(range(skills.plusThree.v1.ranks[0]!)).toBeGreaterThan(range(skills.names.v1.ranks[0]!));
    expect(range(skills.plusThree.v1.ranks[0]!)).toBeGreaterThan(range(skills.names.q1.ranks[0]!));
  });

  test("two seeds share the top direction of the values of layer 2 more than that of its queries, every time; four on average", () => {
    const [values, queries] = [skills.names.v2.seeds, skills.names.q2.seeds];
    expect(Math.min(...values[0]!)).toBeGreaterThan(Math.max(...queries[0]!));
    const mean = (line: readonly number[]) => line.reduce((sum, phi) => sum + phi, 0) / line.length;
    expect(mean(values[2]!)).toBeGreaterThan(mean(queries[2]!) + 0.05);
  });

  test("on names the first four directions of two seeds share more than chance, in every matrix and every time", () => {
    for (const matrix of ADAPTED_MATRICES)
      expect(Math.min(...skills.names[matrix].seeds[2]!), matrix).toBeGreaterThan(chance(4));
  });

  test("the factor falls from the lower rank to the higher, and W has far more along its own directions, everywhere", () => {
    for (const skill of names)
      for (const matrix of ADAPTED_MATRICES) {
        const [low, high] = [factors(skill, matrix, 0), factors(skill, matrix, 1)];
        for (const [i, factor] of low.entries()) expect(factor, `${skill} ${matrix}`).toBeGreaterThan(high[i]!);
        const W = weightOf(skill, matrix);
        const {u, v} = svd(W);
        const own = projectedNorm(W, firstColumns(u, TWIN_RANKS.low), firstColumns(v, TWIN_RANKS.low));
        expect(own / Math.max(...skills[skill][matrix].on[0]!), `${skill} ${matrix}`).toBeGreaterThan(2);
      }
  });

  /** What random directions have, and from where on an update's have more than chance. */
  function random(skill: Skill, matrix: AdaptedMatrix, rank: number) {
    const W = weightOf(skill, matrix);
    const draws = mulberry32(12);
    const mean = expectedProjection(frobenius(W), ranks[rank]!, WIDTH, WIDTH);
    const squares = Array.from({length: 100}, () => {
      const {u, v} = randomDirections(WIDTH, WIDTH, ranks[rank]!, draws);
      return (projectedNorm(W, u, v) - mean) ** 2;
    });
    return {mean, limit: mean + 2 * Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length)};
  }

  test("on names at the lower rank W mostly has no more along ΔW than along random directions", () => {
    const all = ADAPTED_MATRICES.flatMap((matrix) => {
      const {limit} = random("names", matrix, 0);
      return skills.names[matrix].on[0]!.map((on) => on > limit);
    });
    expect(all.filter((isMore) => isMore).length / all.length).toBeLessThan(0.25);
  });

  test("in the values of layer 2 of the digit machine it has more at the higher rank with every seed, about a fifth", () => {
    const {mean, limit} = random("reversePlusOne", "v2", 1);
    const on = skills.reversePlusOne.v2.on[1]!;
    for (const one of on) expect(one).toBeGreaterThan(limit);
    const ratio = on.reduce((sum, one) => sum + one / mean, 0) / on.length;
    expect(ratio).toBeGreaterThan(1.17);
    expect(ratio).toBeLessThan(1.24);
  });

  test("a random direction among 32 has no cosine of one half with any of them nine times in ten", () => {
    const draws = mulberry32(13);
    const all = Array.from({length: 2000}, () => {
      const {data} = randn(1, WIDTH, draws);
      return Math.max(...data.map(Math.abs)) / Math.hypot(...data) < 0.5;
    });
    expect(all.filter((isNew) => isNew).length / all.length).toBeCloseTo(0.9, 1);
  });
});
