import {expectedProjection, expectedSimilarity} from "../engine/analysis/chance.ts";
import {amplification, subspaceSimilarity} from "../engine/analysis/subspace.ts";
import {fromRows} from "../engine/linalg/matrix.ts";
import {energyKept, numericalRank, tail} from "../engine/linalg/spectrum.ts";
import {svd} from "../engine/linalg/svd.ts";
import {allocateRanks} from "../engine/lora/allocation.ts";
import {breakEvenRank, countLora, degreesOfFreedom, fullCount, loraCount, reduction} from "../engine/lora/counts.ts";
import {scaling} from "../engine/lora/lora.ts";
import {BITS, type Precision, sharedStorage, trainedBytes} from "../engine/memory/memory.ts";
import {type Argument, gradientOfB, mergedEntry, outputEntry, refuse, rows} from "./entry.ts";

export type {Argument};

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

const pair = (d: number, k: number, r = 1) => ({widget: "savings", params: {preset: "custom", d, k, r}}) as const;

/** A matrix in the rank figure, as its `cells` carry it. */
const drawn = (rows: readonly (readonly number[])[], r: number) =>
  ({widget: "rank", params: {source: "own", cells: rows.map((row) => row.join(",")).join(";"), r}}) as const;

const diagonal = (r: number, ...s: number[]) =>
  drawn(
    s.map((sigma, i) => s.map((_, j) => (i === j ? sigma : 0))),
    r,
  );

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

/** The ranks that the matrix of that number, from 1, gets of a budget. */
function allocatedRank(matrix: Argument, budget: Argument, ...spectra: Argument[]): number {
  if (typeof matrix !== "number" || typeof budget !== "number")
    return refuse(`allocatedRank: the matrix and the budget are numbers; ${matrix} and ${budget} came`);
  return allocateRanks(rows(spectra), budget)[matrix - 1];
}

/** GB of one base and of n adapters of so many MB. */
const storedGb = (base: number, each: number, tasks: number) => sharedStorage(base * 1e9, each * 1e6, tasks) / 1e9;

const storage = ["GB of the base", "MB of an adapter", "tasks"];
const stored = (_: number, __: number, tasks: number) =>
  ({widget: "cost", params: {model: "gpt3", method: "lora", r: 4, tasks}}) as const;

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
  scaling: plain(
    "scaling",
    ["α", "r"],
    "α / r",
    (alpha, r) => scaling({alpha, r}),
    () => ({widget: "forward", params: {stage: "forward"}}),
  ),
  gradientOfB: {
    run: gradientOfB as Computed["run"],
    formula: "(α/r) g·(Ax)",
    names: ["gradient at the output", "column", "α", "x", "rows of A"],
    shown: () => ({widget: "forward", params: {stage: "backward"}}),
  },
  sharedStorage: plain("sharedStorage", storage, "base + tasks × adapter", storedGb, stored, {unit: "GB"}),
  storageRatio: plain(
    "storageRatio",
    storage,
    "tasks × base / (base + tasks × adapter)",
    (base, each, tasks) => (tasks * base) / storedGb(base, each, tasks),
    stored,
    {unit: "×"},
  ),
  allocatedRank: {
    run: allocatedRank as Computed["run"],
    formula: "its share of the largest singular values of all",
    names: ["matrix", "budget", "spectra"],
    shown: (matrix, budget, ...spectra) =>
      diagonal(allocatedRank(matrix, budget, ...spectra), ...rows(spectra)[(matrix as number) - 1]),
  },
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
