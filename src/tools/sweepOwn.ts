// Writes content/lab/own.json anew, some minutes of training: `npm run sweep:own`. How many words a run of the lab needs, and for
// how many steps it is good to train on them.
import type {Kernels} from "../engine/kernels/kernels.ts";
import type {Transformer} from "../engine/network/transformer.ts";
import {toSixDigits} from "../engine/training/trials.ts";
import {stepsFor} from "../figures/lab/own/words.ts";
import {splitOf} from "./baseModels.ts";
import {EVERY_MATRIX, heldOutBatches, lossOn, sampledWords, trainToEnd, wordForgeBase} from "./forgeRuns.ts";
import {labFile, readJsonFile, writeJsonFile} from "./jsonFiles.ts";
import {createLabKernels} from "./loadBase.ts";

/** How many words the runs learn from, each number taken from the front of the list. */
export const COUNTS = [10, 20, 50, 100, 200, 500] as const;
const SEEDS = [7, 1, 2];
/** The steps at which the long runs are measured. */
const MEASURED_AT = [5, 10, 20, 40, 60, 80, 120, 160, 200];
/** How many words a model invents to count copies, and the seed they are drawn with. */
const INVENTED_WORDS = 200;
const INVENTED_SEED = 11;

type List = "names" | "french";

const meanOf = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;

/** How many of the words that a model invents are on the list it learned from. */
function countCopies(kernels: Kernels, model: Transformer, list: List, count: number): number {
  const trainingWords = new Set(splitOf(list).training.slice(0, count));
  return sampledWords(kernels, model, INVENTED_WORDS, INVENTED_SEED).filter((word) => trainingWords.has(word)).length;
}

/** One run with the steps that the lab gives to `count` words: the loss on held-out words and the number of copies at its end. */
export function runAsInLab(kernels: Kernels, list: List, count: number, seed: number) {
  const {model} = trainToEnd(kernels, EVERY_MATRIX, {list, seed, examples: count, steps: stepsFor(count)});
  return {
    loss: toSixDigits(lossOn(kernels, model, heldOutBatches[list])),
    copies: countCopies(kernels, model, list, count),
  };
}

/** Runs of 200 steps on `count` names: the best of the mean losses at MEASURED_AT with its step, the last one, and copies at the end. */
function longRuns(kernels: Kernels, count: number) {
  const runs = SEEDS.map((seed) => {
    const {models} = trainToEnd(kernels, EVERY_MATRIX, {seed, examples: count}, MEASURED_AT);
    return {
      losses: models.map((model) => lossOn(kernels, model)),
      copies: countCopies(kernels, models.at(-1)!, "names", count),
    };
  });
  const losses = MEASURED_AT.map((_, i) => meanOf(runs.map(({losses}) => losses[i]!)));
  const best = losses.indexOf(Math.min(...losses));
  return {
    words: count,
    bestStep: MEASURED_AT[best]!,
    bestLoss: toSixDigits(losses[best]!),
    lastLoss: toSixDigits(losses.at(-1)!),
    lastCopies: Math.round(meanOf(runs.map(({copies}) => copies))),
  };
}

/** Runs with the steps that the lab gives to `count` words: the means over the seeds, and the run of seed 7. */
function labRuns(kernels: Kernels, list: List, count: number) {
  const runs = SEEDS.map((seed) => runAsInLab(kernels, list, count, seed));
  return {
    words: count,
    steps: stepsFor(count),
    loss: toSixDigits(meanOf(runs.map(({loss}) => loss))),
    copies: Math.round(meanOf(runs.map(({copies}) => copies))),
    ofSeed7: runs[0]!,
  };
}

function runAll(kernels: Kernels) {
  const everyName = splitOf("names").training.length;
  const lists = ["names", "french"] as const;
  return {
    command: "npm run sweep:own",
    unit: `nats a letter on held-out words; copies among ${INVENTED_WORDS} invented words; means of seeds ${SEEDS.join(", ")}`,
    base: Object.fromEntries(
      lists.map((list) => [list, toSixDigits(lossOn(kernels, wordForgeBase, heldOutBatches[list]))]),
    ) as Record<List, number>,
    invented: INVENTED_WORDS,
    of200Steps: [...COUNTS, everyName].map((count) => longRuns(kernels, count)),
    asInLab: {
      names: COUNTS.map((count) => labRuns(kernels, "names", count)),
      french: COUNTS.map((count) => labRuns(kernels, "french", count)),
    },
  };
}

/** What content/lab/own.json holds. */
export type OwnNumbers = ReturnType<typeof runAll>;
const file = labFile("own.json");
/** The file as it is stored. */
export const readOwn = (): OwnNumbers => readJsonFile(file);

if (import.meta.main) writeJsonFile(file, runAll(createLabKernels()));
