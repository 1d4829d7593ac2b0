import {describe, expect, test} from "vitest";
import {subspaceSimilarity} from "../../src/engine/analysis/subspace.ts";
import {matmul, transpose} from "../../src/engine/linalg/matrix.ts";
import {
  type ComposeSettings,
  type ComposeSnapshot,
  compute,
  type PlantedTask,
  tasksOf,
} from "../../src/figures/compose/model.ts";

const settings: ComposeSettings = {agree: "other", r: 8, stray: "0.1", seed: 7};
const framesOf = (change: Partial<ComposeSettings>): ComposeSnapshot[] => [...compute({...settings, ...change})];

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
