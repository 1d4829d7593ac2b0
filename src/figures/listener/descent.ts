import {exp, log} from "../../engine/linalg/elementary.ts";
import type {ArrowPair} from "./arrows.ts";
import {frozenOutput, type Input} from "./cloud.ts";
import {dotProduct, plus, scaled, type Vector} from "./drawing/vector.ts";

/** The frozen layers behind: they read only the height of h, this steeply. */
const READS: Vector = [0, 2.2];
const RATE = 0.22;

/** W₀x + b(a·x). */
const output = ({a, b}: ArrowPair, x: Vector): Vector => plus(frozenOutput("task", x), scaled(dotProduct(a, x), b));

/** log(1 + eᵗ) without overflow. */
const softplus = (t: number): number => Math.max(t, 0) + log(1 + exp(-Math.abs(t)));

/** The mean logistic loss of the task: −log of the chance that the frozen layers give an input's own group. */
export function logisticLoss(pair: ArrowPair, cloud: readonly Input[]): number {
  const all = cloud.reduce((sum, {x, group}) => {
    const read = dotProduct(READS, output(pair, x));
    return sum + softplus(group ? -read : read);
  }, 0);
  return all / cloud.length;
}

/** How many inputs are read as their own group. */
export const rightOf = (pair: ArrowPair, cloud: readonly Input[]): number =>
  cloud.filter(({x, group}) => output(pair, x)[1] > 0 === (group === 1)).length;

/** ∂L/∂a = Σ (b·g)x and ∂L/∂b = Σ (a·x)g, with g = ∂L/∂h of each input. */
export function gradients(pair: ArrowPair, cloud: readonly Input[]): ArrowPair {
  const {a, b} = pair;
  let [da, db]: [Vector, Vector] = [
    [0, 0],
    [0, 0],
  ];
  for (const {x, group} of cloud) {
    const chance = 1 / (1 + exp(-dotProduct(READS, output(pair, x))));
    const g = scaled((chance - group!) / cloud.length, READS);
    da = plus(da, scaled(dotProduct(b, g), x));
    db = plus(db, scaled(dotProduct(a, x), g));
  }
  return {a: da, b: db};
}

/** One step of gradient descent. */
export function descend(pair: ArrowPair, cloud: readonly Input[]): ArrowPair {
  const {a, b} = gradients(pair, cloud);
  return {a: plus(pair.a, scaled(-RATE, a)), b: plus(pair.b, scaled(-RATE, b))};
}
