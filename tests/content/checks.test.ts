import {describe, expect, test} from "vitest";
import models from "../../content/paper/models.json" with {type: "json"};
import {type Match, paperNumber, paperTable, rowsWhere, tables} from "../../src/book/paper/paper.ts";

const GPT3 = models.dimensions.find(({model}) => model === "GPT-3 175B");
const d = GPT3?.dModel ?? Number.NaN;
const layers = GPT3?.layers ?? Number.NaN;

/** Section 5.1: |Θ| = 2 · L̂ · d_model · r, L̂ the number of adapted matrices. */
const loraCount = (matrices: number, width: number, r: number) => 2 * matrices * width * r;

/** Section 5.1 without LayerNorms, which AdapterH on GPT-3 does not train: L̂ · (2 d r + r + d). */
const adapterCount = (r: number) => 2 * layers * (2 * d * r + r + d);

const number = (id: string) => paperNumber(id).value as number;

function only(id: string, match: Match) {
  const found = rowsWhere(paperTable(id), match);
  expect(found, `${id} ${JSON.stringify(match)}`).toHaveLength(1);
  return found[0];
}

describe("tables agree with each other", () => {
  test("there are 18, numbered 1 to 18; Table 2 has 14 rows, Table 15 has 30", () => {
    expect(tables.map((t) => t.number)).toEqual(Array.from({length: 18}, (_, i) => i + 1));
    expect(paperTable("table-2").rows).toHaveLength(14);
    expect(paperTable("table-15").rows).toHaveLength(30);
  });

  test.each([
    [{method: "FT"}, {method: "Fine-Tune"}],
    [{method: "PreEmbed"}, {method: "PrefixEmbed", hyperparameters: "l_p=256, l_i=8"}],
    [{method: "PreLayer"}, {method: "PrefixLayer", hyperparameters: "l_p=8, l_i=8"}],
    [
      {method: "AdapterH", paramsM: 7.1},
      {method: "AdapterH", hyperparameters: "r=1"},
    ],
    [
      {method: "AdapterH", paramsM: 40.1},
      {method: "AdapterH", hyperparameters: "r=8"},
    ],
    [
      {method: "LoRA", paramsM: 4.7},
      {method: "LoRA", hyperparameters: "r_v=2"},
    ],
  ])("Table 4 %o returns in Table 15", (in4, in15) => {
    const {wikisql, mnliM} = only("table-4", in4);
    expect(only("table-15", in15)).toMatchObject({wikisql, mnliM});
  });

  test("the 37.7M row of Table 4 is no single run of Table 15", () => {
    const {wikisql, mnliM} = only("table-4", {method: "LoRA", paramsM: 37.7});
    expect(rowsWhere(paperTable("table-15"), {method: "LoRA", wikisql, mnliM} as Match)).toEqual([]);
  });

  test.each([
    ["Wq,Wv", "r_q=r_v", [1, 2, 4, 8]],
    ["Wq,Wk,Wv,Wo", "r_q=r_k=r_v=r_o", [1, 2, 4, 64]],
  ])("Table 6 %s equals the runs of Table 15", (weights, name, ranks) => {
    const wikisql = only("table-6", {dataset: "WikiSQL", weights});
    const multinli = only("table-6", {dataset: "MultiNLI", weights});
    for (const r of ranks) {
      const run = only("table-15", {method: "LoRA", hyperparameters: `${name}=${r}`});
      expect([run.wikisql, run.mnliM]).toEqual([wikisql[`r${r}`], multinli[`r${r}`]]);
    }
  });

  test("at r = 64 they differ on WikiSQL, as printed", () => {
    expect(only("table-6", {dataset: "WikiSQL", weights: "Wq,Wv"}).r64).toBe(73.5);
    expect(only("table-15", {method: "LoRA", hyperparameters: "r_q=r_v=64"}).wikisql).toBe(73.6);
  });

  test("Table 5 meets Table 6, but for one MultiNLI cell of W_q", () => {
    const [w, m] = ["WikiSQL", "MultiNLI"].map((dataset) => (weights: string) => only("table-6", {dataset, weights}));
    expect(only("table-5", {weights: "Wq,Wv"})).toMatchObject({
      rank: 4,
      wikisql: w("Wq,Wv").r4,
      multinli: m("Wq,Wv").r4,
    });
    expect(only("table-5", {weights: "Wq,Wk,Wv,Wo"})).toMatchObject({
      rank: 2,
      wikisql: w("Wq,Wk,Wv,Wo").r2,
      multinli: m("Wq,Wk,Wv,Wo").r2,
    });
    expect([only("table-5", {weights: "Wq"}).wikisql, w("Wq").r8]).toEqual([70.4, 70.4]);
    expect([only("table-5", {weights: "Wq"}).multinli, m("Wq").r8]).toEqual([91.0, 90.7]);
  });

  test("each average of Table 2 is the mean of its eight tasks", () => {
    const tasks = ["mnli", "sst2", "mrpc", "cola", "qnli", "qqp", "rte", "stsb"];
    for (const row of paperTable("table-2").rows) {
      const mean = tasks.reduce((sum, key) => sum + (row[key] as number), 0) / tasks.length;
      expect(Math.abs(mean - (row.avg as number))).toBeLessThanOrEqual(0.051);
    }
  });

  test("fine-tuned MNLI-m is one number in Tables 4, 8, 15 and 16", () => {
    expect(only("table-4", {method: "FT"}).mnliM).toBe(89.5);
    expect(only("table-8", {method: "GPT-3 Fine-Tuned"}).mnliM).toBe(89.5);
    expect(only("table-15", {method: "Fine-Tune"}).mnliM).toBe(89.5);
    expect(only("table-16", {method: "GPT-3 (Fine-Tune)"}).n392k).toBe(89.5);
  });

  test("Table 18 at r = 4 is near Table 3's LoRA medium, not equal to it", () => {
    const one = only("table-18", {rank: 4});
    const mean = only("table-3", {model: "GPT-2 M", method: "LoRA"});
    const near = (a: unknown, b: unknown, within: number) =>
      expect(Math.abs((a as number) - (b as number))).toBeLessThan(within);
    near(one.bleu, mean.bleu, 0.06);
    near(one.nist, mean.nist, 0.01);
    near((one.meteor as number) * 100, mean.met, 0.15);
    near((one.rougeL as number) * 100, mean.rougeL, 0.15);
    near(one.cider, mean.cider, 0.01);
  });
});

describe("counts follow from the shapes", () => {
  test("one attention matrix and its pair", () => {
    expect(d ** 2).toBe(number("attention-matrix-entries"));
    expect(4 * d).toBe(number("lora-factor-r4"));
    expect(2 * number("lora-factor-r4")).toBe(number("lora-pair-r4"));
    expect(number("attention-matrix-entries") / number("lora-pair-r4")).toBe(number("per-matrix-1536"));
    expect(d / (2 * 8)).toBe(number("per-matrix-768"));
    expect((d * d) / (d + d)).toBe(number("break-even-rank"));
    expect(loraCount(192, d, 32)).toBe(d ** 2);
    expect(4 * (d + d - 4)).toBe(number("lora-pair-r4") - 16);
  });

  test("the budgets, with the sizes of their files", () => {
    for (const {adaptedMatrices, r, params, fp16Bytes, fp16MiB} of models.gpt3Lora) {
      expect(loraCount(adaptedMatrices, d, r)).toBe(params);
      expect(fp16Bytes).toBe(2 * params);
      expect(fp16MiB).toBe(fp16Bytes / 2 ** 20);
    }
    expect(loraCount(192, d, 1)).toBe(number("params-4p7"));
    expect(loraCount(192, d, 4)).toBe(number("params-18p9"));
    expect(loraCount(192, d, 8)).toBe(number("params-37p7"));
    for (const [params, megabytes] of [
      ["params-4p7", "ckpt-4p7-mb"],
      ["params-18p9", "ckpt-18p9-mb"],
      ["params-37p7", "ckpt-37p7-mb"],
    ]) {
      expect((2 * number(params)) / 1e6).toBe(number(megabytes));
    }
  });

  test("all seven columns of Table 5 cost the same", () => {
    for (const {matricesPerLayer, rank, exactParams} of paperTable("table-5").rows) {
      expect(loraCount(layers * (matricesPerLayer as number), d, rank as number)).toBe(exactParams);
      expect(exactParams).toBe(number("params-18p9"));
    }
  });

  test("Table 15's counts by formula, and which of them the paper prints otherwise", () => {
    for (const {method, config, formulaParams, formulaMatchesPrinted, paramsM} of paperTable("table-15").rows) {
      if (!config) continue;
      const {matricesPerLayer = 0, r = 0, lp = 0, li = 0} = config;
      const prefix = String(method).includes("Layer") || method === "LoRA+PL" ? layers * d * (lp + li) : d * (lp + li);
      const count = method === "AdapterH" ? adapterCount(r) : loraCount(layers * matricesPerLayer, d, r) + prefix;
      expect(count, `${method} ${JSON.stringify(config)}`).toBe(formulaParams);
      expect(Math.abs(count / 1e6 - (paramsM as number)) < 0.1).toBe(formulaMatchesPrinted);
    }
  });

  test("the smaller models", () => {
    for (const {adaptedMatrices, dModel, r, formulaParams} of models.loraCounts) {
      expect(loraCount(adaptedMatrices, dModel, r)).toBe(formulaParams);
    }
    expect(models.loraCounts.filter(({model, agrees}) => model === "DeBERTa-XXL" && agrees).map(({r}) => r)).toEqual([
      16,
    ]);
  });
});

describe("headline ratios follow from their parts", () => {
  const model = number("gpt3-param-count") * 1e6;

  test("trained parameters", () => {
    expect(Math.round(model / number("params-4p7"))).toBe(number("reduction-4p7"));
    expect(Math.round(model / number("params-18p9"))).toBe(number("reduction-18p9"));
    expect(Math.round(model / number("params-37p7"))).toBe(number("reduction-37p7"));
    expect((12 * d ** 2 * layers) / number("params-18p9")).toBe(number("reduction-v1-formula"));
    const adapter = only("table-15", {method: "AdapterH", hyperparameters: "r=8"}).formulaParams as number;
    expect(adapter / number("params-4p7")).toBeCloseTo(8.5, 3);
  });

  test("storage and memory", () => {
    const base = number("ckpt-350gb");
    const adapter = number("ckpt-35mb") / 1000;
    expect(base / adapter).toBeCloseTo(number("ckpt-10000x"), 6);
    expect(base + 100 * adapter).toBeCloseTo(number("hundred-models-exact"), 9);
    expect(Math.round(base + 100 * adapter)).toBe(number("hundred-models-lora"));
    expect((100 * base) / 1000).toBe(number("hundred-models-ft"));
    expect(Math.round((100 * base) / number("hundred-models-exact"))).toBe(number("hundred-models-ratio"));
    expect(Math.floor((number("vram-ft") * 1000) / number("vram-lora"))).toBe(number("memory-3x"));
  });

  test("speed", () => {
    const [full, lora] = [number("throughput-ft"), number("throughput-lora")];
    expect(100 * (lora / full - 1)).toBeCloseTo(32.6, 1);
    expect(Math.round(100 * (1 - full / lora))).toBe(number("speedup-25"));
  });

  test("Table 1's slow-downs are its latencies", () => {
    for (const {batch, latencyMs, overheadPct} of paperTable("table-1").rows) {
      if (overheadPct === null) continue;
      const base = only("table-1", {method: "Fine-Tune/LoRA", batch: batch as number}).latencyMs as number;
      expect(100 * ((latencyMs as number) / base - 1)).toBeCloseTo(overheadPct as number, 0);
      expect(Math.abs(100 * ((latencyMs as number) / base - 1) - (overheadPct as number))).toBeLessThan(0.051);
    }
  });

  test("Table 7: amplification, the chance baseline, and the share of W_q in its own directions", () => {
    for (const rank of [4, 64]) {
      const at = (directionsOf: string) => only("table-7", {rank, directionsOf});
      const {projNorm, normWq, normDeltaWq} = at("ΔWq") as Record<string, number>;
      const factor = normDeltaWq / projNorm;
      if (rank === 4) {
        expect(Math.abs(factor - number("amplification-r4"))).toBeLessThan(0.1);
        expect((at("Wq").projNorm as number) / normWq).toBeCloseTo(0.35, 2);
      } else {
        expect(Math.round(factor)).toBe(number("amplification-r64"));
        expect(((at("Wq").projNorm as number) / normWq) ** 2).toBeCloseTo(0.37, 2);
      }
      expect(Math.abs((normWq * rank) / d - (at("Random").projNorm as number))).toBeLessThan(0.01);
    }
  });

  test("RoBERTa-base: the whole gain is RTE", () => {
    const [ft, lora] = ["FT", "LoRA"].map(
      (method) => only("table-2", {model: "RoBERTa-base", method}) as Record<string, number>,
    );
    const sum = (row: Record<string, number>) =>
      ["mnli", "sst2", "mrpc", "cola", "qnli", "qqp", "stsb"].reduce((s, key) => s + row[key], 0);
    expect(lora.rte - ft.rte).toBeCloseTo(7.9, 9);
    expect(sum(lora) - sum(ft)).toBeCloseTo(-0.8, 9);
  });

  test("RoBERTa-base: what RTE and the other seven add to the average", () => {
    const parts = paperNumber("glue-gain-base").value as Record<string, number>;
    expect(parts.rteContribution).toBeCloseTo(7.9 / 8, 9);
    expect(parts.otherSeven).toBeCloseTo(-0.8 / 8, 9);
    expect(parts.avgGain).toBeCloseTo(parts.rteContribution + parts.otherSeven, 9);
  });

  test("Table 7: the norm of W_q along its own directions and the update's, and what is more than chance", () => {
    const at = (directionsOf: string) => only("table-7", {rank: 4, directionsOf}) as Record<string, number>;
    const share = (directionsOf: string) => at(directionsOf).projNorm / at(directionsOf).normWq;
    for (const [id, directionsOf] of [
      ["top4-share", "Wq"],
      ["deltaW-direction-share", "ΔWq"],
    ]) {
      const {normRatio, shareOfSquares} = paperNumber(id).value as Record<string, number>;
      expect(share(directionsOf)).toBeCloseTo(normRatio, 12);
      expect(share(directionsOf) ** 2).toBeCloseTo(shareOfSquares, 12);
    }
    expect(at("ΔWq").projNorm / at("Random").projNorm).toBeCloseTo(number("correlation-vs-random"), 9);
  });

  test("files: two bytes a parameter, and the share of the model that is trained", () => {
    expect(paperNumber("ckpt-35mb").exactBytes).toBe(36 * 2 ** 20);
    expect(2 * number("params-4p7")).toBe(9 * 2 ** 20);
    expect(2 * 175).toBe(number("ckpt-350gb"));
    expect((100 * number("params-18p9")) / model).toBeCloseTo(number("theta-fraction"), 2);
    expect((100 * number("params-4p7")) / model).toBeCloseTo(0.00269, 5);
  });

  test("prefixes: parameters by formula, and the shape of a matrix of rank 4", () => {
    const embed = paperTable("table-15").rows.filter(({method}) => method === "PrefixEmbed");
    expect(embed.map(({config}) => d * (config!.lp + config!.li))).toEqual([
      491_520, 884_736, 1_671_168, 3_244_032, 6_389_760,
    ]);
    const layer = paperTable("table-15").rows.filter(({method}) => method === "PrefixLayer");
    expect(layer.map(({config}) => layers * d * (config!.lp + config!.li))).toEqual([
      4_718_592, 9_437_184, 18_874_368, 42_467_328, 75_497_472,
    ]);
    expect(layer.every(({formulaMatchesPrinted}) => formulaMatchesPrinted === false)).toBe(true);
    expect([1, 4, 8, 16, 64].map(adapterCount)).toEqual([7_078_080, 21_234_432, 40_109_568, 77_859_840, 304_361_472]);
  });
});
