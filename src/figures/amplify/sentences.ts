import {fixed, significant} from "../../figure/plot/text/format.ts";
import type {AmplifyParams} from "./controls.ts";
import type {Norms} from "./norms.ts";
import {shown} from "./printed.ts";
import {printedSays} from "./printedSentences.ts";
import {type AmplifyResult, isPrinted, type Measured, type Printed} from "./readings.ts";

/** How a factor is written. */
export const factorText = (x: number): string => (x < 10 ? fixed(x, 1) : significant(x, 3));

/** The measurements at the chosen rank. */
export const chosen = ({low, high}: AmplifyResult, {rank}: AmplifyParams): Measured => (rank === "low" ? low : high);

/** Whether W₀ has more along the directions of ΔW than along random ones, by more than two deviations of the draws. */
export const isMore = ({onDelta, onRandom, deviation}: Measured): boolean => onDelta > onRandom + 2 * deviation;

/** How many times as much W₀ has along the directions of ΔW as along random ones. */
export const overRandom = ({onDelta, onRandom}: Norms): number => onDelta / onRandom;

/** The same for the card. */
export function says(result: AmplifyResult | Printed, params: AmplifyParams): string {
  if (isPrinted(result)) return printedSays(params);
  const one = chosen(result, params);
  const {rank, onDelta, onRandom, delta, factor} = one;
  const beside = `${isMore(one) ? "above" : "about"} the ${shown(onRandom)} of random ones`;
  return `In ΔW’s ${rank} directions W₀ has norm ${shown(onDelta)}, ${beside}; ΔW has ${shown(delta)}, ${factorText(factor)} times as much.`;
}
