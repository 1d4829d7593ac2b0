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
    ...{base, down, up, h, g, du, dw, w},
    loss: dot(g, g) / 2,
    da: A.map((_, l) => x.map((value) => du[l]! * value)),
    db: B.map((_, i) => down.map((value) => s * g[i]! * value)),
    dx: x.map((_, j) => dot(columnOf(W0, j), g) + dot(columnOf(A, j), du)),
    out: w.map((row) => dot(row, x)),
  };
}

export function forward(params: ForwardParams, result: ForwardResult): Claims {
  const {stage, steps, rate, d, k, r, alpha} = params;
  const [W0, A, B] = [rowsOf(result.W0), rowsOf(result.A), rowsOf(result.B)];
  const [x, y] = [rowsOf(result.x)[0]!, rowsOf(result.y)[0]!];
  const s = alpha / r;
  const layer = layerAt(W0, A, B, x, y, s);
  const start = layer.base.map((value, i) => value - y[i]!);
  const untouched = dot(start, start) / 2;
  const difference = Math.max(...layer.h.map((value, i) => Math.abs(value - layer.out[i]!)));
  const [frozen, trained] = [d * k, d * r + r * k];
  const n = result.step;
  const norms = {dA: lengthOf(layer.da), dB: lengthOf(layer.db), dx: lengthOf([layer.dx])};

  const sentences: Record<ForwardParams["stage"], readonly number[]> = {
    freeze: [frozen, untouched],
    insert: n ? [n, lengthOf(layer.dw), ...(n === 1 ? [d * r, 0] : [trained]), frozen] : [0, trained, frozen],
    forward: n
      ? [n, ...(d === 2 ? [...layer.base, ...layer.up, ...layer.h] : [lengthOf([layer.up])]), layer.loss, untouched]
      : [0, layer.loss],
    backward: n ? [n, norms.dA, norms.dB, norms.dx] : [0, norms.dB, norms.dx],
    merge: [frozen, frozen + trained, ...(difference ? [difference] : [])],
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

  // A matrix of one row has no row to count.
  const matrix = (rows: Rows) => (rows.length > 1 ? rows.map((row, index) => [index + 1, ...row]) : rows);
  const listed: Record<ForwardParams["stage"], Rows> = {
    freeze: [x, ...matrix(W0), layer.base, y],
    insert: [...matrix(A), ...matrix(W0), ...matrix(B), y],
    forward: [x, ...matrix(A), ...matrix(W0), layer.base, layer.down, ...matrix(B), layer.up, layer.h, y],
    backward: [
      ...[x, layer.dx, ...matrix(A), ...matrix(layer.da), ...matrix(W0), layer.down, layer.du],
      ...[...matrix(B), ...matrix(layer.db), layer.g, layer.h, y],
    ],
    merge: [x, ...matrix(layer.w), layer.out, layer.h, y],
  };
  const divergedAt = steps > n;
  return {
    summary: divergedAt ? [n + 1, steps, 100, Number(rate) * s, n] : sentences[stage],
    readouts: [
      [entries[traced]!],
      [stage === "freeze" ? untouched : layer.loss],
      ...{
        freeze: [[0, frozen]],
        insert: [[trained]],
        forward: [[lengthOf([layer.up])]],
        backward: [[norms.dA]],
        merge: [[difference]],
      }[stage],
    ],
    caption: [n],
    rows: listed[stage],
  };
}
