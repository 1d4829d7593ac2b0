import {describe, expect, test} from "vitest";
import {logitsOf} from "../../../src/engine/kernels/logits.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {attachLora} from "../../../src/engine/lora/loras.ts";
import {initTransformer} from "../../../src/engine/network/untrained.ts";
import {adapt, labTraining} from "../../../src/engine/training/adaptation.ts";
import {baseTasks, digitMachine, drawBatch, newTasks, score} from "../../../src/engine/training/tasks.ts";
import {
  CHOICES,
  digitLesson,
  equalBudget,
  type Lesson,
  runTrial,
  wordLesson,
} from "../../../src/engine/training/trials.ts";
import {batchOf, wordForge} from "../../../src/engine/training/words.ts";
import {baseNamed, createLabKernels} from "../../../src/tools/loadBase.ts";
import {runOf} from "../network.ts";

const base = initTransformer(digitMachine, mulberry32(1));
const plan = equalBudget(["Wq", "Wv"], 8);
const short = {...labTraining, steps: 3};
const lesson: Lesson = {
  draw: (B, random) => drawBatch([newTasks.plusThree], B, random),
  measure: (decoder) => decoder.params.flat.reduce((sum, value) => sum + value * value, 0),
};

describe("a trial", () => {
  test("is the run of `adapt` and its score at the end", () => {
    const {steps, result} = runOf(runTrial(createLabKernels(), base, lesson, plan, 4, short));
    const run = adapt(createLabKernels(), base, plan, lesson.draw, 4, short);
    expect(steps).toEqual([...run.snapshots]);
    expect(result).toBe(lesson.measure(run.decoder));
  });

  test("releases the heap when it ends, is stopped, or fails", () => {
    const kernels = createLabKernels();
    const start = kernels.heap.mark();
    runOf(runTrial(kernels, base, lesson, plan, 1, short));
    expect(kernels.heap.mark()).toBe(start);
    const stopped = runTrial(kernels, base, lesson, "full", 1, short);
    stopped.next();
    expect(kernels.heap.mark()).toBeGreaterThan(start);
    stopped.return(0);
    expect(kernels.heap.mark()).toBe(start);
    const measure = () => {
      throw new Error("no score");
    };
    expect(() => runOf(runTrial(kernels, base, {...lesson, measure}, plan, 1, short))).toThrow("no score");
    expect(kernels.heap.mark()).toBe(start);
  });
});

test("a digit task is scored by whole answers on inputs that are always the same", () => {
  const machine = baseNamed("digit-machine");
  const at = (task: keyof typeof baseTasks) =>
    runOf(runTrial(createLabKernels(), machine, digitLesson(baseTasks[task]), plan, 1, {...short, steps: 0})).result;
  expect([at("reverse"), at("rotate")]).toEqual([1, 1]);
  const run = adapt(createLabKernels(), machine, plan, lesson.draw, 1, {...short, steps: 0});
  const measured = digitLesson(newTasks.swapEnds).measure(run.decoder);
  const other = drawBatch([newTasks.swapEnds], 1000, mulberry32(3));
  expect(Math.abs(measured - score(logitsOf(run.decoder)(other.tokens, other.B), other).exact)).toBeLessThan(0.02);
});

test("words are scored by the loss on those held out", () => {
  const lists = {training: ["anna", "bea"], heldOut: ["cora", "dora", "eve"]};
  const words = wordLesson(lists);
  const run = adapt(createLabKernels(), initTransformer(wordForge, mulberry32(2)), plan, words.draw, 1, short);
  const [first] = [...run.snapshots];
  expect(first.loss).toBeGreaterThan(1);
  expect(words.measure(run.decoder)).toBe(run.decoder.loss(batchOf(lists.heldOut)));
});

test("the choices of Table 5 train equally many parameters with the same scaling", () => {
  expect(CHOICES.map((targets) => targets.join(" ")).join()).toBe("Wq,Wk,Wv,Wo,Wq Wk,Wq Wv,Wq Wk Wv Wo");
  for (const targets of CHOICES) {
    const {params, scaling} = attachLora(digitMachine, equalBudget(targets, 8), mulberry32(1));
    expect([params.flat.length, scaling]).toEqual([1024, 2]);
  }
});
