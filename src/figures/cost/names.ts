/** How the figure on costs names what it compares. */
import {bytes, times, whole} from "../../figure/plot/text/format.ts";
import {type Cost, type CostParams, type CostResult, controls} from "./model.ts";

/** The method with which all others are compared. */
export const FULL = "Full fine-tuning";

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
const apart = (full: number, chosen: number): string | undefined =>
  bytes(full) === bytes(chosen) || ratio(full, chosen) === "1×"
    ? `${bytes(Math.abs(chosen - full))} ${chosen < full ? "less" : "more"} than`
    : undefined;

/** " instead of 1.4 TB" or ", 37.7 MB more than", to go before "in full fine-tuning". */
export function instead(full: number, chosen: number): string {
  const close = apart(full, chosen);
  return close ? `, ${close}` : ` instead of ${bytes(full)}`;
}

/** "of 1.4 TB, 4× less" or "37.7 MB more than in full fine-tuning". */
export function against(full: number, chosen: number): string {
  const close = apart(full, chosen);
  if (close) return `${close} in full fine-tuning`;
  return `of ${bytes(full)}, ${ratio(full, chosen)} ${chosen < full ? "less" : "as much"}`;
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
export function trainer(params: CostParams): string {
  const {method, r, places} = params;
  if (method === "lora") return `LoRA with r = ${whole(r)} on ${matricesName(params)}`;
  if (method === "adapters")
    return `Fine-tuning with adapter layers of ${whole(r)} unit${r === 1 ? "" : "s"}, ${places} a layer,`;
  return controls.method.options[method];
}

/** The costs to compare, each with its name. */
export const sidesOf = ({full, chosen}: CostResult, params: CostParams): readonly (readonly [string, Cost])[] => [
  [FULL, full],
  ...(chosen ? [[shortName(params), chosen] as const] : []),
];
