import {createHash} from "node:crypto";
import {describe, expect, test} from "vitest";
import {norm} from "../../../src/engine/linalg/exponent.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {attachLora} from "../../../src/engine/lora/loras.ts";
import {TARGETS} from "../../../src/engine/network/architecture.ts";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {fullStudent, loraStudent, makeTeacher} from "../../../src/engine/network/teacher.ts";
import type {Transformer} from "../../../src/engine/network/transformer.ts";
import {initTransformer} from "../../../src/engine/network/untrained.ts";
import {tuneAttached, tuneWeights} from "../../../src/engine/training/finetune.ts";
import {adamw, sgd} from "../../../src/engine/training/optimizer.ts";
import {linearDecay} from "../../../src/engine/training/schedule.ts";
import {baseTasks, digitMachine, drawBatch, newTasks} from "../../../src/engine/training/tasks.ts";
import {type Problem, type Snapshot, type Training, train} from "../../../src/engine/training/train.ts";
import {largestDifference} from "../fixture.ts";
import {baseModel, batch, modelOf, network} from "../network.ts";

const sha256 = (data: Float64Array) => createHash("sha256").update(new Uint8Array(data.buffer)).digest("hex");
const problemOf = (model: Transformer): Problem =>
  model.attached.length > 0 ? tuneAttached(model, () => batch) : tuneWeights(model, () => batch);

/** The snapshots of a run, and the error if it failed. */
function attempt(problem: Problem, training: Training): {snapshots: Snapshot[]; failure?: string} {
  const snapshots: Snapshot[] = [];
  try {
    for (const snapshot of train(problem, training)) snapshots.push(snapshot);
  } catch (error) {
    return {snapshots, failure: (error as Error).message};
  }
  return {snapshots};
}

test.each(network.runs)("ten steps of AdamW have the script's losses: $name", (run) => {
  const training = {optimizer: adamw, steps: 10, ...network.settings};
  const losses = Array.from(train(problemOf(modelOf(run)), training), ({loss}) => loss);
  expect(losses).toHaveLength(11);
  expect(largestDifference(losses, run.losses)).toBeLessThan(1e-10);
});

describe("snapshots", () => {
  const training = {optimizer: adamw, steps: 4, rate: 0.02, schedule: linearDecay(2, 0.1)};

  test("count from the start, have the rate of the next step, and are copies", () => {
    const problem = problemOf(modelOf(network.runs[1]));
    const start = problem.params.flat.slice();
    const snapshots = [...train(problem, training)];
    expect(snapshots.map(({step}) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(snapshots.map(({rate}) => rate)).toEqual([0, 1, 2, 3, 4].map((step) => 0.02 * training.schedule(step, 4)));
    expect(snapshots[0].params).toEqual(start);
    expect(snapshots[4].params).toEqual(problem.params.flat);
    expect(snapshots[4].params).not.toBe(problem.params.flat);
    expect(new Set(snapshots.map(({params}) => params.join())).size).toBe(5);
  });

  test("have the gradient's norm, in total and by matrix", () => {
    const problem = problemOf(modelOf(network.runs[1]));
    const dparams = allocate(problem.params.layout);
    problem.loss(dparams);
    const [{gradientNorm, gradientNorms}] = train(problem, training);
    expect(gradientNorm).toBe(norm(dparams.flat));
    expect(Object.keys(gradientNorms)).toEqual(network.runs[1].names);
    expect(gradientNorms["layers.1.Wv.B"]).toBe(norm(dparams.views["layers.1.Wv.B"].data));
  });

  test("with 0 steps there is only the start; half a step throws", () => {
    expect([...train(problemOf(baseModel()), {...training, steps: 0})]).toHaveLength(1);
    expect(() => train(problemOf(baseModel()), {...training, steps: 0.5}).next()).toThrow("train: steps is 0.5");
  });
});

test("clipping shortens a long gradient to the given length and does not change a short one", () => {
  const moved = (clip?: number) => {
    const problem = problemOf(baseModel());
    const [first, second] = train(problem, {optimizer: sgd, rate: 1, steps: 1, clip});
    return {length: norm(second.params.map((value, i) => value - first.params[i])), gradient: first.gradientNorm};
  };
  const free = moved();
  expect(free.length).toBeCloseTo(free.gradient, 12);
  expect(moved(0.25).length).toBeCloseTo(0.25, 12);
  expect(moved(free.gradient * 2)).toEqual(free);
});

test("with A = B = 0 no step changes a LoRA", () => {
  const model = {
    ...baseModel(),
    attached: [attachLora(network.sizes, {targets: TARGETS, r: 2, alpha: 4}, mulberry32(1))],
  };
  model.attached[0].params.flat.fill(0);
  const snapshots = [...train(problemOf(model), {optimizer: adamw, steps: 5, rate: 0.1})];
  for (const {loss, gradientNorm, params} of snapshots) {
    expect([loss, gradientNorm, params.every((value) => value === 0)]).toEqual([snapshots[0].loss, 0, true]);
  }
});

test("on a small digit machine the same seed gives the same bits on every machine", () => {
  const sizes = {...digitMachine, C: 16, H: 2, L: 1};
  const random = mulberry32(70);
  const base = initTransformer(sizes, random);
  const settings = {optimizer: adamw, steps: 60, weightDecay: 0, clip: 1};
  const pretrain = tuneWeights(base, () => drawBatch([baseTasks.copy], 16, random));
  const before = [...train(pretrain, {...settings, rate: 0.01})];
  const model = {...base, attached: [attachLora(sizes, {targets: TARGETS, r: 4, alpha: 8}, random)]};
  const adapt = tuneAttached(model, () => drawBatch([newTasks.plusThree], 16, random));
  const after = [...train(adapt, {...settings, rate: 0.02, schedule: linearDecay()})];
  expect(sha256(before[60].params)).toBe("814c2ebd5593a159cc619594fb86e5d5fb761a999fd58f25bdbfb99c8f7b2fd8");
  expect(sha256(after[60].params)).toBe("51aef4b833e3379d9c1a46f258ad2e9ba6d44891afc818383d2a037e8ddbf47a");
});

describe("a step too large", () => {
  const teacher = makeTeacher({d: 6, k: 5, s: Float64Array.of(4, 2)}, mulberry32(71));

  test("is reported as η·α/r for a LoRA, with the step", () => {
    const student = loraStudent(teacher, {r: 2, alpha: 16}, mulberry32(72));
    const {snapshots, failure} = attempt(student, {optimizer: sgd, rate: 0.5, steps: 100});
    expect(failure).toBe(
      `train: the loss left the range of numbers at step ${snapshots.length}: ` +
        "the step η·α/r = 0.5 · 8 = 4 was too large; lower η",
    );
    expect(snapshots.length).toBeGreaterThan(2);
    for (const {loss, gradientNorm} of snapshots) expect(Number.isFinite(loss + gradientNorm)).toBe(true);
  });

  test("is reported as η for full fine-tuning", () => {
    const {failure} = attempt(fullStudent(teacher), {optimizer: sgd, rate: 3, steps: 2000});
    expect(failure).toMatch(
      /^train: the (loss|gradient) left the range of numbers at step \d+: the step η = 3 was too/,
    );
  });

  test("is found in the gradient when the loss is still finite", () => {
    const params = allocate([["w", 1, 1]]);
    const problem = {
      params,
      loss({flat}: typeof params) {
        flat[0] = params.flat[0] < 0 ? Infinity : 1;
        return 1;
      },
    };
    const {snapshots, failure} = attempt(problem, {optimizer: sgd, rate: 0.4, steps: 9});
    expect(snapshots).toHaveLength(1);
    expect(failure).toBe(
      "train: the gradient left the range of numbers at step 1: the step η = 0.4 was too large; lower η",
    );
  });

  test("is not reported for weights that were broken before", () => {
    const model = baseModel();
    model.weights.views.head.data[0] = Number.NaN;
    expect(attempt(problemOf(model), {optimizer: adamw, steps: 3, rate: 0.1}).failure).toBe(
      "train: the loss is no finite number before the first step; look at the weights and the data",
    );
  });
});

test("exactly one attachment trains, and the problem has its alpha / r", () => {
  expect(problemOf(modelOf(network.runs[2])).scaling).toBe(6 / 3);
  expect(problemOf(baseModel()).scaling).toBeUndefined();
  expect(() => tuneAttached(baseModel(), () => batch)).toThrow("tuneAttached: the model has 0 attachments");
});
