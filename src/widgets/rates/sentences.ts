import {fixed, percent, significant, whole} from "../../figures/text/format.ts";
import {listed} from "../shared/listed.ts";
import {alphas, couplings, RANKS, RATES, type RatesParams} from "./controls.ts";
import type {RatesResult} from "./model.ts";
import type {Ground} from "./stored.ts";

/** A loss as the picture shows it: letters in doubt; for the digit machine, which ends near none, nats a digit. */
export const shown = (loss: number, ground: Ground): number => (ground === "forge" ? Math.exp(loss) : loss);
export const unitOf = (ground: Ground): string => (ground === "forge" ? "Letters in doubt" : "Nats a digit");
const named = {forge: "letters in doubt", digits: "nats a digit"} as const;

export function lossText(loss: number, ground: Ground): string {
  const value = shown(loss, ground);
  if (!Number.isFinite(value)) return "no number";
  return ground === "forge" ? fixed(value, 2) : significant(value, 2);
}

/** A best rate to two digits: it is read off a parabola. */
export const rateText = (rate: number): string => significant(rate, 2);
const etaOf = ({place}: RatesResult): string => significant(Number(RATES[place]), 3);

/** How far LoRA's best rate moves from the lowest rank to the highest: the larger over the smaller. */
export function moved({loras}: RatesResult): number {
  const bests = loras.map(({best}) => best);
  return Math.max(...bests) / Math.min(...bests);
}

const alphaOf = ({rank, coupling}: RatesParams): string => `α = ${significant(alphas[coupling](Number(rank)), 3)}`;

function rates(result: RatesResult, params: RatesParams): string {
  const {ground, rank, coupling} = params;
  const {here, full, loras} = result;
  const losses = `full fine-tuning has ${lossText(here.full.median, ground)} ${named[ground]} and LoRA with r = ${rank} and ${alphaOf(params)} has ${lossText(here.lora.median, ground)}`;
  const bests = listed(loras.map(({best}, i) => `${rateText(best)} at r = ${RANKS[i]}`));
  return `At η = ${etaOf(result)}, ${losses}. Full fine-tuning does best near η = ${rateText(full.best)}, and LoRA with ${couplings[coupling]} near ${bests}.`;
}

function capacity({share, needed}: RatesResult, {pairs, r}: RatesParams): string {
  const held =
    needed === undefined
      ? `No rank stores 90% of ${pairs} pairs`
      : `The least rank that stores 90% of them is ${needed}`;
  return `Rank ${r} stores ${percent(share)} of ${pairs} random pairs in 32 dimensions, and no map of that rank stores more. ${held}.`;
}

export const sentence = (result: RatesResult, params: RatesParams): string =>
  params.show === "rates" ? rates(result, params) : capacity(result, params);

export function says(result: RatesResult, params: RatesParams): string {
  const {here, apart, share, needed} = result;
  const {show, ground, rank, pairs, r} = params;
  if (show === "capacity") {
    const held = needed === undefined ? "No rank stores 90% of them." : `Rank ${needed} is the first to store 90%.`;
    return `Rank ${r} stores ${percent(share)} of ${whole(pairs)} random pairs. ${held}`;
  }
  const [full, lora] = [here.full, here.lora].map(({median}) => lossText(median, ground));
  return `At η = ${etaOf(result)}: ${full} ${named[ground]} with full fine-tuning, ${lora} with r = ${rank}. LoRA’s best rate is ${fixed(apart, 1)} times full’s.`;
}
