// Writes content/lab/forgetting.json anew, minutes of training and measuring: `npm run sweep:forgetting`.
import type {Kernels} from "../engine/kernels/kernels.ts";
import {logitsOf} from "../engine/kernels/logits.ts";
import {mulberry32} from "../engine/linalg/random.ts";
import {TARGETS} from "../engine/network/architecture.ts";
import {sampleWords} from "../engine/network/sampling.ts";
import {labTraining} from "../engine/training/adaptation.ts";
import {batchOf} from "../engine/training/words.ts";
import {heldOutEnglish} from "./baseModels.ts";
import {drawNames, heldOutBatches, wordForgeBase} from "./forgeRuns.ts";
import {labFile, writeJsonFile} from "./jsonFiles.ts";
import {createLabKernels} from "./loadBase.ts";
import {FULL_RATE, trainOn} from "./trainOn.ts";

/** What is trained: LoRA on every matrix at this rank with α = 2r, or all weights. */
export type ForgettingWay = "1" | "4" | "16" | "full";
const WAYS: readonly ForgettingWay[] = ["1", "4", "16", "full"];
/** The factors on the usual learning rate. */
const SIZES = {usual: 1, small: 0.3} as const;
type StepSize = keyof typeof SIZES;
/** The seeds: of the first the whole run is kept, since the figure draws it; of the others only the end. */
const SEEDS = [7, 1, 2] as const;

/** Steps at which losses are kept: all of the first twenty, then every fifth. */
export const LOSSES_AT = Array.from({length: labTraining.steps + 1}, (_, step) => step).filter(
  (step) => step <= 20 || step % 5 === 0,
);
/** Steps at which words are kept too. */
export const WORDS_AT = LOSSES_AT.filter((step) => (step <= 10 ? step % 2 === 0 : step % 10 === 0));
/** How many words are kept, and the seed they are drawn with. */
const [WORD_COUNT, WORDS_SEED] = [8, 11];

/** Nats a letter on held-out names and on held-out English words. */
type Losses = readonly [names: number, english: number];

/** The losses of a run and the words that it writes, at some of its steps. */
export interface ForgettingRun {
  /** At the steps LOSSES_AT. */
  losses: Losses[];
  /** At the steps WORDS_AT, from the same random numbers. */
  words: string[][];
}

const fourDecimals = (loss: number) => Number(loss.toFixed(4));

/** A run of 200 steps on names, with losses and words at these steps. */
export function forgettingRun(
  kernels: Kernels,
  {way, size, seed}: {way: ForgettingWay; size: StepSize; seed: number},
  at: {losses: readonly number[]; words: readonly number[]},
): ForgettingRun {
  const english = batchOf(heldOutEnglish());
  const training = {...labTraining, rate: (way === "full" ? FULL_RATE : labTraining.rate) * SIZES[size]};
  const r = Number(way);
  const plan = way === "full" ? way : {targets: TARGETS, r, alpha: 2 * r};
  const run: ForgettingRun = {losses: [], words: []};
  trainOn(kernels, wordForgeBase, plan, {draw: drawNames, seed, training}, ({step}, decoder) => {
    if (at.losses.includes(step))
      run.losses.push([fourDecimals(decoder.loss(heldOutBatches.names)), fourDecimals(decoder.loss(english))]);
    if (at.words.includes(step)) run.words.push(sampleWords(logitsOf(decoder), WORD_COUNT, mulberry32(WORDS_SEED)));
  });
  return run;
}

if (import.meta.main) {
  const kernels = createLabKernels();
  const runs = Object.fromEntries(
    (Object.keys(SIZES) as StepSize[]).map((size) => [
      size,
      Object.fromEntries(
        WAYS.map((way) => {
          const run = forgettingRun(kernels, {way, size, seed: SEEDS[0]}, {losses: LOSSES_AT, words: WORDS_AT});
          const others = SEEDS.slice(1).map(
            (seed) => forgettingRun(kernels, {way, size, seed}, {losses: [labTraining.steps], words: []}).losses[0]!,
          );
          return [way, {...run, others}];
        }),
      ),
    ]),
  );
  const file = labFile("forgetting.json");
  writeJsonFile(file, {
    command: "npm run sweep:forgetting",
    unit: "nats a letter on held-out names and on held-out English words",
    lossesAt: LOSSES_AT,
    wordsAt: WORDS_AT,
    seeds: SEEDS,
    runs,
  });
}
