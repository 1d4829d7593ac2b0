import {fixed, significant} from "../../figure/plot/text/format.ts";
import type {AmplifyParams} from "./controls.ts";
import type {Norms} from "./norms.ts";
import {normText} from "./printed.ts";
import {printedSays} from "./printedSentences.ts";
import {type AmplifyResult, isPrinted, type MeasuredNorms, type PrintedOnly} from "./readings.ts";

/** How a factor is written. */
export const factorText = (x: number): string => (x < 10 ? fixed(x, 1) : significant(x, 3));

/** The measurements at the chosen rank. */
export const atChosenRank = ({low, high}: AmplifyResult, {rank}: AmplifyParams): MeasuredNorms =>
  rank === "low" ? low : high;

/** Whether W₀ has more along the directions of ΔW than along random ones, by more than two deviations of the draws. */
export const isMoreThanRandom = ({onDelta, onRandom, deviation}: MeasuredNorms): boolean =>
  onDelta > onRandom + 2 * deviation;

/** How many times as much W₀ has along the directions of ΔW as along random ones. */
export const overRandom = ({onDelta, onRandom}: Norms): number => onDelta / onRandom;

/** The same for the card. */
export function says(result: AmplifyResult | PrintedOnly, params: AmplifyParams): string {
  if (isPrinted(result)) return printedSays(params);
  const one = atChosenRank(result, params);
  const {rank, onDelta, onRandom, delta, factor} = one;
  const beside = `${isMoreThanRandom(one) ? "above" : "about"} the ${normText(onRandom)} of random ones`;
  return `In ΔW’s ${rank} directions W₀ has norm ${normText(onDelta)}, ${beside}; ΔW has ${normText(delta)}, ${factorText(factor)} times as much.`;
}
