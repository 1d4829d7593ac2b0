/** Finite differences through a whole transformer that is small enough to move every parameter. */
import {describe, expect, test} from "vitest";
import {mulberry32, normal} from "../../../src/engine/linalg/random.ts";
import {attachBottlenecks, attachPrefix} from "../../../src/engine/lora/attach.ts";
import type {Attachment} from "../../../src/engine/lora/attachment.ts";
import {attachLora} from "../../../src/engine/lora/loras.ts";
import {TARGETS, type Target} from "../../../src/engine/network/architecture.ts";
import {allocate, type Tensors} from "../../../src/engine/network/parameters.ts";
import {languageLoss, type Transformer} from "../../../src/engine/network/transformer.ts";
import {initTransformer} from "../../../src/engine/network/untrained.ts";
import {expectGradient} from "../differences.ts";
import {largestDifference} from "../fixture.ts";

const sizes = {V: 5, T: 4, C: 4, H: 2, L: 2};
const batch = {
  tokens: Int32Array.of(0, 1, 4, 3, 2, 2, 1, 0),
  targets: Int32Array.of(1, 4, -1, 0, -1, 3, 2, 2),
  B: 2,
};
const base = initTransformer(sizes, mulberry32(40));
base.weights.flat.forEach((value, i, flat) => {
  flat[i] = value + 0.1 * Math.cos(i);
});

/** The attachment as after some training: none of its parameters is zero. */
function moved(attachment: Attachment, seed: number): Attachment {
  const random = mulberry32(seed);
  const {flat} = attachment.params;
  for (let i = 0; i < flat.length; i++) flat[i] += 0.3 * normal(random);
  return attachment;
}

const lora = (targets: readonly Target[], r: number, seed: number) =>
  moved(attachLora(sizes, {targets, r, alpha: 2 * r}, mulberry32(seed)), seed + 1);

/** Checks every gradient of the model by finite differences → the gradients of the attachments. */
function check(model: Transformer, withWeights: boolean): readonly Tensors[] {
  const attached = model.attached.map(({params}) => allocate(params.layout));
  const weights = withWeights ? allocate(model.weights.layout) : undefined;
  const loss = languageLoss(model, batch, {weights, attached});
  expect(loss).toBe(languageLoss(model, batch));
  model.attached.forEach(({params}, i) => {
    expectGradient(attached[i].flat, () => languageLoss(model, batch), params.flat);
  });
  if (weights) expectGradient(weights.flat, () => languageLoss(model, batch), model.weights.flat);
  return attached;
}

test("all weights of the base", () => {
  check(base, true);
});

/** Each matrix alone, each pair of matrices, and all of them. */
const subsets = Array.from({length: 63}, (_, i) => TARGETS.filter((_, bit) => ((i + 1) >> bit) & 1)).filter(
  ({length}) => length < 3 || length === 6,
);

test.each(subsets.map((subset) => [subset.join(" "), subset] as const))("a LoRA on %s", (_, subset) => {
  const [gradient] = check({...base, attached: [lora(subset, 1, 41)]}, false);
  expect(gradient.layout).toHaveLength(2 * subset.length * sizes.L);
  for (const {data} of Object.values(gradient.views)) expect(data.some((entry) => Math.abs(entry) > 1e-6)).toBe(true);
});

describe("other attachments", () => {
  test("bottlenecks", () => {
    check({...base, attached: [moved(attachBottlenecks(sizes, 3, mulberry32(43)), 44)]}, true);
  });

  test("a prefix", () => {
    check({...base, attached: [moved(attachPrefix(sizes, 2, mulberry32(45)), 46)]}, true);
  });

  test("two LoRAs, bottlenecks and a prefix at once, with the weights", () => {
    const attached = [
      lora(["Wq", "W1"], 2, 47),
      moved(attachBottlenecks(sizes, 2, mulberry32(49)), 50),
      lora(["Wq", "Wo", "W2"], 1, 51),
      moved(attachPrefix(sizes, 1, mulberry32(53)), 54),
    ];
    check({...base, attached}, true);
  });
});

test("a backward pass adds to the gradients that it is given", () => {
  const model = {...base, attached: [lora(TARGETS, 1, 55)]};
  const [once, twice] = [allocate(model.attached[0].params.layout), allocate(model.attached[0].params.layout)];
  for (const dparams of [once, twice, twice]) languageLoss(model, batch, {attached: [dparams]});
  const doubled = once.flat.map((value) => 2 * value);
  expect(largestDifference(twice.flat, doubled)).toBeLessThan(1e-14);
});
