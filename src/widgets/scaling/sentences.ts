import {counted, fixed, thousandths} from "../../figures/text/format.ts";
import {ruleNames, type ScalingParams} from "./controls.ts";
import type {ScalingResult, Tuned} from "./readings.ts";

export const lossText = (loss: number): string => (Number.isFinite(loss) ? thousandths(loss) : "out of range");

export const optimizerNames = {adamw: "AdamW", sgd: "SGD"} as const;
const measured = {loss: "the loss that the first step removes", size: "the size of ΔW after one step"} as const;

/** A power this close to 0 changes a value by less than half from r = 1 to r = 64. */
const LEVEL = 0.1;

/** The rank at which η is tuned, and the rank it is reused at. */
export const comparedRanks = ({tuned}: ScalingResult): readonly [Tuned, Tuned] => [tuned[1], tuned[3]];

function reused(result: ScalingResult, {rate}: ScalingParams): string {
  const [from, to] = comparedRanks(result);
  const there = `At η = ${rate} after ${counted(result.step, "step")}, r = ${from.r} has loss ${lossText(from.here)} and r = ${to.r} ${lossText(to.here)}`;
  if (result.step === 0) return `${there}: nothing has moved yet`;
  if (!Number.isFinite(to.here))
    return `${there}: the step was too large for it, while η = ${to.bestRate} leaves ${lossText(to.best)}`;
  if (to.bestRate === rate) return `${there}, the best of the rates tried`;
  return `${there}, where η = ${to.bestRate} leaves ${lossText(to.best)}`;
}

export function sentence(result: ScalingResult, params: ScalingParams): string {
  const {rule, optimizer, measure} = params;
  const power = result.slopes[rule];
  const law =
    Math.abs(power) < LEVEL
      ? `hardly changes with r (a power of ${fixed(power, 2)})`
      : `goes as r to the power ${fixed(power, 2)}`;
  return `Under ${optimizerNames[optimizer]} and the factor ${ruleNames[rule]}, ${measured[measure]} ${law}. ${reused(result, params)}.`;
}

/** The same for the card: how the first step goes with r, then what the chosen rate comes to at two ranks. */
export function says(result: ScalingResult, {rule, measure, rate}: ScalingParams): string {
  const power = result.slopes[rule];
  const what = measure === "loss" ? "the loss the first step removes" : "ΔW’s size after one step";
  const law = Math.abs(power) < LEVEL ? "hardly changes with r" : `scales as r^${fixed(power, 2)}`;
  const [from, to] = comparedRanks(result).map(({r, here}) => `${lossText(here)} at r\u00a0=\u00a0${r}`);
  return `With ${ruleNames[rule]}, ${what} ${law}. At η\u00a0=\u00a0${rate} the loss is ${from} and ${to}.`;
}
