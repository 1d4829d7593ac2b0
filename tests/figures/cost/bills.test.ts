import {describe, expect, test} from "vitest";
import {parse} from "../../../src/figure/parse.ts";
import {boxesOf, CARD} from "../../../src/figures/cost/bills.ts";
import {magnification} from "../../../src/figures/cost/drawing/bookshelf.ts";
import {rackPieces} from "../../../src/figures/cost/drawing/racks.ts";
import rest from "../../../src/figures/cost/full.ts";
import {bounds, type CostParams, compute, controls} from "../../../src/figures/cost/model.ts";
import face from "../../../src/figures/cost/widget.ts";
import {emptyRoot, show} from "../promises/stage.ts";

const w = {...face, ...rest, compute, full: undefined};

const at = (raw: Readonly<Record<string, unknown>> = {}): CostParams => parse(controls, raw, {boundsOf: bounds}).params;
const drawn = (raw: Readonly<Record<string, unknown>> = {}) => {
  const root = emptyRoot();
  show(root, w, at(raw), "card");
  return root;
};
const texts = (root: Element, selector: string) => [...root.querySelectorAll(selector)].map((one) => one.textContent);

describe("the racks", () => {
  test("GPT-3 with Adam fills eighteen cards of 80 GB, and with LoRA five", () => {
    // By hand: 174,604,259,328 parameters of 2 bytes, as many for gradients, twice as many for two moments.
    const parameters = 174_604_259_328;
    const {full, chosen} = compute(at());
    const without = 4 * 2 * parameters;
    expect(full.memory.total).toBe(without);
    expect(Math.ceil((without + full.activations) / CARD)).toBe(18);
    expect(Math.ceil((2 * parameters + 8 * 18_874_368 + chosen!.activations) / CARD)).toBe(5);
    expect(texts(drawn(), ".rack .said")).toEqual(["18 cards · 1.42\u2009TB", "5 cards · 364\u2009GB"]);
    expect(texts(drawn({optimizer: "sgd"}), ".rack .said")[0]).toBe("9 cards · 719\u2009GB");
  });

  test("what is drawn is as large as what it stands for, whatever the box", () => {
    const fills = [
      {name: "a", value: 130},
      {name: "b", value: 0},
      {name: "c", value: 95},
    ];
    const pieces = rackPieces(fills, 80);
    const sum = (name: string) =>
      pieces.filter((one) => one.name === name).reduce((all, {from, to}) => all + 80 * (to - from), 0);
    expect([sum("a"), sum("b"), sum("c")]).toEqual([expect.closeTo(130, 9), 0, expect.closeTo(95, 9)]);
    expect(pieces.map(({box}) => box)).toEqual([0, 1, 1, 2]);
  });

  test("have from 4 to 40 places for any model and load", () => {
    for (const model of Object.keys(controls.model.options))
      for (const [batch, tokens] of [
        [1, 1],
        [16, 4096],
        [1024, 4096],
      ]) {
        const {places} = boxesOf(at({model, batch, tokens}));
        expect(places).toBeGreaterThan(3);
        expect(places).toBeLessThanOrEqual(40);
      }
  });

  test("keep their height and their places in any state, so that nothing below them moves", () => {
    const seen = (raw: object) => {
      const root = drawn(raw as Record<string, unknown>);
      return [
        root.querySelector(".racks .chart")!.getAttribute("height"),
        root.querySelectorAll(".first .place").length,
      ];
    };
    expect(seen({optimizer: "sgd"})).toEqual(seen({}));
    for (const raw of [{model: "llama2-7b"}, {batch: 200}, {method: "full"}, {model: "roberta-base", tokens: 4096}])
      expect(seen(raw)[0]).toBe(seen({})[0]);
  });

  test("carry the paper's sizes as marks, for what they were printed for", () => {
    const marks = (raw: object) => texts(drawn(raw as Record<string, unknown>), ".rack .printed").filter(Boolean);
    expect(marks({})).toEqual(["paper: 1.2\u2009TB", "paper: 350\u2009GB"]);
    expect(marks({optimizer: "sgd"})).toEqual([]);
    expect(marks({model: "llama2-7b"})).toEqual([]);
  });
});

describe("the shelf", () => {
  test("has a book for each task, and the paper's sizes beside ours at a hundred", () => {
    const root = drawn();
    expect(root.querySelector(".books .copies")!.getAttribute("d")!.split("M")).toHaveLength(101);
    expect(texts(root, ".tasks-shelf .words")).toEqual([
      "100 edited copies: 34.9\u2009TB (paper: 35\u2009TB)",
      "One book and 100 slips: 353\u2009GB (paper: 354\u2009GB)",
    ]);
    expect(texts(drawn({tasks: 1}), ".tasks-shelf .words")[0]).toBe("1 edited copy: 349\u2009GB");
    expect(texts(drawn({method: "full"}), ".tasks-shelf .words")).toEqual([
      "100 edited copies: 34.9\u2009TB (paper: 35\u2009TB)",
    ]);
  });

  test("says how many slips are as thick as the book beside them, which a coarse base makes thinner than a copy", () => {
    const thin = {model: "llama2-70b", precision: "nf4"};
    const {full, chosen} = compute(at(thin));
    expect(chosen!.base).toBeLessThan(0.3 * full.checkpoint);
    const said = (raw: Readonly<Record<string, unknown>>) =>
      Number(/1\/([\d,]+) of/.exec(drawn(raw).querySelector(".lens .second")!.textContent!)![1]!.replace(",", ""));
    for (const raw of [{}, thin]) {
      const {chosen: one} = compute(at(raw));
      expect(said(raw) / (one!.base / one!.checkpoint)).toBeCloseTo(1, 1);
    }
  });

  test("the lens magnifies a slip to what can be seen, and no further than it must", () => {
    for (const slip of [3e-5, 7e-4, 0.02, 1.1]) {
      expect(slip * magnification(slip)).toBeGreaterThanOrEqual(3.4);
      expect(slip * magnification(slip)).toBeLessThan(10);
    }
  });
});
