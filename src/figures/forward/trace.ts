/** Tracing: which entries can be traced in each stage, how each is computed, and which one a reader points at. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {fixed, significant} from "../../figure/plot/text/format.ts";
import type {Rich} from "../../figure/plot/text/symbol.ts";
import {symbolsIn} from "../../figure/symbols.ts";
import type {ForwardParams, ForwardResult, LayerPart} from "./model.ts";

export type ForwardStage = ForwardParams["stage"];
type Trace = Exclude<ForwardParams["trace"], "auto">;

/** A row, a column or one entry of a part, counted from 1; without both, all of it. */
export interface Span {
  part: LayerPart;
  row?: number;
  column?: number;
}

/** Factors that are multiplied entry by entry and added up: row i of W₀ with x gives entry i of W₀x. */
interface Product {
  factors: readonly Span[];
  /** A further factor of each term: α/r, or −1. */
  multiplier?: number;
  /** The entry that these terms add up to, if not the traced one. */
  sum?: Span;
}

/** The entry that is traced, for the picture and for the reader. */
interface TracedEntry {
  /** Its name and its value. */
  name: Rich;
  value: string;
  /** How it is computed: in symbols, in numbers, and in code, which counts from 0. */
  formula: Rich;
  numbers: Rich;
  code: string;
  termCount: number;
  /** Where it is. */
  span: Span;
  products: readonly Product[];
}

/** The symbol that colors a part. */
export const partColors: Partial<Record<LayerPart, string>> = {
  x: "x",
  dx: "x",
  A: "A",
  down: "A",
  da: "A",
  B: "B",
  du: "B",
  db: "B",
  up: "dW",
  h: "h",
  g: "h",
  W0: "W0",
  base: "W0",
  w: "W0",
  out: "W0",
};

/** What can be traced in each stage; the first is the default. */
const tracesByStage: Readonly<Record<ForwardStage, readonly Trace[]>> = {
  freeze: ["base"],
  insert: ["dw"],
  forward: ["h", "base", "down", "up"],
  backward: ["da", "db", "dx", "du", "g"],
  merge: ["w", "dw"],
};

/** What is traced: the reader's choice if the stage has it, otherwise the stage's default. */
const traceOf = ({stage, trace}: ForwardParams): Trace =>
  tracesByStage[stage].find((choice) => choice === trace) ?? tracesByStage[stage][0]!;

/** What is traced when a reader points at a matrix that is a factor. */
const traceOfFactor: Readonly<Record<"forward" | "backward", Partial<Record<LayerPart, Trace>>>> = {
  forward: {W0: "base", A: "down", B: "up"},
  backward: {W0: "dx", A: "da", B: "db"},
};

/** The parameters that trace entry [row, column] of a part; none if nothing is computed there. */
export function traceAt(stage: ForwardStage, {part, row, column}: Required<Span>): Partial<ForwardParams> {
  if (part === "x") return {column: row};
  if (stage === "insert") return part === "A" ? {column} : part === "B" ? {row} : {row, column};
  const trace = traceOfFactor[stage === "backward" ? "backward" : "forward"][part] ?? (part as Trace);
  if (!tracesByStage[stage].includes(trace)) return {};
  if (trace === "dx") return {trace, column: part === "dx" ? row : column};
  return ["da", "db", "w"].includes(trace) ? {trace, row, column} : {trace, row};
}

/** How an entry is computed. */
interface Recipe {
  formula: string;
  code: string;
  span: Span;
  products: readonly Product[];
}

/** α/r, and the indices of an entry, counted from 1 and from 0: i into d, j into k, l into r. */
type Indices = Readonly<Record<"i" | "j" | "l" | "i0" | "j0" | "l0" | "scaling", number>>;

/** The span of one entry. */
const entry = (part: LayerPart, row: number, column = 1): Span => ({part, row, column});
/** The products that several recipes share: a row of W₀ with x, a row of B with Ax, and a row of B with a column of A. */
const baseProduct = (i: number): Product => ({factors: [{part: "W0", row: i}, {part: "x"}], sum: entry("base", i)});
const upProduct = (i: number, multiplier: number): Product => ({
  factors: [{part: "B", row: i}, {part: "down"}],
  multiplier,
  sum: entry("up", i),
});
const deltaProduct = (i: number, j: number, multiplier: number): Product => ({
  factors: [
    {part: "B", row: i},
    {part: "A", column: j},
  ],
  multiplier,
});

/** The recipe of each entry that can be traced. */
const recipes: Readonly<Record<Trace, (at: Indices) => Recipe>> = {
  base: ({i, i0}) => ({
    formula: `(W₀x)[${i}] = Σ W₀[${i},j] · x[j]`,
    code: `base[${i0}] = W0[${i0}] @ x`,
    span: entry("base", i),
    products: [baseProduct(i)],
  }),
  down: ({l, l0}) => ({
    formula: `(Ax)[${l}] = Σ A[${l},j] · x[j]`,
    code: `u[${l0}] = A[${l0}] @ x`,
    span: entry("down", l),
    products: [{factors: [{part: "A", row: l}, {part: "x"}]}],
  }),
  up: ({i, i0, scaling}) => ({
    formula: `((α/r)BAx)[${i}] = (α/r) Σ B[${i},l] · (Ax)[l]`,
    code: `up[${i0}] = alpha / r * B[${i0}] @ (A @ x)`,
    span: entry("up", i),
    products: [upProduct(i, scaling)],
  }),
  h: ({i, i0, scaling}) => ({
    formula: `h[${i}] = Σ W₀[${i},j] · x[j] + (α/r) Σ B[${i},l] · (Ax)[l]`,
    code: `h[${i0}] = W0[${i0}] @ x + alpha / r * B[${i0}] @ (A @ x)`,
    span: entry("h", i),
    products: [baseProduct(i), upProduct(i, scaling)],
  }),
  da: ({j, l, j0, l0}) => ({
    formula: `∂L/∂A[${l},${j}] = ((α/r)Bᵀg)[${l}] · x[${j}]`,
    code: `dA[${l0}, ${j0}] = alpha / r * (B[:, ${l0}] @ g) * x[${j0}]`,
    span: entry("da", l, j),
    products: [{factors: [entry("du", l), entry("x", j)]}],
  }),
  db: ({i, l, i0, l0, scaling}) => ({
    formula: `∂L/∂B[${i},${l}] = (α/r) · g[${i}] · (Ax)[${l}]`,
    code: `dB[${i0}, ${l0}] = alpha / r * g[${i0}] * (A[${l0}] @ x)`,
    span: entry("db", i, l),
    products: [{factors: [entry("g", i), entry("down", l)], multiplier: scaling}],
  }),
  dx: ({j, j0}) => ({
    formula: `∂L/∂x[${j}] = Σ W₀[i,${j}] · g[i] + Σ A[l,${j}] · ((α/r)Bᵀg)[l]`,
    code: `dx[${j0}] = W0[:, ${j0}] @ g + alpha / r * A[:, ${j0}] @ (B.T @ g)`,
    span: entry("dx", j),
    products: [{factors: [{part: "W0", column: j}, {part: "g"}]}, {factors: [{part: "A", column: j}, {part: "du"}]}],
  }),
  du: ({l, l0, scaling}) => ({
    formula: `((α/r)Bᵀg)[${l}] = (α/r) Σ B[i,${l}] · g[i]`,
    code: `du[${l0}] = alpha / r * B[:, ${l0}] @ g`,
    span: entry("du", l),
    products: [{factors: [{part: "B", column: l}, {part: "g"}], multiplier: scaling}],
  }),
  g: ({i, i0}) => ({
    formula: `g[${i}] = h[${i}] − y[${i}]`,
    code: `g[${i0}] = h[${i0}] - y[${i0}]`,
    span: entry("g", i),
    products: [{factors: [entry("h", i)]}, {factors: [entry("y", i)], multiplier: -1}],
  }),
  dw: ({i, j, i0, j0, scaling}) => ({
    formula: `ΔW[${i},${j}] = (α/r) Σ B[${i},l] · A[l,${j}]`,
    code: `dW[${i0}, ${j0}] = alpha / r * B[${i0}] @ A[:, ${j0}]`,
    span: entry("dw", i, j),
    products: [deltaProduct(i, j, scaling)],
  }),
  w: ({i, j, i0, j0, scaling}) => ({
    formula: `W[${i},${j}] = W₀[${i},${j}] + (α/r) Σ B[${i},l] · A[l,${j}]`,
    code: `W[${i0}, ${j0}] = W0[${i0}, ${j0}] + alpha / r * B[${i0}] @ A[:, ${j0}]`,
    span: entry("w", i, j),
    products: [{factors: [entry("W0", i, j)]}, deltaProduct(i, j, scaling)],
  }),
};

/** The entries of a span as [row, column], counted from 1. */
export const entriesOf = ({rows, cols}: Matrix, {row, column}: Span): (readonly [row: number, column: number])[] =>
  Array.from({length: rows * cols}, (_, n) => [Math.floor(n / cols) + 1, (n % cols) + 1] as const).filter(
    (at) => (row ?? at[0]) === at[0] && (column ?? at[1]) === at[1],
  );

/** A number with this many decimals; a whole number has none. */
export const numberText = (x: number, decimals: number): string => fixed(x, Number.isInteger(x) ? 0 : decimals);

/** The numbers of term `n`: "2 · (−1)". The very first number has no brackets. */
function termText(
  factors: readonly Span[],
  n: number,
  multiplier: number | undefined,
  isFirst: boolean,
  parts: ForwardResult["parts"],
): Rich {
  const factorValues = factors.map((span) => {
    const m = parts[span.part];
    const [row, column] = entriesOf(m, span)[n]!;
    return {symbol: partColors[span.part], value: m.data[(row - 1) * m.cols + column - 1]!};
  });
  const allFactors =
    multiplier === undefined || multiplier === -1
      ? factorValues
      : [{symbol: "alpha", value: multiplier}, ...factorValues];
  return allFactors.flatMap(({symbol, value}, at): Rich => {
    const text = symbol === "alpha" ? significant(value, 3) : numberText(value, 3);
    const bracketed = value < 0 && !(isFirst && at === 0) ? `(${text})` : text;
    return [at ? " · " : "", symbol ? {symbol, text: bracketed} : bracketed];
  });
}

/** The traced entry with its formula, in symbols, numbers and code. */
export function tracedEntry({parts, scaling}: ForwardResult, params: ForwardParams): TracedEntry {
  const trace = traceOf(params);
  const {row, column, r} = params;
  const l = Math.min(trace === "db" ? column : row, r);
  const indices = {i: row, j: column, l, i0: row - 1, j0: column - 1, l0: l - 1, scaling};
  const {formula, code, span, products} = recipes[trace](indices);
  const terms = products.flatMap(({factors, multiplier}, at) =>
    entriesOf(parts[factors[0]!.part], factors[0]!).map((_, n): Rich => {
      const isFirst = at + n === 0;
      return [isFirst ? "" : multiplier === -1 ? " − " : " + ", ...termText(factors, n, multiplier, isFirst, parts)];
    }),
  );
  const m = parts[trace];
  const [name, rest] = formula.split(" = ") as [string, string];
  return {
    name: symbolsIn(name),
    value: numberText(m.data[(span.row! - 1) * m.cols + span.column! - 1]!, 4),
    formula: symbolsIn(rest),
    numbers: terms.flat().filter((piece) => piece !== ""),
    code,
    termCount: terms.length,
    span,
    products,
  };
}
