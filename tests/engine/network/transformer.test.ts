import {describe, expect, test} from "vitest";
import {norm} from "../../../src/engine/linalg/exponent.ts";
import {frobenius} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, normal} from "../../../src/engine/linalg/random.ts";
import {attachBottlenecks, attachPrefix} from "../../../src/engine/lora/attach.ts";
import type {Attachment} from "../../../src/engine/lora/attachment.ts";
import {initLora} from "../../../src/engine/lora/lora.ts";
import {attachLora} from "../../../src/engine/lora/loras.ts";
import {TARGETS, type Target, weightLayout} from "../../../src/engine/network/architecture.ts";
import {allocate, layoutLength} from "../../../src/engine/network/parameters.ts";
import {forward, languageLoss, mergeAll, type Transformer} from "../../../src/engine/network/transformer.ts";
import {initTransformer} from "../../../src/engine/network/untrained.ts";
import {digitMachine} from "../../../src/engine/training/tasks.ts";
import {distance, largestDifference} from "../fixture.ts";
import {baseModel, batch, modelOf, network} from "../network.ts";

const {sizes} = network;
const logitsOf = (model: Transformer) => forward(model, batch.tokens, batch.B).logits;

/** The model with a LoRA as after some training: B is not zero. */
function withLora(targets: readonly Target[], {r, alpha}: {r: number; alpha: number}, seed: number): Transformer {
  const random = mulberry32(seed);
  const attachment = attachLora(sizes, {targets, r, alpha}, random);
  attachment.params.flat.forEach((_, i, flat) => {
    flat[i] = 0.3 * normal(random);
  });
  return {...baseModel(), attached: [attachment]};
}

/** The gradient of what trains in a run: the weights, or the only attachment. */
function gradientOf(model: Transformer): Float64Array {
  const [attachment] = model.attached;
  if (attachment) {
    const dparams = allocate(attachment.params.layout);
    languageLoss(model, batch, {attached: [dparams]});
    return dparams.flat;
  }
  const dweights = allocate(model.weights.layout);
  languageLoss(model, batch, {weights: dweights});
  return dweights.flat;
}

test.each(network.runs)("names, logits, loss and gradients are the script's, and nothing changes: $name", (run) => {
  const model = modelOf(run);
  const trained = model.attached[0]?.params ?? model.weights;
  const before = [model.weights.flat.slice(), ...model.attached.map(({params}) => params.flat.slice())];
  expect(trained.layout.map(([name]) => name)).toEqual(run.names);
  expect(largestDifference(logitsOf(model).data, run.logits)).toBeLessThan(1e-12);
  expect(Math.abs(languageLoss(model, batch) - run.losses[0])).toBeLessThan(1e-13);
  expect(run.gradient).toHaveLength(trained.flat.length);
  expect(largestDifference(gradientOf(model), run.gradient)).toBeLessThan(1e-13);
  expect([model.weights.flat, ...model.attached.map(({params}) => params.flat)]).toEqual(before);
});

describe("a LoRA before its first step", () => {
  const attachment = attachLora(sizes, {targets: TARGETS, r: 4, alpha: 8}, mulberry32(26));
  const model = {...baseModel(), attached: [attachment]};

  test("gives exactly the base's logits", () => {
    expect(logitsOf(model)).toEqual(logitsOf(baseModel()));
  });

  test("has ∂L/∂A = 0 exactly and ∂L/∂B ≠ 0 everywhere", () => {
    const {views, layout} = allocate(attachment.params.layout, gradientOf(model));
    for (const [name] of layout) {
      if (name.endsWith(".A")) expect(frobenius(views[name])).toBe(0);
      else expect(frobenius(views[name])).toBeGreaterThan(1e-4);
    }
  });

  test("starts every A as `initLora` does, from the same random numbers", () => {
    const random = mulberry32(26);
    for (const [name, rows, cols] of attachment.params.layout.filter(([name]) => name.endsWith(".A"))) {
      const {A} = initLora({d: 1, k: cols, r: rows, alpha: 8}, random);
      expect(attachment.params.views[name]).toEqual(A);
    }
  });
});

test("bottlenecks start as the identity, exactly; a prefix does not", () => {
  const [base, withAttached] = [logitsOf(baseModel()), (one: Attachment) => ({...baseModel(), attached: [one]})];
  expect(logitsOf(withAttached(attachBottlenecks(sizes, 3, mulberry32(28))))).toEqual(base);
  expect(distance(logitsOf(withAttached(attachPrefix(sizes, 3, mulberry32(29)))), base)).toBeGreaterThan(0.1);
});

describe("merging", () => {
  test("gives the logits of the model with its LoRAs to 1e-12, for one and for two", () => {
    const one = withLora(TARGETS, {r: 2, alpha: 4}, 30);
    const two = {...one, attached: [...one.attached, ...withLora(["Wv", "W1"], {r: 3, alpha: 3}, 31).attached]};
    for (const model of [one, two]) {
      const weights = model.weights.flat.slice();
      const merged = mergeAll(model);
      expect(merged.attached).toEqual([]);
      expect(distance(logitsOf(model), logitsOf(baseModel()))).toBeGreaterThan(0.1);
      expect(largestDifference(logitsOf(merged).data, logitsOf(model).data)).toBeLessThan(1e-12);
      expect(model.weights.flat).toEqual(weights);
    }
  });

  test("works for LoRAs only", () => {
    const merge = (attachment: Attachment) => () => mergeAll({...baseModel(), attached: [attachment]});
    expect(merge(attachPrefix(sizes, 1, mulberry32(1)))).toThrow("mergeAll: a prefix is not an update of a weight");
    expect(merge(attachBottlenecks(sizes, 1, mulberry32(1)))).toThrow("a bottleneck is not an update");
  });
});

test("the beginning of a text has the same logits without the rest", () => {
  const model = withLora(["Wq", "Wv"], {r: 2, alpha: 4}, 32);
  const long = forward(model, batch.tokens.slice(0, 6), 1).logits;
  const short = forward(model, batch.tokens.slice(0, 4), 1).logits;
  expect(largestDifference(short.data, long.data)).toBeLessThan(1e-15);
});

describe("sizes", () => {
  test("the digit machine has 26,304 parameters, the word forge 26,848 or 102,848", () => {
    expect(layoutLength(weightLayout(digitMachine))).toBe(26_304);
    const forge = {V: 27, T: 12, H: 4, L: 2};
    expect(layoutLength(weightLayout({...forge, C: 32}))).toBe(26_848);
    expect(layoutLength(weightLayout({...forge, C: 64}))).toBe(102_848);
  });

  test("1,024 trained parameters: one matrix at r = 8, two at 4, four at 2; all six at r = 4 are 4,608", () => {
    const trained = (targets: readonly Target[], r: number) =>
      attachLora(digitMachine, {targets, r, alpha: 2 * r}, mulberry32(1)).params.flat.length;
    expect([trained(["Wq"], 8), trained(["Wq", "Wv"], 4), trained(TARGETS.slice(0, 4), 2)]).toEqual([1024, 1024, 1024]);
    expect(trained(TARGETS, 4)).toBe(4608);
    expect(attachBottlenecks(digitMachine, 8, mulberry32(1)).params.flat.length).toBe(2 * 4 * 32 * 8);
    expect(attachPrefix(digitMachine, 8, mulberry32(1)).params.flat.length).toBe(2 * 2 * 32 * 8);
  });

  test("a new model starts with gains of 1 and a loss near log V", () => {
    const model = initTransformer({...sizes, C: 32}, mulberry32(33));
    expect(new Set(model.weights.views["layers.1.norm2"].data)).toEqual(new Set([1]));
    expect(Math.abs(languageLoss(model, batch) - Math.log(sizes.V))).toBeLessThan(0.5);
    const deviation = ({data}: {data: Float64Array}) => norm(data) / Math.sqrt(data.length);
    expect(deviation(model.weights.views["layers.0.W1"])).toBeCloseTo(1 / Math.sqrt(32), 2);
    expect(deviation(model.weights.views["layers.0.W2"])).toBeCloseTo(1 / Math.sqrt(4 * 128), 2);
  });
});

test("errors name the sizes", () => {
  const random = mulberry32(1);
  expect(() => weightLayout({...sizes, H: 3})).toThrow("transformer: 3 heads do not divide the width 8 evenly");
  expect(() => weightLayout({...sizes, L: 0})).toThrow("transformer: L is 0");
  expect(() => forward(baseModel(), batch.tokens, 4)).toThrow("transformer: 18 tokens do not make 4 sequences");
  expect(() => attachLora(sizes, {targets: [], r: 1, alpha: 1}, random)).toThrow("attachLora: no matrix is chosen");
  expect(() => attachLora(sizes, {targets: ["Wq"], r: 0, alpha: 1}, random)).toThrow("lora: r is 0");
  expect(() => attachBottlenecks(sizes, 0, random)).toThrow("attachBottlenecks: m is 0");
  expect(() => attachPrefix(sizes, 1.5, random)).toThrow("attachPrefix: P is 1.5");
  const twice = {...baseModel(), attached: [attachPrefix(sizes, 1, random), attachPrefix(sizes, 2, random)]};
  expect(() => logitsOf(twice)).toThrow("attachments: 2 of them have a prefix");
  const deeper = attachPrefix({...sizes, L: 3}, 1, random);
  expect(() => logitsOf({...baseModel(), attached: [deeper]})).toThrow("one was made for 3 layers, the model has 2");
});
