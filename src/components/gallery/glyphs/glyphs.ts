import {amplify, cost, floor, latency, results, scaling, sweep} from "./charts.ts";
import {budget, fold, forward, init, merge, product, rank, savings} from "./matrices.ts";
import {clinic, intrinsic, listener, train} from "./searches.ts";
import {choose, compose, family, formula, lab, predict, subspace} from "./words.ts";

const drawings: Readonly<Record<string, () => string>> = {
  ...{rank, product, savings, init, cost, merge, predict, latency, intrinsic, forward, formula, train, listener, fold},
  ...{lab, budget, sweep, family, subspace, amplify, results, choose, clinic, floor, scaling, compose},
};

/** What a widget is about, as the inside of an `<svg>` of `WIDTH` × `HEIGHT`. One without a drawing of its own gets that of `product`. */
export const glyphOf = (name: string): string => (drawings[name] ?? product)();
