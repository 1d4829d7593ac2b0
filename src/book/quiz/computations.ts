import {expectedProjection, expectedSimilarity} from "../../engine/analysis/chance.ts";
import {amplification, subspaceSimilarity} from "../../engine/analysis/subspace.ts";
import {fromRows} from "../../engine/linalg/matrix.ts";
import {energyKept, numericalRank, tail} from "../../engine/linalg/spectrum.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {allocateRanks} from "../../engine/lora/allocation.ts";
import {breakEvenRank, countLora, degreesOfFreedom, fullCount, loraCount, reduction} from "../../engine/lora/counts.ts";
import {scaling} from "../../engine/lora/lora.ts";
import {BITS, type Precision, sharedStorage, trainedBytes} from "../../engine/memory/memory.ts";
import {type Argument, checkedRows, gradientOfB, mergedEntry, outputEntry, refuse} from "./layerEntries.ts";

/** A state of a figure in which the reader finds the computed number, or where it comes from. */
interface FigureState {
  widget: "rank" | "savings" | "cost" | "forward" | "growth" | "subspace" | "amplify";
  params: Readonly<Record<string, string | number>>;
}

/** A number that the engine computes for the prose and the questions, so that nobody types it. */
interface Computation {
  run(...args: Argument[]): number;
  /** As a reader would write it. */
  formula: string;
  /** The names of the arguments in order; the last one takes all that are left. */
  names: readonly string[];
  unit?: string;
  figureState(...args: Argument[]): FigureState;
}

/** A computation whose arguments are all numbers: as many as there are names, or more with `rest`. */
interface NumberComputation extends Pick<Computation, "formula" | "names" | "unit"> {
  run(...args: number[]): number;
  figureState(...args: number[]): FigureState;
  rest?: boolean;
}

/** The same as a computation for any arguments, which throws for those that do not fit. */
function checkedComputation(name: string, {run, figureState, rest = false, ...texts}: NumberComputation): Computation {
  const {names} = texts;
  const numbers = (args: readonly Argument[]): number[] =>
    args.length < names.length || (!rest && args.length > names.length) || !args.every((x) => typeof x === "number")
      ? refuse(`${name}: takes the numbers ${names.join(", ")}${rest ? ", …" : ""}; got (${args.join("; ")})`)
      : (args as number[]);
  return {...texts, run: (...args) => run(...numbers(args)), figureState: (...args) => figureState(...numbers(args))};
}

// States of figures, by the name of the figure.
const savings = (d: number, k: number, r = 1): FigureState => ({
  widget: "savings",
  params: {preset: "custom", d, k, r},
});
const growth = (r: number): FigureState => ({
  widget: "growth",
  params: {width: 12_288, r},
});
const forward = (params: FigureState["params"]): FigureState => ({widget: "forward", params});
const amplify = (params: FigureState["params"] = {}): FigureState => ({widget: "amplify", params});
const storageState = (tasks: number): FigureState => ({
  widget: "cost",
  params: {show: "disk", model: "gpt3", method: "lora", r: 4, tasks},
});

/** A matrix in the rank figure, written as its `cells`. */
const rankFigure = (matrix: readonly (readonly number[])[], r: number): FigureState => ({
  widget: "rank",
  params: {source: "own", cells: matrix.map((row) => row.join(",")).join(";"), r},
});

/** A diagonal matrix with these singular values in the rank figure. */
const diagonal = (r: number, ...s: number[]): FigureState =>
  rankFigure(
    s.map((sigma, i) => s.map((_, j) => (i === j ? sigma : 0))),
    r,
  );

/** The numerical rank of a matrix. */
function rank(matrix: readonly (readonly number[])[]): number {
  const m = fromRows(matrix);
  return numericalRank(svd(m).s, m.rows, m.cols);
}

/** GB of training every parameter with Adam, as the `cost` figure adds it up. */
function adamMemory(billions: number, bits: number, momentBits: number): number {
  const [weights, moments] = [bits, momentBits].map(precisionOf);
  return trainedBytes(billions, {optimizer: "adam", precision: {weights, gradients: weights, moments}});
}

/** The precision with this many bits. Throws unless they are 16 or 32. */
const precisionOf = (bits: number): Precision =>
  (["bf16", "fp32"] as const).find((name) => BITS[name] === bits) ??
  refuse(`adamMemory: ${bits} bits; it takes 16 or 32`);

/** φ(1, 1) of two matrices with one row each. */
function phi(one: Argument, other: Argument): number {
  const [u, v] = checkedRows("phi", [one, other]);
  return subspaceSimilarity(fromRows([u]), fromRows([v]), 1, 1);
}

/** The amplification factor of a ΔW with a single entry, at (at, at), in a diagonal W. */
function factorOnDiagonal(at: number, entry: number, ...w: number[]): number {
  const only = (size: number) => w.map((_, i) => (i === at - 1 ? size : 0));
  const W = fromRows(w.map((x, i) => w.map((_, j) => (i === j ? x : 0))));
  return amplification(W, {A: fromRows([only(1)]), B: fromRows(only(entry).map((x) => [x])), alpha: 1, r: 1});
}

/** The rank that a matrix (counted from 1) gets when a budget is allocated. */
function allocatedRank(matrix: Argument, budget: Argument, ...spectra: Argument[]): number {
  if (typeof matrix !== "number" || typeof budget !== "number")
    return refuse(`allocatedRank: the matrix and the budget must be numbers, got ${matrix} and ${budget}`);
  return allocateRanks(checkedRows("allocatedRank", spectra), budget)[matrix - 1];
}

/** GB of one base of `base` GB with an adapter of `each` MB per task. */
const storageGb = (base: number, each: number, tasks: number) => sharedStorage(base * 1e9, each * 1e6, tasks) / 1e9;
const storage = ["GB of the base", "MB of an adapter", "tasks"];

const numberComputations: Readonly<Record<string, NumberComputation>> = {
  fullCount: {names: ["rows", "columns"], formula: "rows × columns", run: fullCount, figureState: savings},
  loraCount: {names: ["d", "k", "r"], formula: "r(d + k)", run: loraCount, figureState: savings},
  breakEvenRank: {names: ["d", "k"], formula: "dk / (d + k)", run: breakEvenRank, figureState: savings},
  reduction: {names: ["d", "k", "r"], formula: "dk / (r(d + k))", unit: "×", run: reduction, figureState: savings},
  degreesOfFreedom: {names: ["d", "k", "r"], formula: "r(d + k − r)", run: degreesOfFreedom, figureState: savings},
  tail: {
    names: ["r", "σ"],
    formula: "the root of the sum of the squared σ after the first r",
    rest: true,
    run: (r, ...s) => tail(Float64Array.from(s), r),
    figureState: diagonal,
  },
  energyKept: {
    names: ["r", "σ"],
    formula: "the first r squared σ over all of them",
    rest: true,
    run: (r, ...s) => energyKept(Float64Array.from(s), r),
    figureState: diagonal,
  },
  adamMemory: {
    names: ["billions of parameters", "bits of weights and gradients", "bits of the two moments"],
    formula: "parameters × bytes of (weight + gradient + 2 moments)",
    unit: "GB",
    run: adamMemory,
    figureState: (billions, bits, momentBits) => ({
      widget: "cost",
      params: {
        model: billions < 100 ? "llama2-7b" : "gpt3",
        method: "full",
        precision: bits === 32 ? "fp32" : momentBits === 32 ? "mixed" : "bf16",
      },
    }),
  },
  adaptedCount: {
    names: ["adapted matrices", "d_model", "r"],
    formula: "2 × adapted matrices × d_model × r",
    run: (matrices, d, r) => countLora([{d, k: d, copies: matrices}], r),
    figureState: (_, __, r) => growth(r),
  },
  expectedSimilarity: {
    names: ["i", "j", "k"],
    formula: "max(i, j) / k",
    run: expectedSimilarity,
    figureState: (i, j) => ({widget: "subspace", params: {i: Math.min(i, 4), j: Math.min(j, 16)}}),
  },
  randomNorm: {
    names: ["‖W‖", "r", "d"],
    formula: "‖W‖·r / d",
    run: (norm, r, d) => expectedProjection(norm, r, d, d),
    figureState: (_, r) => amplify({rank: r > 4 ? "high" : "low"}),
  },
  factor: {
    names: ["‖ΔW‖", "‖UᵀWVᵀ‖"],
    formula: "‖ΔW‖ / ‖UᵀWVᵀ‖",
    run: (delta, on) => delta / on,
    figureState: () => amplify(),
  },
  factorOnDiagonal: {
    names: ["place of ΔW’s entry", "the entry", "diagonal of W"],
    formula: "‖ΔW‖ / ‖UᵀWVᵀ‖",
    rest: true,
    run: factorOnDiagonal,
    figureState: () => amplify(),
  },
  squareShare: {
    names: ["part", "whole"],
    formula: "part² / whole²",
    unit: "%",
    run: (part, whole) => 100 * (part / whole) ** 2,
    figureState: () => amplify(),
  },
  scaling: {
    names: ["α", "r"],
    formula: "α / r",
    run: (alpha, r) => scaling({alpha, r}),
    figureState: () => forward({stage: "forward"}),
  },
  sharedStorage: {
    names: storage,
    formula: "base + tasks × adapter",
    unit: "GB",
    run: storageGb,
    figureState: (_, __, tasks) => storageState(tasks),
  },
  storageRatio: {
    names: storage,
    formula: "tasks × base / (base + tasks × adapter)",
    unit: "×",
    run: (base, each, tasks) => (tasks * base) / storageGb(base, each, tasks),
    figureState: (_, __, tasks) => storageState(tasks),
  },
};

/** Every computation by name, as `<Live fn="…" />` and the questions' `compute` use it. */
export const computations: Readonly<Record<string, Computation>> = {
  ...Object.fromEntries(Object.entries(numberComputations).map(([name, one]) => [name, checkedComputation(name, one)])),
  outputEntry: {
    names: ["row of W₀", "row of B", "x", "α", "rows of A"],
    formula: "w·x + (α/r) b·(Ax)",
    run: outputEntry as Computation["run"],
    figureState: () => forward({stage: "forward"}),
  },
  mergedEntry: {
    names: ["entry of W₀", "row of B", "column of A", "α"],
    formula: "w + (α/r) b·a",
    run: mergedEntry as Computation["run"],
    figureState: () => forward({stage: "merge", steps: 12}),
  },
  gradientOfB: {
    names: ["gradient at the output", "column", "α", "x", "rows of A"],
    formula: "(α/r) g·(Ax)",
    run: gradientOfB as Computation["run"],
    figureState: () => forward({stage: "backward", steps: 0}),
  },
  phi: {
    names: ["direction of one", "direction of the other"],
    formula: "the squared cosine of two directions",
    run: phi as Computation["run"],
    figureState: () => ({widget: "subspace", params: {}}),
  },
  allocatedRank: {
    names: ["matrix", "budget", "spectra"],
    formula: "its share of the largest singular values of all",
    run: allocatedRank as Computation["run"],
    figureState: (matrix, budget, ...spectra) =>
      diagonal(
        allocatedRank(matrix, budget, ...spectra),
        ...checkedRows("allocatedRank", spectra)[(matrix as number) - 1],
      ),
  },
  rankOf: {
    names: ["rows"],
    formula: "the singular values that are not zero",
    run: (...args) => rank(checkedRows("rankOf", args)),
    figureState: (...args) => rankFigure(checkedRows("rankOf", args), rank(checkedRows("rankOf", args))),
  },
};

/** The computation of this name. Throws, naming all computations, if there is none. */
export function computation(name: string): Computation {
  if (Object.hasOwn(computations, name)) return computations[name]!;
  throw new Error(`${name} is no number the engine gives here; there are ${Object.keys(computations).join(", ")}`);
}
