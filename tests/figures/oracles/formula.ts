/** What the `formula` widget must say, from plain loops over numbers instead of the engine's matrices. */
import {dimensions} from "../../../content/paper/models.json";
import type {FormulaParams} from "../../../src/figures/formula/model.ts";
import type {Claims} from "./oracle.ts";
import {dot, type Rows, sumOf, times, transposed} from "./rows.ts";

const product = (A: Rows, B: Rows): number[][] => A.map((row) => times(transposed(B), row));

const A8: Rows = [
  [3, 1, 0, 1],
  [0, 1, 1, -1],
];
const A64: Rows = [
  [2, 2, 0, 1],
  [0, 0, 2, -1],
  [1, -1, 1, 0],
];

/** The projector on the first n eigenvectors of AᵀA, by the power method, one direction after another. */
function projector(A: Rows, n: number): number[][] {
  let S = product(transposed(A), A);
  const P = S.map((row) => row.map(() => 0));
  for (let found = 0; found < n; found++) {
    let v = S.map((_, i) => 1 + i / 7);
    for (let k = 0; k < 5000; k++) {
      const next = times(S, v);
      const size = Math.hypot(...next);
      v = next.map((one) => one / size);
    }
    const value = dot(v, times(S, v));
    S = S.map((row, i) => row.map((one, j) => one - value * v[i]! * v[j]!));
    v.forEach((a, i) => {
      v.forEach((b, j) => {
        P[i]![j]! += a * b;
      });
    });
  }
  return P;
}

/** ‖U₁ᵀU₂‖² as the trace of the product of both projectors. */
export function squaresOf(i: number, j: number): number {
  const [P, Q] = [projector(A8, i), projector(A64, j)];
  return sumOf(product(P, Q).map((row, n) => row[n]!));
}

const squares = new Map<string, number>();
const remembered = (i: number, j: number): number => {
  const key = `${i} ${j}`;
  const value = squares.get(key) ?? squaresOf(i, j);
  squares.set(key, value);
  return value;
};

/** No example: its symbols are those of the forge, of 26,848 weights and an adapter of 1,024 parameters with α/r = 2. */
function objective({which}: FormulaParams): Claims {
  const isLora = which === "lora-objective";
  return {
    summary: [],
    readouts: [],
    caption: [isLora ? 2 : 1],
    rows: [...(isLora ? [[1024], [], [26_848], [2]] : [[26_848], []]), [], [], [], [], [], []],
  };
}

export function forwardOf({r, alpha}: FormulaParams) {
  const W0: Rows = [
    [1, 2],
    [0, -1],
    [3, 1],
  ];
  const A = [
    [1, -1],
    [0.5, 1],
  ].slice(0, r);
  const B = [
    [1, 0],
    [-1, 1],
    [0.5, 2],
  ].map((row) => row.slice(0, r));
  const x = [[2], [1]];
  const s = alpha / r;
  const base = product(W0, x).flat();
  const delta = product(B, A).map((row) => row.map((one) => s * one));
  const update = product(delta, x).flat();
  return {W0, A, B, x, s, base, delta, update, h: base.map((one, i) => one + update[i]!)};
}

function forwardPass(params: FormulaParams): Claims {
  const {W0, A, B, x, s, base, delta, update, h} = forwardOf(params);
  const {r, alpha} = params;
  return {
    summary: [r, alpha, ...base, ...update, ...h, s],
    readouts: [h, [s]],
    caption: [3],
    rows: [B.flat(), h, W0.flat(), x.flat(), delta.flat(), [alpha], [r], A.flat()],
  };
}

/** Layers, width, and the numbers in the name of each model; the paper's models from its data. */
function sizesOf(model: FormulaParams["model"]): {layers: number; width: number; name: readonly number[]} {
  if (model === "llama2-7b") return {layers: 32, width: 4096, name: [2, 7]};
  const of = (name: string) => dimensions.find((one) => one.model === name)!;
  const {layers, dModel} = of(
    {gpt3: "GPT-3 175B", "gpt2-medium": "GPT-2 medium", "roberta-base": "RoBERTa-base"}[model],
  );
  return {layers, width: dModel, name: {gpt3: [3, 175], "gpt2-medium": [2], "roberta-base": []}[model]};
}

function count({model, matrices, r}: FormulaParams): Claims {
  const {layers, width, name} = sizesOf(model);
  const each = {q: 1, v: 1, qv: 2, qkvo: 4}[matrices];
  const L = each * layers;
  const total = 2 * L * width * r;
  return {
    summary: [layers, ...name, 2, L, width, r, total, 2 * width * r, width * width],
    readouts: [[total], [2 * width * r]],
    caption: [5.1],
    rows: [[each, layers, L], [total], [2], [width], [r]],
  };
}

function similarity({i, j}: FormulaParams): Claims {
  const shared = remembered(i, j);
  const most = Math.min(i, j);
  return {
    summary: [i, j, shared, most, shared / most],
    readouts: [[shared / most]],
    caption: [4],
    rows: [[8, i, 4], [shared / most], [8, 2, 4], [64, 3, 4], [i], [j], [2, shared], [64, 4, j]],
  };
}

export function formula(params: FormulaParams): Claims {
  if (params.which === "forward") return forwardPass(params);
  if (params.which === "count") return count(params);
  return params.which === "similarity" ? similarity(params) : objective(params);
}
