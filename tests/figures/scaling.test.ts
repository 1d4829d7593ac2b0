import {describe, expect, test} from "vitest";
import {allocate} from "../../src/engine/network/parameters.ts";
import {parse} from "../../src/figure/parse.ts";
import {
  compute,
  controls,
  firstSteps,
  powerLaw,
  readScaling,
  SCALING_RANKS,
  type ScalingSnapshot,
  scalingTarget,
  student,
} from "../../src/figures/scaling/model.ts";
import {aThird, oneOf} from "../third.ts";
import {tapeOf} from "./promises/tapes.ts";

test("the student's gradients are those of its loss", () => {
  const problem = student(scalingTarget(2), 3, 1.7, 5);
  const {flat, layout} = problem.params;
  for (let i = 0; i < flat.length; i += 7) flat[i]! += 0.1;
  const dparams = allocate(layout);
  problem.loss(dparams);
  for (const i of [0, 50, 191, 192, 250, 383]) {
    const moved = (by: number) => {
      flat[i]! += by;
      const loss = problem.loss(allocate(layout));
      flat[i]! -= by;
      return loss;
    };
    expect((moved(1e-4) - moved(-1e-4)) / 2e-4).toBeCloseTo(dparams.flat[i]!, 6);
  }
});

test("a power law's slope is its power", () => {
  for (const power of [-1.5, 0, 0.5, 2])
    expect(powerLaw(SCALING_RANKS.map((r) => 3 * r ** power))).toBeCloseTo(power, 12);
});

// What the chapter says of the first step: the powers are those of theory, but for the ten draws of A.
test.each([
  ["sgd", "loss", [-1, 0, 1]],
  ["adamw", "loss", [0, 0.5, 1]],
  ["sgd", "size", [-1.4, -0.4, 0.6]],
  ["adamw", "size", [-0.45, 0.05, 0.55]],
] as const)(
  "under %s the %s of the first step goes as these powers of r, with each of the seeds",
  (optimizer, measure, due) => {
    for (const seed of aThird([1, 2, 3, 4, 5, 6, 7, 8, 9])) {
      const first = firstSteps(scalingTarget(seed), {optimizer, seed});
      for (const [i, rule] of (["over", "root", "alone"] as const).entries())
        expect(Math.abs(powerLaw(first[rule][measure]) - due[i]!), `${rule}, seed ${seed}`).toBeLessThan(0.1);
    }
  },
);

// What the chapter says of rates, with its seed and another.
describe.each(oneOf([7, 1]))("rates, seed %i", (seed) => {
  const seen = (raw: Readonly<Record<string, unknown>>) => {
    const {params} = parse(controls, {...raw, seed});
    return readScaling(tapeOf(compute, params) as ScalingSnapshot[], params).tuned;
  };
  const bests = (rule: string, optimizer: string) => seen({rule, optimizer}).map(({bestRate}) => Number(bestRate));

  test("under AdamW the best rate stays within one place of the grid with α/r and with α/√r", () => {
    for (const rule of ["over", "root"])
      for (const rate of bests(rule, "adamw")) expect([0.01, 0.03, 0.1]).toContain(rate);
  });

  test("under SGD and α/r the largest rank asks for a rate at least ten times that of r = 1; without /r for a smaller one", () => {
    const over = bests("over", "sgd");
    expect(over[3]! / over[0]!).toBeGreaterThanOrEqual(10);
    const alone = bests("alone", "sgd");
    expect(alone[3]!).toBeLessThan(alone[0]!);
    const lost = seen({rule: "alone", optimizer: "sgd", rate: String(alone[0])});
    expect(lost[0]!.here).toBeLessThan(100);
    expect(lost[3]!.here).toBe(Number.POSITIVE_INFINITY);
  });
});
