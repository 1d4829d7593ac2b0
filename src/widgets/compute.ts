import {breakEvenRank, degreesOfFreedom, fullCount, loraCount, reduction} from "../engine/counts.ts";
import {fromRows} from "../engine/matrix.ts";
import {energyKept, numericalRank, tail} from "../engine/spectrum.ts";
import {svd} from "../engine/svd.ts";

/** A number, or a row of a matrix. */
export type Argument = number | readonly number[];

/** A number that prose and questions may ask the engine for, so that nobody types it. */
export interface Computed {
  run(...args: Argument[]): number;
  /** How the number comes about, as a reader would write it. */
  formula: string;
  /** What the arguments are called, in order; the last takes all that are left. */
  names: readonly string[];
  unit?: string;
  /** The figure, and its state, in which the reader finds the same number, or the one it comes from. */
  shown(...args: Argument[]): {widget: "rank" | "savings"; params: Readonly<Record<string, string | number>>};
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

function refuse(sentence: string): never {
  throw new Error(sentence);
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

function rows(args: readonly Argument[]): readonly (readonly number[])[] {
  return args.every((row) => typeof row === "object")
    ? args
    : refuse(`rankOf: takes rows of a matrix, [1, 2], [3, 4]; (${args.join("; ")}) came`);
}

function rank(matrix: readonly (readonly number[])[]): number {
  const m = fromRows(matrix);
  return numericalRank(svd(m).s, m.rows, m.cols);
}

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
