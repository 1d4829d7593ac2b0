import {expect, test} from "vitest";
import {
  compute,
  hasWords,
  LEARNING_STEPS,
  type LearningParams,
  placeOf,
  readLearning,
  ready,
  stepAt,
} from "../../src/figures/learning/model.ts";
import {lossOn, QUERIES_AND_VALUES, trainToEnd} from "../../src/tools/forgeRuns.ts";
import {createLabKernels} from "../../src/tools/loadBase.ts";

await ready();
const tape = [...compute()];
const at = (step: number, beside: LearningParams["beside"] = "v2") => readLearning(tape, {step, beside});

test.each(["q1", "v1", "q2", "v2"] as const)("%s: the first step moves B alone, the second A too", (beside) => {
  expect([0, 1, 2].map((step) => at(step, beside).movedCounts)).toEqual([
    {A: 0, B: 0},
    {A: 0, B: 128},
    {A: 128, B: 128},
  ]);
  expect(at(1, beside).angles).toEqual([0, 0, 0, 0]);
  expect(Math.min(...at(LEARNING_STEPS, beside).angles)).toBeGreaterThan(20);
});

test("between two measurements the doubt is within a tenth of a letter of the line", () => {
  const between = [4, 8, 12, 17, 25, 40, 60, 85, 120, 170];
  const kernels = createLabKernels();
  const {models} = trainToEnd(kernels, QUERIES_AND_VALUES, {}, between);
  for (const [i, step] of between.entries())
    expect(Math.abs(at(step).doubt - Math.exp(lossOn(kernels, models[i]!))), `step ${step}`).toBeLessThan(0.1);
});

test("words of a step that writes none are of the step before it that does", () => {
  for (let step = 0; step <= LEARNING_STEPS; step++) {
    const written = tape.slice(0, step + 1).findLastIndex(({words}) => words);
    expect(at(step).words).toBe(tape[written]!.words);
    expect(hasWords(step)).toBe(written === step);
    expect(step - written).toBeLessThan(10);
  }
});

test("every step has a place on the axis, and a drag beyond its ends stops there", () => {
  for (let step = 0; step <= LEARNING_STEPS; step++) expect(stepAt(placeOf(step))).toBe(step);
  expect([stepAt(-1), stepAt(99)]).toEqual([0, LEARNING_STEPS]);
});
