/** What the listener widget must say: its points through the layer entry by entry, its training by differences of the loss. */
import {mulberry32, normal} from "../../../src/engine/linalg/random.ts";
import type {ListenerParams} from "../../../src/figures/listener/model.ts";
import type {Claims} from "./oracle.ts";

type Point = {x: [number, number]; group?: number};

const starts = {one: "0.9,0.5,1.1,0.6", two: "0.9,0.5,1,0.5,-0.4,0.8,-0.5,0.9", task: "0.3,0.8,0,0"};

function pointsOf(seed: number, isTask: boolean): Point[] {
  const random = mulberry32(seed);
  const [c, s] = [Math.cos(0.5), Math.sin(0.5)];
  return Array.from({length: isTask ? 160 : 90}, (_, i) => {
    if (isTask) {
      const p = (i % 2 === 1 ? 1.25 : -1.25) + 0.42 * normal(random);
      const q = 0.95 * normal(random);
      return {x: [p * c - q * s, p * s + q * c], group: i % 2};
    }
    const x = [0.9 * normal(random), 0.9 * normal(random)] as [number, number];
    const shrink = Math.min(1, 2.4 / Math.hypot(...x));
    return {x: [x[0] * shrink, x[1] * shrink]};
  });
}

/** W₀ as four entries, row by row. The task's is u₁e₁ᵀ + u₂e₂ᵀ with u₁ = (0.28, 0) and u₂ = (0.45, 0.75). */
function frozen(isTask: boolean): number[] {
  if (!isTask) return [0.25, -0.95, 1, 0.22];
  const [c, s] = [Math.cos(0.5), Math.sin(0.5)];
  return [0.28 * c - 0.45 * s, 0.28 * s + 0.45 * c, -0.75 * s, 0.75 * c];
}

/** (W₀ + Σ b aᵀ)x: the sum of the matrices first, then one product. `p` holds a and b of each pair. */
function through(W: readonly number[], p: readonly number[], [x0, x1]: [number, number]): [number, number] {
  const M = [...W];
  for (let n = 0; n < p.length; n += 4)
    for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) M[2 * i + j]! += p[n + 2 + i]! * p[n + j]!;
  return [M[0]! * x0 + M[1]! * x1, M[2]! * x0 + M[3]! * x1];
}

/** The mean of −log of the chance of the point's own group. */
export function taskLoss(p: readonly number[], points: readonly Point[]): number {
  const W = frozen(true);
  let sum = 0;
  for (const {x, group} of points) {
    const chance = 1 / (1 + Math.exp(-2.2 * through(W, p, x)[1]));
    sum -= Math.log(group ? chance : 1 - chance);
  }
  return sum / points.length;
}

/** The slope of the loss along each of the four numbers, from two losses near it. */
export const slopes = (p: readonly number[], points: readonly Point[]): number[] =>
  p.map((_, i) => {
    const at = (by: number) =>
      taskLoss(
        p.map((value, n) => (n === i ? value + by : value)),
        points,
      );
    return (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
  });

const runs = new Map<string, number[][]>();

function trained(from: readonly number[], seed: number): number[][] {
  const key = `${from} ${seed}`;
  const known = runs.get(key);
  if (known) return known;
  const points = pointsOf(seed, true);
  const all = [[...from]];
  for (let step = 0; step < 22; step++) {
    const now = all.at(-1)!;
    const slope = slopes(now, points);
    all.push(now.map((value, i) => value - 0.22 * slope[i]!));
  }
  runs.set(key, all);
  return all;
}

export function listener(params: ListenerParams): Claims {
  const {view, update, step, seed} = params;
  const isTask = view === "task";
  const set = (params[view] || starts[view]).split(",").map(Number);
  const p = isTask ? trained(set, seed)[step]! : set;
  const points = pointsOf(seed, isTask);
  const W = frozen(isTask);
  const pairs = view === "two" ? [p.slice(0, 4), p.slice(4)] : [p];
  const heard = points.map(({x}) => pairs.map(([a0, a1]) => a0! * x[0] + a1! * x[1]));
  const bases = points.map(({x}) => through(W, [], x));
  const outs = points.map(({x}) => through(W, update === "on" ? p : [], x));
  const rightIn = (all: [number, number][]) => all.filter(([, up], i) => up > 0 === (points[i]!.group === 1)).length;
  const counts = [rightIn(outs), points.length];
  const D = through([0, 0, 0, 0], p, [1, 0]).concat(through([0, 0, 0, 0], p, [0, 1]));
  const size = D.reduce((sum, x) => sum + x * x, 0);
  const rank = size < 1e-9 ? 0 : Math.abs(D[0]! * D[3]! - D[1]! * D[2]!) > 1e-3 * size ? 2 : 1;
  const summary = () => {
    if (isTask) {
      const isTrained = update === "on" && step > 0 && Math.hypot(p[2]!, p[3]!) > 0;
      return [points.length, counts[0]!, ...(isTrained ? [step] : []), rightIn(bases), ...p];
    }
    if (update === "off") return [];
    if (view === "one") return rank ? [Math.min(...heard.flat()), Math.max(...heard.flat())] : [];
    return rank === 1 ? [2, 1] : [rank];
  };
  const arrows = pairs.flatMap(([a0, a1, b0, b1]) => [
    [a0!, a1!],
    [b0!, b1!],
  ]);
  const lossNow = () => taskLoss(p, points);
  return {
    summary: summary(),
    readouts: isTask
      ? [[...counts, rightIn(bases)], update === "off" ? [lossNow()] : [lossNow(), step], ...arrows]
      : [...arrows, [rank]],
    caption: isTask ? [points.length] : [],
    // The task is listed step by step, with the update on whatever is shown.
    rows: isTask
      ? trained(set, seed).map((at, n) => [
          ...[n, ...at, taskLoss(at, points)],
          rightIn(points.map(({x}) => through(W, at, x))),
        ])
      : points.map(({x}, i) => [i + 1, ...x, ...heard[i]!, ...bases[i]!, ...outs[i]!]),
  };
}
