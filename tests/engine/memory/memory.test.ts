import fc from "fast-check";
import {describe, expect, test} from "vitest";
import numbers from "../../../content/paper/numbers.json" with {type: "json"};
import {
  activationBytes,
  BITS,
  bytes,
  checkpointBytes,
  type Load,
  MOMENTS,
  type Precision,
  type Setup,
  sharedStorage,
  storageBytes,
  trainingMemory,
  weightBytes,
} from "../../../src/engine/memory/memory.ts";
import type {Method} from "../../../src/engine/memory/methods.ts";
import {MODELS, type Model, matrixParameters, modelNamed, parameters} from "../../../src/engine/memory/models.ts";

const gpt3 = modelNamed("GPT-3 175B");
const full: Method = {kind: "full"};
const lora: Method = {kind: "lora", r: 4, matrices: ["Wq", "Wv"]};
const UNITS = {MB: 1e6, GB: 1e9, TB: 1e12} as const;

/** A number of the paper in bytes. */
function printed(id: string): number {
  const {value, unit} = numbers.find((one) => one.id === id)!;
  return Number(value) * UNITS[unit as keyof typeof UNITS];
}

const setup = (precision: Precision, optimizer: Setup["optimizer"] = "adam"): Setup => ({
  optimizer,
  precision: {weights: precision, gradients: precision, moments: precision},
});

test("a number takes 4, 2, 2 or 1 bytes, and 4.127 bits in NF4", () => {
  expect((["fp32", "bf16", "fp16", "int8"] as const).map((precision) => bytes(1, precision))).toEqual([4, 2, 2, 1]);
  expect(BITS.nf4.toFixed(3)).toBe("4.127");
  // 256 blocks of 64 weights: 4 bits for each weight, 8 for each scale, 32 for the scale of the scales.
  expect(bytes(64 * 256, "nf4") * 8).toBe(64 * 256 * 4 + 256 * 8 + 32);
});

describe("checkpoints and storage", () => {
  test("GPT-3 at r = 4 on W_q and W_v: 37,748,736 bytes in fp16, roughly the printed 35 MB", () => {
    expect(checkpointBytes(gpt3, lora, "fp16")).toBe(37_748_736);
    expect(numbers.find(({id}) => id === "ckpt-35mb")).toMatchObject({exactBytes: 37_748_736});
  });

  test("100 tasks of the printed sizes: 353.5 GB against 35 TB; 1,000 tasks: 385 GB", () => {
    const [base, each] = [printed("ckpt-350gb"), printed("ckpt-35mb")];
    expect(sharedStorage(base, each, 100)).toBe(printed("hundred-models-exact"));
    expect(100 * base).toBe(printed("hundred-models-ft"));
    expect(sharedStorage(base, each, 1000)).toBe(385e9);
  });

  test("the same from the model's own shapes, within half a percent; a quantized base is shared too", () => {
    const fp16 = {base: "fp16", each: "fp16"} as const;
    const near = (ours: number, theirs: number) => expect(Math.abs(ours / theirs - 1)).toBeLessThan(0.005);
    near(checkpointBytes(gpt3, full, "fp16"), printed("ckpt-350gb"));
    near(storageBytes(gpt3, lora, fp16, 100), printed("hundred-models-exact"));
    near(storageBytes(gpt3, full, fp16, 100), printed("hundred-models-ft"));
    expect(storageBytes(gpt3, lora, fp16, 1000)).toBe(2 * parameters(gpt3) + 1000 * 37_748_736);
    const quantized = storageBytes(gpt3, lora, {base: "nf4", each: "fp16"}, 10);
    expect(quantized).toBe(weightBytes(gpt3, "nf4") + 10 * 37_748_736);
  });
});

describe("training", () => {
  test("full fine-tuning of GPT-3 with Adam in 16 bits: 8 bytes a parameter, 1.4 TB, not the printed 1.2 TB", () => {
    const {weights, added, gradients, moments, total} = trainingMemory(gpt3, full, setup("fp16"));
    expect([weights, added, gradients, moments].map((part) => part / parameters(gpt3))).toEqual([2, 0, 2, 4]);
    expect((total / 1e12).toFixed(1)).toBe("1.4");
    expect((printed("vram-ft") / 1e12).toFixed(1)).not.toBe((total / 1e12).toFixed(1));
  });

  test("LoRA takes the weights and almost nothing else: near the printed 350 GB", () => {
    const {weights, added, gradients, moments, total} = trainingMemory(gpt3, lora, setup("fp16"));
    expect([added, gradients, moments]).toEqual([37_748_736, 37_748_736, 2 * 37_748_736]);
    expect((total - weights) / total).toBeLessThan(0.0005);
    expect(Math.abs(total / printed("vram-lora") - 1)).toBeLessThan(0.005);
  });

  test("a 7 B model with Adam takes 16 bytes a parameter in fp32 and 8 in 16 bits, 4 less with SGD", () => {
    const llama = modelNamed("Llama 2 7B");
    const each = (one: Setup) => trainingMemory(llama, full, one).total / parameters(llama);
    expect(each(setup("fp32"))).toBe(16);
    expect(each(setup("bf16"))).toBe(8);
    expect(each(setup("bf16", "sgd"))).toBe(4);
    expect(MOMENTS).toEqual({sgd: 0, adam: 2});
    const mixed: Setup = {optimizer: "adam", precision: {weights: "bf16", gradients: "bf16", moments: "fp32"}};
    expect(each(mixed)).toBe(12);
  });

  test("8-bit moments and BitFit: only trained parameters have gradients and moments", () => {
    const roberta = modelNamed("RoBERTa-base");
    const one: Setup = {optimizer: "adam", precision: {weights: "bf16", gradients: "bf16", moments: "int8"}};
    const {weights, added, gradients, moments} = trainingMemory(roberta, {kind: "bitfit"}, one);
    expect([weights, added]).toEqual([2 * parameters(roberta), 0]);
    expect(moments).toBe(gradients);
    expect(gradients / weights).toBeLessThan(0.001);
  });

  test("NF4 shrinks the matrices of the layers, not embeddings and norms", () => {
    const llama = modelNamed("Llama 2 70B");
    const rest = parameters(llama) - matrixParameters(llama);
    expect(weightBytes(llama, "nf4")).toBe((matrixParameters(llama) * BITS.nf4) / 8 + 2 * rest);
    expect(weightBytes(llama, "int8")).toBe(matrixParameters(llama) + 2 * rest);
    expect(weightBytes(llama, "fp32")).toBe(4 * parameters(llama));
    expect(weightBytes(llama, "nf4")).toBeLessThan(48e9);
  });

  test("quantized weights cannot be fully fine-tuned", () => {
    expect(() => trainingMemory(gpt3, full, setup("nf4"))).toThrow("nf4 weights can only be frozen");
    expect(() => trainingMemory(gpt3, full, setup("int8"))).toThrow("int8 weights can only be frozen");
  });
});

describe("activations", () => {
  const frozen = {batch: 4, sequence: 512, scores: "recomputed"} as const;
  /** Bytes of a token in a layer. */
  const each = (model: Model, method: Method, scores: Load["scores"]) =>
    activationBytes(model, method, {batch: 2, sequence: 128, scores}) / (model.layers * 2 * 128);
  const gpt = {...gpt3, heads: 0};
  const llama = {...modelNamed("Llama 2 7B"), heads: 0};
  const rank = (r: number): Method => ({kind: "lora", r, matrices: ["Wq", "Wv"]});

  test("are s·b·d·(34 + 5·heads·s/d) a layer with all weights trained, full keys and an MLP of width 4·d", () => {
    const {layers, dModel, heads} = gpt3;
    for (const [batch, sequence] of [
      [4, 512],
      [8, 1024],
    ]) {
      const expected = layers * sequence * batch * dModel * (34 + (5 * heads * sequence) / dModel);
      expect(activationBytes(gpt3, full, {batch, sequence, scores: "stored"})).toBe(expected);
    }
  });

  test("of a frozen matrix without a pair leave out its input: 12·d of a GPT's 34·d for W1, W2 and Wo, 24% in Llama", () => {
    const d = gpt3.dModel;
    expect(each(gpt, full, "stored")).toBe(34 * d);
    expect(each(gpt, full, "stored") - each(gpt, rank(1), "stored")).toBe(12 * d - 2 * 2);
    const saved = 1 - each(llama, rank(1), "stored") / each(llama, full, "stored");
    expect(saved.toFixed(2)).toBe("0.24");
    // W3 reads what W1 reads, so a pair at one of them keeps it.
    expect(each(llama, {kind: "lora", r: 1, matrices: ["W3"]}, "stored")).toBe(
      each(llama, {kind: "lora", r: 1, matrices: ["W1"]}, "stored"),
    );
    const everything: Method = {kind: "lora", r: 3, matrices: ["Wq", "Wk", "Wv", "Wo", "W1", "W2"]};
    expect(each(gpt, everything, "stored")).toBe(34 * d + 2 * 6 * 3);
  });

  test("without stored scores keep attention's output, which the kernel needs, and 4 bytes a head: 10·d are left out", () => {
    const d = gpt3.dModel;
    expect(each(gpt, full, "recomputed") - each(gpt, rank(4), "recomputed")).toBe(10 * d - 2 * 2 * 4);
    expect(each(gpt3, full, "recomputed")).toBe(34 * d + 4 * 96);
    expect(each(gpt3, full, "stored")).toBe(34 * d + 5 * 96 * 128);
  });

  test("of the state that chapters 1 and 9 link to: scores are four fifths of 1.71 TB; without them 340 GB, 276 with LoRA", () => {
    const model = modelNamed("Llama 2 7B");
    const [stored, recomputed] = (["stored", "recomputed"] as const).map((scores) =>
      activationBytes(model, full, {batch: 16, sequence: 4096, scores}),
    );
    expect((stored / 1e12).toFixed(2)).toBe("1.71");
    expect((1 - recomputed / stored).toFixed(1)).toBe("0.8");
    expect((recomputed / 1e9).toFixed(0)).toBe("340");
    expect((activationBytes(model, rank(8), {batch: 16, sequence: 4096, scores: "recomputed"}) / 1e9).toFixed(0)).toBe(
      "276",
    );
  });

  test("BitFit keeps the input of no matrix; adapters keep those of their own parts", () => {
    const d = gpt3.dModel;
    expect(each(gpt, {kind: "bitfit"}, "stored")).toBe(20 * d);
    expect(each(gpt, {kind: "adapters", r: 8, perLayer: 2, norms: 0}, "stored")).toBe(20 * d + 2 * 2 * (d + 16));
    const one: Method = {kind: "adapters", r: 8, perLayer: 1, norms: gpt.layers};
    expect(each(gpt, one, "stored")).toBe(20 * d + 2 * (d + 16) + 2 * d);
  });

  test("are never more than full fine-tuning's plus what the method adds, for every model and method", () => {
    const methods = fc.constantFrom<Method>({kind: "bitfit"}, rank(2), {kind: "adapters", r: 2, perLayer: 2, norms: 0});
    fc.assert(
      fc.property(fc.constantFrom(...MODELS), methods, (model, method) => {
        const [ours, theirs] = [method, full].map((one) => activationBytes(model, one, frozen));
        expect(ours).toBeLessThan(theirs);
        expect(ours).toBeGreaterThan(theirs / 2);
      }),
      {seed: 30},
    );
  });

  test("are less with shared keys by their width, and more with a gate by two arrays as wide as the MLP", () => {
    const model = modelNamed("Llama 2 70B");
    const size = {batch: 1, sequence: 100, scores: "stored"} as const;
    const change = (changed: Partial<typeof model>) =>
      (activationBytes({...model, ...changed}, full, size) - activationBytes(model, full, size)) / (80 * 100 * 2);
    expect(change({dKeyValue: 8192})).toBe(2 * (8192 - 1024));
    expect(change({gated: false})).toBe(-2 * 28_672);
  });
});
