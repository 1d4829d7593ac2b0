/** What can be traced in each stage, and the traced entry as a formula, as code and as numbers. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import type {Entry, Factor} from "./drawing/entry.ts";
import type {ForwardParams, ForwardResult} from "./model.ts";
import type {ForwardStage, LayerPart} from "./parts.ts";

type Trace = Exclude<ForwardParams["trace"], "auto">;

/** A row, a column or one entry of a part, counted from 1; if empty, all of it. */
interface Span {
  row?: number;
  column?: number;
}

interface TracedEntry extends Entry {
  /** The parts that go into the entry. */
  lit: Partial<Record<LayerPart, Span>>;
}

/** What can be traced in each stage; the first is the default. */
const tracesByStage: Readonly<Record<ForwardStage, readonly Trace[]>> = {
  freeze: ["base"],
  insert: ["dw"],
  forward: ["h", "base", "down", "up"],
  backward: ["da", "db", "dx", "du", "g"],
  merge: ["w", "dw"],
};

/** What is traced: the reader's choice if the stage has it, otherwise the stage's default. */
export const traceOf = ({stage, trace}: Pick<ForwardParams, "stage" | "trace">): Trace =>
  tracesByStage[stage].find((one) => one === trace) ?? tracesByStage[stage][0];

/** The parameters that trace cell [row, column] of a part; none if nothing is computed there. */
export function traceAt(stage: ForwardStage, part: LayerPart, row: number, column: number): Partial<ForwardParams> {
  if (part === "x") return {column};
  if (stage === "insert") return part === "A" ? {column} : part === "B" ? {row} : {row, column};
  if (stage === "backward" && part === "W0") return {trace: "dx", column};
  if (stage === "backward" && part === "down") return {trace: "db", column: row};
  const names: Partial<Record<LayerPart, Trace>> =
    stage === "backward" ? {A: "da", B: "db"} : {W0: "base", A: "down", B: "up"};
  const trace = names[part] ?? (part as Trace);
  if (!tracesByStage[stage].includes(trace)) return {};
  return {
    trace,
    ...(trace === "dx" ? {} : {row}),
    ...(/^(d[abx]|w)$/.test(trace) ? {column} : {}),
  };
}

/** Comments that say what u and du are. */
const U = "# u = Ax";
const DU = "# du = (α/r)Bᵀg";

/** An entry, its row and column counted from 1. */
const at = ({data, cols}: Matrix, row: number, column: number): number => data[(row - 1) * cols + column - 1];
/** 1, 2, … n. */
export const upTo = (n: number): number[] => Array.from({length: n}, (_, index) => index + 1);

/** What the formulas below need: the indices of the traced entry, counted from 1 (i) and from 0 (i0), and the factors of its terms. */
function contextOf(result: ForwardResult, {row: i, column: j}: ForwardParams, trace: Trace) {
  const {W0, A, B} = result;
  const [d, k, r] = [W0.rows, W0.cols, A.rows];
  // The index into r: the row of a part with r rows, or the column of a part with r columns.
  const l = Math.min(trace === "db" ? j : i, r);
  const s: Factor = {symbol: "alpha", value: result.scaling};
  const ofMatrix = (symbol: string, m: Matrix) => (row: number, column: number) => ({
    symbol,
    value: at(m, row, column),
  });
  const ofVector = (symbol: string, m: Matrix) => (index: number) => ({symbol, value: at(m, 1, index)});
  const [w, a, b] = [ofMatrix("W0", W0), ofMatrix("A", A), ofMatrix("B", B)];
  const [x, u] = [ofVector("x", result.x), ofVector("x", result.down)];
  const [g, du] = [ofVector("h", result.g), ofVector("B", result.du)];
  return {
    result,
    d,
    k,
    r,
    i,
    j,
    l,
    i0: i - 1,
    j0: j - 1,
    l0: l - 1,
    s,
    w,
    a,
    b,
    x,
    u,
    g,
    du,
    base: upTo(k).map((n) => [w(i, n), x(n)]),
    up: upTo(r).map((n) => [s, b(i, n), u(n)]),
    change: upTo(r).map((n) => [s, b(i, n), a(n, j)]),
  };
}

const entries: Readonly<Record<Trace, (context: ReturnType<typeof contextOf>) => TracedEntry>> = {
  base: ({i, i0, base, result}) => ({
    formula: `(W₀x)[${i}] = Σ W₀[${i},j] · x[j]`,
    code: `base[${i0}] = W0[${i0}] @ x`,
    terms: base,
    value: at(result.base, 1, i),
    lit: {W0: {row: i}, x: {}, base: {row: i}},
  }),
  down: ({l, l0, a, x, k, result}) => ({
    formula: `(Ax)[${l}] = Σ A[${l},j] · x[j]`,
    code: `u[${l0}] = A[${l0}] @ x`,
    terms: upTo(k).map((n) => [a(l, n), x(n)]),
    value: at(result.down, 1, l),
    lit: {A: {row: l}, x: {}, down: {row: l}},
  }),
  up: ({i, i0, up, result}) => ({
    formula: `((α/r)BAx)[${i}] = (α/r) Σ B[${i},l] · (Ax)[l]`,
    code: `up[${i0}] = alpha / r * B[${i0}] @ u`,
    comment: U,
    terms: up,
    value: at(result.up, 1, i),
    lit: {B: {row: i}, down: {}, up: {row: i}},
  }),
  h: ({i, i0, base, up, result}) => ({
    formula: `h[${i}] = Σ W₀[${i},j] · x[j] + (α/r) Σ B[${i},l] · (Ax)[l]`,
    code: `h[${i0}] = W0[${i0}] @ x + alpha / r * B[${i0}] @ u`,
    comment: U,
    terms: [...base, ...up],
    value: at(result.h, 1, i),
    lit: {W0: {row: i}, x: {}, base: {row: i}, B: {row: i}, down: {}, up: {row: i}, h: {row: i}},
  }),
  da: ({j, l, j0, l0, x, du, result}) => ({
    formula: `∂L/∂A[${l},${j}] = ((α/r)Bᵀg)[${l}] · x[${j}]`,
    code: `dA[${l0}, ${j0}] = du[${l0}] * x[${j0}]`,
    comment: DU,
    terms: [[du(l), x(j)]],
    value: at(result.dA, l, j),
    lit: {du: {row: l}, x: {column: j}, da: {row: l, column: j}},
  }),
  db: ({i, l, i0, l0, s, u, g, result}) => ({
    formula: `∂L/∂B[${i},${l}] = (α/r) · g[${i}] · (Ax)[${l}]`,
    code: `dB[${i0}, ${l0}] = alpha / r * g[${i0}] * u[${l0}]`,
    comment: U,
    terms: [[s, g(i), u(l)]],
    value: at(result.dB, i, l),
    lit: {g: {row: i}, down: {row: l}, db: {row: i, column: l}},
  }),
  dx: ({j, j0, w, a, g, du, d, r, result}) => ({
    formula: `∂L/∂x[${j}] = Σ W₀[i,${j}] · g[i] + Σ A[l,${j}] · ((α/r)Bᵀg)[l]`,
    code: `dx[${j0}] = W0[:, ${j0}] @ g + A[:, ${j0}] @ du`,
    comment: DU,
    terms: [...upTo(d).map((n) => [w(n, j), g(n)]), ...upTo(r).map((n) => [a(n, j), du(n)])],
    value: at(result.dx, 1, j),
    lit: {W0: {column: j}, g: {}, du: {}, dx: {column: j}},
  }),
  du: ({l, l0, s, b, g, d, result}) => ({
    formula: `((α/r)Bᵀg)[${l}] = (α/r) Σ B[i,${l}] · g[i]`,
    code: `du[${l0}] = alpha / r * B[:, ${l0}] @ g`,
    terms: upTo(d).map((n) => [s, b(n, l), g(n)]),
    value: at(result.du, 1, l),
    lit: {g: {}, du: {row: l}},
  }),
  g: ({i, i0, result}) => ({
    formula: `g[${i}] = h[${i}] − y[${i}]`,
    code: `g[${i0}] = h[${i0}] - y[${i0}]`,
    terms: [result.h.data[i0], -result.y.data[i0]].map((value) => [{symbol: "h", value}]),
    value: at(result.g, 1, i),
    lit: {g: {row: i}},
  }),
  dw: ({i, j, i0, j0, change, result}) => ({
    formula: `ΔW[${i},${j}] = (α/r) Σ B[${i},l] · A[l,${j}]`,
    code: `dW[${i0}, ${j0}] = alpha / r * B[${i0}] @ A[:, ${j0}]`,
    terms: change,
    value: at(result.delta, i, j),
    lit: {B: {row: i}, A: {column: j}, w: {row: i, column: j}},
  }),
  w: ({i, j, i0, j0, w, change, result}) => ({
    formula: `W[${i},${j}] = W₀[${i},${j}] + (α/r) Σ B[${i},l] · A[l,${j}]`,
    code: `W[${i0}, ${j0}] = W0[${i0}, ${j0}] + alpha / r * B[${i0}] @ A[:, ${j0}]`,
    terms: [[w(i, j)], ...change],
    value: at(result.W, i, j),
    lit: {w: {row: i, column: j}},
  }),
};

/** The traced entry as a formula, as code and as numbers. */
export function tracedEntry(result: ForwardResult, params: ForwardParams): TracedEntry {
  const trace = traceOf(params);
  return entries[trace](contextOf(result, params, trace));
}
