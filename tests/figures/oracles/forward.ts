/** What the `forward` widget must say, from its weights by plain sums over entries: no matrix product, no backpropagation. */
import type {ForwardParams, ForwardResult} from "../../../src/figures/forward/model.ts";
import type {Claims} from "./oracle.ts";
import {dot, lengthOf, type Rows, rowsOf} from "./rows.ts";

const columnOf = (m: Rows, j: number): number[] => m.map((row) => row[j]!);

/** Forward, gradients from their definitions, and the merged weight, in the order of sums that equation 3 is written in. */
export function layerAt(W0: Rows, A: Rows, B: Rows, x: readonly number[], y: readonly number[], s: number) {
  const base = W0.map((row) => dot(row, x));
  const down = A.map((row) => dot(row, x));
  const up = B.map((row) => dot(row, down) * s);
  const h = base.map((value, i) => value + up[i]!);
  const g = h.map((value, i) => value - y[i]!);
  const du = A.map((_, l) => s * dot(columnOf(B, l), g));
  const dw = W0.map((row, i) => row.map((_, j) => dot(B[i]!, columnOf(A, j)) * s));
  const w = W0.map((row, i) => row.map((value, j) => value + dw[i]![j]!));
  return {
    base,
    down,
    up,
    h,
    g,
    du,
    dw,
    w,
    loss: dot(g, g) / 2,
    da: A.map((_, l) => x.map((value) => du[l]! * value)),
    db: B.map((_, i) => down.map((value) => s * g[i]! * value)),
    dx: x.map((_, j) => dot(columnOf(W0, j), g) + dot(columnOf(A, j), du)),
    out: w.map((row) => dot(row, x)),
  };
}

export function forward(params: ForwardParams, {parts, step}: ForwardResult): Claims {
  const {stage, steps, rate, d, k, r, alpha} = params;
  const [W0, A, B] = [rowsOf(parts.W0), rowsOf(parts.A), rowsOf(parts.B)];
  const [x, y] = [rowsOf(parts.x).flat(), rowsOf(parts.y).flat()];
  const s = alpha / r;
  const layer = layerAt(W0, A, B, x, y, s);
  const start = layer.base.map((value, i) => value - y[i]!);
  const lossOfW0 = dot(start, start) / 2;
  const [frozen, trained] = [d * k, d * r + r * k];
  const vector = (v: readonly number[]) => (d === 2 ? v : [lengthOf([v])]);
  const isByHand = d === 2 && k === 2 && r === 1 && params.seed === 0;
  // The step and the rate that it took; before the first step of the layer by hand, its own example.
  const when = step ? [step, Number(rate)] : isByHand ? x : [];

  const sentences: Record<ForwardParams["stage"], readonly number[]> = {
    freeze: [frozen, lossOfW0],
    insert: [...(step ? [step, Number(rate)] : [0]), trained, frozen],
    forward: step
      ? [step, ...vector(layer.base), ...vector(layer.up), ...vector(layer.h), layer.loss, lossOfW0]
      : [...when, 0, layer.loss],
    backward: [...when, ...(step ? [] : [0]), lengthOf(layer.db), lengthOf([layer.dx])],
    merge: [frozen, frozen + trained],
  };
  const [i, j] = [params.row - 1, params.column - 1];
  const [byRow, byColumn] = [Math.min(i, r - 1), Math.min(j, r - 1)];
  const entries: Record<string, number> = {
    base: layer.base[i]!,
    h: layer.h[i]!,
    up: layer.up[i]!,
    down: layer.down[byRow]!,
    da: layer.da[byRow]![j]!,
    db: layer.db[i]![byColumn]!,
    dx: layer.dx[j]!,
    du: layer.du[byRow]!,
    g: layer.g[i]!,
    dw: layer.dw[i]![j]!,
    w: layer.w[i]![j]!,
  };
  const offered = {
    freeze: ["base"],
    insert: ["dw"],
    forward: ["h", "base", "down", "up"],
    backward: ["da", "db", "dx", "du", "g"],
    merge: ["w", "dw"],
  }[stage];
  const traced = offered.includes(params.trace) ? params.trace : offered[0]!;

  // Rows are counted where there are several.
  const matrix = (rows: Rows) => (rows.length > 1 ? rows.map((row, index) => [index + 1, ...row]) : rows);
  const thin = (rows: Rows) => (r > 1 ? matrix(rows) : [rows.flat()]);
  const rows = [
    ...[x, ...matrix(W0), ...matrix(A), ...thin(B), layer.base, layer.down, layer.up, layer.h, y, layer.g, layer.du],
    ...[...matrix(layer.da), ...thin(layer.db), layer.dx, ...matrix(layer.dw), ...matrix(layer.w), layer.out],
  ];
  return {
    summary: steps > step ? [step + 1, steps, 100, Number(rate) * s, step] : sentences[stage],
    readouts: [[entries[traced]!], [stage === "freeze" ? lossOfW0 : layer.loss], [lengthOf(layer.da)]],
    caption: [step],
    rows,
  };
}
