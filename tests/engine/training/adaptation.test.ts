import {beforeAll, describe, expect, test} from "vitest";
import {type Decoder, placeTransformer} from "../../../src/engine/kernels/decoder.ts";
import {logitsOf} from "../../../src/engine/kernels/logits.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {attach, type Plan} from "../../../src/engine/lora/rivals.ts";
import {TARGETS} from "../../../src/engine/network/architecture.ts";
import {forward, mergeAll, type Transformer} from "../../../src/engine/network/transformer.ts";
import {type Adapting, adapt, adaptation, fineTune, modelAt} from "../../../src/engine/training/adaptation.ts";
import {baseTasks, drawBatch, newTasks, score} from "../../../src/engine/training/tasks.ts";
import type {Snapshot} from "../../../src/engine/training/train.ts";
import {batchOf, drawWords} from "../../../src/engine/training/words.ts";
import {splitOf} from "../../../src/make/scripts/bases.ts";
import {baseNamed, freshKernels} from "../../../src/make/scripts/loadBase.ts";

const digits = baseNamed("digit-machine");
const forge = baseNamed("word-forge");
const task = newTasks.reversePlusOne;
const drawTask = (B: number, random: () => number) => drawBatch([task], B, random);
const everywhere = {targets: TARGETS, r: 4, alpha: 8};
const attention = {targets: ["Wq", "Wv"] as const, r: 4, alpha: 8};

const last = (run: Adapting): Snapshot => [...run.snapshots].at(-1)!;
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

interface Case {
  name: string;
  base: Transformer;
  start: () => Adapting;
  inputs: {tokens: Int32Array; targets: Int32Array; B: number};
}
const names = splitOf("names");
const cases: Case[] = [
  {
    name: "the digit machine on reverse then +1, Wq and Wv",
    base: digits,
    start: () => adapt(freshKernels(), digits, attention, drawTask, 1),
    inputs: drawBatch([task], 200, mulberry32(5)),
  },
  {
    name: "the word forge on names, every matrix",
    base: forge,
    start: () => adapt(freshKernels(), forge, everywhere, (B, random) => drawWords(names.training, B, random), 1),
    inputs: batchOf(names.heldOut.slice(0, 100)),
  },
];

describe.each(cases)("$name", ({base, start, inputs}) => {
  const before = base.weights.flat.slice();
  const logits = ({logits}: Decoder) => logits(inputs.tokens, inputs.B).data.slice();
  let [run, end] = [] as unknown as [Adapting, Snapshot];
  beforeAll(() => {
    run = start();
    end = last(run);
  });

  test("comes to the same bits a second time", () => {
    expect(last(start())).toEqual(end);
  });

  test("leaves the base as it was: with the adapter off its logits are the base's, bit for bit", () => {
    expect(base.weights.flat).toEqual(before);
    const [on, original] = [logits(run.decoder), logits(placeTransformer(freshKernels(), base))];
    expect(apart(on, original)).toBeGreaterThan(1);
    run.decoder.params.flat.fill(0);
    expect(logits(run.decoder)).toEqual(original);
    run.decoder.params.flat.set(end.params);
    expect(logits(run.decoder)).toEqual(on);
  });

  test("merged, the model answers as it does with the adapter beside its weights", () => {
    const adapted = modelAt(run, end);
    const beside = forward(adapted, inputs.tokens, inputs.B).logits.data;
    const merged = forward(mergeAll(adapted), inputs.tokens, inputs.B).logits.data;
    const onHeap = logits(placeTransformer(freshKernels(), mergeAll(adapted)));
    expect(apart(merged, beside)).toBeLessThan(1e-10);
    expect(apart(onHeap, beside)).toBeLessThan(1e-4);
    expect(apart(logits(run.decoder), beside)).toBeLessThan(1e-4);
  });

  test("starts where the base is: B is zero", () => {
    const fresh = start();
    expect(fresh.snapshots.next().value?.step).toBe(0);
    expect(logits(fresh.decoder)).toEqual(logits(placeTransformer(freshKernels(), base)));
  });
});

test("after 200 steps on names the word forge is at 2.05 nats a letter or less on others", () => {
  const draw = (B: number, random: () => number) => drawWords(names.training, B, random);
  const held = batchOf(names.heldOut);
  const run = adapt(freshKernels(), forge, everywhere, draw, 2);
  expect(run.decoder.loss(held)).toBeGreaterThan(2.6);
  expect(last(run).step).toBe(200);
  expect(run.decoder.params.flat).toHaveLength(4608);
  expect(run.decoder.loss(held)).toBeLessThanOrEqual(2.05);
});

test("an adapter teaches the digit machine reverse then +1, and the old tasks come back when it is off", () => {
  const run = adapt(freshKernels(), digits, attention, drawTask, 1);
  const exact = (one: (typeof baseTasks)["copy"] | typeof task) => {
    const batch = drawBatch([one], 300, mulberry32(6));
    return score(logitsOf(run.decoder)(batch.tokens, batch.B), batch).exact;
  };
  expect(exact(task)).toBeLessThan(0.01);
  last(run);
  expect(exact(task)).toBeGreaterThan(0.98);
  run.decoder.params.flat.fill(0);
  for (const one of Object.values(baseTasks)) expect(exact(one)).toBe(1);
});

const rival = (plan: Plan) => attach(digits.sizes, plan, mulberry32(7));

test("with one seed every plan sees the same examples, and another seed others", () => {
  const seen = (start: (draw: typeof drawTask) => Adapting) => {
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
  const one = seen((draw) => adapt(freshKernels(), digits, attention, draw, 7));
  expect(one).toHaveLength(2);
  expect(seen((draw) => adapt(freshKernels(), digits, everywhere, draw, 7))).toEqual(one);
  for (const plan of [{width: 2}, {vectors: 3}])
    expect(seen((draw) => adapt(freshKernels(), digits, attach(digits.sizes, plan, mulberry32(7)), draw, 7))).toEqual(
      one,
    );
  expect(seen((draw) => fineTune(freshKernels(), digits, draw, 7))).toEqual(one);
  expect(seen((draw) => adapt(freshKernels(), digits, attention, draw, 8))).not.toEqual(one);
});

test("bottlenecks and a prefix teach the digit machine too; the first change nothing before a step, the second does", () => {
  const batch = drawBatch([task], 300, mulberry32(6));
  const exact = ({decoder}: Adapting) => score(logitsOf(decoder)(batch.tokens, batch.B), batch).exact;
  const original = placeTransformer(freshKernels(), digits).loss(batch);
  const narrow = adapt(freshKernels(), digits, rival({width: 4}), drawTask, 7);
  expect(narrow.decoder.loss(batch)).toBeCloseTo(original, 5);
  expect(narrow.decoder.params.flat).toHaveLength(4 * 2 * 2 * 2 * 32);
  last(narrow);
  expect(exact(narrow)).toBeGreaterThan(0.9);
  const prefix = adapt(freshKernels(), digits, rival({vectors: 8}), drawTask, 7, {...adaptation, rate: 0.03});
  expect(Math.abs(prefix.decoder.loss(batch) - original)).toBeGreaterThan(0.01);
  expect(prefix.decoder.params.flat).toHaveLength(8 * 2 * 2 * 32);
  const end = last(prefix);
  expect(exact(prefix)).toBeGreaterThan(0.9);
  const {logits} = forward(modelAt(prefix, end), batch.tokens, batch.B);
  expect(score(logits, batch).exact).toBeCloseTo(exact(prefix), 2);
  expect(() => mergeAll(modelAt(prefix, end))).toThrow("a prefix is no change of a weight");
});

test("full fine-tuning moves every weight of a copy, which a snapshot gives back", () => {
  const before = digits.weights.flat.slice();
  const run = fineTune(freshKernels(), digits, drawTask, 1, {...adaptation, rate: 1e-3, steps: 3});
  const end = last(run);
  const model = modelAt(run, end);
  expect(digits.weights.flat).toEqual(before);
  expect(model.weights.flat).toEqual(end.params);
  const moved = model.weights.layout.filter(
    ([name]) => apart(model.weights.views[name].data, digits.weights.views[name].data) > 0,
  );
  expect(moved).toHaveLength(model.weights.layout.length);
});
