/** What only the whole figure says. */
import {percent, significant} from "../../figure/plot/text/format.ts";
import {listed} from "../shared/listed.ts";
import {alphas, couplingNames, type RatesParams, SWEPT_RANKS} from "./controls.ts";
import type {RatesResult} from "./model.ts";
import {etaOf, lossUnits, taskLossText} from "./sentences.ts";

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
  const losses = `full fine-tuning has ${taskLossText(here.full.median, ground)} ${lossUnits[ground]} and LoRA with r = ${rank} and ${alphaOf(params)} has ${taskLossText(here.lora.median, ground)}`;
  const bests = listed(loras.map(({best}, i) => `${rateText(best)} at r = ${SWEPT_RANKS[i]}`));
  return `At η = ${etaOf(result)}, ${losses}. Full fine-tuning does best near η = ${rateText(full.best)}, and LoRA with ${couplingNames[coupling]} near ${bests}.`;
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
