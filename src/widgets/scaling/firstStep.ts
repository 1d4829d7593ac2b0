import {frobenius, type Matrix, matmul, matmulTB} from "../../engine/linalg/matrix.ts";
import {RANKS, type Rule, rules, type Settings} from "./controls.ts";
import {startOf} from "./student.ts";

/** Draws of A whose first steps are averaged. */
export const DRAWS = 10;
/** Added to the seed for the draws of A, so that they are none of the teacher's. */
export const FROM = 100;

/** Per unit of η, the mean over the draws, for each of RANKS: the loss that the first step removes, and ‖ΔW‖ after it. */
export interface First {
  loss: number[];
  size: number[];
}

/**
 * With B = 0 only B moves: by −η·s·GAᵀ under SGD, by −η·sign(GAᵀ) under AdamW, where G = −ΔW* is the gradient of ΔW.
 * To first order in η the loss falls by ⟨G, s·ΔB·A⟩, that is η·s²‖GAᵀ‖²_F or η·s·Σ|GAᵀ|. ΔW = s·ΔB·A exactly.
 */
export function firstSteps(star: Matrix, {optimizer, seed}: Pick<Settings, "optimizer" | "seed">): Record<Rule, First> {
  const means = RANKS.map((r) => {
    let [loss, size] = [0, 0];
    for (let draw = 0; draw < DRAWS; draw++) {
      const A = startOf(r, seed + FROM + draw);
      const g = matmulTB(star, A);
      const isSgd = optimizer === "sgd";
      const moved = isSgd ? g : {...g, data: g.data.map(Math.sign)};
      loss += g.data.reduce((sum, x, i) => sum + x * moved.data[i], 0) / DRAWS;
      size += frobenius(matmul(moved, A)) / DRAWS;
    }
    return {r, loss, size};
  });
  // Under SGD the gradient of B has the factor too, so a step has it twice.
  const power = optimizer === "sgd" ? 2 : 1;
  const of = (rule: Rule): First => {
    const by = means.map(({r}) => rules[rule](r) ** power);
    return {loss: means.map(({loss}, i) => by[i] * loss), size: means.map(({size}, i) => by[i] * size)};
  };
  return {over: of("over"), root: of("root"), alone: of("alone")};
}

/** The p of the power law rᵖ that fits values at RANKS best, in logarithms. */
export function slope(values: readonly number[]): number {
  const x = RANKS.map((_, i) => i - (RANKS.length - 1) / 2);
  const rise = values.reduce((sum, value, i) => sum + x[i] * Math.log2(value), 0);
  return rise / x.reduce((sum, one) => sum + one * one, 0);
}
