/** How many names an adapter on the word forge can learn by heart: training on the first 16, 64, … 4,096 of them. */
import type {Kernels} from "../engine/kernels/kernels.ts";
import {TARGETS} from "../engine/network/architecture.ts";
import {labTraining} from "../engine/training/adaptation.ts";
import {batchOf} from "../engine/training/words.ts";
import {splitOf} from "./baseModels.ts";
import {drawFrom, lossOn, wordForgeBase} from "./forgeRuns.ts";
import {trainOn} from "./trainOn.ts";

/** How many names each list to learn by heart has. */
export const LIST_LENGTHS = [16, 64, 256, 1024, 4096];
/** The steps of a run. */
const STEPS = 2000;
/** For each rank a learning rate that does well on the word forge with alpha = 2r; see sweepRates.ts. */
const RATES: Readonly<Record<number, number>> = {1: 0.0178, 4: 0.01, 16: 0.00562};

const split = splitOf("names");
/** The first n of all names, in an order that the seed of the split has shuffled. */
export const firstNames = (n: number) => [...split.training, ...split.heldOut].slice(0, n);

/**
 * Nats a letter on N names, all different, for a model that knows exactly this list: ln N a name, spread over its letters and its
 * mark. No model has less, since the probabilities of all words add up to 1.
 */
export function byHeartLoss(names: readonly string[]): number {
  const letters = names.reduce((sum, name) => sum + name.length + 1, 0);
  return (names.length * Math.log(names.length)) / letters;
}

/** Nats a letter on the first n names before training. */
export const baseLoss = (kernels: Kernels, n: number) => lossOn(kernels, wordForgeBase, batchOf(firstNames(n)));

/** Nats a letter on the first n names after training on them at rank r. */
export function learnedLoss(kernels: Kernels, r: number, n: number, seed: number): number {
  const names = firstNames(n);
  const plan = {targets: TARGETS, r, alpha: 2 * r};
  const training = {...labTraining, rate: RATES[r]!, steps: STEPS};
  let loss = Number.NaN;
  trainOn(kernels, wordForgeBase, plan, {draw: drawFrom(names), seed, training}, ({step}, decoder) => {
    if (step === STEPS) loss = decoder.loss(batchOf(names));
  });
  return loss;
}
