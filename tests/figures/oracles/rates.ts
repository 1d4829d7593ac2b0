/** What the figure of rates must say: the file counted anew, the parabola by least squares, and the field by other algebra. */
import {readFileSync} from "node:fs";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import type {RatesParams} from "../../../src/figures/rates/model.ts";
import {singularValues} from "./exact.ts";
import {once} from "./once.ts";
import type {Claims} from "./oracle.ts";

type Rows = Record<string, (number | null)[][]>;
interface File {
  end: {forge: Rows; digits: Rows};
  capacity: {names: number; base: number; byHeart: number; ranks: Record<string, number[]>}[];
}
const file: File = JSON.parse(readFileSync(new URL("../../../content/lab/rates.seeds.json", import.meta.url), "utf8"));
const RANKS = [1, 4, 16];

/** The middle of a list: what is left when its least and its greatest are taken away, as long as more than two are left. */
function middle(values: readonly number[]): number {
  const rest = [...values].sort((a, b) => a - b);
  while (rest.length > 2) {
    rest.pop();
    rest.shift();
  }
  return rest.reduce((sum, value) => sum + value, 0) / rest.length;
}

/** Every seed's loss by rate. The figure keeps three digits of the digit machine's. */
const curveOf = (rank: number | "full", {ground, coupling}: RatesParams): (number | null)[][] =>
  file.end[ground][rank === "full" ? "full" : rank === 4 ? "4 double" : `${rank} ${coupling}`]!.map((losses) =>
    losses.map((loss) => (loss === null || ground === "forge" ? loss : Number(loss.toPrecision(3)))),
  );

const GRID = [3.16e-4, 5.62e-4, 1e-3, 1.78e-3, 3.16e-3, 5.62e-3, 0.01, 0.0178, 0.0316, 0.0562, 0.1, 0.178, 0.316];

/** The lowest place of the parabola through three points, from the linear system of its three coefficients. */
function lowestOf(xs: readonly number[], ys: readonly number[]): number {
  const rows = xs.map((x, i) => [x * x, x, 1, ys[i]!]);
  for (let p = 0; p < 3; p++) {
    const pivot = rows.slice(p).reduce((best, row) => (Math.abs(row[p]!) > Math.abs(best[p]!) ? row : best));
    rows.splice(rows.indexOf(pivot), 1, rows[p]!);
    rows[p] = pivot;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[p]! / pivot[p]!;
      for (let j = p; j < 4; j++) row[j] = row[j]! - factor * pivot[j]!;
    }
  }
  const [a, b] = [rows[0]![3]! / rows[0]![0]!, rows[1]![3]! / rows[1]![1]!];
  return -b / (2 * a);
}

interface Best {
  rate: number;
  least: number;
}

function bestOf(rank: number | "full", params: RatesParams): Best {
  const tried = curveOf(rank, params).map((losses, i) => ({
    x: Math.log10(10 ** (i / 4 - 3.5)),
    loss: middle(losses.map((loss) => loss ?? Number.POSITIVE_INFINITY)),
  }));
  const least = Math.min(...tried.map(({loss}) => loss));
  const i = tried.findIndex(({loss}) => loss === least);
  if (i === 0 || i === tried.length - 1) return {rate: 10 ** tried[i]!.x, least};
  const three = tried.slice(i - 1, i + 2);
  const isLog = params.ground === "digits";
  const at = lowestOf(
    three.map(({x}) => x),
    three.map(({loss}) => (isLog ? Math.log(loss) : loss)),
  );
  return {rate: 10 ** at, least};
}

const SIDE = 32;
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/**
 * Shares that rank 0, 1, … 32 stores of the first n pairs: the targets on an orthonormal basis of what the inputs span (Gram
 * and Schmidt, twice), and the squared singular values of that, by the Jacobi method.
 */
export const sharesOf = once((n: number): number[] => {
  const random = mulberry32(11);
  const [x, y] = [randn(64, SIDE, random), randn(64, SIDE, random)];
  const column = ({data}: typeof x, j: number) => Array.from({length: n}, (_, i) => data[i * SIDE + j]!);
  const basis: number[][] = [];
  for (let j = 0; j < SIDE && basis.length < n; j++) {
    let v = column(x, j);
    for (let twice = 0; twice < 2; twice++)
      for (const b of basis) {
        const part = dot(v, b);
        v = v.map((value, i) => value - part * b[i]!);
      }
    const size = Math.sqrt(dot(v, v));
    if (size > 1e-9) basis.push(v.map((value) => value / size));
  }
  const targets = Array.from({length: SIDE}, (_, j) => column(y, j));
  const seen = targets.map((target) => basis.map((b) => dot(target, b)));
  const s = singularValues({rows: SIDE, cols: basis.length, data: Float64Array.from(seen.flat())});
  const all = targets.reduce((sum, target) => sum + dot(target, target), 0);
  const squares = Array.from({length: SIDE}, (_, i) => (s[i] ?? 0) ** 2);
  return Array.from({length: SIDE + 1}, (_, r) => squares.slice(0, r).reduce((sum, square) => sum + square, 0) / all);
});

const leastRank = (n: number): number[] => {
  const least = sharesOf(n).findIndex((share) => share >= 0.9);
  return least < 0 ? [] : [least];
};

/** Of the way from the base to the least possible, the middle seed's part, in percent. */
const learned = (r: number) =>
  file.capacity.map(
    ({base, byHeart, ranks}) => 100 * middle(ranks[r]!.map((loss) => (base - loss) / (base - byHeart))),
  );

function capacity({pairs, r}: RatesParams): Claims {
  const share = 100 * sharesOf(pairs)[r]!;
  const least = leastRank(pairs);
  return {
    summary: [r, share, pairs, ...least, 90, 32],
    readouts: [
      [share, pairs, r],
      [...least, pairs],
      [...RANKS.map((rank) => learned(rank)[2]!), ...RANKS],
    ],
    caption: [r, 90],
    rows: [
      ...Array.from({length: 32}, (_, i) => 2 * (i + 1)).map((n) => [n, 100 * sharesOf(n)[r]!, ...leastRank(n)]),
      ...file.capacity.map(({names}, i) => [names, ...RANKS.map((rank) => learned(rank)[i]!)]),
    ],
  };
}

function rates(params: RatesParams): Claims {
  const {rank, coupling, eta, ground} = params;
  const at = GRID.findIndex((rate) => String(rate) === eta);
  const shown = (loss: number) => (ground === "forge" ? Math.E ** loss : loss);
  const here = (one: number | "full") =>
    shown(middle(curveOf(one, params)[at]!.map((loss) => loss ?? Number.POSITIVE_INFINITY)));
  const r = Number(rank);
  const alpha = {double: 2 * r, fixed: 8, root: 4 * Math.sqrt(r)}[coupling];
  const formula = {double: 2, fixed: 8, root: 4}[coupling];
  const full = bestOf("full", params);
  const loras = RANKS.map((one) => bestOf(one, params));
  const own = loras[RANKS.indexOf(r)]!;
  const bests = loras.map((one) => one.rate);
  const cells = (one: number | "full", i: number) => {
    const losses = curveOf(one, params)[i]!.map((loss) => shown(loss ?? Number.POSITIVE_INFINITY));
    const ends = losses.length > 1 ? [Math.min(...losses), Math.max(...losses)] : [];
    return [shown(middle(curveOf(one, params)[i]!.map((loss) => loss ?? Number.POSITIVE_INFINITY))), ...ends];
  };
  const columns = ["full" as const, ...RANKS];
  return {
    summary: [formula, ...bests, ...RANKS, GRID[at]!, r, here(r), alpha, here("full"), full.rate],
    readouts: [
      [full.rate, shown(full.least)],
      [own.rate, shown(own.least)],
      [own.rate / full.rate],
      [Math.max(...bests) / Math.min(...bests), ...bests, ...RANKS],
    ],
    caption: [600, formula],
    rows: GRID.flatMap((rate, i) =>
      curveOf("full", params)[i]!.length
        ? [[rate, ...columns.flatMap((one) => cells(one, i)), ...columns.map((one) => curveOf(one, params)[i]!.length)]]
        : [],
    ),
  };
}

export const ratesClaims = (params: RatesParams): Claims =>
  params.show === "capacity" ? capacity(params) : rates(params);
