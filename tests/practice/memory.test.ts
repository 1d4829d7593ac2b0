import {describe, expect, test} from "vitest";
import paper from "../../content/paper/memory.json" with {type: "json"};
import measured from "../../content/practice/measured.json" with {type: "json"};
import {checkpointedBytes, scoreBytes} from "../../src/engine/memory/checkpointing.ts";
import {activationBytes, trainingMemory, weightBytes} from "../../src/engine/memory/memory.ts";
import {modelNamed, parameters} from "../../src/engine/memory/models.ts";
import {caseOf} from "../../src/practice/cases.ts";
import {countOf, type MeasuredRun} from "../../src/practice/measurements.ts";
import {fitOf, GB, memoryUse} from "../../src/practice/memory.ts";
import {memoryAnswer} from "../../src/practice/memoryAnswer.ts";
import {adapterParameters, type LanguagePreset, modelOf, presetOf, presets} from "../../src/practice/models.ts";
import {everyCase} from "./everyCase.ts";

const model = (id: string) => modelOf(presetOf(id) as LanguagePreset);
const use = (raw: Parameters<typeof caseOf>[0]) => memoryUse(caseOf(raw).run);

describe("the presets", () => {
  test("have as many weights as their names say", () => {
    const billions = {
      "1b": 1.24,
      "3b": 3.21,
      "7b": 6.74,
      "8b": 8.03,
      "mistral-7b": 7.25,
      "13b": 13.0,
      "32b": 32.8,
      "70b": 70.6,
    };
    const queries = {"qwen2.5-7b": 7.62, "qwen3-8b": 8.19, "qwen3-4b": 4.02, "gemma-2-9b": 9.24};
    for (const [id, n] of Object.entries({...billions, ...queries}))
      expect(parameters(model(id)) / 1e9, id).toBeCloseTo(n, 1);
  });

  test("count queries that are wider than the model: heads times their width", () => {
    // Queries of 16 heads, keys and values of 8, each 256 wide, on a width of 3,584; the MLP of 14,336.
    const perLayer = 3584 + 4096 + 2 * (3584 + 2048) + 4096 + 3584 + 3 * (3584 + 14_336);
    expect(adapterParameters(presetOf("gemma-2-9b")!, 1)).toBe(42 * perLayer);
    const own = {model: "own", width: "3584", heads: "16", queryWidth: "4096", keyValueWidth: "2048", layers: "42"};
    const sizes = {...own, vocabulary: "256000", tied: "1"};
    expect(use(sizes)).toEqual(use({model: "gemma-2-9b"}));
    expect(use({...sizes, queryWidth: ""}).weights).toBeLessThan(use(sizes).weights);
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

  const row = (id: string) => measured.find((one) => one.id === id) as MeasuredRun;

  test.each(["torchtune-lora", "torchtune-qlora"])("%s comes out within a fifth", (id) => {
    const {measured: theirs} = row(id);
    expect(countOf(row(id))).toBeLessThan(1.2 * theirs);
    expect(countOf(row(id))).toBeGreaterThan(0.8 * theirs);
  });

  test("what torchtune measured on an A6000 lies between our counts with checkpointing and without", () => {
    const one = row("torchtune-a6000");
    expect(one.checkpointing).toBe(false);
    expect(one.measured).toBeLessThan(countOf(one));
    expect(one.measured).toBeGreaterThan(countOf({...one, checkpointing: true}));
  });

  test("a base that two cards split took 40% more than we count, as the page says", () => {
    const one = row("peft-fsdp");
    expect(one.measured / countOf(one)).toBeCloseTo(1.4, 1);
    // Of the weights, half are on each card: of one card it would be far more.
    expect(countOf({...one, cards: 1})).toBeGreaterThan(one.measured);
  });

  test("QLoRA's 4-bit base of 7B is nearly a third larger than ours", () => {
    const {measured: megabytes} = measured.find(({id}) => id === "qlora-base")!;
    const ours = weightBytes(model("7b"), "nf4") / 1e6;
    expect(megabytes / ours).toBeCloseTo(1.31, 2);
  });
});

describe("whether it fits", () => {
  const whether = (raw: Parameters<typeof caseOf>[0]) => {
    const {run} = caseOf(raw);
    return fitOf(run, memoryUse(run));
  };

  test("the total is the sum of what is shown", () => {
    const {weights, adapter, gradients, moments, activations, logits, total} = use({task: "preference"});
    expect(total).toBeCloseTo(weights + adapter + gradients + moments + activations! + logits, 0);
    expect(logits).toBe(scoreBytes(128_256, {batch: 2, sequence: 500}));
    expect(use({task: "preference", micro: "4"}).logits).toBe(4 * logits);
    expect(use({})).toMatchObject({logits: 0, wholeLogits: scoreBytes(128_256, {batch: 1, sequence: 500})});
  });

  test("the worked cases", () => {
    expect(whether({model: "7b"})).toBe("fits");
    expect(whether({model: "70b", base: "nf4", card: "48"})).toBe("tight");
    expect(whether({model: "70b"})).toBe("no");
    expect(whether({model: "70b", card: "80", cards: "4"})).toBe("split");
    expect(whether({model: "1b", examples: "300", card: "8"})).toBe("fits");
  });

  test("more cards never make it fit less: what may just fit on one fits where two split it", () => {
    const seventy = {model: "70b", base: "nf4", card: "48"};
    expect(whether(seventy)).toBe("tight");
    expect(whether({...seventy, cards: "2"})).toBe("split");
    const order = ["no", "tight", "split", "fits"];
    for (const model of ["13b", "32b", "70b"])
      for (const base of ["bf16", "nf4", "int8"])
        for (const card of ["24", "48", "80"]) {
          const [one, two, eight] = ["1", "2", "8"].map((cards) => order.indexOf(whether({model, base, card, cards})));
          expect(two, `${model} ${base} ${card}`).toBeGreaterThanOrEqual(one!);
          expect(eight, `${model} ${base} ${card}`).toBeGreaterThanOrEqual(two!);
        }
  });

  test("the headline says what each GPU holds, and the note what is not counted or what would help", () => {
    const of = (raw: Parameters<typeof caseOf>[0]) => memoryAnswer(caseOf(raw).run, use(raw));
    expect(of({model: "qwen2.5-7b", examples: "3000", tokens: "1500"})).toMatchObject({
      headline: "16.5 of 24 GB: it fits.",
      note: expect.stringContaining("Not counted: buffers of the kernels and fragmentation."),
    });
    expect(of({model: "70b", task: "preference", card: "80", cards: "8"})).toMatchObject({
      headline: "20.6 of 80 GB on each of 8 GPUs: it fits.",
      note: expect.stringMatching(/^The 8 GPUs split the base.*it would be 150 GB.*40% more/),
      claims: expect.arrayContaining(["memory-fsdp", "memory-fsdp-file", "memory-reference", "memory-logits"]),
    });
    const seventy = {model: "70b", base: "nf4", card: "48"};
    expect(of(seventy).headline).toMatch(/^4\d\.?\d* of 48 GB: it may just fit\.$/);
    expect(of({...seventy, cards: "2"}).headline).toMatch(/of 48 GB on each of 2 GPUs: it fits\.$/);
    expect(of({...seventy, base: "int8", cards: "2"}).note).toContain("no guide that splits");
    // The weights alone are 26 GB, so shorter examples would not help.
    expect(of({model: "13b", task: "preference", tokens: "1000"})).toMatchObject({
      isShort: true,
      note: expect.stringMatching(/^Ways out: a 4-bit base, [\d.]+ GB; more GPUs\.$/),
    });
    expect(of({tokens: "60000"}).note).toContain("shorter examples");
    expect(of({tokens: "8000", micro: "16"}).note).toContain("fewer sequences at once");
    expect(of({model: "sdxl"}).note).toMatch(/text encoders and the decoder.*below 16 GB/);
    for (const [address, run] of everyCase()) {
      if (!memoryAnswer(run, memoryUse(run)).note.includes("shorter examples")) continue;
      const short = {...run, tokens: 1};
      expect(fitOf(short, memoryUse(short)), address).not.toBe("no");
    }
  });

  test("images have no activations to count", () => {
    expect(use({model: "sdxl"}).activations).toBeUndefined();
    expect(use({model: "flux"}).weights).toBe(24e9);
  });

  test("an adapter takes 32 bits on a base of 16, and 16 on a quantized one and for images", () => {
    const each = (raw: Parameters<typeof caseOf>[0]) => {
      const {adapter, gradients, moments, trained} = use(raw);
      return [adapter, gradients, moments].map((bytes) => bytes / trained);
    };
    expect(each({})).toEqual([4, 4, 8]);
    for (const raw of [{base: "nf4"}, {base: "int8"}, {model: "sdxl"}]) expect(each(raw)).toEqual([2, 2, 4]);
    expect(use({base: "nf4"}).file).toBe(use({}).file);
  });

  test("the answers of a whole step are written at once, and count where they are more than what is learned from", () => {
    const {run} = caseOf({task: "rl", tokens: "4096"});
    const {answers, activations, logits, split, total} = memoryUse(run);
    // Keys and values, 32 layers of 1,024, 16 answers, two bytes each.
    expect(answers).toBe(2 * 32 * 1024 * 16 * 4096 * 2);
    expect(total).toBe(split + answers);
    expect(answers).toBeGreaterThan(activations! + logits);
    expect(use({task: "rl", tokens: "4096", cards: "2"}).answers).toBe(answers / 2);
    expect(use({task: "preference"}).answers).toBe(0);
  });
});
