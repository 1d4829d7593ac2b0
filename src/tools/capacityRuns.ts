/** How many names an adapter on the word forge can learn by heart: training on the first 16, 64, … 4,096 of them. */
import type {Kernels} from "../engine/kernels/kernels.ts";
import {TARGETS} from "../engine/network/architecture.ts";
import {adapt, adaptation} from "../engine/training/adaptation.ts";
import {batchOf, drawWords} from "../engine/training/words.ts";
import {splitOf} from "./baseModels.ts";
import {lossOn, wordForgeBase} from "./forgeRuns.ts";

/** The lengths of the lists to learn by heart. */
export const LIST_LENGTHS = [16, 64, 256, 1024, 4096];
/** The steps of a run. */
const STEPS = 2000;
/** For each rank the learning rate that does well in the other part of the sweep, with alpha = 2r. */
const RATES: Readonly<Record<number, number>> = {1: 0.0178, 4: 0.01, 16: 0.00562};

const {training, heldOut} = splitOf("names");
/** The first n of all names, in an order that the seed of the split has shuffled. */
export const firstNames = (n: number) => [...training, ...heldOut].slice(0, n);

/**
 * Nats a letter on N names for a model that knows exactly this list: ln N a name, spread over its letters and its mark. No
 * model that gives all words a probability has less, since the names all differ.
 */
export function byHeartLoss(names: readonly string[]): number {
  const letters = names.reduce((sum, name) => sum + name.length + 1, 0);
  return (names.length * Math.log(names.length)) / letters;
}

/** Nats a letter on those names before training. */
export const baseLoss = (kernels: Kernels, n: number) => lossOn(kernels, wordForgeBase, batchOf(firstNames(n)));

/** Nats a letter on the names it was trained on, after training. */
export function learnedLoss(kernels: Kernels, r: number, n: number, seed: number): number {
  const names = firstNames(n);
  const start = kernels.heap.mark();
  const plan = {targets: TARGETS, r, alpha: 2 * r};
  const {decoder, snapshots} = adapt(kernels, wordForgeBase, plan, (B, random) => drawWords(names, B, random), seed, {
    ...adaptation,
    rate: RATES[r]!,
    steps: STEPS,
  });
  for (const _ of snapshots);
  const loss = decoder.loss(batchOf(names));
  kernels.heap.release(start);
  return loss;
}
