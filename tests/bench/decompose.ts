import {lowRankSvd} from "../../src/engine/linalg/lowrank.ts";
import {type Matrix, matmul} from "../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../src/engine/linalg/random.ts";
import {type Svd, svd} from "../../src/engine/linalg/svd.ts";
import {interleaved, needAgree} from "./measure.ts";
import type {Peers} from "./peers.ts";
import type {Line} from "./table.ts";

const rowsOf = ({rows, cols, data}: Matrix): number[][] =>
  Array.from({length: rows}, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]);
const descending = (values: readonly number[]) => values.toSorted((a, b) => b - a);
const rounds = (n: number) => (n > 200 ? 3 : 7);

/** The whole SVD of a random n × n, vectors and all, against the fastest peer. */
export function denseSvd({ml, numeric, svdJs}: Peers): Line[] {
  return [64, 128, 256].map((n) => {
    const a = randn(n, n, mulberry32(n));
    const rows = rowsOf(a);
    const mlA = new ml.Matrix(n, n);
    rows.forEach((row, i) => {
      row.forEach((value, j) => {
        mlA.set(i, j, value);
      });
    });
    const found: {ours?: Svd; "ml-matrix"?: number[]; numeric?: number[]; "svd-js"?: number[]} = {};
    const {ours, ...theirs} = interleaved(
      {
        ours: () => {
          found.ours = svd(a);
        },
        "ml-matrix": () => {
          found["ml-matrix"] = new ml.SVD(mlA, {autoTranspose: true}).diagonal;
        },
        numeric: () => {
          found.numeric = numeric.svd(rows).S;
        },
        "svd-js": () => {
          found["svd-js"] = svdJs.SVD(rows).q;
        },
      },
      rounds(n),
    );
    for (const name of ["ml-matrix", "numeric", "svd-js"] as const)
      needAgree(`the SVD of ${name}`, descending(found[name]!), found.ours!.s, 1e-9);
    const [best, time] = Object.entries(theirs).sort(([, x], [, y]) => x - y)[0]!;
    const what = `dense SVD ${n}×${n} (ours ${ours.toFixed(1)} ms), best peer ${best} / ours`;
    return {what, value: time / ours, unit: "×", least: 1.3};
  });
}

/** The SVD of B·A with r = 8 by its factors, against the SVD of the product. */
export function lowRankRoute(): Line[] {
  const bars = {64: 12, 128: 50, 256: 200} as const;
  return ([64, 128, 256] as const).map((n) => {
    const random = mulberry32(n + 1);
    const [B, A] = [randn(n, 8, random), randn(8, n, random)];
    const product = matmul(B, A);
    const {dense, route} = interleaved({dense: () => svd(product), route: () => lowRankSvd(B, A)}, rounds(n));
    needAgree("the low-rank route", lowRankSvd(B, A).s, svd(product).s.subarray(0, 8), 1e-12);
    const full = randn(n, n, random);
    const {any} = interleaved({any: () => svd(full)}, rounds(n));
    const what = `dense SVD of B·A / low-rank route, n = ${n}, r = 8 (of a full-rank matrix: ${(any / route).toFixed(0)} ×)`;
    return {what, value: dense / route, unit: "×", least: bars[n]};
  });
}
