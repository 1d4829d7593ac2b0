import type {Matrix} from "../../engine/linalg/matrix.ts";
import type {ForwardParams, ForwardResult} from "./model.ts";
import type {Part, Stage} from "./parts.ts";

type Trace = Exclude<ForwardParams["trace"], "auto">;

/** Which cells of a part: all of it, one row, one column or one entry, counted from 1. */
interface Span {
  row?: number;
  column?: number;
}

interface Factor {
  symbol: string;
  value: number;
}

export interface Spot {
  formula: string;
  code: string;
  /** The factors of each term; the terms add up to the entry. */
  terms: readonly (readonly Factor[])[];
  value: number;
  /** What takes part in the entry. */
  lit: Partial<Record<Part, Span>>;
}

/** What can be traced in each stage, the stage's own first. */
const offered: Readonly<Record<Stage, readonly Trace[]>> = {
  freeze: ["base"],
  insert: ["dw"],
  forward: ["h", "base", "down", "up"],
  backward: ["da", "db", "dx", "du", "g"],
  merge: ["w", "dw"],
};

const traceOf = ({stage, trace}: Pick<ForwardParams, "stage" | "trace">): Trace =>
  offered[stage].find((one) => one === trace) ?? offered[stage][0];

/** The parameters that trace the cell [row, column] of a part that is pointed at; a part that is no sum traces nothing new. */
export function aim(stage: Stage, part: Part, row: number, column: number): Partial<ForwardParams> {
  if (part === "x") return {column};
  if (stage === "insert") return part === "A" ? {column} : part === "B" ? {row} : {row, column};
  if (stage === "backward" && part === "W0") return {trace: "dx", column};
  if (stage === "backward" && part === "down") return {trace: "db", column: row};
  const trace = ({W0: "base", A: "down", B: "up"} as Partial<Record<Part, Trace>>)[part] ?? (part as Trace);
  if (!offered[stage].includes(trace)) return {};
  return {trace, ...(trace === "dx" ? {} : {row}), ...(/^(d[abx]|w)$/.test(trace) ? {column} : {})};
}

/** What code calls Ax, and the gradient that comes back to it. */
const U = "  # u = Ax";
const DU = "  # du = (α/r)Bᵀg";

const at = ({data, cols}: Matrix, row: number, column: number): number => data[(row - 1) * cols + column - 1];
const upTo = (n: number): number[] => Array.from({length: n}, (_, index) => index + 1);

/** The traced entry in words of mathematics, of code and of numbers. */
export function spotOf(result: ForwardResult, params: ForwardParams): Spot {
  const {W0, A, B, W} = result;
  const trace = traceOf(params);
  const [d, k, r] = [W0.rows, W0.cols, A.rows];
  const [i, j] = [params.row, params.column];
  // Which of the r: by the row where a part has r rows, by the column where it has r columns.
  const l = Math.min(trace === "db" ? j : i, r);
  const [i0, j0, l0] = [i - 1, j - 1, l - 1];

  const s: Factor = {symbol: "alpha", value: result.scaling};
  const of = (symbol: string, m: Matrix) => (row: number, column: number) => ({symbol, value: at(m, row, column)});
  const entry = (symbol: string, m: Matrix) => (index: number) => ({symbol, value: at(m, 1, index)});
  const [w, a, b] = [of("W0", W0), of("A", A), of("B", B)];
  const [x, u, g, du] = [entry("x", result.x), entry("x", result.down), entry("h", result.g), entry("B", result.du)];
  const base = upTo(k).map((n) => [w(i, n), x(n)]);
  const up = upTo(r).map((n) => [s, b(i, n), u(n)]);
  const change = upTo(r).map((n) => [s, b(i, n), a(n, j)]);

  switch (trace) {
    case "base":
      return {
        formula: `(W₀x)[${i}] = Σ W₀[${i},j] · x[j]`,
        code: `base[${i0}] = W0[${i0}] @ x`,
        terms: base,
        value: at(result.base, 1, i),
        lit: {W0: {row: i}, x: {}, base: {row: i}},
      };
    case "down":
      return {
        formula: `(Ax)[${l}] = Σ A[${l},j] · x[j]`,
        code: `u[${l0}] = A[${l0}] @ x`,
        terms: upTo(k).map((n) => [a(l, n), x(n)]),
        value: at(result.down, 1, l),
        lit: {A: {row: l}, x: {}, down: {row: l}},
      };
    case "up":
      return {
        formula: `((α/r)BAx)[${i}] = (α/r) Σ B[${i},l] · (Ax)[l]`,
        code: `up[${i0}] = alpha / r * B[${i0}] @ u${U}`,
        terms: up,
        value: at(result.up, 1, i),
        lit: {B: {row: i}, down: {}, up: {row: i}},
      };
    case "h":
      return {
        formula: `h[${i}] = Σ W₀[${i},j] · x[j] + (α/r) Σ B[${i},l] · (Ax)[l]`,
        code: `h[${i0}] = W0[${i0}] @ x + alpha / r * B[${i0}] @ u${U}`,
        terms: [...base, ...up],
        value: at(result.h, 1, i),
        lit: {W0: {row: i}, x: {}, base: {row: i}, B: {row: i}, down: {}, up: {row: i}, h: {row: i}},
      };
    case "da":
      return {
        formula: `∂L/∂A[${l},${j}] = ((α/r)Bᵀg)[${l}] · x[${j}]`,
        code: `dA[${l0}, ${j0}] = du[${l0}] * x[${j0}]${DU}`,
        terms: [[du(l), x(j)]],
        value: at(result.dA, l, j),
        lit: {du: {row: l}, x: {column: j}, da: {row: l, column: j}},
      };
    case "db":
      return {
        formula: `∂L/∂B[${i},${l}] = (α/r) · g[${i}] · (Ax)[${l}]`,
        code: `dB[${i0}, ${l0}] = alpha / r * g[${i0}] * u[${l0}]${U}`,
        terms: [[s, g(i), u(l)]],
        value: at(result.dB, i, l),
        lit: {g: {row: i}, down: {row: l}, db: {row: i, column: l}},
      };
    case "dx":
      return {
        formula: `∂L/∂x[${j}] = Σ W₀[i,${j}] · g[i] + Σ A[l,${j}] · ((α/r)Bᵀg)[l]`,
        code: `dx[${j0}] = W0[:, ${j0}] @ g + A[:, ${j0}] @ du${DU}`,
        terms: [...upTo(d).map((n) => [w(n, j), g(n)]), ...upTo(r).map((n) => [a(n, j), du(n)])],
        value: at(result.dx, 1, j),
        lit: {W0: {column: j}, g: {}, du: {}, dx: {column: j}},
      };
    case "du":
      return {
        formula: `((α/r)Bᵀg)[${l}] = (α/r) Σ B[i,${l}] · g[i]`,
        code: `du[${l0}] = alpha / r * B[:, ${l0}] @ g`,
        terms: upTo(d).map((n) => [s, b(n, l), g(n)]),
        value: at(result.du, 1, l),
        lit: {g: {}, du: {row: l}},
      };
    case "g":
      return {
        formula: `g[${i}] = h[${i}] − y[${i}]`,
        code: `g[${i0}] = h[${i0}] - y[${i0}]`,
        terms: [result.h.data[i0], -result.y.data[i0]].map((value) => [{symbol: "h", value}]),
        value: at(result.g, 1, i),
        lit: {g: {row: i}},
      };
    case "dw":
      return {
        formula: `ΔW[${i},${j}] = (α/r) Σ B[${i},l] · A[l,${j}]`,
        code: `dW[${i0}, ${j0}] = alpha / r * B[${i0}] @ A[:, ${j0}]`,
        terms: change,
        value: at(result.delta, i, j),
        lit: {B: {row: i}, A: {column: j}, w: {row: i, column: j}},
      };
    case "w":
      return {
        formula: `W[${i},${j}] = W₀[${i},${j}] + (α/r) Σ B[${i},l] · A[l,${j}]`,
        code: `W[${i0}, ${j0}] = W0[${i0}, ${j0}] + alpha / r * B[${i0}] @ A[:, ${j0}]`,
        terms: [[w(i, j)], ...change],
        value: at(W, i, j),
        lit: {w: {row: i, column: j}},
      };
  }
}
