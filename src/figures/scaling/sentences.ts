import {counted, fixed, thousandths} from "../../figure/plot/text/format.ts";
import {ruleNames, type ScalingParams} from "./controls.ts";
import type {ScalingResult, TunedRank} from "./readings.ts";

export const scalingLossText = (loss: number): string => (Number.isFinite(loss) ? thousandths(loss) : "out of range");

export const optimizerNames = {adamw: "AdamW", sgd: "SGD"} as const;
const measured = {loss: "the loss that the first step removes", size: "the size of ΔW after one step"} as const;

/** Powers of r that have a name, and how close to one of them a power is called so: from r = 1 to r = 64 it makes less than half. */
const NAMED: readonly (readonly [power: number, name: string])[] = [
  [-1, "1/r"],
  [-0.5, "1/√r"],
  [0, "level"],
  [0.5, "√r"],
  [1, "r"],
  [1.5, "r√r"],
  [2, "r²"],
];
const CLOSE = 0.1;

/** The name of how a value goes with r, "level" or "as √r", if its power has one. */
export function namedLaw(power: number): string | undefined {
  const name = NAMED.find(([one]) => Math.abs(power - one) < CLOSE)?.[1];
  return name === "level" ? name : name && `as ${name}`;
}

/** How a value goes with r, by its power where that has no name. */
export const lawOf = (power: number): string => namedLaw(power) ?? `as power ${fixed(power, 2)} of r`;

/** The rank at which η is tuned, and the rank it is reused at. */
export const comparedRanks = ({tuned}: ScalingResult): readonly [TunedRank, TunedRank] => [tuned[1], tuned[3]];

function reused(result: ScalingResult, {rate}: ScalingParams): string {
  const [from, to] = comparedRanks(result);
  const there = `At η = ${rate} after ${counted(result.step, "step")}, r = ${from.r} has loss ${scalingLossText(from.here)} and r = ${to.r} ${scalingLossText(to.here)}`;
  if (result.step === 0) return `${there}: nothing has moved yet`;
  if (!Number.isFinite(to.here))
    return `${there}: the step was too large for it, while η = ${to.bestRate} leaves ${scalingLossText(to.best)}`;
  if (to.bestRate === rate) return `${there}, the best of the rates tried`;
  return `${there}, where η = ${to.bestRate} leaves ${scalingLossText(to.best)}`;
}

export function summary(result: ScalingResult, params: ScalingParams): string {
  const {rule, optimizer, measure} = params;
  const power = result.slopes[rule];
  const law =
    Math.abs(power) < CLOSE
      ? `hardly changes with r (a power of ${fixed(power, 2)})`
      : `goes as r to the power ${fixed(power, 2)}`;
  return `Under ${optimizerNames[optimizer]} and the factor ${ruleNames[rule]}, ${measured[measure]} ${law}. ${reused(result, params)}.`;
}

/** The same for the card: how the first step goes with r, then what the chosen rate comes to at two ranks. */
export function says(result: ScalingResult, {rule, measure, rate}: ScalingParams): string {
  const power = result.slopes[rule];
  const what = measure === "loss" ? "the loss that step 1 removes" : "ΔW’s size after step 1";
  const law = Math.abs(power) < CLOSE ? "hardly changes with r" : `goes ${lawOf(power)}`;
  const [from, to] = comparedRanks(result).map(({r, here}) => `${scalingLossText(here)} at r\u00a0=\u00a0${r}`);
  return `With ${ruleNames[rule]}, ${what} ${law}. At η\u00a0=\u00a0${rate} the loss is ${from} and ${to}.`;
}
