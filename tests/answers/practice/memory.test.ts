import {describe, expect, test} from "vitest";
import paper from "../../../content/paper/memory.json" with {type: "json"};
import measured from "../../../content/practice/measured.json" with {type: "json"};
import {caseOf} from "../../../src/answers/practice/cases.ts";
import {fitOf, GB, memory} from "../../../src/answers/practice/memory.ts";
import {
  adapterParameters,
  type LanguagePreset,
  modelOf,
  presetOf,
  presets,
} from "../../../src/answers/practice/models.ts";
import {checkpointedBytes, scoreBytes} from "../../../src/engine/memory/checkpointing.ts";
import {activationBytes, trainingMemory, weightBytes} from "../../../src/engine/memory/memory.ts";
import {type MatrixName, modelNamed, parameters} from "../../../src/engine/memory/models.ts";

const model = (id: string) => modelOf(presetOf(id) as LanguagePreset);
const racks = (raw: Parameters<typeof caseOf>[0]) => memory(caseOf(raw).one);

describe("the presets", () => {
  test("have as many weights as their names say", () => {
    const billions = {"1b": 1.24, "3b": 3.21, "7b": 6.74, "8b": 8.03, "13b": 13.0, "32b": 32.8, "70b": 70.6};
    for (const [id, n] of Object.entries(billions)) expect(parameters(model(id)) / 1e9, id).toBeCloseTo(n, 1);
  });

  test("agree with the engine's Llama 2 7B", () => {
    expect(parameters(model("7b"))).toBe(parameters(modelNamed("Llama 2 7B")));
  });

  test("have as many LoRA parameters for each rank as Tinker counts", () => {
    const counted = presets.flatMap((one) => (one.kind === "language" && one.perRank ? [one] : []));
    expect(counted.map(({id}) => id)).toEqual(["1b", "3b", "8b", "70b"]);
    for (const one of counted) expect(adapterParameters(one, 1), one.id).toBe(one.perRank);
  });

  test("count the adapters of image models matrix by matrix", () => {
    // 10 blocks of width 640 and 60 of 1,280: four matrices on the image, two of them and two on the text of 2,048.
    const block = (d: number) => 6 * 2 * d + 2 * (d + 2048);
    expect(adapterParameters(presetOf("sdxl")!, 1)).toBe(10 * block(640) + 60 * block(1280));
    expect(adapterParameters(presetOf("flux")!, 4)).toBe(4 * (19 * (8 * 6144 + 4 * 15_360) + 38 * 3 * 6144));
  });
});

describe("checkpointing", () => {
  const method = {kind: "lora", r: 16, matrices: ["Wq", "Wv"]} as const;
  const load = {batch: 2, sequence: 512, scores: "recomputed"} as const;

  test("keeps the inputs of all layers and the activations of one", () => {
    const one = {...model("8b"), layers: 1};
    const inputs = 32 * 2 * 512 * 4096 * 2;
    expect(checkpointedBytes(model("8b"), method, load)).toBe(inputs + activationBytes(one, method, load));
  });

  test("keeps far less than all of them", () => {
    expect(checkpointedBytes(model("8b"), method, load)).toBeLessThan(activationBytes(model("8b"), method, load) / 8);
  });

  test("scores over the vocabulary take four bytes each", () => {
    expect(scoreBytes(1000, {batch: 2, sequence: 3})).toBe(24_000);
  });
});

describe("beside what the paper and others measured", () => {
  const gpt3 = modelNamed("GPT-3 175B");
  const half = {optimizer: "adam", precision: {weights: "fp16", gradients: "fp16", moments: "fp16"}} as const;

  test("the paper's 350 GB are the weights of GPT-3 in 16 bits", () => {
    const lora = {kind: "lora", r: 4, matrices: ["Wq", "Wv"]} as const;
    const {total, weights} = trainingMemory(gpt3, lora, half);
    expect(Math.abs(total / GB - paper["vram-lora"].value)).toBeLessThan(2);
    expect(weights / total).toBeGreaterThan(0.999);
  });

  test("the paper's 1.2 TB are less than weights, gradients and moments in 16 bits", () => {
    const {total} = trainingMemory(gpt3, {kind: "full"}, half);
    expect(total / 1e12).toBeCloseTo(1.4, 1);
    expect(total / 1e12).toBeGreaterThan(paper["vram-ft"].value);
  });

  test.each(measured.filter((one) => "rank" in one).map((one) => [one.id, one] as const))(
    "%s comes out within a fifth",
    (_, one) => {
      const {preset, base, rank, matrices, adapter, batch, tokens} = one as Required<typeof one>;
      const method = {kind: "lora", r: rank, matrices: matrices as MatrixName[]} as const;
      const precision = {weights: base as "bf16" | "nf4", gradients: adapter as "bf16", moments: adapter as "bf16"};
      const {total} = trainingMemory(model(preset), method, {optimizer: "adam", precision});
      const load = {batch, sequence: tokens, scores: "recomputed"} as const;
      const all = (total + checkpointedBytes(model(preset), method, load)) / 2 ** 30;
      expect(all).toBeLessThan(1.2 * one.measured);
      expect(all).toBeGreaterThan(0.8 * one.measured);
    },
  );

  test("QLoRA's 4-bit base of 7B is a quarter larger than ours", () => {
    const {measured: megabytes} = measured.find(({id}) => id === "qlora-base")!;
    const ours = weightBytes(model("7b"), "nf4") / 1e6;
    expect(ours).toBeLessThan(megabytes);
    expect(ours).toBeGreaterThan(0.75 * megabytes);
  });
});

describe("whether it fits", () => {
  const whether = (raw: Parameters<typeof caseOf>[0]) => {
    const {one} = caseOf(raw);
    return fitOf(one, memory(one));
  };

  test("the total is the sum of what is shown", () => {
    const {weights, adapter, gradients, moments, activations, scores, total} = racks({task: "preference"});
    expect(total).toBeCloseTo(weights + adapter + gradients + moments + activations!.checkpointed + scores, 0);
    expect(scores).toBe(scoreBytes(128_256, {batch: 2, sequence: 500}));
    expect(racks({}).scores).toBe(0);
  });

  test("the worked cases", () => {
    expect(whether({model: "7b"})).toBe("fits");
    expect(whether({model: "70b", base: "nf4", card: "48"})).toBe("tight");
    expect(whether({model: "70b"})).toBe("no");
    expect(whether({model: "70b", card: "80", cards: "4"})).toBe("split");
    expect(whether({model: "1b", examples: "300", card: "8"})).toBe("fits");
  });

  test("images have no activations to count", () => {
    expect(racks({model: "sdxl"}).activations).toBeUndefined();
    expect(racks({model: "flux", base: "nf4"}).weights).toBeLessThan(racks({model: "flux"}).weights / 3);
  });
});
