import {describe, expect, test} from "vitest";
import {parse} from "../../../src/figure/parse.ts";
import {bounds, boxesOf, CARD_BYTES, type CostParams, compute, controls} from "../../../src/figures/cost/model.ts";
import {boxSpans} from "../../../src/figures/cost/strips.ts";
import face from "../../../src/figures/cost/widget.ts";
import {emptyRoot, show} from "../promises/stage.ts";

const w = {...face, compute};

const at = (raw: Readonly<Record<string, unknown>> = {}): CostParams => parse(controls, raw, {boundsOf: bounds}).params;
const drawn = (raw: Readonly<Record<string, unknown>> = {}) => {
  const root = emptyRoot();
  show(root, w, at(raw), "card");
  return root;
};
const said = (root: Element) =>
  [...root.querySelectorAll(".chart.wide .strip")].map((one) => one.querySelectorAll("text")[1]!.textContent);

describe("the strips of memory", () => {
  test("GPT-3 with Adam fills eighteen cards of 80 GB, and with LoRA five", () => {
    // By hand: 174,604,259,328 parameters of 2 bytes, as many for gradients, twice as many for two moments.
    const parameters = 174_604_259_328;
    const {full, chosen} = compute(at());
    const without = 4 * 2 * parameters;
    expect(full.memory.total).toBe(without);
    expect(Math.ceil((without + full.activations) / CARD_BYTES)).toBe(18);
    expect(Math.ceil((2 * parameters + 8 * 18_874_368 + chosen!.activations) / CARD_BYTES)).toBe(5);
    expect(said(drawn())).toEqual(["18 cards, 1.42\u2009TB", "5 cards, 364\u2009GB"]);
    expect(said(drawn({optimizer: "sgd"}))[0]).toBe("9 cards, 719\u2009GB");
  });

  test("a segment is cut where a card ends, and its parts are together as long as what it stands for", () => {
    expect(boxSpans(130, 225, 80)).toEqual([
      [1, 0.625, 1],
      [2, 0, 0.8125],
    ]);
    expect(boxSpans(130, 130, 80)).toEqual([]);
    expect(boxSpans(80, 160, 80)).toEqual([[1, 0, 1]]);
  });

  test("are as long as what they stand for, on one scale", () => {
    const raw = {model: "roberta-base", method: "adapters", r: 64};
    const {full, chosen} = compute(at(raw));
    const long = [...drawn(raw).querySelectorAll(".chart.wide .mark-bar path")].map((one) =>
      [...one.getAttribute("d")!.matchAll(/h([\d.]+)v/g)].reduce((sum, [, h]) => sum + Number(h), 0),
    );
    const {weights, gradients, moments} = full.memory;
    const values = [weights, gradients, moments, full.activations];
    values.push(chosen!.memory.weights, chosen!.memory.total - chosen!.memory.weights, chosen!.activations);
    for (const [i, value] of values.entries()) expect(long[i]! / long[0]!, `${i}`).toBeCloseTo(value / weights, 1);
    expect(long).toHaveLength(7);
  });

  test("have from 4 to 40 places for any model and load", () => {
    for (const model of Object.keys(controls.model.options))
      for (const [batch, tokens] of [
        [1, 1],
        [16, 4096],
        [1024, 4096],
      ]) {
        const {count} = boxesOf(at({model, batch, tokens}));
        expect(count).toBeGreaterThan(3);
        expect(count).toBeLessThanOrEqual(40);
      }
  });
});

describe("the shelf", () => {
  const shelf = (raw: Readonly<Record<string, unknown>> = {}) =>
    drawn({...raw, show: "disk"}).querySelector(".chart.wide")!;

  test("says how many slips are as thick as the base beside them, which a coarse base makes thinner than a copy", () => {
    const thin = {model: "llama2-70b", precision: "nf4"};
    const {full, chosen} = compute(at(thin));
    expect(chosen!.base).toBeLessThan(0.3 * full.checkpoint);
    const due = (raw: Readonly<Record<string, unknown>>) =>
      Number(/1\/([\d,]+) of/.exec(shelf(raw).querySelector(".second")!.textContent!)![1]!.replace(",", ""));
    for (const raw of [{}, thin]) {
      const {chosen: one} = compute(at(raw));
      expect(due(raw) / (one!.base / one!.checkpoint)).toBeCloseTo(1, 1);
    }
  });
});
