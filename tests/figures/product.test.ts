import {describe, expect, test} from "vitest";
import {parse} from "../../src/figure/parse.ts";
import {printedSum, termsOf} from "../../src/figure/plot/matrices/entryTerms.ts";
import type {Act, ComputingWidget} from "../../src/figure/widget.ts";
import {bounds, compute, controls, type ProductParams} from "../../src/figures/product/model.ts";
import product from "../../src/figures/product/widget.ts";
import {rankOf, scaled} from "./oracles/exact.ts";
import {numbersIn} from "./promises/numbers.ts";
import {emptyRoot, full, show, through} from "./promises/stage.ts";
import {randomParams} from "./promises/states.ts";

const w = product as ComputingWidget;
const at = (raw: Readonly<Record<string, unknown>>): ProductParams => parse(controls, raw, {boundsOf: bounds}).params;

const random = randomParams("product", w, 200) as ProductParams[];

test("the pieces are the outer products, the first of them add up to BA, and its rank is exact", () => {
  for (const params of random) {
    const {d, k, r, peel} = params;
    const {B, A, pieces, summed, rank} = compute(params);
    expect(pieces).toHaveLength(r);
    const exact = Array.from({length: d}, (_, i) =>
      Array.from({length: k}, (_, j) => {
        const terms = pieces.map(({data}) => data[i * k + j]!);
        expect(terms).toEqual(pieces.map((_, l) => B.data[i * r + l]! * A.data[l * k + j]!));
        const sum = terms.slice(0, peel).reduce((total, term) => total + term, 0);
        expect(Math.abs(summed.BA.data[i * k + j]! - sum)).toBeLessThanOrEqual(1e-9);
        return scaled(sum, 6);
      }),
    );
    expect(rank).toBe(rankOf(exact));
    expect(rank).toBeLessThanOrEqual(peel);
  }
});

describe("the traced sum", () => {
  /** Σ b·a in whole numbers of the twelfth decimal: no rounding on the way. */
  const exactly = (terms: readonly {b: number; a: number}[]) =>
    Number(terms.reduce((sum, {b, a}) => sum + scaled(b, 6) * scaled(a, 6), 0n)) / 1e12;

  test("adds up to the entry that sentence, readout and table show", () => {
    for (const params of random.slice(0, 60)) {
      const {row, column, r, peel} = params;
      const {parts, result} = show(emptyRoot(), w, params);
      const {summed} = result as ReturnType<typeof compute>;
      const terms = termsOf(summed.B, summed.A, row, column);
      expect(terms).toHaveLength(peel);
      const total = parts.picture.querySelector(".tracing .total")!.textContent!;
      const shown = numbersIn(total).at(-1)!;
      expect(total.startsWith("= ")).toBe(true);
      expect(Math.abs(shown.value - exactly(terms))).toBeLessThanOrEqual(0.005 + 1e-9);
      expect(Math.abs(printedSum(terms, r, true).total - exactly(terms))).toBeLessThanOrEqual(0.005 + 1e-9);
      expect(w.readouts(result as never, params)[0]!.value).toBe(shown.text);
      expect(w.summary(result as never, params)).toContain(`is ${shown.text}.`);
      expect(w.table(result as never, params).rows[row - 1]![column]).toBe(shown.text);
    }
  });

  test("its fields are the factors themselves", () => {
    const params = at({r: 3, peel: 3, row: 4, column: 5});
    const {B, A} = compute(params);
    const {parts} = show(emptyRoot(), w, params);
    const fields = [...parts.picture.querySelectorAll(".tracing input")].map((field) =>
      Number(field.getAttribute("value")),
    );
    expect(fields).toEqual([0, 1, 2].flatMap((l) => [B.data[3 * 3 + l], A.data[l * 8 + 4]]));
  });
});

describe("the reader's own entries", () => {
  const first = {d: 4, k: 5, r: 2, b: "9,9;9,9;9,9;9,9", a: "7,7,7,7,7;7,7,7,7,7"};

  test("survive growing and shrinking, and the other entries are the seed's", () => {
    const fresh = compute(at({d: 12, k: 12, r: 4}));
    for (const [d, k, r] of [
      [12, 12, 4],
      [2, 12, 1],
      [4, 5, 2],
      [1, 1, 1],
    ] as const) {
      const {B, A} = compute(at({...first, d, k, r}));
      for (let i = 0; i < d; i++)
        for (let l = 0; l < r; l++) expect(B.data[i * r + l]).toBe(i < 4 && l < 2 ? 9 : fresh.B.data[i * 4 + l]);
      for (let l = 0; l < r; l++)
        for (let j = 0; j < k; j++) expect(A.data[l * k + j]).toBe(l < 2 && j < 5 ? 7 : fresh.A.data[l * 12 + j]);
    }
  });

  test("what is typed in the sum changes that one entry, within ±99", () => {
    const params = at({d: 3, k: 3, r: 2, peel: 2, row: 2, column: 3});
    for (const [index, typed, due] of [
      [0, 5, 5],
      [2, 1e9, 99],
      [2, -1e9, -99],
    ] as const) {
      const root = emptyRoot();
      const set: Record<string, unknown>[] = [];
      const act: Act = {set: (values) => void set.push(values as Record<string, number | string>), say: () => {}};
      const {parts} = show(root, w, params);
      w.draw(parts.picture, w.compute(params), params, act, full);
      const field = parts.picture.querySelectorAll<HTMLInputElement>(".tracing input")[index]!;
      Object.defineProperty(field, "valueAsNumber", {value: typed});
      field.dispatchEvent(new (root.ownerDocument.defaultView as unknown as typeof globalThis).Event("input"));
      expect(set).toHaveLength(1);
      const [before, after] = [compute(params), compute(through(w, {...params, ...set[0]}) as ProductParams)];
      const changed = [...after.B.data].flatMap((x, n) => (x === before.B.data[n] ? [] : [[n, x]]));
      expect(changed).toEqual([[2 + index / 2, due]]);
      expect(after.A.data).toEqual(before.A.data);
    }
  });

  test("every entry at its longest still fits the link", () => {
    const longest = Array.from({length: 12}, () => Array(4).fill("-0.12345678901234568").join(",")).join(";");
    expect(parse(controls, {d: 12, r: 4, b: longest}, {boundsOf: bounds}).notes).toEqual([]);
  });
});

test("peel, row, column and the lit term end where the shape does", () => {
  expect(at({d: 3, k: 2, r: 1, peel: 4, row: 12, column: 12, term: 4})).toMatchObject({
    peel: 1,
    row: 3,
    column: 2,
    term: 1,
  });
});

test("at rest and with any pieces summed, the boxed row times the boxed column is the boxed result", () => {
  for (const raw of [{}, {peel: 1}, {r: 4, peel: 3}, {peel: 0}]) {
    const params = at(raw);
    const {parts} = show(emptyRoot(), w, params, "card");
    const boxed = (factor: string, size: string, cells: number) => {
      const box = parts.picture.querySelector(`.product [data-symbol="${factor}"] .trace .outline`);
      const whole = parts.picture.querySelector(`.product [data-symbol="${factor}"] .frame .outline`)!;
      return box ? Math.round((Number(box.getAttribute(size)) / Number(whole.getAttribute(size))) * cells) : 0;
    };
    expect([boxed("B", "width", params.r), boxed("A", "height", params.r)]).toEqual([params.peel, params.peel]);
  }
});
