/** The code below the equations of chapters 4 and 8: what PyTorch made of it (tests/fixtures/make_formula.py), and what the engine makes. */
import {readdirSync, readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {type FormulaName, formulaCode, formulaSymbols} from "../../../src/book/chapter/formulas.ts";
import {subspaceSimilarity} from "../../../src/engine/analysis/subspace.ts";
import {fromRows} from "../../../src/engine/linalg/matrix.ts";
import {countLora} from "../../../src/engine/lora/counts.ts";
import {MATRICES, matrixShapes, modelNamed} from "../../../src/engine/memory/models.ts";
import {loraLinear} from "../../../src/engine/network/layers/lora.ts";
import {symbols} from "../../../src/site/markdown/math.ts";
import ran from "../../fixtures/formula.json" with {type: "json"};

const {inputs, results} = ran;

test("what was run are the lines that chapters show", () => {
  for (const [title, code] of Object.entries(ran.listings)) {
    const [which, peft] = title.split(", ") as [FormulaName, string?];
    expect(formulaCode[which]![peft ? "PEFT" : "PyTorch"], title).toBe(code);
  }
});

describe("the engine's lines come to the same", () => {
  test("forward, by PyTorch's line and by PEFT's", () => {
    for (const {r, alpha, h, peft} of results.forward) {
      const [A, B] = [inputs.A.slice(0, r), inputs.B.map((row) => row.slice(0, r))].map(fromRows);
      const found = loraLinear(fromRows(inputs.x), fromRows(inputs.W0), [{A: A!, B: B!, alpha, r}]).h;
      for (const due of [h, peft]) expect([...found.data]).toEqual(due.flat().map((one) => expect.closeTo(one, 12)));
    }
  });

  test("count", () => {
    const names: Readonly<Record<string, string>> = {
      "roberta-base": "RoBERTa-base",
      "gpt2-medium": "GPT-2 medium",
      "llama2-7b": "Llama 2 7B",
      gpt3: "GPT-3 175B",
    };
    for (const {model, matrices, r, count} of results.count)
      expect(countLora(matrixShapes(modelNamed(names[model]!), MATRICES.slice(0, matrices)), r)).toBe(count);
  });

  test("similarity", () => {
    for (const {i, j, phi} of results.similarity)
      expect(subspaceSimilarity(fromRows(inputs.A8), fromRows(inputs.A64), i, j)).toBeCloseTo(phi, 12);
  });
});

test("each symbol that an equation names is in a table of its chapter", () => {
  const shared = new Set<string>(Object.values(symbols).map(([, name]) => name));
  let named = 0;
  for (const file of readdirSync("content/chapters")) {
    const text = readFileSync(`content/chapters/${file}`, "utf8");
    const tables = [...text.matchAll(/<SymbolTable which="([^"]+)"/g)].map(([, which]) => which as FormulaName);
    const known = new Set(tables.flatMap((which) => Object.keys(formulaSymbols[which])));
    for (const [, name] of text.matchAll(/\\sym\{(\w+)\}/g)) {
      named++;
      expect(known.has(name!) || shared.has(name!), `${file}: ${name}`).toBe(true);
    }
  }
  expect(named).toBeGreaterThan(20);
});
