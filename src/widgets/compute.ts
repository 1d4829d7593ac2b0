import {expectedProjection, expectedSimilarity} from "../engine/chance.ts";
import {breakEvenRank, countLora, degreesOfFreedom, fullCount, loraCount, reduction} from "../engine/counts.ts";
import {loraLinear} from "../engine/layers/lora.ts";
import {type Lora, merge} from "../engine/lora.ts";
import {fromRows} from "../engine/matrix.ts";
import {BITS, type Precision, trainedBytes} from "../engine/memory.ts";
import {energyKept, numericalRank, tail} from "../engine/spectrum.ts";
import {amplification, subspaceSimilarity} from "../engine/subspace.ts";
import {svd} from "../engine/svd.ts";

/** A number, or a row of a matrix. */
export type Argument = number | readonly number[];

/** A number that prose and questions may ask the engine for, so that nobody types it. */
export interface Computed {
  run(...args: Argument[]): number;
  /** How the number comes about, as a reader would write it. */
  formula: string;
  /** What the arguments are called, in order; the last takes all that are left. */
  names: readonly string[];
  unit?: string;
  /** The figure, and its state, in which the reader finds the same number, or the one it comes from. */
  shown(...args: Argument[]): {
    widget: "rank" | "savings" | "cost" | "forward" | "formula" | "subspace" | "amplify";
    params: Readonly<Record<string, string | number>>;
  };
}

/** A function of plain numbers and the figure that shows it. Throws when the count is not the due one or a row came. */
function plain(
  name: string,
  names: readonly string[],
  formula: string,
  run: (...args: number[]) => number,
  shown: (...args: number[]) => ReturnType<Computed["shown"]>,
  {unit, rest = false}: {unit?: string; rest?: boolean} = {},
): Computed {
  const checked = (args: readonly Argument[]): number[] =>
    args.length < names.length || (!rest && args.length > names.length) || !args.every((x) => typeof x === "number")
      ? refuse(`${name}: takes the numbers ${names.join(", ")}${rest ? ", …" : ""}; (${args.join("; ")}) came`)
      : (args as number[]);
  return {
    run: (...args) => run(...checked(args)),
    formula,
    names,
    unit,
    shown: (...args) => shown(...checked(args)),
  };
}

function refuse(sentence: string): never {
  throw new Error(sentence);
}

const pair = (d: number, k: number, r = 1) => ({widget: "savings", params: {preset: "custom", d, k, r}}) as const;

/** A matrix in the rank figure, as its `cells` carry it. */
const drawn = (rows: readonly (readonly number[])[], r: number) =>
  ({widget: "rank", params: {source: "own", cells: rows.map((row) => row.join(",")).join(";"), r}}) as const;

const diagonal = (r: number, ...s: number[]) =>
  drawn(
    s.map((sigma, i) => s.map((_, j) => (i === j ? sigma : 0))),
    r,
  );

function rows(args: readonly Argument[]): readonly (readonly number[])[] {
  return args.every((row) => typeof row === "object")
    ? args
    : refuse(`rankOf: takes rows of a matrix, [1, 2], [3, 4]; (${args.join("; ")}) came`);
}

function rank(matrix: readonly (readonly number[])[]): number {
  const m = fromRows(matrix);
  return numericalRank(svd(m).s, m.rows, m.cols);
}

/** GB of a model whose every parameter trains with Adam, as `cost` adds it up. */
function adamMemory(billions: number, bits: number, momentBits: number): number {
  const [weights, moments] = [bits, momentBits].map(precisionOf);
  return trainedBytes(billions, {optimizer: "adam", precision: {weights, gradients: weights, moments}});
}

const precisionOf = (bits: number): Precision =>
  (["bf16", "fp32"] as const).find((name) => BITS[name] === bits) ??
  refuse(`adamMemory: ${bits} bits; it takes 16 or 32`);

/** A pair whose B has the one given row: it makes one output. */
const pairOf = (b: readonly number[], alpha: number, aRows: readonly (readonly number[])[]): Lora => ({
  A: fromRows(aRows),
  B: fromRows([b]),
  alpha,
  r: b.length,
});

/** One entry of h = W₀x + (α/r)BAx: the rows of W₀ and of B that make it, x, α, and all rows of A. */
function outputEntry(w: Argument, b: Argument, x: Argument, alpha: Argument, ...a: Argument[]): number {
  if (typeof alpha !== "number") return refuse(`outputEntry: α is a number; ${alpha} came`);
  const [wRow, bRow, xRow, ...aRows] = rows([w, b, x, ...a]);
  return loraLinear(fromRows([xRow]), fromRows([wRow]), [pairOf(bRow, alpha, aRows)]).h.data[0];
}

/** One entry of W₀ + (α/r)BA: the entry of W₀, the row of B and the column of A that meet there, and α. */
function mergedEntry(w: Argument, b: Argument, a: Argument, alpha: Argument): number {
  if (typeof w !== "number" || typeof alpha !== "number")
    return refuse(`mergedEntry: W₀'s entry and α are numbers; ${w} and ${alpha} came`);
  const [bRow, column] = rows([b, a]);
  const {data} = merge(
    fromRows([[w]]),
    pairOf(
      bRow,
      alpha,
      column.map((entry) => [entry]),
    ),
  );
  return data[0];
}

/** φ(1, 1) of two matrices that have one direction each. */
function phi(one: Argument, other: Argument): number {
  const [u, v] = rows([one, other]);
  return subspaceSimilarity(fromRows([u]), fromRows([v]), 1, 1);
}

/** Of a diagonal W and a ΔW with one entry, on the diagonal: where it stands, what it is, and the diagonal of W. */
function factorOnDiagonal(at: number, entry: number, ...w: number[]): number {
  const e = (size: number) => w.map((_, i) => (i === at - 1 ? size : 0));
  const W = fromRows(w.map((x, i) => w.map((_, j) => (i === j ? x : 0))));
  return amplification(W, {A: fromRows([e(1)]), B: fromRows(e(entry).map((x) => [x])), alpha: 1, r: 1});
}

/** Every number by the name of its engine function, as `<Live fn="…" />` and the questions' `compute` name it. */
export const computed: Readonly<Record<string, Computed>> = {
  fullCount: plain("fullCount", ["rows", "columns"], "rows × columns", fullCount, (d, k) => pair(d, k)),
  loraCount: plain("loraCount", ["d", "k", "r"], "r(d + k)", loraCount, pair),
  breakEvenRank: plain("breakEvenRank", ["d", "k"], "dk / (d + k)", breakEvenRank, (d, k) => pair(d, k)),
  reduction: plain("reduction", ["d", "k", "r"], "dk / (r(d + k))", reduction, pair, {unit: "×"}),
  degreesOfFreedom: plain("degreesOfFreedom", ["d", "k", "r"], "r(d + k − r)", degreesOfFreedom, pair),
  tail: plain(
    "tail",
    ["r", "σ"],
    "the root of the sum of the squared σ after the first r",
    (r, ...s) => tail(Float64Array.from(s), r),
    diagonal,
    {rest: true},
  ),
  energyKept: plain(
    "energyKept",
    ["r", "σ"],
    "the first r squared σ over all of them",
    (r, ...s) => energyKept(Float64Array.from(s), r),
    diagonal,
    {rest: true},
  ),
  adamMemory: plain(
    "adamMemory",
    ["billions of parameters", "bits of weights and gradients", "bits of the two moments"],
    "parameters × bytes of (weight + gradient + 2 moments)",
    adamMemory,
    (billions, bits, momentBits) => ({
      widget: "cost",
      params: {
        model: billions < 100 ? "llama2-7b" : "gpt3",
        method: "full",
        precision: bits === 32 ? "fp32" : momentBits === 32 ? "mixed" : "bf16",
      },
    }),
    {unit: "GB"},
  ),
  adaptedCount: plain(
    "adaptedCount",
    ["adapted matrices", "d_model", "r"],
    "2 × adapted matrices × d_model × r",
    (matrices, d, r) => countLora([{d, k: d, copies: matrices}], r),
    (_, __, r) => ({widget: "formula", params: {which: "count", r}}),
  ),
  outputEntry: {
    run: outputEntry as Computed["run"],
    formula: "w·x + (α/r) b·(Ax)",
    names: ["row of W₀", "row of B", "x", "α", "rows of A"],
    shown: () => ({widget: "forward", params: {stage: "forward"}}),
  },
  mergedEntry: {
    run: mergedEntry as Computed["run"],
    formula: "w + (α/r) b·a",
    names: ["entry of W₀", "row of B", "column of A", "α"],
    shown: () => ({widget: "forward", params: {stage: "merge", steps: 12}}),
  },
  expectedSimilarity: plain("expectedSimilarity", ["i", "j", "k"], "max(i, j) / k", expectedSimilarity, (i, j) => ({
    widget: "subspace",
    params: {i: Math.min(i, 4), j: Math.min(j, 16)},
  })),
  phi: {
    run: phi as Computed["run"],
    formula: "the squared cosine of two directions",
    names: ["direction of one", "direction of the other"],
    shown: () => ({widget: "subspace", params: {}}),
  },
  randomNorm: plain(
    "randomNorm",
    ["‖W‖", "r", "d"],
    "‖W‖·r / d",
    (norm, r, d) => expectedProjection(norm, r, d, d),
    (_, r) => ({widget: "amplify", params: {rank: r > 4 ? "high" : "low"}}),
  ),
  factor: plain(
    "factor",
    ["‖ΔW‖", "‖UᵀWVᵀ‖"],
    "‖ΔW‖ / ‖UᵀWVᵀ‖",
    (delta, on) => delta / on,
    () => ({
      widget: "amplify",
      params: {},
    }),
  ),
  factorOnDiagonal: plain(
    "factorOnDiagonal",
    ["place of ΔW’s entry", "the entry", "diagonal of W"],
    "‖ΔW‖ / ‖UᵀWVᵀ‖",
    factorOnDiagonal,
    () => ({widget: "amplify", params: {}}),
    {rest: true},
  ),
  squareShare: plain(
    "squareShare",
    ["part", "whole"],
    "part² / whole²",
    (part, whole) => 100 * (part / whole) ** 2,
    () => ({
      widget: "amplify",
      params: {},
    }),
    {unit: "%"},
  ),
  rankOf: {
    run: (...args) => rank(rows(args)),
    formula: "the singular values that are not zero",
    names: ["rows"],
    shown: (...args) => drawn(rows(args), rank(rows(args))),
  },
};

/** The function of that name. Throws and says which there are. */
export function computation(name: string): Computed {
  if (Object.hasOwn(computed, name)) return computed[name]!;
  throw new Error(`${name} is no number the engine gives here; there are ${Object.keys(computed).join(", ")}`);
}
