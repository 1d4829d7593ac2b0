/** Compares the engine with PyTorch, which ran the lines of code of the formula figure (tests/fixtures/make_formula.py). */
import {describe, expect, test} from "vitest";
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {parse} from "../../../src/figure/parse.ts";
import {listingsOf} from "../../../src/figures/formula/code.ts";
import {adapters, forwardExample} from "../../../src/figures/formula/examples.ts";
import {
  bounds,
  type CountResult,
  compute,
  controls,
  type FormulaParams,
  type ForwardPass,
  MATRIX_CHOICES,
  type SimilarityResult,
} from "../../../src/figures/formula/model.ts";
import ran from "../../fixtures/formula.json";
import {type Rows, rowsOf} from "../oracles/rows.ts";

const at = (raw: Readonly<Record<string, unknown>>): FormulaParams => parse(controls, raw, {boundsOf: bounds}).params;
const linesOf = (which: string, name: string, params: Readonly<Record<string, unknown>> = {}): string =>
  listingsOf(at({which, ...params}))
    .find((one) => one.name === name)!
    .lines.map((line) => line.map((piece) => (typeof piece === "string" ? piece : piece.text)).join(""))
    .join("\n");
const expectNear = (found: Matrix, due: Rows) =>
  expect(rowsOf(found)).toEqual(due.map((row) => row.map((x) => expect.closeTo(x, 12))));

test("what was run are the figure's lines, whatever its controls say, on the figure's examples", () => {
  for (const [title, code] of Object.entries(ran.listings)) {
    const [which, peft] = title.split(", ") as [string, string?];
    for (const params of [{}, {r: 2, alpha: 8}, {model: "llama2-7b", matrices: "qkvo", r: 64}])
      expect(linesOf(which, peft ? "peft" : "pytorch", params), title).toBe(code);
  }
  const {inputs} = ran;
  expect([rowsOf(forwardExample.W0), rowsOf(forwardExample.x), forwardExample.A, forwardExample.B]).toEqual([
    inputs.W0,
    inputs.x,
    inputs.A,
    inputs.B,
  ]);
  expect([rowsOf(adapters.A8), rowsOf(adapters.A64)]).toEqual([inputs.A8, inputs.A64]);
});

describe("the engine comes to the same", () => {
  const {results} = ran;

  test("forward, by PyTorch's line and by PEFT's", () => {
    for (const {r, alpha, h, peft} of results.forward) {
      const found = compute(at({which: "forward", r, alpha})) as ForwardPass;
      expectNear(found.h, h);
      expectNear(found.h, peft);
    }
  });

  test("count", () => {
    for (const {model, matrices, r, count} of results.count) {
      const named = Object.keys(MATRIX_CHOICES).filter((name) => MATRIX_CHOICES[name]!.length === matrices);
      for (const one of named)
        expect((compute(at({which: "count", model, matrices: one, r})) as CountResult).total).toBe(count);
    }
  });

  test("similarity", () => {
    for (const {i, j, phi} of results.similarity)
      expect((compute(at({which: "similarity", i, j})) as SimilarityResult).phi).toBeCloseTo(phi, 12);
  });
});
