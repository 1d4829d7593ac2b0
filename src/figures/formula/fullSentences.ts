/** What only the whole figure says. */
import {fixed, significant, whole} from "../../figure/plot/text/format.ts";
import {objectiveSaid} from "./formulas.ts";
import type {CountResult, FormulaParams, FormulaResult, ForwardPass, SimilarityResult} from "./model.ts";
import type {Which} from "./symbolMeanings.ts";
import {matrixText} from "./symbolValues.ts";

/** The goal of each challenge; an objective has none. */
export const goals: Readonly<Record<Which, string>> = {
  objective: "",
  "lora-objective": "",
  forward: "Goal: r = 2 with α/r = 2.",
  count: "Goal: all four matrices with as many parameters as r = 4 on Wq, Wv.",
  similarity: "Goal: the largest φ.",
};

/** The sentence, then the readouts as label, value and note. */
type Summary = [sentence: string, readouts: string[][]];

const forwardPass = ({h, base, update, scaling}: ForwardPass, {r, alpha}: FormulaParams): Summary => [
  `At r = ${r} and α = ${alpha}, h = W₀x + ΔWx = ${matrixText(base)} + ${matrixText(update)} = ${matrixText(h)}. BAx is multiplied by α/r = ${significant(scaling, 6)}.`,
  [
    ["h", matrixText(h)],
    ["α/r", significant(scaling, 6)],
  ],
];

const countOf = (
  {model, names, layers, matrices, width, total, perMatrix, full}: CountResult,
  {r}: FormulaParams,
): Summary => [
  `LoRA on ${names.join(", ")} in ${layers} layers of ${model}: |Θ| = 2 × ${matrices} × ${whole(width)} × ${r} = ${whole(total)}. For each adapted matrix ${whole(perMatrix)} parameters are trained instead of ${whole(full)}.`,
  [
    ["|Θ|", whole(total)],
    ["For one matrix", whole(perMatrix)],
  ],
];

const similarity = ({phi, squares}: SimilarityResult, {i, j}: FormulaParams): Summary => [
  `At i = ${i} and j = ${j} the squared cosines add up to ${fixed(squares, 3)}, out of at most ${Math.min(i, j)}, so φ = ${fixed(phi, 3)}, the share of the smaller space that lies in the larger.`,
  [["φ", fixed(phi, 3)]],
];

export function formulaSummary(result: FormulaResult, params: FormulaParams): Summary {
  if (result.kind === "forward") return forwardPass(result, params);
  if (result.kind === "count") return countOf(result, params);
  return result.kind === "similarity" ? similarity(result, params) : [objectiveSaid[result.kind], []];
}
