/** How the figure on costs names what it compares. */
import {bytesText, times, whole} from "../../figure/plot/text/format.ts";
import {type Cost, type CostParams, type CostResult, controls} from "./model.ts";

/** The method with which all others are compared. */
export const FULL_NAME = "Full fine-tuning";

/** What training keeps in memory: the name in the engine, and the name for readers. */
export const PARTS = [
  ["weights", "Weights"],
  ["added", "Added parameters"],
  ["gradients", "Gradients"],
  ["moments", "Optimizer states"],
] as const;

/** The names of the two sums. */
export const SUMS = {without: "Without activations", with: "With activations"} as const;

/** How many times as large the larger is: "4×". */
const ratio = (full: number, chosen: number): string => times(chosen < full ? full / chosen : chosen / full);

/** The difference of two sizes that are written alike: "37.7 MB more than"; undefined if they are not. */
const differenceText = (full: number, chosen: number): string | undefined =>
  bytesText(full) === bytesText(chosen) || ratio(full, chosen) === "1×"
    ? `${bytesText(Math.abs(chosen - full))} ${chosen < full ? "less" : "more"} than`
    : undefined;

/** " instead of 1.4 TB" or ", 37.7 MB more than", to go before "in full fine-tuning". */
export function insteadOf(full: number, chosen: number): string {
  const difference = differenceText(full, chosen);
  return difference ? `, ${difference}` : ` instead of ${bytesText(full)}`;
}

/** "of 1.4 TB, 4× less" or "37.7 MB more than in full fine-tuning". */
export function comparisonText(full: number, chosen: number): string {
  const difference = differenceText(full, chosen);
  if (difference) return `${difference} in full fine-tuning`;
  return `of ${bytesText(full)}, ${ratio(full, chosen)} ${chosen < full ? "less" : "as much"}`;
}

/** "GPT-3 175B", or a description of a custom model. */
export const modelName = ({model}: CostResult, params: CostParams): string =>
  params.model === "custom"
    ? `a GPT of width ${whole(model.dModel)} and ${whole(model.layers)} layer${model.layers === 1 ? "" : "s"}`
    : model.name;

/** The matrices that LoRA adapts, in a sentence: "Wq and Wv". */
export const matricesName = ({matrices}: CostParams): string =>
  controls.matrices.options[matrices].replace(/, (\w+)$/, " and $1");

/** "LoRA, r = 4": short enough for the name of a bar. */
export const shortName = ({method, r}: CostParams): string => {
  const name = controls.method.options[method];
  return method === "lora" || method === "adapters" ? `${name}, r = ${whole(r)}` : name;
};

/** "LoRA with r = 4 on Wq and Wv", as the subject of a sentence. */
export function methodSubject(params: CostParams): string {
  const {method, r, places} = params;
  if (method === "lora") return `LoRA with r = ${whole(r)} on ${matricesName(params)}`;
  if (method === "adapters")
    return `Fine-tuning with adapter layers of ${whole(r)} unit${r === 1 ? "" : "s"}, ${places} a layer,`;
  return controls.method.options[method];
}

/** The costs to compare, each with its name. */
export const sidesOf = ({full, chosen}: CostResult, params: CostParams): readonly (readonly [string, Cost])[] => [
  [FULL_NAME, full],
  ...(chosen ? [[shortName(params), chosen] as const] : []),
];
