/** Compares the engine with PyTorch, which ran the lines of code of the formula figure (tests/fixtures/make_formula.py). */
import {describe, expect, test} from "vitest";
import {fromRows, type Matrix, zeros} from "../../../src/engine/linalg/matrix.ts";
import {crossEntropy, crossEntropyBackward} from "../../../src/engine/network/layers/crossentropy.ts";
import {loraLinear, loraLinearBackward} from "../../../src/engine/network/layers/lora.ts";
import {parse} from "../../../src/figure/parse.ts";
import {listingsOf} from "../../../src/figures/formula/code.ts";
import {adapters, forwardExample, nextTokenIds, PHI0, seen, TOKENS, Z} from "../../../src/figures/formula/examples.ts";
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
  const token = (name: string) => TOKENS.indexOf(name as (typeof TOKENS)[number]);
  expect([rowsOf(PHI0), Z.map(({x, y}) => [x.map(token), y.map(token)])]).toEqual([inputs.phi0, inputs.Z]);
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

  test("objective: the gradients of all weights; then a step", () => {
    const {h, us} = loraLinear(seen, PHI0, []);
    const [dlogits, dPhi] = [zeros(seen.rows, PHI0.rows), zeros(PHI0.rows, PHI0.cols)];
    crossEntropyBackward(crossEntropy(h, nextTokenIds), nextTokenIds, dlogits);
    loraLinearBackward(dlogits, seen, PHI0, [], us, zeros(seen.rows, seen.cols), [], dPhi);
    // The lines add up the losses of all tokens, the engine takes their mean.
    dPhi.data.forEach((_, n) => {
      dPhi.data[n]! *= nextTokenIds.length;
    });
    expectNear(dPhi, results.objective.gradient);
    expect(results.objective.moved).toBeGreaterThan(0);
  });

  test("LoRA objective: the loss, and the gradients of A and B alone", () => {
    const {pair, loss, A, B} = results["lora-objective"];
    const lora = {...pair, A: fromRows(pair.A), B: fromRows(pair.B)};
    const {h, us} = loraLinear(seen, PHI0, [lora]);
    const scored = crossEntropy(h, nextTokenIds);
    expect(scored.loss * scored.counted).toBeCloseTo(loss, 12);
    const slopes = {A: zeros(lora.A.rows, lora.A.cols), B: zeros(lora.B.rows, lora.B.cols)};
    const dlogits = zeros(seen.rows, PHI0.rows);
    crossEntropyBackward(scored, nextTokenIds, dlogits);
    loraLinearBackward(dlogits, seen, PHI0, [lora], us, zeros(seen.rows, seen.cols), [slopes]);
    for (const {data} of [slopes.A, slopes.B])
      data.forEach((_, n) => {
        data[n]! *= nextTokenIds.length;
      });
    expectNear(slopes.A, A);
    expectNear(slopes.B, B);
  });

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
