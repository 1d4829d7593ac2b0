import {fixed, lettersInDoubt, percent, significant, whole} from "../../figure/plot/text/format.ts";
import {type RatesParams, SWEPT_RATES} from "./controls.ts";
import type {RatesResult} from "./model.ts";
import type {RatesTask} from "./stored.ts";

/** A loss as the picture shows it: letters in doubt; for the digit machine, which ends near none, nats a digit. */
export const lossShown = (loss: number, ground: RatesTask): number =>
  ground === "forge" ? lettersInDoubt(loss) : loss;
export const unitOf = (ground: RatesTask): string => (ground === "forge" ? "Letters in doubt" : "Nats a digit");
export const lossUnits = {forge: "letters in doubt", digits: "nats a digit"} as const;

export function taskLossText(loss: number, ground: RatesTask): string {
  const value = lossShown(loss, ground);
  if (!Number.isFinite(value)) return "no number";
  return ground === "forge" ? fixed(value, 2) : significant(value, 2);
}

export const etaOf = ({place}: RatesResult): string => significant(Number(SWEPT_RATES[place]), 3);

export function says(result: RatesResult, params: RatesParams): string {
  const {here, apart, share, needed} = result;
  const {show, ground, rank, pairs, r} = params;
  if (show === "capacity") {
    const held = needed === undefined ? "No rank stores 90% of them." : `Rank ${needed} is the first to store 90%.`;
    return `Rank ${r} stores ${percent(share)} of ${whole(pairs)} random pairs. ${held}`;
  }
  const [full, lora] = [here.full, here.lora].map(({median}) => taskLossText(median, ground));
  return `At η = ${etaOf(result)}, full fine-tuning leaves ${full} ${lossUnits[ground]}, and r = ${rank} leaves ${lora}. LoRA’s best rate is ${fixed(apart, 1)} times full’s.`;
}
