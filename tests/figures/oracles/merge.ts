/** Merging, unmerging and serving by other routes than the `merge` widget's model: plain arrays. */
import {mulberry32, normal} from "../../../src/engine/linalg/random.ts";
import type {MergeParams} from "../../../src/figures/merge/model.ts";
import {float32, type Rows, storedByBits} from "./formats.ts";
import {once} from "./once.ts";

const N = 12;
const zip = (a: Rows, b: Rows, f: (x: number, y: number) => number): Rows =>
  a.map((row, i) => row.map((x, j) => f(x, b[i]![j]!)));
const most = (m: Rows): number => Math.max(...m.flat().map(Math.abs));
/** m·v, summed from the first term. */
const times = (m: Rows, v: readonly number[]): number[] =>
  m.map((row) => row.reduce((sum, x, l) => sum + x * v[l]!, 0));
const size = (v: readonly number[]): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));

type Format = MergeParams["precision"];
const formats: readonly Format[] = ["fp64", "fp32", "bf16", "int8"];
const by = <T>(f: (format: Format) => T) =>
  Object.fromEntries(formats.map((format) => [format, f(format)])) as Record<Format, T>;

/** What seed and rank fix: the numbers drawn, and every base from the first swap to the last. */
const drawn = once((seed: number, r: number) => {
  const random = mulberry32(seed);
  const draw = (rows: number, cols: number, deviation: number): Rows =>
    Array.from({length: rows}, () => Array.from({length: cols}, () => float32(normal(random) * deviation)));
  const W0 = Array.from({length: N}, () => Array.from({length: N}, () => normal(random) * (1 / Math.sqrt(N))));
  const X = draw(8, N, 1);
  const pairs = [1, 2, 3].map(() => {
    const A = draw(4, N, 1 / Math.sqrt(N)).slice(0, r);
    const B = draw(N, 4, 0.25).map((row) => row.slice(0, r));
    return {A, B};
  });
  const s = 4 / r;
  /** (α/r)·BA of these tasks, all terms in one sum, as it is held beside a base of this format. */
  const change = (tasks: readonly number[], format: Format): Rows =>
    W0.map((row, i) =>
      row.map((_, j) => {
        const terms = tasks.flatMap((task) => pairs[task - 1]!.B[i]!.map((b, l) => b * pairs[task - 1]!.A[l]![j]!));
        const sum = terms.reduce((total, term) => total + term, 0) * s;
        return format === "fp64" ? sum : float32(sum);
      }),
    );
  const bases = by((format) => {
    const store = storedByBits[format];
    const updates = [1, 2, 3].map((task) => change([task], format));
    const all = [store(W0)];
    for (let n = 0; n < 60; n++) {
      const update = updates[n % 3]!;
      const W = store(zip(all[n]!, update, (x, y) => x + y));
      all.push(store(zip(W, update, (x, y) => x - y)));
    }
    return all;
  });
  const drift = by((format) => bases[format].map((one) => most(zip(one, bases[format][0]!, (x, y) => x - y))));
  return {X, pairs, s, change, bases, drift};
});

/** What the widget must find: everything from the seed on. */
export function merging({seed, r, swaps, merged}: Pick<MergeParams, "seed" | "r" | "swaps" | "merged">) {
  const {X, pairs, s, change, bases, drift} = drawn(seed, r);
  /** W₀x + (α/r)·B(Ax) for these tasks side by side. */
  const beside = (base: Rows, tasks: readonly number[], x: readonly number[]): number[] => {
    const inner = tasks.flatMap((task) => times(pairs[task - 1]!.A, x));
    const wide = base.map((_, i) => tasks.flatMap((task) => pairs[task - 1]!.B[i]!));
    const added = times(wide, inner);
    return times(base, x).map((h, i) => (tasks.length ? h + added[i]! * s : h));
  };
  const tasks = {none: [], one: [1], two: [2], three: [3], both: [1, 2]}[merged];
  const base = by((format) => bases[format][swaps]!);
  const W = by((format) =>
    tasks.length ? storedByBits[format](zip(base[format], change(tasks, format), (x, y) => x + y)) : base[format],
  );
  return {
    drift,
    base,
    W,
    difference: by((format) =>
      most(
        X.map((x) => {
          const due = beside(bases[format][0]!, tasks, x);
          return times(W[format], x).map((h, i) => h - due[i]!);
        }),
      ),
    ),
    off: by((format) =>
      X.map((x, i) => {
        const own = [i < 4 ? 1 : 2];
        const due = beside(bases[format][0]!, own, x);
        const output = tasks.length ? times(W[format], x) : beside(base[format], own, x);
        return size(output.map((h, j) => h - due[j]!)) / size(due);
      }),
    ),
    adds: {merged: N * N, unmerged: N * N + Math.max(tasks.length, 1) * (r * N + N * r)},
  };
}
