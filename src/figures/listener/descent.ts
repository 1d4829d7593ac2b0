/** The task's loss, its gradients, and steps of gradient descent on a and b. */
import {exp, log} from "../../engine/linalg/elementary.ts";
import type {ArrowPair} from "./arrows.ts";
import {dotProduct, plus, scaled, type Vector} from "./drawing/vector.ts";
import {frozenOutput, type Input} from "./inputs.ts";

/** The frozen layers behind read h as this dot product: only its height counts. */
const READOUT: Vector = [0, 2.2];
const RATE = 0.22;

/** W₀x + b(a·x). */
const output = ({a, b}: ArrowPair, x: Vector): Vector => plus(frozenOutput("task", x), scaled(dotProduct(a, x), b));

/** log(1 + eᵗ) without overflow. */
const softplus = (t: number): number => Math.max(t, 0) + log(1 + exp(-Math.abs(t)));

/** The mean logistic loss: −log of the chance that the frozen layers give to an input's own group. */
export function logisticLoss(pair: ArrowPair, points: readonly Input[]): number {
  const all = points.reduce((sum, {x, group}) => {
    const read = dotProduct(READOUT, output(pair, x));
    return sum + softplus(group ? -read : read);
  }, 0);
  return all / points.length;
}

/** How many inputs are read as their own group. */
export const rightOf = (pair: ArrowPair, points: readonly Input[]): number =>
  points.filter(({x, group}) => output(pair, x)[1] > 0 === (group === 1)).length;

/** ∂L/∂a = Σ (b·g)x and ∂L/∂b = Σ (a·x)g, with g = ∂L/∂h of each input. */
export function gradients(pair: ArrowPair, points: readonly Input[]): ArrowPair {
  const {a, b} = pair;
  let [da, db]: [Vector, Vector] = [
    [0, 0],
    [0, 0],
  ];
  for (const {x, group} of points) {
    const chance = 1 / (1 + exp(-dotProduct(READOUT, output(pair, x))));
    const g = scaled((chance - group!) / points.length, READOUT);
    da = plus(da, scaled(dotProduct(b, g), x));
    db = plus(db, scaled(dotProduct(a, x), g));
  }
  return {a: da, b: db};
}

/** One step of gradient descent. */
export function descend(pair: ArrowPair, points: readonly Input[]): ArrowPair {
  const {a, b} = gradients(pair, points);
  return {a: plus(pair.a, scaled(-RATE, a)), b: plus(pair.b, scaled(-RATE, b))};
}
