import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {parse} from "../../../src/figure/parse.ts";
import {bounds, compute, controls, type ForwardParams} from "../../../src/figures/forward/model.ts";
import declared from "../../../src/figures/forward/widget.ts";
import {layerAt} from "../oracles/forward.ts";
import {rowsOf} from "../oracles/rows.ts";
import {numbersIn} from "../promises/numbers.ts";
import {emptyRoot, show} from "../promises/stage.ts";

const w = {...declared, compute};

const at = (raw: Readonly<Record<string, unknown>>): ForwardParams => parse(controls, raw, {boundsOf: bounds}).params;

const raw = {
  stage: fc.constantFrom(...Object.keys(controls.stage.options)),
  steps: fc.integer({min: 0, max: 20}),
  r: fc.integer({min: 1, max: 4}),
  alpha: fc.integer({min: 1, max: 8}),
  d: fc.integer({min: 2, max: 8}),
  k: fc.integer({min: 2, max: 8}),
  rate: fc.constantFrom("0.003", "0.01", "0.03"),
  seed: fc.integer({min: 0, max: 9}),
  trace: fc.constantFrom(...Object.keys(controls.trace.options)),
  row: fc.integer({min: 1, max: 8}),
  column: fc.integer({min: 1, max: 8}),
};
const any = fc.record(raw).map(at);
const settings = {seed: 8, numRuns: 100};

/** The layer by plain sums, at the widget's weights or at others. */
function layer(params: ForwardParams, moved: {A?: number[][]; B?: number[][]; x?: number[]} = {}) {
  const {W0, A, B, x, y} = compute(params).parts;
  const [inputs, targets] = [rowsOf(x).flat(), rowsOf(y).flat()];
  return layerAt(
    rowsOf(W0),
    moved.A ?? rowsOf(A),
    moved.B ?? rowsOf(B),
    moved.x ?? inputs,
    targets,
    params.alpha / params.r,
  );
}

test("before the first step ∂L/∂A and ΔW are exactly 0, and h is W₀x bit for bit", () => {
  fc.assert(
    fc.property(any, (params) => {
      const {parts, difference} = compute({...params, steps: 0});
      const {B, da, db, dw, h, base, up, w, W0} = parts;
      for (const zero of [B, da, dw, up]) expect(zero.data.every((value) => value === 0)).toBe(true);
      expect(db.data.some((value) => value !== 0)).toBe(true);
      expect(Array.from(h.data)).toEqual(Array.from(base.data));
      expect(Array.from(w.data)).toEqual(Array.from(W0.data));
      expect(difference).toBe(0);
    }),
    settings,
  );
});

test("the layer by hand has the numbers of chapter 3", () => {
  const {W0, A, B, x, base, down, up, h, g, da, db} = compute(at({})).parts;
  expect([W0, A, B, x].map(({data}) => [...data])).toEqual([
    [1, 2, 0, 1],
    [2, -1],
    [1, 3],
    [1, 1],
  ]);
  expect([base, down, up, h].map(({data}) => [...data])).toEqual([[3, 1], [1], [2, 6], [5, 7]]);
  expect([g, db, da].map(({data}) => [...data])).toEqual([
    [1, -1],
    [2, -2],
    [-4, -4],
  ]);
});

test("one step later A has a gradient, and moves with the step after it", () => {
  for (let seed = 1; seed <= 9; seed++) {
    const [start, one, two] = [0, 1, 2].map((steps) => compute(at({seed, d: 4, k: 6, steps, rate: "0.003"})).parts);
    expect(Array.from(one!.A.data)).toEqual(Array.from(start!.A.data));
    expect(one!.da.data.some(Boolean)).toBe(true);
    expect(Array.from(two!.A.data)).not.toEqual(Array.from(one!.A.data));
    expect(Array.from(two!.W0.data)).toEqual(Array.from(start!.W0.data));
  }
});

test("gradients of A, B and x agree with finite differences of the loss", () => {
  const step = 1e-5;
  fc.assert(
    fc.property(any, (params) => {
      const {parts, loss} = compute(params);
      expect(loss).toBeCloseTo(layer(params).loss, 10);
      const gradients = {A: parts.da, B: parts.db, x: parts.dx};
      for (const name of ["A", "B", "x"] as const) {
        const bound = 1e-6 * Math.max(1, ...gradients[name].data.map(Math.abs));
        for (const n of gradients[name].data.keys()) {
          const moved = (by: number) => {
            const data = parts[name].data.slice();
            data[n]! += by;
            const list = rowsOf({...parts[name], data});
            return layer(params, {[name]: name === "x" ? list.flat() : list}).loss;
          };
          const slope = (moved(step) - moved(-step)) / (2 * step);
          expect(Math.abs(slope - gradients[name].data[n]!), `∂L/∂${name}, entry ${n}`).toBeLessThan(bound);
        }
      }
    }),
    {...settings, numRuns: 25},
  );
});

test("a step takes η times the gradient from A and B", () => {
  fc.assert(
    fc.property(any, fc.integer({min: 0, max: 19}), (params, steps) => {
      const [before, after] = [compute({...params, steps}), compute({...params, steps: steps + 1})];
      if (after.divergedAt) return;
      const {da, db} = layer({...params, steps});
      for (const [gradient, one, next] of [
        [da, before.parts.A, after.parts.A],
        [db, before.parts.B, after.parts.B],
      ] as const)
        for (const [n, slope] of gradient.flat().entries())
          expect(next.data[n]).toBeCloseTo(one.data[n]! - Number(params.rate) * slope, 10);
    }),
    settings,
  );
});

test("merged and unmerged outputs are equal within rounding, and not always to the last bit", () => {
  const seen: number[] = [];
  fc.assert(
    fc.property(any, (params) => {
      const {parts, scaling, difference} = compute(params);
      const {W0, A, B, x} = parts;
      const most = ({data}: {data: Float64Array}) => Math.max(...data.map(Math.abs));
      // Each of the sums has at most k + r terms; each term and sum is off by half a unit in the last place.
      const terms = most(x) * (most(W0) + Math.abs(scaling) * most(A) * most(B) * A.rows) * (x.rows + A.rows);
      expect(difference).toBeLessThanOrEqual(W0.data.length * 2 ** -52 * terms);
      seen.push(difference);
    }),
    settings,
  );
  expect(seen.some((difference) => difference > 0)).toBe(true);
});

test("a step that is too large is said, and what is shown is the last step before it", () => {
  const params = at({alpha: 8, r: 1, rate: "0.1", steps: 20});
  const result = compute(params);
  expect(result.divergedAt).toBe(result.step + 1);
  expect(result.loss).toBeLessThanOrEqual(100 * result.lossOfW0);
  expect(w.summary(result, params)).toContain("too large");
  expect(result.parts.w.data.every(Number.isFinite)).toBe(true);
});

describe("the picture", () => {
  test("the traced entry is the readout, its numbers give it, and code counts from 0", () => {
    fc.assert(
      fc.property(any, (params) => {
        const {parts, result} = show(emptyRoot(), w, params);
        const [formula, numbers] = [...parts.picture.querySelectorAll(".entryline p")].map((one) => one.textContent!);
        const [name, ...sides] = numbers!.split(" = ");
        const [sum, total] = sides as [string, string];
        expect(total).toBe(w.readouts(result as never, params)[0]!.value);
        // Factors are printed to three decimals.
        const expression = sum.replaceAll("−", "-").replaceAll("·", "*").replaceAll(",", "");
        const value = new Function(`return ${expression}`)() as number;
        expect(Math.abs(value - numbersIn(total)[0]!.value)).toBeLessThan(0.02 * (1 + sum.split("·").length));
        expect(formula).toContain(name);
        const code = parts.picture.querySelector(".entryline code")!.textContent!;
        const index = (text: string) =>
          numbersIn(/\[(.*?)\]/.exec(text)![1]!.replace(",", " ")).map(({value}) => value);
        expect(index(code)).toEqual(index(formula!).map((n) => n - 1));
      }),
      settings,
    );
  });

  test("gradients are drawn only where they are: at A, B and x, and none at W₀", () => {
    for (const stage of ["freeze", "insert", "forward", "merge"]) {
      const {parts} = show(emptyRoot(), w, at({stage, steps: 3}));
      expect(parts.picture.querySelector('[data-part^="d"].block:not([data-part="down"])')).toBeNull();
    }
    const {parts, result} = show(emptyRoot(), w, at({stage: "backward", steps: 3}));
    const names = [...parts.picture.querySelectorAll(".wide .block")].map((one) => one.getAttribute("data-part"));
    expect(names.sort()).toEqual(["A", "B", "W0", "da", "db", "down", "du", "dx", "g", "g", "g", "x"]);
    const first = parts.picture.querySelector('.wide [data-part="W0"] .numbers text')!.textContent!;
    expect(numbersIn(first)[0]!.value).toBeCloseTo((result as ReturnType<typeof compute>).parts.W0.data[0]!, 2);
  });
});
