/** What the `formula` widget must say, from plain loops over numbers instead of the engine's matrices. */
import {dimensions} from "../../../content/paper/models.json";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {initLora} from "../../../src/engine/lora/lora.ts";
import type {FormulaParams} from "../../../src/figures/formula/model.ts";
import type {Claims} from "./oracle.ts";
import {dot, type Rows, sumOf, times, transposed} from "./rows.ts";

/** log P of the four places when W gives the logits: (next token, last token), do 0, re 1, mi 2, fa 3. */
const PLACES = [
  [1, 0],
  [2, 1],
  [2, 1],
  [3, 2],
] as const;
const BASE: Rows = [
  [0, 2, 0, 0],
  [0.5, 0, 2, 0.5],
  [0, 0.5, 0, 2],
  [1, 0, 0.5, 0],
];

const product = (A: Rows, B: Rows): number[][] => A.map((row) => times(transposed(B), row));

const probabilities = (W: Rows, last: number): number[] => {
  const exps = W.map((row) => Math.exp(row[last]!));
  return exps.map((one) => one / sumOf(exps));
};
export const logLikelihoods = (W: Rows): number[] =>
  PLACES.map(([next, last]) => Math.log(probabilities(W, last)[next]!));

/** d loss / dW: softmax minus one-hot, a fourth of it for each place. */
function slopes(W: Rows): number[][] {
  const G = W.map((row) => row.map(() => 0));
  for (const [next, last] of PLACES) {
    probabilities(W, last).forEach((p, token) => {
      G[token]![last]! += (p - (token === next ? 1 : 0)) / PLACES.length;
    });
  }
  return G;
}

/** AdamW at rate 0.2, without decay: Kingma and Ba, with both moments corrected. */
function descend(
  start: readonly number[],
  slope: (at: readonly number[]) => readonly number[],
  steps: number,
): number[] {
  const at = [...start];
  const [m, v] = [at.map(() => 0), at.map(() => 0)];
  for (let t = 1; t <= steps; t++) {
    slope(at).forEach((g, n) => {
      m[n] = 0.9 * m[n]! + 0.1 * g;
      v[n] = 0.999 * v[n]! + 0.001 * g * g;
      at[n]! -= (0.2 * (m[n]! / (1 - 0.9 ** t))) / (Math.sqrt(v[n]! / (1 - 0.999 ** t)) + 1e-8);
    });
  }
  return at;
}

const rowsOf = (flat: readonly number[], width: number): number[][] =>
  Array.from({length: flat.length / width}, (_, i) => flat.slice(i * width, (i + 1) * width));

/** The weights whose logits are scored after training, all of it by hand. */
export function trainedWeights({which, step, r, alpha}: FormulaParams): Rows {
  if (which === "objective")
    return rowsOf(
      descend(BASE.flat(), (flat) => slopes(rowsOf(flat, 4)).flat(), step),
      4,
    );
  const s = alpha / r;
  const A0 = Array.from(initLora({d: 4, k: 4, r, alpha}, mulberry32(4)).A.data);
  const split = (flat: readonly number[]) => ({A: rowsOf(flat.slice(0, 4 * r), 4), B: rowsOf(flat.slice(4 * r), r)});
  const weights = (flat: readonly number[]): Rows => {
    const {A, B} = split(flat);
    const BA = product(B, A);
    return BASE.map((row, i) => row.map((w, j) => w + s * BA[i]![j]!));
  };
  const slope = (flat: readonly number[]): number[] => {
    const {A, B} = split(flat);
    const G = slopes(weights(flat));
    return [...product(transposed(B), G).flat(), ...product(G, transposed(A)).flat()].map((g) => s * g);
  };
  return weights(descend([...A0, ...Array<number>(4 * r).fill(0)], slope, step));
}

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

function objective(params: FormulaParams): Claims {
  const {which, step, r, alpha} = params;
  const isLora = which === "lora-objective";
  const [start, each] = [sumOf(logLikelihoods(BASE)), logLikelihoods(trainedWeights(params))];
  const sum = sumOf(each);
  const trained = isLora ? 8 * r : 16;
  return {
    summary: [step, trained, sum, start, 4, -sum / 4],
    readouts: [[sum, start], [-sum / 4], ...(isLora ? [[0]] : [])],
    caption: [isLora ? 2 : 1],
    rows: [
      ...(isLora ? [[trained], [each[0]!], [16, 0], [alpha / r]] : [[16], [each[0]!]]),
      ...[[2], [], [], [], [], []],
    ],
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
