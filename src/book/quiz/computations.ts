/** The numbers that the engine computes for the prose and the questions. */
import {expectedProjection, expectedSimilarity} from "../../engine/analysis/chance.ts";
import {amplification, subspaceSimilarity} from "../../engine/analysis/subspace.ts";
import {fromRows, zeros} from "../../engine/linalg/matrix.ts";
import {energyKept, numericalRank, tail} from "../../engine/linalg/spectrum.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {allocateRanks} from "../../engine/lora/allocation.ts";
import {breakEvenRank, countLora, degreesOfFreedom, fullCount, loraCount, reduction} from "../../engine/lora/counts.ts";
import {type Lora, merge, scaling} from "../../engine/lora/lora.ts";
import {BITS, type Precision, sharedStorage, trainedBytes} from "../../engine/memory/memory.ts";
import {loraLinear, loraLinearBackward} from "../../engine/network/layers/lora.ts";

/** A state of a figure. */
interface FigureState {
  widget: "rank" | "savings" | "cost" | "forward" | "growth" | "subspace" | "amplify";
  params: Readonly<Record<string, string | number>>;
}

/** A row of a matrix. */
type Row = readonly number[];
/** A number, or a row of a matrix. */
export type Argument = number | Row;

/** A number that the engine computes for the prose and the questions, so that nobody types it. */
interface Computation {
  run(...args: readonly Argument[]): number;
  /** The state of a figure in which the reader finds the number, or where it comes from. */
  figureState(...args: readonly Argument[]): FigureState;
  /** As a reader would write it. */
  formula: string;
  /** The names of the arguments in order; the last one takes all that are left. */
  names: readonly string[];
  unit?: string;
}

/** A computation before its arguments are checked. */
interface Entry extends Pick<Computation, "formula" | "names" | "unit"> {
  run(...args: never[]): number;
  figureState(...args: never[]): FigureState;
  /** Which arguments are rows, by their place; the others are numbers. */
  rows?: readonly number[];
  /** Whether there may be more arguments than names, of the kind of the last. */
  rest?: boolean;
}

/** The computation of an entry, which throws for arguments that do not fit. */
function checkedComputation(name: string, {run, figureState, rows = [], rest = false, ...texts}: Entry): Computation {
  const {length} = texts.names;
  const check = (args: readonly Argument[]): never[] => {
    const fits = args.every((x, i) => rows.includes(Math.min(i, length - 1)) === (typeof x === "object"));
    if (!fits || args.length < length || (!rest && args.length > length))
      throw new Error(`${name} takes ${texts.names.join(", ")}${rest ? ", …" : ""}; got (${args.join("; ")})`);
    return args as never[];
  };
  return {...texts, run: (...args) => run(...check(args)), figureState: (...args) => figureState(...check(args))};
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
const rankFigure = (matrix: readonly Row[], r: number): FigureState => ({
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
function rank(matrix: readonly Row[]): number {
  const m = fromRows(matrix);
  return numericalRank(svd(m).s, m.rows, m.cols);
}

/** GB of training every parameter with Adam, as the `cost` figure adds it up. */
function adamMemory(billions: number, bits: number, momentBits: number): number {
  const [weights, moments] = [bits, momentBits].map(precisionOf);
  return trainedBytes(billions, {optimizer: "adam", precision: {weights, gradients: weights, moments}});
}

/** The precision with this many bits. Throws unless they are 16 or 32. */
function precisionOf(bits: number): Precision {
  const precision = (["bf16", "fp32"] as const).find((name) => BITS[name] === bits);
  if (!precision) throw new Error(`adamMemory takes 16 or 32 bits; got ${bits}`);
  return precision;
}

/** The amplification factor of a ΔW with a single entry, at (at, at) counted from 1, in a diagonal W. */
function factorOnDiagonal(at: number, entry: number, ...w: number[]): number {
  const only = (size: number) => w.map((_, i) => (i === at - 1 ? size : 0));
  const W = fromRows(w.map((x, i) => w.map((_, j) => (i === j ? x : 0))));
  return amplification(W, {A: fromRows([only(1)]), B: fromRows(only(entry).map((x) => [x])), alpha: 1, r: 1});
}

/** The rank that a matrix (counted from 1) gets when a budget is allocated. */
const allocatedRank = (matrix: number, budget: number, ...spectra: Row[]) =>
  allocateRanks(spectra, budget)[matrix - 1]!;

/** A LoRA with one output: its B has this one row. */
const oneOutput = (b: Row, alpha: number, aRows: readonly Row[]): Lora => ({
  A: fromRows(aRows),
  B: fromRows([b]),
  alpha,
  r: b.length,
});

/** One entry of h = W₀x + (α/r)BAx. `w` and `b` are its rows of W₀ and B, `a` all rows of A. */
const outputEntry = (w: Row, b: Row, x: Row, alpha: number, ...a: Row[]): number =>
  loraLinear(fromRows([x]), fromRows([w]), [oneOutput(b, alpha, a)]).h.data[0]!;

/** One entry of W₀ + (α/r)BA. `w` is the entry of W₀, `b` the row of B and `a` the column of A. */
const mergedEntry = (w: number, b: Row, a: Row, alpha: number): number => {
  const aRows = a.map((entry) => [entry]);
  return merge(fromRows([[w]]), oneOutput(b, alpha, aRows)).data[0]!;
};

/** One entry of the gradient of B. `g` is the gradient at its output, `column` counts from 1, `a` are all rows of A. */
function gradientOfB(g: number, column: number, alpha: number, x: Row, ...a: Row[]): number {
  const input = fromRows([x]);
  const W0 = zeros(1, x.length);
  const b = a.map(() => 0);
  const lora = oneOutput(b, alpha, a);
  const {us: inner} = loraLinear(input, W0, [lora]);
  const gradient = {A: zeros(lora.r, x.length), B: zeros(1, lora.r)};
  loraLinearBackward(fromRows([[g]]), input, W0, [lora], inner, zeros(1, x.length), [gradient]);
  return gradient.B.data[column - 1]!;
}

/** GB of one base of `base` GB with an adapter of `each` MB per task. */
const storageGb = (base: number, each: number, tasks: number) => sharedStorage(base * 1e9, each * 1e6, tasks) / 1e9;
const storageNames = ["GB of the base", "MB of an adapter", "tasks"];

const entries: Readonly<Record<string, Entry>> = {
  fullCount: {names: ["rows", "columns"], formula: "rows × columns", run: fullCount, figureState: savings},
  loraCount: {names: ["d", "k", "r"], formula: "r(d + k)", run: loraCount, figureState: savings},
  breakEvenRank: {names: ["d", "k"], formula: "dk / (d + k)", run: breakEvenRank, figureState: savings},
  reduction: {names: ["d", "k", "r"], formula: "dk / (r(d + k))", unit: "×", run: reduction, figureState: savings},
  degreesOfFreedom: {names: ["d", "k", "r"], formula: "r(d + k − r)", run: degreesOfFreedom, figureState: savings},
  tail: {
    names: ["r", "σ"],
    formula: "the root of the sum of the squared σ after the first r",
    rest: true,
    run: (r: number, ...s: number[]) => tail(Float64Array.from(s), r),
    figureState: diagonal,
  },
  energyKept: {
    names: ["r", "σ"],
    formula: "the first r squared σ over all of them",
    rest: true,
    run: (r: number, ...s: number[]) => energyKept(Float64Array.from(s), r),
    figureState: diagonal,
  },
  adamMemory: {
    names: ["billions of parameters", "bits of weights and gradients", "bits of the two moments"],
    formula: "parameters × bytes of (weight + gradient + 2 moments)",
    unit: "GB",
    run: adamMemory,
    figureState: (billions: number, bits: number, momentBits: number) => ({
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
    run: (matrices: number, d: number, r: number) => countLora([{d, k: d, copies: matrices}], r),
    figureState: (_: number, __: number, r: number) => growth(r),
  },
  expectedSimilarity: {
    names: ["i", "j", "k"],
    formula: "max(i, j) / k",
    run: expectedSimilarity,
    figureState: (i: number, j: number) => ({widget: "subspace", params: {i: Math.min(i, 4), j: Math.min(j, 16)}}),
  },
  randomNorm: {
    names: ["‖W‖", "r", "d"],
    formula: "‖W‖·r / d",
    run: (norm: number, r: number, d: number) => expectedProjection(norm, r, d, d),
    figureState: (_: number, r: number) => amplify({rank: r > 4 ? "high" : "low"}),
  },
  factor: {
    names: ["‖ΔW‖", "‖UᵀWVᵀ‖"],
    formula: "‖ΔW‖ / ‖UᵀWVᵀ‖",
    run: (delta: number, on: number) => delta / on,
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
    run: (part: number, whole: number) => 100 * (part / whole) ** 2,
    figureState: () => amplify(),
  },
  scaling: {
    names: ["α", "r"],
    formula: "α / r",
    run: (alpha: number, r: number) => scaling({alpha, r}),
    figureState: () => forward({stage: "forward"}),
  },
  sharedStorage: {
    names: storageNames,
    formula: "base + tasks × adapter",
    unit: "GB",
    run: storageGb,
    figureState: (_: number, __: number, tasks: number) => storageState(tasks),
  },
  storageRatio: {
    names: storageNames,
    formula: "tasks × base / (base + tasks × adapter)",
    unit: "×",
    run: (base: number, each: number, tasks: number) => (tasks * base) / storageGb(base, each, tasks),
    figureState: (_: number, __: number, tasks: number) => storageState(tasks),
  },
  outputEntry: {
    names: ["row of W₀", "row of B", "x", "α", "rows of A"],
    rows: [0, 1, 2, 4],
    rest: true,
    formula: "w·x + (α/r) b·(Ax)",
    run: outputEntry,
    figureState: () => forward({stage: "forward"}),
  },
  mergedEntry: {
    names: ["entry of W₀", "row of B", "column of A", "α"],
    rows: [1, 2],
    formula: "w + (α/r) b·a",
    run: mergedEntry,
    figureState: () => forward({stage: "merge", steps: 12}),
  },
  gradientOfB: {
    names: ["gradient at the output", "column", "α", "x", "rows of A"],
    rows: [3, 4],
    rest: true,
    formula: "(α/r) g·(Ax)",
    run: gradientOfB,
    figureState: () => forward({stage: "backward", steps: 0}),
  },
  phi: {
    names: ["direction of one", "direction of the other"],
    rows: [0, 1],
    formula: "the squared cosine of two directions",
    run: (one: Row, other: Row) => subspaceSimilarity(fromRows([one]), fromRows([other]), 1, 1),
    figureState: () => ({widget: "subspace", params: {}}),
  },
  allocatedRank: {
    names: ["matrix", "budget", "spectra"],
    rows: [2],
    rest: true,
    formula: "its share of the largest singular values of all",
    run: allocatedRank,
    figureState: (matrix: number, budget: number, ...spectra: Row[]) =>
      diagonal(allocatedRank(matrix, budget, ...spectra), ...spectra[matrix - 1]!),
  },
  rankOf: {
    names: ["rows"],
    rows: [0],
    rest: true,
    formula: "the singular values that are not zero",
    run: (...matrix: Row[]) => rank(matrix),
    figureState: (...matrix: Row[]) => rankFigure(matrix, rank(matrix)),
  },
};

/** Every computation by name, as `<Live fn="…" />` and the questions' `compute` use it. */
export const computations: Readonly<Record<string, Computation>> = Object.fromEntries(
  Object.entries(entries).map(([name, entry]) => [name, checkedComputation(name, entry)]),
);

/** The computation of this name. Throws, naming all computations, if there is none. */
export function computation(name: string): Computation {
  if (Object.hasOwn(computations, name)) return computations[name]!;
  throw new Error(`${name} is no number the engine gives here; there are ${Object.keys(computations).join(", ")}`);
}
