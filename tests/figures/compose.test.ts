import {describe, expect, test} from "vitest";
import {subspaceSimilarity} from "../../src/engine/analysis/subspace.ts";
import {matmul, transpose} from "../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../src/engine/linalg/random.ts";
import {parse} from "../../src/figure/parse.ts";
import {
  type ComposeSettings,
  type ComposeSnapshot,
  compute,
  concatenated,
  controls,
  type PlantedTask,
  readCompose,
  tasksOf,
} from "../../src/figures/compose/model.ts";
import figure from "../../src/figures/compose/widget.ts";
import {productOf} from "./oracles/exact.ts";

const settings: ComposeSettings = {agree: "other", r: 8, stray: "0.1", seed: 7};
const framesOf = (change: Partial<ComposeSettings>): ComposeSnapshot[] => [...compute({...settings, ...change})];

test("side by side, two adapters are one of the ranks' sum: its product is the sum of theirs", () => {
  const random = mulberry32(4);
  const pair = (r: number) => ({A: randn(r, 16, random), B: randn(16, r, random)});
  for (const [r1, r2] of [
    [1, 1],
    [3, 5],
    [8, 8],
  ] as const) {
    const [one, two] = [pair(r1), pair(r2)];
    const joined = concatenated(one, two);
    const [first, second] = [productOf(one.B, one.A), productOf(two.B, two.A)];
    productOf(joined.B, joined.A).forEach((row, i) => {
      for (const [j, x] of row.entries()) expect(x).toBeCloseTo(first[i]![j]! + second[i]![j]!, 12);
    });
    expect(joined.A.rows).toBe(r1 + r2);
    if (r1 !== r2) continue;
    // Adding factors gives two products that belong to neither.
    const plus = productOf(
      {...one.B, data: one.B.data.map((x, i) => x + two.B.data[i]!)},
      {...one.A, data: one.A.data.map((x, i) => x + two.A.data[i]!)},
    );
    const cross = [productOf(one.B, two.A), productOf(two.B, one.A)] as const;
    expect(plus[2]![3]).toBeCloseTo(first[2]![3]! + second[2]![3]! + cross[0][2]![3]! + cross[1][2]![3]!, 12);
  }
});

test("tasks share the directions that they are said to share: φ of what they read is that share", () => {
  const reads = ({target}: PlantedTask) => matmul(transpose(target), target);
  for (const shared of [0, 3, 8]) {
    const [one, two] = tasksOf(settings, shared);
    expect(subspaceSimilarity(reads(one), reads(two), 8, 8)).toBeCloseTo(shared / 8, 6);
  }
});

// What the chapter says, on every seed.
describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9])("seed %i", (seed) => {
  const unrelated = framesOf({seed});
  const same = framesOf({seed, agree: "same"});
  const share = ({base, own}: ComposeSnapshot, losses: readonly number[]) =>
    losses.map((loss, t) => (loss - own[t]!) / (base[t]! - own[t]!));

  test("alone each adapter does its task; the sum costs little without a shared direction, and all with eight", () => {
    for (const frame of unrelated) for (const one of share(frame, frame.own)) expect(one).toBe(0);
    for (const {own, base} of unrelated) for (const t of [0, 1]) expect(own[t]).toBeLessThan(0.02 * base[t]!);
    for (const one of share(unrelated[0]!, unrelated[0]!.sum)) expect(one).toBeLessThan(0.2);
    const last = share(unrelated[8]!, unrelated[8]!.sum);
    expect(Math.max(...last)).toBeGreaterThan(0.95);
    for (const t of [0, 1]) expect(unrelated[8]!.sum[t]).toBeGreaterThan(2 * unrelated[1]!.sum[t]!);
  });

  test("where both tasks ask the same, half of each is right and the sum is twice too much", () => {
    const frame = same[8]!;
    for (const one of share(frame, frame.weighted[10]!)) expect(one).toBeLessThan(0.01);
    for (const one of share(frame, frame.sum)) expect(one).toBeGreaterThan(0.9);
  });

  test("adding the factors leaves both tasks worse off than no adapter at all", () => {
    for (const {factors, base} of unrelated) for (const t of [0, 1]) expect(factors[t]).toBeGreaterThan(base[t]!);
  });

  test("without stray inputs even tasks that share nothing disturb each other more", () => {
    const none = framesOf({seed, stray: "0"})[0]!;
    for (const t of [0, 1]) expect(none.sum[t]).toBeGreaterThan(unrelated[0]!.sum[t]!);
  });
});

test("it says whether one task or neither is better off than without an adapter", () => {
  const saidAt = (shared: number) => {
    const {params} = parse(controls, {agree: "same", shared});
    const frames = framesOf({agree: "same"});
    return figure.says!(readCompose(frames, params), params);
  };
  expect(saidAt(8)).toContain("neither task is any better off than with no adapter.");
  expect(saidAt(7)).not.toContain("neither");
});
