import fc from "fast-check";
import {describe, expect, test} from "vitest";
import models from "../../../content/paper/models.json" with {type: "json"};
import table2 from "../../../content/paper/table-2.json" with {type: "json"};
import table3 from "../../../content/paper/table-3.json" with {type: "json"};
import table4 from "../../../content/paper/table-4.json" with {type: "json"};
import table15 from "../../../content/paper/table-15.json" with {type: "json"};
import {trainedParameters} from "../../../src/engine/memory/methods.ts";
import {
  biasParameters,
  customModel,
  MODELS,
  matricesOf,
  matrixParameters,
  matrixShapes,
  modelNamed,
  parameters,
} from "../../../src/engine/memory/models.ts";

const gpt3 = modelNamed("GPT-3 175B");

describe("shapes", () => {
  test("layers and widths are those of content/paper/models.json", () => {
    expect(models.dimensions.length).toBeGreaterThan(5);
    for (const {model, layers, dModel} of models.dimensions) {
      expect(modelNamed(model)).toMatchObject({layers, dModel});
    }
  });

  test.each([
    ["RoBERTa-base", 124_645_632],
    ["GPT-2 medium", 354_823_168],
    ["RoBERTa-large", 355_359_744],
    ["GPT-2 large", 774_030_080],
    ["Llama 2 7B", 6_738_415_616],
    ["Llama 2 70B", 68_976_648_192],
  ])("%s has the %d parameters of its published weights", (name, count) => {
    expect(parameters(modelNamed(name))).toBe(count);
  });

  test("DeBERTa-XXL has the parameters that its config.json gives", () => {
    const [d, layers] = [1536, 48];
    const inLayers = layers * (12 * d * d + 13 * d);
    const embeddings = (128_100 + 512) * d + 2 * 2 * d;
    const convolution = 3 * d * d + d + 2 * d;
    expect(parameters(modelNamed("DeBERTa-XXL (v2)"))).toBe(inLayers + embeddings + convolution);
  });

  test("the paper's counts of full fine-tuning agree, each to its printed digits", () => {
    const printed = (rows: {model?: string; method: string; paramsM: number}[], model?: string) =>
      rows.find((row) => row.method === "FT" && row.model === model)!.paramsM * 1e6;
    const off = (name: string, count: number) => Math.abs(parameters(modelNamed(name)) / count - 1);
    expect(off("RoBERTa-base", printed(table2.rows, "RoBERTa-base"))).toBeLessThan(0.003);
    expect(off("RoBERTa-large", printed(table2.rows, "RoBERTa-large"))).toBeLessThan(0.002);
    expect(off("DeBERTa-XXL (v2)", printed(table2.rows, "DeBERTa-XXL"))).toBeLessThan(0.05);
    expect(off("GPT-2 medium", printed(table3.rows, "GPT-2 M"))).toBeLessThan(0.0003);
    expect(off("GPT-2 large", printed(table3.rows, "GPT-2 L"))).toBeLessThan(0.00001);
    expect(off("GPT-3 175B", printed(table4.rows))).toBeLessThan(0.004);
  });

  test("heads are 64 wide, 128 in Llama 2 and GPT-3; every model has a source; the list goes from small to large", () => {
    for (const {name, dModel, heads, dKeyValue, source} of MODELS) {
      const width = /Llama|GPT-3/.test(name) ? 128 : 64;
      expect(dModel / heads).toBe(width);
      expect(dKeyValue % width).toBe(0);
      expect(source).toMatch(/\d{4}/);
    }
    const sizes = MODELS.map(parameters);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });

  test("8 key-value heads of 128 make W_k and W_v of Llama 2 70B an eighth as tall", () => {
    const [Wq, Wk, Wv] = matrixShapes(modelNamed("Llama 2 70B"), ["Wq", "Wk", "Wv"]);
    expect(Wk).toEqual({d: 8 * 128, k: 8192, copies: 80});
    expect(Wv).toEqual(Wk);
    expect(Wq.d).toBe(8 * Wk.d);
  });

  test("GPT-3's layers hold 12·d² weights each; the rest is under half a percent", () => {
    expect(matrixParameters(gpt3)).toBe(173_946_175_488);
    expect(matrixParameters(gpt3) / parameters(gpt3)).toBeGreaterThan(0.995);
    expect(matricesOf(gpt3)).toEqual(["Wq", "Wk", "Wv", "Wo", "W1", "W2"]);
  });

  test("a custom model with GPT-2's numbers is GPT-2", () => {
    const own = customModel({layers: 24, dModel: 1024});
    expect({...own, name: "", source: ""}).toEqual({...modelNamed("GPT-2 medium"), name: "", source: ""});
    expect(() => customModel({layers: 0, dModel: 64})).toThrow("0 layers");
    expect(() => customModel({layers: 2, dModel: 100})).toThrow("the width is 100; it must be a whole multiple of 64");
    expect(() => modelNamed("GPT-5")).toThrow("no model is named GPT-5; there are RoBERTa-base, GPT-2 medium");
  });
});

describe("trained parameters", () => {
  test("every LoRA configuration of the paper, on GPT-3 and on the other models", () => {
    const matrices = {96: ["Wv"], 192: ["Wq", "Wv"], 384: ["Wq", "Wk", "Wv", "Wo"]} as const;
    for (const {adaptedMatrices, r, params} of models.gpt3Lora) {
      const chosen = matrices[adaptedMatrices as 96 | 192 | 384];
      expect(trainedParameters(gpt3, {kind: "lora", r, matrices: chosen})).toBe(params);
    }
    for (const {model, r, formulaParams} of models.loraCounts) {
      const name = model === "DeBERTa-XXL" ? "DeBERTa-XXL (v2)" : model;
      expect(trainedParameters(modelNamed(name), {kind: "lora", r, matrices: ["Wq", "Wv"]})).toBe(formulaParams);
    }
  });

  test("AdapterH on GPT-3 is Table 15's formula, without trained norms", () => {
    const rows = table15.rows.filter(({method}) => method === "AdapterH");
    expect(rows.length).toBe(5);
    for (const {config, formulaParams} of rows) {
      const method = {kind: "adapters", r: (config as {r: number}).r, perLayer: 2, norms: 0} as const;
      expect(trainedParameters(gpt3, method)).toBe(formulaParams);
      expect(trainedParameters(gpt3, {...method, norms: 3}) - (formulaParams ?? 0)).toBe(2 * 3 * 12_288);
    }
  });

  test("BitFit trains 11·d parameters a layer: RoBERTa-base's printed 0.1M, but not GPT-3's printed 14.2M", () => {
    const base = modelNamed("RoBERTa-base");
    expect(trainedParameters(base, {kind: "bitfit"})).toBe(12 * 11 * 768 + 2 * 768);
    const printed = (rows: {method: string; paramsM: number}[]) =>
      rows.find(({method}) => method === "BitFit")!.paramsM;
    expect((biasParameters(base) / 1e6).toFixed(1)).toBe(printed(table2.rows).toFixed(1));
    expect(biasParameters(gpt3)).toBe(96 * 11 * 12_288 + 12_288);
    expect((biasParameters(gpt3) / 1e6).toFixed(1)).not.toBe(printed(table4.rows).toFixed(1));
  });

  test("LoRA's count is proportional to r, and at full rank exceeds that of the matrices", () => {
    fc.assert(
      fc.property(fc.constantFrom(...MODELS), fc.integer({min: 1, max: 64}), (model, r) => {
        const matrices = matricesOf(model);
        const trained = trainedParameters(model, {kind: "lora", r, matrices});
        expect(trained).toBe(r * trainedParameters(model, {kind: "lora", r: 1, matrices}));
        expect(trained).toBeLessThan(parameters(model));
        const full = trainedParameters(model, {kind: "lora", r: model.dModel, matrices});
        expect(full).toBeGreaterThan(matrixParameters(model));
      }),
      {seed: 28},
    );
  });

  test("a model that lacks what the method trains throws", () => {
    const llama = modelNamed("Llama 2 7B");
    expect(() => trainedParameters(llama, {kind: "bitfit"})).toThrow("Llama 2 7B has no biases");
    expect(() => trainedParameters(gpt3, {kind: "lora", r: 4, matrices: ["W3"]})).toThrow("GPT-3 175B has no W3");
    expect(() => trainedParameters(gpt3, {kind: "lora", r: 0, matrices: ["Wq"]})).toThrow("methods: r is 0");
  });
});
