import {beforeAll, describe, expect, test} from "vitest";
import {type Decoder, placeTransformer} from "../../../src/engine/kernels/decoder.ts";
import {logitsOf} from "../../../src/engine/kernels/logits.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {attach} from "../../../src/engine/lora/attach.ts";
import {TARGETS} from "../../../src/engine/network/architecture.ts";
import {forward, mergeAll, type Transformer} from "../../../src/engine/network/transformer.ts";
import {adapt, type FineTuning, fineTune, labTraining, modelAt} from "../../../src/engine/training/adaptation.ts";
import {baseTasks, drawBatch, newTasks, score, type Task} from "../../../src/engine/training/tasks.ts";
import type {Snapshot} from "../../../src/engine/training/train.ts";
import {batchOf, drawWords} from "../../../src/engine/training/words.ts";
import {splitOf} from "../../../src/tools/baseModels.ts";
import {baseNamed, createLabKernels} from "../../../src/tools/loadBase.ts";
import {oneOf} from "../../third.ts";
import {largestDifference} from "../fixture.ts";

const digits = baseNamed("digit-machine");
const forge = baseNamed("word-forge");
const names = splitOf("names");
const task = newTasks.reversePlusOne;
const drawTask = (B: number, random: () => number) => drawBatch([task], B, random);
const drawNames = (B: number, random: () => number) => drawWords(names.training, B, random);
const everywhere = {targets: TARGETS, r: 4, alpha: 8};
const attention = {targets: ["Wq", "Wv"] as const, r: 4, alpha: 8};

const last = (run: FineTuning): Snapshot => [...run.snapshots].at(-1)!;
const placed = (model: Transformer): Decoder => placeTransformer(createLabKernels(), model);

/** The share of answers without a mistake. */
function exact(decoder: Decoder, one: Task): number {
  const batch = drawBatch([one], 300, mulberry32(6));
  return score(logitsOf(decoder)(batch.tokens, batch.B), batch).exact;
}

const learners = [
  {
    name: "the digit machine on reverse then +1, Wq and Wv",
    base: digits,
    start: () => adapt(createLabKernels(), digits, attention, drawTask, 1),
    inputs: drawBatch([task], 200, mulberry32(5)),
    learned({decoder}: FineTuning) {
      expect(exact(decoder, task)).toBeGreaterThan(0.98);
      decoder.params.flat.fill(0);
      expect(exact(decoder, task)).toBeLessThan(0.01);
      for (const one of Object.values(baseTasks)) expect(exact(decoder, one)).toBe(1);
    },
  },
  {
    name: "the word forge on names, every matrix",
    base: forge,
    start: () => adapt(createLabKernels(), forge, everywhere, drawNames, 1),
    inputs: batchOf(names.heldOut.slice(0, 100)),
    learned({decoder}: FineTuning) {
      const heldOut = batchOf(names.heldOut);
      expect(decoder.params.flat).toHaveLength(4608);
      expect(decoder.loss(heldOut)).toBeLessThanOrEqual(2.05);
      decoder.params.flat.fill(0);
      expect(decoder.loss(heldOut)).toBeGreaterThan(2.6);
    },
  },
];
describe.each(oneOf(learners))("$name", ({base, start, inputs, learned}) => {
  const before = base.weights.flat.slice();
  const logits = ({logits}: Decoder) => logits(inputs.tokens, inputs.B).data.slice();
  let run: FineTuning;
  let snapshots: Snapshot[];
  beforeAll(() => {
    run = start();
    snapshots = [...run.snapshots];
  });

  test("starts with the base's logits, and gives the same bits every time", () => {
    const fresh = start();
    expect(fresh.snapshots.next().value).toEqual(snapshots[0]);
    expect(logits(fresh.decoder)).toEqual(logits(placed(base)));
    for (let step = 1; step <= 20; step++) expect(fresh.snapshots.next().value).toEqual(snapshots[step]);
    expect(snapshots).toHaveLength(201);
  });

  test("does not change the base: without the adapter the logits are the base's, bit for bit", () => {
    expect(base.weights.flat).toEqual(before);
    const [on, original] = [logits(run.decoder), logits(placed(base))];
    expect(largestDifference(on, original)).toBeGreaterThan(1);
    run.decoder.params.flat.fill(0);
    expect(logits(run.decoder)).toEqual(original);
    run.decoder.params.flat.set(snapshots[200].params);
    expect(logits(run.decoder)).toEqual(on);
  });

  test("has the same logits with the adapter merged and beside the weights", () => {
    const adapted = modelAt(run, snapshots[200]);
    const beside = forward(adapted, inputs.tokens, inputs.B).logits.data;
    const merged = mergeAll(adapted);
    expect(largestDifference(forward(merged, inputs.tokens, inputs.B).logits.data, beside)).toBeLessThan(1e-10);
    expect(largestDifference(logits(placed(merged)), beside)).toBeLessThan(1e-4);
    expect(largestDifference(logits(run.decoder), beside)).toBeLessThan(1e-4);
  });

  test("learns the task, and has the old skills again without the adapter", () => {
    run.decoder.params.flat.set(snapshots[200].params);
    learned(run);
  });
});

test("every plan with the same seed sees the same examples, and another seed gives others", () => {
  const seen = (start: (draw: typeof drawTask) => FineTuning) => {
    const drawn: number[][] = [];
    const run = start((B, random) => {
      const batch = drawTask(B, random);
      drawn.push([...batch.tokens]);
      return batch;
    });
    run.snapshots.next();
    run.snapshots.next();
    return drawn;
  };
  const one = seen((draw) => adapt(createLabKernels(), digits, attention, draw, 7));
  expect(one).toHaveLength(2);
  for (const plan of [everywhere, {width: 2}, {vectors: 3}]) {
    const attachment = attach(digits.sizes, plan, mulberry32(7));
    expect(seen((draw) => adapt(createLabKernels(), digits, attachment, draw, 7))).toEqual(one);
  }
  expect(seen((draw) => fineTune(createLabKernels(), digits, draw, 7))).toEqual(one);
  expect(seen((draw) => adapt(createLabKernels(), digits, attention, draw, 8))).not.toEqual(one);
});

const rivals = [
  {name: "a prefix", plan: {vectors: 8}, parameters: 8 * 2 * 2 * 32, rate: 0.03, changes: true},
  {name: "bottlenecks", plan: {width: 4}, parameters: 4 * 2 * 2 * 2 * 32, rate: 0.01, changes: false},
];
test.each(oneOf(rivals))(
  "$name can teach the digit machine too; before the first step only a prefix changes it",
  ({plan, parameters, rate, changes}) => {
    const batch = drawBatch([task], 300, mulberry32(6));
    const attachment = attach(digits.sizes, plan, mulberry32(7));
    const run = adapt(createLabKernels(), digits, attachment, drawTask, 7, {...labTraining, rate});
    expect(run.decoder.params.flat).toHaveLength(parameters);
    const change = Math.abs(run.decoder.loss(batch) - placed(digits).loss(batch));
    if (changes) expect(change).toBeGreaterThan(0.01);
    else expect(change).toBeLessThan(1e-5);
    const model = modelAt(run, last(run));
    expect(exact(run.decoder, task)).toBeGreaterThan(0.9);
    expect(score(forward(model, batch.tokens, batch.B).logits, batch).exact).toBeCloseTo(exact(run.decoder, task), 2);
  },
);

test("full fine-tuning changes every weight of a copy, which `modelAt` gives back", () => {
  const before = digits.weights.flat.slice();
  const run = fineTune(createLabKernels(), digits, drawTask, 1, {...labTraining, rate: 1e-3, steps: 3});
  const end = last(run);
  const model = modelAt(run, end);
  expect(digits.weights.flat).toEqual(before);
  expect(model.weights.flat).toEqual(end.params);
  for (const [name] of model.weights.layout)
    expect(model.weights.views[name].data).not.toEqual(digits.weights.views[name].data);
});
