import {readdirSync, readFileSync} from "node:fs";
import {describe, expect, test, vi} from "vitest";
import printed from "../../../content/paper/formulas.json";
import {gpt3Lora} from "../../../content/paper/models.json";
import numbers from "../../../content/paper/numbers.json";
import {parse} from "../../../src/figure/parse.ts";
import {builtRoom} from "../../../src/figure/plot/room.ts";
import type {Formula, Piece} from "../../../src/figure/plot/text/typeset.ts";
import {listingsOf} from "../../../src/figures/formula/code.ts";
import {adapters, forwardExample} from "../../../src/figures/formula/examples.ts";
import {formulas, readFormula} from "../../../src/figures/formula/formulas.ts";
import rest from "../../../src/figures/formula/full.ts";
import {goals} from "../../../src/figures/formula/fullSentences.ts";
import {
  bounds,
  type CountResult,
  compute,
  controls,
  type FormulaParams,
  type ForwardPass,
  type SimilarityResult,
} from "../../../src/figures/formula/model.ts";
import {entries, FORMULAS, litOf, symbolText, type Which} from "../../../src/figures/formula/symbolMeanings.ts";
import {valuesOf} from "../../../src/figures/formula/symbolValues.ts";
import {forwardOf, squaresOf} from "../oracles/formula.ts";
import {dot, lengthOf, rowsOf, times} from "../oracles/rows.ts";
import {emptyRoot, full, nobody, nodesOf, show} from "../promises/stage.ts";

// Other tests complete the widget for as long as its module lives, and the card is asked about here.
vi.resetModules();
const {default: face} = await import("../../../src/figures/formula/widget.ts");
const w = {...face, ...rest, compute, full: undefined};
const at = (raw: Readonly<Record<string, unknown>>): FormulaParams => parse(controls, raw, {boundsOf: bounds}).params;
const of = <R>(raw: Readonly<Record<string, unknown>>): R => compute(at(raw)) as R;

const piecesOf = (which: Which): Formula =>
  readFormula(formulas[which].formula, (word) =>
    Object.hasOwn(entries[which], word) ? {symbol: word, text: entries[which][word]!.text} : undefined,
  );

/** Every symbol of a formula once. */
function symbolsOf(pieces: Formula): string[] {
  const found = pieces.flatMap((piece): string[] => {
    if (typeof piece === "string") return [];
    if ("symbol" in piece) return [piece.symbol];
    return symbolsOf(Object.values(piece).flatMap((part) => (typeof part === "string" ? [] : part)));
  });
  return [...new Set(found)];
}
const symbolsIn = (which: Which): string[] => symbolsOf(piecesOf(which));

describe("the formulas", () => {
  const commands = {
    ...{"∣": "|", "∥": "\\lVert", "∈": "\\in", "×": "\\times", "⊤": "\\top", Φ: "\\Phi", Δ: "\\Delta", Θ: "\\Theta"},
    ...{α: "\\alpha", ϕ: "\\phi", "L\u0302": "\\hat L", log: "\\log", min: "\\min", max: "\\max", Σ: "\\sum"},
  };
  const commanded = (text: string) =>
    Object.entries(commands).reduce((tex, [from, to]) => tex.replaceAll(from, to), text);
  const texOf = (pieces: Formula): string => pieces.map(pieceTex).join("");
  function pieceTex(piece: Piece): string {
    if (typeof piece === "string") return commanded(piece);
    if ("text" in piece) return piece.symbol === "Z" ? "\\mathcal{Z}" : commanded(piece.text);
    if ("keep" in piece) return texOf(piece.keep);
    if ("base" in piece) return `${texOf(piece.base)}_{${texOf(piece.below)}}`;
    if ("over" in piece) return `\\frac{${texOf(piece.over)}}{${texOf(piece.under)}}`;
    if ("limits" in piece)
      return `${commanded(piece.limits)}_{${texOf(piece.below)}}${piece.above.length ? `^{${texOf(piece.above)}}` : ""}`;
    throw new Error("a printed formula holds no matrix of numbers");
  }
  /** TeX without grouping and spacing, with one sign for both sides of a norm, one for all bars, and superscripts last. */
  const bare = (tex: string) =>
    tex
      .replace(/\\rVert/g, "\\lVert")
      .replace(/\\mid/g, "|")
      .replace(/\\left|\\right|[\s{}]/g, "")
      .replace(/U\^(i\\top|j)_A_r=(8|64)/g, "U_A_r=$2^$1")
      .replace("U_A_r=64^j\\top", "U_A_r=64^j");
  const latex = (id: string) => printed.find((one) => one.id === id)!.latex;

  test.each([
    ["objective", latex("eq-1")],
    ["lora-objective", latex("eq-2")],
    ["count", latex("count-lora")],
    ["similarity", latex("eq-4")],
    // Equation 3 with the factor that the paragraph below it adds: the data has that line too.
    ["forward", `${latex("eq-3").split("=").slice(0, 2).join("=")}=${latex("scaled-forward").split("=")[1]}`],
  ] as const)("%s is the paper's", (which, due) => {
    expect(bare(texOf(piecesOf(which)))).toBe(bare(due));
  });

  test.each(FORMULAS)(
    "%s: every symbol has an entry with a meaning, a shape and a value, and every entry a symbol",
    (which) => {
      const params = at({which});
      const here = valuesOf(compute(params), params);
      const symbols = symbolsIn(which);
      expect(Object.keys(entries[which]).sort()).toEqual([...symbols].sort());
      for (const symbol of symbols) {
        const {text, name, note, shape} = entries[which][symbol]!;
        for (const words of [text, name, note, shape, here[symbol]]) expect(words, symbol).toMatch(/\S/);
        expect(note, symbol).toMatch(/\.$/);
      }
      const table = w.table(compute(params), params);
      expect(table.rows.map(([text]) => text)).toEqual(Object.values(entries[which]).map(({text}) => symbolText(text)));
    },
  );

  test("a symbol of another formula lights nothing foreign", () => {
    for (const which of FORMULAS)
      for (const symbol of ["", "Phi", "A", "Lhat", "U8", "nobody"])
        expect(symbolsIn(which)).toContain(litOf(which, symbol));
    expect(litOf("forward", "A")).toBe("A");
    expect(parse(controls, {symbol: "nobody"}).notes.join()).toContain("No formula has a symbol named nobody.");
    expect(parse(controls, {code: "cobol"}).notes.join()).toContain("pytorch, peft, engine");
  });
});

test("the objectives keep formula and meanings, and have no example, no code and no controls but the choice", () => {
  for (const which of ["objective", "lora-objective"]) {
    // What links of earlier days set is taken, and left out.
    const {params, notes} = parse(controls, {which, step: 8, r: 2, alpha: 3, code: "peft"}, {boundsOf: bounds});
    expect(notes).toEqual([]);
    const root = emptyRoot();
    show(root, w, params);
    expect(root.querySelector(".printed-formula .math")!.children.length).toBeGreaterThan(3);
    expect(root.querySelector(".meaning")!.textContent).toMatch(/26,848|1,024/);
    expect(root.querySelector(".example")!.hasAttribute("hidden")).toBe(true);
    expect(root.querySelector(".listings")).toBeNull();
  }
});

test("the forward pass: numbers done by hand, at both ranks and every α", () => {
  expect(Array.from(of<ForwardPass>({which: "forward", r: 1, alpha: 2}).h.data)).toEqual([6, -3, 8]);
  for (let alpha = 1; alpha <= 8; alpha++)
    for (const r of [1, 2]) {
      const params = at({which: "forward", r, alpha});
      const {h, base, update, delta} = compute(params) as ForwardPass;
      const due = forwardOf(params);
      expect(Array.from(h.data)).toEqual(due.h);
      expect(Array.from(base.data)).toEqual(due.base);
      expect(Array.from(update.data)).toEqual(due.update);
      expect(Array.from(delta.data)).toEqual(due.delta.flat());
    }
  expect(at({which: "forward", r: 64}).r).toBe(2);
});

test("chapter 4 says of the forward pass what its A, B and W₀ come to", () => {
  const told = readFileSync("content/chapters/04-formulas.mdx", "utf8");
  const {W0, A, B} = forwardExample;
  const length = (v: readonly number[]) => lengthOf([v]);
  const [a, other] = A as [number[], number[]];
  expect(told).toContain(`it is −${-(dot(a, other) / length(a) / length(other)).toFixed(2)}.`);
  const b = B.map(([first]) => first!);
  expect(told).toContain(`along $a = (${a.join(", ")})$ and writes along $b = (${b.join(", ")})$`);
  const update = 2 * length(b) * length(a);
  const part = Math.abs(dot(b, times(rowsOf(W0), a))) / (length(b) * length(a));
  expect(told).toContain(`\\approx ${update.toFixed(2)}$`);
  expect(told).toContain(`\\approx ${part.toFixed(2)}$. The factor is ${(update / part).toFixed(0)}.`);
});

describe("the count", () => {
  const exact = numbers.find(({derivation}) => derivation === "2 × 192 × 12,288 × 4")!.value as number;

  test("GPT-3 with r = 4 on Wq and Wv trains what the paper's data says, and the widget says it everywhere", () => {
    const params = at({which: "count", model: "gpt3", matrices: "qv", r: 4});
    const result = compute(params) as CountResult;
    expect(result).toMatchObject({total: exact, matrices: 192, width: 12_288});
    const shown = exact.toLocaleString("en-US");
    const root = emptyRoot();
    show(root, w, params);
    for (const part of [".sentence", ".readouts", ".data", ".example"])
      expect(root.querySelector(part)!.textContent, part).toContain(shown);
  });

  test.each(
    gpt3Lora.flatMap(({config, adaptedMatrices, r, params}) => {
      const matrices = {r_v: "v", "r_q=r_v": "qv", "r_q=r_k=r_v=r_o": "qkvo"}[config.replace(/=\d+$/, "")];
      return matrices ? [{config, matrices, adaptedMatrices, r, params}] : [];
    }),
  )("$config of the paper's data", ({matrices, adaptedMatrices, r, params}) => {
    expect(of<CountResult>({which: "count", matrices, r})).toMatchObject({total: params, matrices: adaptedMatrices});
  });

  test("every model of the list has square attention matrices, so the formula holds", () => {
    for (const model of Object.keys(controls.model.options))
      for (const matrices of Object.keys(controls.matrices.options))
        for (const r of [1, 3, 64]) {
          const {total, matrices: L, width} = of<CountResult>({which: "count", model, matrices, r});
          expect(total).toBe(2 * L * width * r);
        }
  });
});

test("φ lies in [0, 1] for every i and j, is one where all directions are shared, and is what projectors give", () => {
  for (const i of [1, 2])
    for (const j of [1, 2, 3]) {
      const {phi, squares, grid} = of<SimilarityResult>({which: "similarity", i, j});
      expect(phi).toBeGreaterThanOrEqual(0);
      expect(phi).toBeLessThanOrEqual(1);
      expect(squares).toBeCloseTo(squaresOf(i, j), 9);
      expect(phi).toBeCloseTo(squares / Math.min(i, j), 12);
      expect(grid.data[(i - 1) * 3 + j - 1]).toBeCloseTo(phi, 12);
    }
});

describe("each formula has a goal of its own", () => {
  const met = (raw: Readonly<Record<string, unknown>>) => w.challenge.met(of(raw), at(raw));

  test.each([
    {which: "forward", near: {r: 2, alpha: 4}, far: {r: 2, alpha: 2}},
    {which: "count", near: {matrices: "qkvo", r: 2}, far: {matrices: "qkvo", r: 4}},
    {which: "similarity", near: {i: 1, j: 3}, far: {i: 2, j: 3}},
  ] as const)("$which: met by $near and not by $far", ({which, near, far}) => {
    expect(goals[which]).toContain("Goal: ");
    expect([met({which, ...near}), met({which, ...far}), met({which})]).toEqual([true, false, false]);
  });

  test("all four matrices cost at r = 2 what two cost at r = 4, in every model", () => {
    for (const model of Object.keys(controls.model.options)) {
      const total = (matrices: string, r: number) => of<CountResult>({which: "count", model, matrices, r}).total;
      expect(total("qkvo", 2)).toBe(total("qv", 4));
    }
  });
});

describe("the code", () => {
  /** Every exported function of the engine by its name, from the sources. */
  const homes = new Map(
    readdirSync(new URL("../../../src/engine", import.meta.url), {recursive: true, encoding: "utf8"})
      .filter((file) => file.endsWith(".ts") && !file.includes("kernels"))
      .flatMap((file) =>
        [
          ...readFileSync(new URL(`../../../src/engine/${file}`, import.meta.url), "utf8").matchAll(
            /^export function (\w+)/gm,
          ),
        ].map(([, name = ""]): [string, string] => [name, file]),
      ),
  );
  const textOf = (params: FormulaParams, name: string) =>
    listingsOf(params)
      .find((listing) => listing.name === name)!
      .lines.map((line) => line.map((piece) => (typeof piece === "string" ? piece : piece.text)).join(""))
      .join("\n");

  /** Runs the engine's lines with the engine's own functions and these values; returns what `wanted` is then. */
  async function run(code: string, values: Readonly<Record<string, unknown>>, wanted: string): Promise<unknown> {
    const called = [...new Set([...code.matchAll(/(?<![\w.])(\w+)\(/g)].map(([, name = ""]) => name))];
    expect(called.length).toBeGreaterThan(0);
    const functions = await Promise.all(
      called.map(async (name) => {
        expect([...homes.keys()], `${name} is no export of the engine`).toContain(name);
        return (
          await import(/* @vite-ignore */ new URL(`../../../src/engine/${homes.get(name)}`, import.meta.url).href)
        )[name] as unknown;
      }),
    );
    const names = [...called, ...Object.keys(values)];
    return new Function(...names, `"use strict";\n${code}\nreturn ${wanted};`)(...functions, ...Object.values(values));
  }

  test("the engine's lines for forward pass, count and similarity give the widget's numbers", async () => {
    const forward = at({which: "forward", r: 2, alpha: 5});
    const {h, A, B} = compute(forward) as ForwardPass;
    expect(await run(textOf(forward, "engine"), {...forwardExample, A, B, alpha: 5, r: 2}, "h")).toEqual(h);
    const count = at({which: "count", model: "gpt2-medium", matrices: "qkvo", r: 7});
    expect(await run(textOf(count, "engine"), {}, "count")).toBe((compute(count) as CountResult).total);
    const similarity = at({which: "similarity", i: 2, j: 3});
    const phi = await run(textOf(similarity, "engine"), {...adapters, i: 2, j: 3}, "phi");
    expect(phi).toBeCloseTo((compute(similarity) as SimilarityResult).phi, 12);
  });

  test("PEFT's lines carry the parameters that are set", () => {
    expect(textOf(at({which: "count", r: 9, matrices: "qkvo"}), "peft")).toContain(
      'r=9, target_modules=["q_proj", "k_proj", "v_proj", "o_proj"]',
    );
  });

  test.each(["forward", "count", "similarity"] as const)(
    "%s: every name in the code that stands for a symbol stands for one of the formula",
    (which) => {
      const symbols = symbolsIn(which);
      for (const {name, lines} of listingsOf(at({which}))) {
        const named = lines.flat().flatMap((piece) => (typeof piece === "string" ? [] : [piece.symbol]));
        expect(named.length, name).toBeGreaterThan(0);
        expect(symbols, name).toEqual(expect.arrayContaining(named));
        expect(lines.flat().some((piece) => (typeof piece === "string" ? piece : piece.text).includes("~"))).toBe(
          false,
        );
      }
    },
  );
});

describe("the picture", () => {
  const readOut: Readonly<Record<Which, string>> = {
    objective: "max over Φ, sum over (x, y)∈Z, sum over t=1 to ∣y∣, log(P Φ(y t | x, y <t))",
    "lora-objective": "max over Θ, sum over (x, y)∈Z, sum over t=1 to ∣y∣, log(p Φ₀ + ΔΦ(Θ)(y t | x, y <t))",
    forward: "h = W₀x + ΔWx = W₀x + α over r BAx",
    count: "∣Θ∣ = 2 × L\u0302 LoRA × d model × r",
    similarity: "φ(A r=8, A r=64, i, j) = ∥U A r=8 i⊤U A r=64 j∥ F 2 over min(i, j)  ∈ [0,1]",
  };
  const drawn = (params: FormulaParams, act = nobody) => {
    const root = emptyRoot();
    w.draw(root, compute(params), params, act, full);
    return root;
  };

  test.each(FORMULAS)(
    "%s: the lit symbol is lit in formula and code and nothing else is, and it is told",
    (which: Which) => {
      for (const symbol of symbolsIn(which)) {
        const params = at({which, symbol});
        const root = drawn(params);
        for (const node of root.querySelectorAll("[data-symbol]")) {
          if (!node.closest(".printed-formula, .example, .listings")) continue;
          expect(node.hasAttribute("data-on"), `${symbol}: ${node.outerHTML}`).toBe(
            node.getAttribute("data-symbol") === symbol,
          );
        }
        const pressed = [...root.querySelectorAll(".printed-formula [aria-pressed=true]")];
        expect(pressed.length).toBeGreaterThan(0);
        expect(root.querySelectorAll(".printed-formula [tabindex='0']")).toHaveLength(1);
        const {text, name} = entries[which][symbol]!;
        for (const node of pressed)
          expect(node.getAttribute("aria-label")).toBe(`${symbolText(text).replace("\u0302", "ˆ")}, ${name}`);
        expect(root.querySelector(".meaning")!.textContent).toContain(valuesOf(compute(params), params)[symbol]);
      }
      expect(drawn(at({which})).querySelector(".printed-formula .math")!.getAttribute("aria-label")).toBe(
        readOut[which],
      );
    },
  );

  test("a symbol pointed at in the formula or in the code is picked, and a tab shows its code", () => {
    const sent: unknown[] = [];
    const root = drawn(at({which: "forward", symbol: "B"}), {set: (values) => sent.push(values), say() {}});
    const event = (type: string) =>
      new (root.ownerDocument.defaultView as unknown as {Event: typeof Event}).Event(type);
    root.querySelector('.printed-formula [data-symbol="W0"]')!.dispatchEvent(event("pointerenter"));
    root.querySelector('.listing [data-symbol="A"]')!.dispatchEvent(event("click"));
    root.querySelector('.listing [data-symbol="B"]')!.dispatchEvent(event("click"));
    root.querySelectorAll(".tabs button")[1]!.dispatchEvent(event("click"));
    expect(sent).toEqual([{symbol: "W0"}, {symbol: "A"}, {code: "peft"}]);
  });
});

describe("the card before the rest of the figure has come", () => {
  const card = builtRoom("card");
  /** Draws a card by its own `draw` over what the build drew, and says how often it asked for the rest. */
  function redrawn(built: FormulaParams, now: FormulaParams) {
    const root = emptyRoot();
    w.draw(root, compute(built), built, nobody, card);
    const [html, nodes] = [root.innerHTML, nodesOf(root)];
    const sent: unknown[] = [];
    let asked = 0;
    const act = {set: (values: unknown) => sent.push(values), say() {}, more: () => asked++};
    face.draw(root, compute(now), now, act, card);
    return {root, html, sent, isSame: nodesOf(root).every((node, i) => node === nodes[i]), asked: () => asked};
  }
  const lit = (root: Element) => [...root.querySelectorAll(".listings [data-on]")].map((one) => one.textContent);

  test.each(FORMULAS)(
    "%s: over what the build drew it makes no node, changes nothing and asks for nothing",
    (which) => {
      const {root, html, isSame, asked} = redrawn(at({which}), at({which}));
      expect([root.innerHTML, isSame, asked()]).toEqual([html, true, 0]);
    },
  );

  test("another symbol lights up in the code that stands there, which is pointed at as before", () => {
    const {root, sent, asked} = redrawn(at({which: "forward"}), at({which: "forward", symbol: "W0"}));
    expect([lit(root), asked()]).toEqual([["W0", "base_layer", "W0"], 0]);
    const {Event} = root.ownerDocument.defaultView!;
    for (const symbol of ["A", "W0"])
      root.querySelector(`.listing [data-symbol="${symbol}"]`)!.dispatchEvent(new Event("pointerenter"));
    expect(sent).toEqual([{symbol: "A"}]);
  });

  test("a change asks for the rest: what is seen of the code holds as it is, and code of another formula goes", () => {
    for (const which of FORMULAS) {
      const [first, second] = [at({which}), at({which, r: 2, alpha: 7, model: "llama2-7b", matrices: "qkvo"})];
      const seen = (params: FormulaParams) => JSON.stringify(listingsOf(params)[0]);
      expect(seen(second)).toBe(seen(first));
    }
    const {root, asked} = redrawn(at({which: "count"}), at({which: "count", r: 9}));
    expect(asked()).toBe(1);
    expect(root.querySelector(".listing[data-shown]")!.textContent).toContain("w.numel()");
    expect(root.querySelector(".listings")!.textContent).not.toContain("r=9");
    w.draw(root, compute(at({which: "count", r: 9})), at({which: "count", r: 9}), nobody, card);
    expect(root.querySelector(".listings")!.textContent).toContain("r=9");
    const other = redrawn(at({which: "forward"}), at({which: "similarity"}));
    expect([other.root.querySelector(".listings"), other.asked()]).toEqual([null, 1]);
    const none = redrawn(at({which: "forward"}), at({which: "objective"}));
    expect([none.root.querySelector(".listings"), none.asked()]).toEqual([null, 0]);
  });

  test("in an empty place it asks for the code; docked or on a slide it needs none", () => {
    const asks = (room = card) => {
      let asked = 0;
      face.draw(emptyRoot(), compute(at({})), at({}), {...nobody, more: () => asked++}, room);
      return asked;
    };
    expect([asks(), asks(builtRoom("dock")), asks(builtRoom("slide"))]).toEqual([1, 0, 0]);
  });
});
