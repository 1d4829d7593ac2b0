/** What the family figure must say: its runs again, by loops over entries and an Adam that keeps its sums. */

import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {initLora} from "../../../src/engine/lora/lora.ts";
import {initLoftq} from "../../../src/engine/lora/variants/loftq.ts";
import {initPissa} from "../../../src/engine/lora/variants/pissa.ts";
import {sharedMatrices} from "../../../src/engine/lora/variants/vera.ts";
import {roundNf4} from "../../../src/engine/memory/nf4.ts";
import type {FamilyMethod, FamilyParams} from "../../../src/figures/family/controls.ts";
import {familyTask} from "../../../src/figures/family/model.ts";
import {singularValues} from "./exact.ts";
import type {Claims} from "./oracle.ts";
import {rowsOf} from "./rows.ts";

const N = 16;
const STEPS = 60;
const rates = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

type Rows = number[][];
const table = (f: (i: number, j: number) => number): Rows =>
  Array.from({length: N}, (_, i) => Array.from({length: N}, (_, j) => f(i, j)));
const flat = (rows: Rows): Matrix => ({rows: N, cols: N, data: Float64Array.from(rows.flat())});
const sum = (n: number, f: (l: number) => number): number => {
  let total = 0;
  for (let l = 0; l < n; l++) total += f(l);
  return total;
};
const square = (rows: Rows): number => rows.flat().reduce((total, x) => total + x * x, 0);

/** Something to train: its numbers in lists, what weight they make, what G sends to each list, and the rate of each. */
interface Learner {
  lists: number[][];
  shares: number[];
  weight(): Rows;
  slopes(G: Rows): number[][];
}

/** base + s·BA; A and B row by row. */
function pair(base: Rows, A: Rows, B: Rows, s: number, shares = [1, 1]): Learner {
  const r = A.length;
  const [a, b] = [A.flat(), B.flat()];
  return {
    lists: [a, b],
    shares,
    weight: () => table((i, j) => base[i]![j]! + s * sum(r, (l) => b[i * r + l]! * a[l * N + j]!)),
    slopes: (G) => [
      a.map((_, at) => s * sum(N, (i) => b[i * r + Math.floor(at / N)]! * G[i]![at % N]!)),
      b.map((_, at) => s * sum(N, (j) => G[Math.floor(at / r)]![j]! * a[(at % r) * N + j]!)),
    ],
  };
}

/** m ⊙ V/‖V‖ by rows, V = W0 + s·BA: the part of G along a row goes to m, the part across it to V. */
function direction(W0: Rows, A: Rows, B: Rows, s: number): Learner {
  const inner = pair(W0, A, B, s);
  const length = (V: Rows, i: number) => Math.sqrt(sum(N, (j) => V[i]![j]! ** 2));
  const m = Array.from({length: N}, (_, i) => length(W0, i));
  const along = (V: Rows, G: Rows, i: number) => sum(N, (j) => V[i]![j]! * G[i]![j]!) / length(V, i);
  return {
    lists: [...inner.lists, m],
    shares: [1, 1, 1],
    weight() {
      const V = inner.weight();
      const sizes = m.map((size, i) => size / length(V, i));
      return table((i, j) => sizes[i]! * V[i]![j]!);
    },
    slopes(G) {
      const V = inner.weight();
      const parts = m.map((_, i) => along(V, G, i));
      const lengths = m.map((_, i) => length(V, i));
      const across = table((i, j) => (m[i]! / lengths[i]!) * (G[i]![j]! - (parts[i]! * V[i]![j]!) / lengths[i]!));
      return [...inner.slopes(across), parts];
    },
  };
}

/** W0 + Λb·B·Λd·A with B and A fixed. */
function diagonals(W0: Rows, A: Rows, B: Rows): Learner {
  const rank = A.length;
  const b = new Array<number>(N).fill(0);
  const d = new Array<number>(rank).fill(0.1);
  return {
    lists: [b, d],
    shares: [1, 1],
    weight: () => table((i, j) => W0[i]![j]! + b[i]! * sum(rank, (l) => B[i]![l]! * d[l]! * A[l]![j]!)),
    slopes(G) {
      const seen = G.map((row) => A.map((direction) => sum(N, (j) => row[j]! * direction[j]!)));
      return [
        b.map((_, i) => sum(rank, (l) => seen[i]![l]! * d[l]! * B[i]![l]!)),
        d.map((_, l) => sum(N, (i) => b[i]! * B[i]![l]! * seen[i]![l]!)),
      ];
    },
  };
}

function whole(W0: Rows): Learner {
  const w = W0.flat();
  return {lists: [w], shares: [1], weight: () => table((i, j) => w[i * N + j]!), slopes: (G) => [G.flat()]};
}

interface Way {
  learner(): Learner;
  trained: number;
  base?: Rows;
  floor?: number;
}

const nf4 = (W: Matrix): Matrix => ({...W, data: roundNf4(W.data).values});

function wayOf(who: FamilyMethod, {learn, r, seed}: FamilyParams): Way & {W0: Rows; star: Rows} {
  const ground = familyTask(seed, learn);
  const [W0, change] = [rowsOf(ground.W0), rowsOf(ground.deltaStar)];
  const star = table((i, j) => W0[i]![j]! + change[i]![j]!);
  const random = mulberry32(seed + 100);
  const A = rowsOf(initLora({d: N, k: N, r, alpha: 4}, random).A);
  const B = Array.from({length: N}, () => new Array<number>(r).fill(0));
  const s = 4 / r;
  const over = (base: Rows, learner: () => Learner, trained = 2 * N * r): Way & {W0: Rows; star: Rows} => {
    const left = singularValues(flat(table((i, j) => star[i]![j]! - base[i]![j]!))).slice(r);
    return {learner, trained, base, floor: left.reduce((total, x) => total + x * x, 0) / 2, W0, star};
  };
  const rows = (lora: {A: Matrix; B: Matrix}) => [rowsOf(lora.A), rowsOf(lora.B)] as const;
  if (who === "lora") return over(W0, () => pair(W0, A, B, s));
  if (who === "rslora") return over(W0, () => pair(W0, A, B, 4 / Math.sqrt(r)));
  if (who === "loraplus") return over(W0, () => pair(W0, A, B, s, [1, 16]));
  if (who === "lorafa") return {...over(W0, () => pair(W0, A, B, s, [0, 1]), N * r), floor: across(A, change)};
  if (who === "full") return {learner: () => whole(W0), trained: N * N, floor: 0, W0, star};
  if (who === "dora") return {learner: () => direction(W0, A, B, s), trained: 2 * N * r + N, W0, star};
  if (who === "vera") {
    const rank = 2 * N * r - N;
    const [a, b] = rows(sharedMatrices({d: N, k: N, r: rank}, random));
    return {learner: () => diagonals(W0, a, b), trained: N + rank, W0, star};
  }
  if (who === "qlora") {
    const base = rowsOf(nf4(ground.W0));
    return over(base, () => pair(base, A, B, s));
  }
  if (who === "loftq") {
    const {Q, lora} = initLoftq(ground.W0, {r, steps: 1, quantize: nf4});
    const base = rowsOf(Q);
    return over(base, () => pair(base, ...rows(lora), 1));
  }
  const {residual, lora} = initPissa(ground.W0, r);
  const base = rowsOf(residual);
  return over(base, () => pair(base, ...rows(lora), 1));
}

/** ½ of the square of what the rows of A do not span, by Gram and Schmidt. */
function across(A: Rows, change: Rows): number {
  const basis: Rows = [];
  const without = (row: number[]) =>
    basis.reduce((rest, q) => {
      const part = sum(N, (j) => rest[j]! * q[j]!);
      return rest.map((x, j) => x - part * q[j]!);
    }, row);
  for (const row of A) {
    const rest = without(without(row));
    const size = Math.sqrt(square([rest]));
    basis.push(rest.map((x) => x / size));
  }
  return square(change.map(without)) / 2;
}

/** Losses as long as they are within twice the first. */
function learned({learner, star}: Way & {star: Rows}, rate: number, optimizer: FamilyParams["optimizer"]): number[] {
  const {lists, shares, weight, slopes} = learner();
  const means = lists.map((list) => list.map(() => 0));
  const squares = lists.map((list) => list.map(() => 0));
  const losses: number[] = [];
  for (let t = 1; ; t++) {
    const W = weight();
    const G = table((i, j) => W[i]![j]! - star[i]![j]!);
    const loss = square(G) / 2;
    if (loss > 2 * (losses[0] ?? loss)) return losses;
    losses.push(loss);
    if (t > STEPS) return losses;
    for (const [n, slope] of slopes(G).entries()) {
      const own = rate * shares[n]!;
      slope.forEach((g, at) => {
        means[n]![at] = 0.9 * means[n]![at]! + 0.1 * g;
        squares[n]![at] = 0.999 * squares[n]![at]! + 0.001 * g * g;
        const mean = means[n]![at]! / (1 - 0.9 ** t);
        const size = Math.sqrt(squares[n]![at]! / (1 - 0.999 ** t));
        lists[n]![at]! -= own * (optimizer === "sgd" ? g : mean / (size + 1e-8));
      });
    }
  }
}

interface Account {
  trained: number;
  offset: number;
  floor?: number;
  losses: number[][];
}

const known = new Map<string, Account>();
const cleared = (size: number): number => (size < 1e-12 ? 0 : size);

function accountOf(who: FamilyMethod, params: FamilyParams): Account {
  const {learn, r, optimizer, seed} = params;
  const key = [who, learn, r, optimizer, seed].join();
  const account = known.get(key) ?? reckon(who, params);
  known.set(key, account);
  return account;
}

function reckon(who: FamilyMethod, params: FamilyParams): Account {
  const way = wayOf(who, params);
  const start = way.learner().weight();
  return {
    trained: way.trained,
    offset: cleared(Math.sqrt(square(table((i, j) => start[i]![j]! - way.W0[i]![j]!)))),
    ...(way.floor === undefined ? {} : {floor: cleared(way.floor)}),
    losses: rates.map((rate) => learned(way, rate, params.optimizer)),
  };
}

const run = new Set<string>(["qlora", "lorafa", "vera", "rslora", "dora", "loraplus", "pissa"]);

function casting(work: FamilyParams["work"]): FamilyMethod[] {
  if (work === "lora") return ["lora", "full"];
  if (work === "loftq") return ["lora", "qlora", "loftq"];
  return run.has(work) ? ["lora", work as FamilyMethod] : ["lora"];
}

export function family(params: FamilyParams): Claims {
  const {work, r, rate, step} = params;
  const at = rates.indexOf(Number(rate));
  const accounts = casting(work).map((who) => accountOf(who, params));
  const lossOf = ({losses}: Account, place = at): number[] => losses[place]!.slice(step, step + 1);
  const bestOf = ({losses}: Account): number[] => {
    const all = losses.flatMap((one, n) => (one.length > step ? [[one[step]!, rates[n]!]] : []));
    return all.length ? all.reduce((best, one) => (one[0]! < best[0]! ? one : best)) : [];
  };
  const [lora, other] = [accounts[0]!, accounts.at(-1)!];
  const both = work === "lora" ? [lora, other] : [other, lora];
  const bests = both.map((account) => bestOf(account).slice(0, 1));
  // Before the first step no rate has had any effect.
  const atBest = step > 0 && bests.every((one) => one.length) ? bests.flat() : [];
  return {
    summary:
      accounts.length === 1
        ? [step, ...lossOf(lora), r, Number(rate)]
        : [params.seed, step, ...both.flatMap((account) => lossOf(account)), r, Number(rate), ...atBest],
    readouts: accounts.map((account) => [
      ...lossOf(account),
      ...bestOf(account),
      ...(account.floor === undefined ? [] : [account.floor]),
      account.trained,
    ]),
    caption: [step, r],
    rows: [
      ...rates.map((rate, place) => [rate, ...accounts.flatMap((account) => lossOf(account, place))]),
      accounts.map(({trained}) => trained),
      accounts.map(({offset}) => offset),
      accounts.flatMap(({floor}) => floor ?? []),
    ],
  };
}
