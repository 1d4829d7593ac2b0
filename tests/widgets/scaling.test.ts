import {describe, expect, test} from "vitest";
import {allocate} from "../../src/engine/network/parameters.ts";
import {parse} from "../../src/shell/parse.ts";
import {controls, RANKS, type ScalingParams, STEPS, settingsOf} from "../../src/widgets/scaling/controls.ts";
import {slope} from "../../src/widgets/scaling/firstStep.ts";
import {compute} from "../../src/widgets/scaling/model.ts";
import {see} from "../../src/widgets/scaling/readings.ts";
import {student, targetOf} from "../../src/widgets/scaling/student.ts";

const at = (raw: Readonly<Record<string, unknown>>): ScalingParams => parse(controls, raw).params;
const seen = (raw: Readonly<Record<string, unknown>>, steps = 0) => {
  const params = at(raw);
  const tape = [];
  for (const frame of compute(settingsOf(params))) if (tape.push(frame) > steps) break;
  return see([tape], params);
};

test("the student's gradients are those of its loss", () => {
  const problem = student(targetOf(2), 3, 1.7, 5);
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
  for (const power of [-1.5, 0, 0.5, 2]) expect(slope(RANKS.map((r) => 3 * r ** power))).toBeCloseTo(power, 12);
});

// What the chapter says of the first step. Every seed: the powers are those of theory but for the ten draws of A.
describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9])("seed %i", (seed) => {
  test.each([
    ["sgd", "loss", [-1, 0, 1]],
    ["adamw", "loss", [0, 0.5, 1]],
    ["sgd", "size", [-1.4, -0.4, 0.6]],
    ["adamw", "size", [-0.45, 0.05, 0.55]],
  ] as const)("%s, %s", (optimizer, measure, due) => {
    const {slopes} = seen({seed, optimizer, measure});
    for (const [i, power] of [slopes.over, slopes.root, slopes.alone].entries())
      expect(Math.abs(power - due[i]!)).toBeLessThan(0.1);
  });
});

// What the chapter says of rates, with the stored seed and two more.
describe.each([7, 1, 4])("rates, seed %i", (seed) => {
  const bests = (rule: string, optimizer: string) =>
    seen({rule, optimizer, seed}, STEPS).tuned.map(({bestRate}) => Number(bestRate));

  test("under AdamW the best rate stays within one place of the grid with α/r and with α/√r", () => {
    for (const rule of ["over", "root"])
      for (const rate of bests(rule, "adamw")) expect([0.01, 0.03, 0.1]).toContain(rate);
  });

  test("under SGD and α/r the largest rank asks for a rate at least ten times that of r = 1; without the /r for a smaller one", () => {
    const over = bests("over", "sgd");
    expect(over[3]! / over[0]!).toBeGreaterThanOrEqual(10);
    const alone = bests("alone", "sgd");
    expect(alone[3]!).toBeLessThan(alone[0]!);
    const lost = seen({rule: "alone", optimizer: "sgd", seed, rate: String(alone[0])}, STEPS).tuned;
    expect(lost[0]!.here).toBeLessThan(100);
    expect(lost[3]!.here).toBe(Number.POSITIVE_INFINITY);
  });
});
