import {fixed, lettersInDoubt, percent, significant, whole} from "../../figure/plot/text/format.ts";
import {RATES, type RatesParams} from "./controls.ts";
import type {RatesResult} from "./model.ts";
import type {Ground} from "./stored.ts";

/** A loss as the picture shows it: letters in doubt; for the digit machine, which ends near none, nats a digit. */
export const shown = (loss: number, ground: Ground): number => (ground === "forge" ? lettersInDoubt(loss) : loss);
export const unitOf = (ground: Ground): string => (ground === "forge" ? "Letters in doubt" : "Nats a digit");
export const named = {forge: "letters in doubt", digits: "nats a digit"} as const;

export function lossText(loss: number, ground: Ground): string {
  const value = shown(loss, ground);
  if (!Number.isFinite(value)) return "no number";
  return ground === "forge" ? fixed(value, 2) : significant(value, 2);
}

export const etaOf = ({place}: RatesResult): string => significant(Number(RATES[place]), 3);

export function says(result: RatesResult, params: RatesParams): string {
  const {here, apart, share, needed} = result;
  const {show, ground, rank, pairs, r} = params;
  if (show === "capacity") {
    const held = needed === undefined ? "No rank stores 90% of them." : `Rank ${needed} is the first to store 90%.`;
    return `Rank ${r} stores ${percent(share)} of ${whole(pairs)} random pairs. ${held}`;
  }
  const [full, lora] = [here.full, here.lora].map(({median}) => lossText(median, ground));
  return `At η = ${etaOf(result)}, full fine-tuning leaves ${full} ${named[ground]}, and r = ${rank} leaves ${lora}. LoRA’s best rate is ${fixed(apart, 1)} times full’s.`;
}
