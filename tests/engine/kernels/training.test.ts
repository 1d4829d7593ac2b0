import {describe, expect, test} from "vitest";
import {placeTransformer} from "../../../src/engine/kernels/decoder.ts";
import {trainOnHeap} from "../../../src/engine/kernels/training.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {attachLora} from "../../../src/engine/lora/loras.ts";
import type {Target} from "../../../src/engine/network/architecture.ts";
import type {Transformer} from "../../../src/engine/network/transformer.ts";
import {initTransformer} from "../../../src/engine/network/untrained.ts";
import {tuneAttached, tuneWeights} from "../../../src/engine/training/finetune.ts";
import {adamw, sgd} from "../../../src/engine/training/optimizer.ts";
import {linearDecay} from "../../../src/engine/training/schedule.ts";
import {digitMachine, drawBatch, newTasks} from "../../../src/engine/training/tasks.ts";
import {type Training, train} from "../../../src/engine/training/train.ts";
import {largestDifference} from "../fixture.ts";
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

/** Runs in float64, with what each optimizer can do, for all weights and for LoRAs above and below each other. */
const references = [
  {
    name: "AdamW, clipped, with a schedule",
    training: {optimizer: adamw, rate: 0.01, clip: 0.5, schedule: linearDecay(3)},
  },
  {name: "SGD with decay", training: {optimizer: sgd, rate: 0.05, clip: 2, weightDecay: 0.1}},
  {name: "AdamW with other settings", training: {optimizer: adamw, ...network.settings, rate: 2e-3}},
].flatMap(({name, training}) =>
  ([[], ["Wq", "Wv"], ["Wo", "W1", "W2"]] as Target[][]).map((targets) => {
    const settings = {...training, steps: 12};
    const model = started(targets);
    const problem = targets.length > 0 ? tuneAttached(model, batches()) : tuneWeights(model, batches());
    return {
      name: `${name}, ${targets.join(" ") || "all weights"}`,
      targets,
      settings,
      expected: [...train(problem, settings)],
    };
  }),
);

for (const {path, heap, kernels} of paths()) {
  describe(path, () => {
    const start = heap.mark();
    const onHeap = (model: Transformer, nextBatch: () => typeof batch, training: Training) => {
      heap.release(start);
      return trainOnHeap(placeTransformer(kernels, model), nextBatch, training);
    };

    test.each(references)(
      "the snapshots are those of the float64 run, up to rounding: $name",
      ({targets, settings, expected}) => {
        const snapshots = [...onHeap(started(targets), batches(), settings)];
        expect(snapshots.map(({step, rate}) => [step, rate])).toEqual(expected.map(({step, rate}) => [step, rate]));
        expect(snapshots[0].params).toEqual(expected[0].params.map(Math.fround));
        expect(new Set(snapshots.map(({params}) => params)).size).toBe(13);
        for (const [i, {loss, gradientNorm, gradientNorms, params}] of expected.entries()) {
          const ours = snapshots[i];
          expect(Math.abs(ours.loss / loss - 1)).toBeLessThan(1e-4);
          // AdamW divides by √v, so the rounding of a tiny gradient moves a parameter as far as the gradient itself.
          expect(Math.abs(ours.gradientNorm / gradientNorm - 1)).toBeLessThan(1e-3);
          expect(Object.keys(ours.gradientNorms)).toEqual(Object.keys(gradientNorms));
          const norms = [ours.gradientNorms, gradientNorms].map(Object.values);
          expect(largestDifference(norms[0], norms[1])).toBeLessThanOrEqual(1e-3 * gradientNorm);
          expect(ours.params).toBeInstanceOf(Float64Array);
          expect(ours.params).toHaveLength(params.length);
        }
      },
    );

    test.each(network.runs)("ten steps have the script's losses: $name", (run) => {
      const training = {optimizer: adamw, steps: 10, ...network.settings};
      const snapshots = [...onHeap(modelOf(run), () => batch, training)];
      expect(
        largestDifference(
          snapshots.map(({loss}) => loss),
          run.losses,
        ),
      ).toBeLessThan(1e-5);
    });

    test("factors change the rate of their parameters only", () => {
      for (const optimizer of [adamw, sgd]) {
        const model = modelOf(network.runs[1]);
        const {flat} = model.attached[0].params;
        const factors = new Float64Array(flat.length);
        factors[3] = 1;
        const [first, second] = onHeap(model, () => batch, {optimizer, steps: 1, rate: 0.1, factors});
        const moved = Array.from(second.params, (value, i) => value !== first.params[i]);
        expect(moved.flatMap((yes, i) => (yes ? [i] : []))).toEqual([3]);
        expect(() => onHeap(model, () => batch, {optimizer, steps: 1, rate: 1, factors: factors.subarray(1)})).toThrow(
          `trainOnHeap: ${flat.length - 1} rate factors for ${flat.length} parameters`,
        );
      }
    });

    test("the error for a step that is too large is the reference's", () => {
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

test("any other optimizer throws", () => {
  const [{kernels}] = paths();
  const decoder = placeTransformer(kernels, baseModel());
  expect(() => trainOnHeap(decoder, () => batch, {optimizer: {...adamw}, steps: 1, rate: 1})).toThrow(
    "the kernels do not have this optimizer",
  );
});

test("the forty steps that browsers must give too, bit for bit (tests/e2e/figures/kernels.spec.ts)", () => {
  expect(fortySteps()).toEqual(KEPT_RUNS);
});
