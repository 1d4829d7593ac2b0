import {describe, expect, test} from "vitest";
import {placeTransformer} from "../../../src/engine/kernels/decoder.ts";
import {trainOnHeap} from "../../../src/engine/kernels/training.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {attachLora} from "../../../src/engine/lora/loras.ts";
import type {Target} from "../../../src/engine/network/architecture.ts";
import {initTransformer, type Transformer} from "../../../src/engine/network/transformer.ts";
import {tuneAttached, tuneWeights} from "../../../src/engine/training/finetune.ts";
import {adamw, sgd} from "../../../src/engine/training/optimizer.ts";
import {linearDecay} from "../../../src/engine/training/schedule.ts";
import {digitMachine, drawBatch, newTasks} from "../../../src/engine/training/tasks.ts";
import {type Training, train} from "../../../src/engine/training/train.ts";
import {baseModel, batch, modelOf, network} from "../network.ts";
import {paths} from "./paths.ts";
import {fortySteps, KEPT_RUNS} from "./run.ts";

const batches = () => {
  const random = mulberry32(43);
  return () => drawBatch([newTasks.plusThree], 4, random);
};

const started = (targets: Target[]): Transformer => {
  const random = mulberry32(42);
  const base = initTransformer(digitMachine, random);
  if (targets.length === 0) return base;
  return {...base, attached: [attachLora(digitMachine, {targets, r: 2, alpha: 4}, random)]};
};

for (const {path, heap, kernels} of paths()) {
  describe(path, () => {
    const start = heap.mark();
    const onHeap = (model: Transformer, nextBatch: () => typeof batch, training: Training) => {
      heap.release(start);
      return trainOnHeap(placeTransformer(kernels, model), nextBatch, training);
    };

    test.each([
      {
        name: "AdamW, clipped, on a schedule",
        training: {optimizer: adamw, rate: 0.01, clip: 0.5, schedule: linearDecay(3)},
      },
      {name: "SGD with decay", training: {optimizer: sgd, rate: 0.05, clip: 2, weightDecay: 0.1}},
      {name: "AdamW with its own numbers", training: {optimizer: adamw, ...network.settings, rate: 2e-3}},
    ])("the snapshots are those of the float64 run, to rounding: $name", ({training}) => {
      for (const targets of [[], ["Wq", "Wv"], ["Wo", "W1", "W2"]] as Target[][]) {
        const model = started(targets);
        const first = (model.attached[0]?.params ?? model.weights).flat.map(Math.fround);
        const problem = targets.length > 0 ? tuneAttached(model, batches()) : tuneWeights(model, batches());
        const got = [...onHeap(model, batches(), {...training, steps: 12})];
        const due = [...train(problem, {...training, steps: 12})];
        expect(got).toHaveLength(13);
        due.forEach((one, i) => {
          const own = got[i];
          expect([own.step, own.rate]).toEqual([one.step, one.rate]);
          expect(Math.abs(own.loss / one.loss - 1)).toBeLessThan(1e-4);
          // AdamW divides by √v: where a gradient is hardly there, its rounding moves a parameter as far as itself would.
          expect(Math.abs(own.gradientNorm / one.gradientNorm - 1)).toBeLessThan(1e-3);
          expect(Object.keys(own.gradientNorms)).toEqual(Object.keys(one.gradientNorms));
          for (const [name, size] of Object.entries(one.gradientNorms))
            expect(Math.abs(own.gradientNorms[name] - size)).toBeLessThanOrEqual(1e-3 * one.gradientNorm);
          expect(own.params).toBeInstanceOf(Float64Array);
          expect(own.params).toHaveLength(one.params.length);
        });
        expect(new Set(got.map(({params}) => params)).size).toBe(13);
        expect(got[0].params).toEqual(first);
      }
    });

    test.each(network.runs)("ten steps have the losses of the model on the tape: $name", (run) => {
      const training = {optimizer: adamw, steps: 10, ...network.settings};
      const losses = Array.from(
        onHeap(modelOf(run), () => batch, training),
        ({loss}) => loss,
      );
      losses.forEach((loss, step) => {
        expect(Math.abs(loss / run.losses[step] - 1)).toBeLessThan(1e-5);
      });
    });

    test("rates of their own reach their parameters", () => {
      for (const optimizer of [adamw, sgd]) {
        const model = modelOf(network.runs[1]);
        const {layout, flat} = model.attached[0].params;
        const factors = new Float64Array(flat.length);
        factors[3] = 1;
        const [first, second] = onHeap(model, () => batch, {optimizer, steps: 1, rate: 0.1, factors});
        const moved = Array.from(second.params, (value, i) => value !== first.params[i]);
        expect(moved.flatMap((yes, i) => (yes ? [i] : []))).toEqual([3]);
        expect(layout.length).toBeGreaterThan(1);
        expect(() => onHeap(model, () => batch, {optimizer, steps: 1, rate: 1, factors: factors.subarray(1)})).toThrow(
          `trainOnHeap: ${flat.length - 1} rate factors for ${flat.length} parameters`,
        );
      }
    });

    test("a step too large is named as the reference names it", () => {
      const run = onHeap(modelOf(network.runs[2]), () => batch, {optimizer: sgd, steps: 400, rate: 1e30});
      expect(() => [...run]).toThrow(/at step \d+: the step η·α\/r = 1e\+30 · 2 = 2e\+30 was too large; lower η/);
      const broken = baseModel();
      broken.weights.views.head.data[0] = Number.NaN;
      expect(() => [...onHeap(broken, () => batch, {optimizer: adamw, steps: 3, rate: 0.1})]).toThrow(
        "train: the loss is no finite number before the first step; look at the weights and the data",
      );
    });
  });
}

test("an optimizer of one's own is refused", () => {
  const [{kernels}] = paths();
  const decoder = placeTransformer(kernels, baseModel());
  expect(() => trainOnHeap(decoder, () => batch, {optimizer: {...adamw}, steps: 1, rate: 1})).toThrow(
    "the kernels do not have this optimizer",
  );
});

test("what the browsers must give too (tests/e2e/figures/kernels.spec.ts): forty steps, bit for bit", () => {
  expect(fortySteps()).toEqual(KEPT_RUNS);
});
