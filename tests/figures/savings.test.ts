import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {dimensions} from "../../content/paper/models.json";
import {parse} from "../../src/figure/parse.ts";
import {bounds, compute, controls, type SavingsParams} from "../../src/figures/savings/model.ts";
import figure from "../../src/figures/savings/widget.ts";
import {emptyRoot, show} from "./promises/stage.ts";

const w = {...figure, compute};
const at = (raw: Readonly<Record<string, unknown>>): SavingsParams => parse(controls, raw, {boundsOf: bounds}).params;
const of = (d: number, k: number, r: number) => compute(at({preset: "custom", d, k, r}));

test.each([
  [4, 98_304, 1536],
  [8, 196_608, 768],
])("GPT-3 at r = %i: 150,994,944 against %i, %i times fewer", (r, pair, fewer) => {
  const params = at({preset: "gpt3", r});
  expect(compute(params)).toMatchObject({full: 150_994_944, lora: pair, fewer});
  const words = w.summary(compute(params), params);
  for (const number of [150_994_944, pair, fewer]) expect(words).toContain(number.toLocaleString("en-US"));
});

test.each([
  ["gpt3", "GPT-3 175B"],
  ["gpt2m", "GPT-2 medium"],
  ["roberta", "RoBERTa-base"],
])("%s has the width the paper's data gives %s", (preset, model) => {
  const {dModel} = dimensions.find((one) => one.model === model)!;
  expect(at({preset})).toMatchObject({d: dModel, k: dModel});
  expect(compute(at({preset, r: 1})).full).toBe(dModel * dModel);
});

test("a named matrix keeps its shape, whatever is asked; a custom one takes it", () => {
  const {params, notes} = parse(controls, {preset: "llama7b-mlp", d: 7, k: 7}, {boundsOf: bounds});
  expect(params).toMatchObject({d: 11_008, k: 4096});
  expect(notes).toHaveLength(2);
  expect(at({preset: "custom", d: 7, k: 9})).toMatchObject({d: 7, k: 9});
});

test("every option but custom is a shape of its own", () => {
  const shapes = Object.keys(controls.preset.options)
    .filter((preset) => preset !== "custom")
    .map((preset) => at({preset, d: 5, k: 6}))
    .map(({d, k}) => `${d} × ${k}`);
  expect(new Set(shapes).size).toBe(shapes.length);
  expect(shapes).not.toContain("5 × 6");
});

describe("the picture", () => {
  const drawn = (raw: Readonly<Record<string, unknown>>) => {
    const root = emptyRoot();
    show(root, w, at(raw));
    const width = (name: string) => Number(/h([\d.]+)/.exec(root.querySelector(name)?.getAttribute("d") ?? "")?.[1]);
    return {root, width};
  };

  test("draws B and A beside the matrix to one scale, but a pixel thick at least", () => {
    for (const [preset, r] of [
      ["gpt3", 4],
      ["gpt3", 3000],
      ["llama7b-mlp", 512],
      ["roberta", 8],
    ] as const) {
      const {width} = drawn({preset, r});
      const {k} = at({preset});
      const exact = (width(".blocks .block-dW") * r) / k;
      expect(width(".blocks .block-B"), `${preset} ${r}`).toBeCloseTo(Math.max(exact, 1), 1);
    }
  });
});

describe("the break-even rank", () => {
  const side = fc.integer({min: 1, max: 3000});

  test("is where the pair stops being smaller: on both sides, in whole numbers", () => {
    fc.assert(
      fc.property(side, side, (d, k) => {
        const {breakEven} = of(d, k, 1);
        const below = Math.ceil(breakEven - 1e-9) - 1;
        const above = Math.floor(breakEven + 1e-9) + 1;
        if (below >= 1) expect(below * d + below * k).toBeLessThan(d * k);
        if (above <= Math.min(d, k)) expect(above * d + above * k).toBeGreaterThan(d * k);
        expect(breakEven).toBeLessThan(Math.min(d, k));
      }),
      {seed: 8, numRuns: 500},
    );
  });

  test.each([
    [383, "about as many"],
    [384, "about as many"],
    [768, "2 times as many"],
    [192, "2 times fewer"],
  ])("at r = %i of 768 × 768 A and B have %s", (r, words) => {
    const params = at({preset: "roberta", r});
    expect(w.summary(compute(params), params)).toContain(words);
  });

  test("at full rank A and B together are larger than the matrix", () => {
    for (const [d, k] of [
      [1, 1],
      [1, 7],
      [7, 1],
      [12, 12],
      [65_536, 65_536],
    ] as const) {
      const r = Math.min(d, k);
      const params = at({preset: "custom", d, k, r});
      const result = compute(params);
      expect(params.r).toBe(r);
      expect(result.lora).toBe(d * r + r * k);
      expect(result.lora).toBeGreaterThan(result.full);
      expect(w.summary(result, params)).not.toContain("fewer");
    }
  });
});
