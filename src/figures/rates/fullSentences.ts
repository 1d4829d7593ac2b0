/** What only the whole figure says. */
import {percent, significant} from "../../figure/plot/text/format.ts";
import {listed} from "../shared/listed.ts";
import {alphas, couplings, RANKS, type RatesParams} from "./controls.ts";
import type {RatesResult} from "./model.ts";
import {etaOf, lossText, named} from "./sentences.ts";

/** A best rate to two digits: it is read off a parabola. */
export const rateText = (rate: number): string => significant(rate, 2);

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

export const summary = (result: RatesResult, params: RatesParams): string =>
  params.show === "rates" ? rates(result, params) : capacity(result, params);
