import {placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import {logitsOf} from "../../engine/kernels/logits.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import type {Batch, Transformer} from "../../engine/network/transformer.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, drawWords, heldOut} from "../../engine/training/words.ts";
import {listWords, loadedBase} from "../shared/baseModels.ts";
import type {List} from "../shared/taskNames.ts";
import {batchMean, scoredPlaces} from "./batchMean.ts";
import type {LabSettings} from "./controls.ts";
import type {LabLesson} from "./lesson.ts";
import {isScored} from "./own/counts.ts";
import type {Sample} from "./snapshot.ts";

/** Words sampled in each look, from the same random numbers at every step of every run. */
const SHOWN = 8;
const SHOWN_SEED = 11;

/** What a run of words learns from: a list of the site, or words of the reader's own. */
export interface WordTask extends Pick<LabSettings, "examples"> {
  task: List | "own";
  words?: readonly string[] | undefined;
}

/** The words that a run learns from, and those that were kept back; none were where there are too few. */
function splitOf({task, examples, words}: WordTask): {training: readonly string[]; kept?: readonly string[]} {
  if (task === "own" && !isScored(words?.length ?? 0)) return {training: words ?? []};
  const {training, heldOut: kept} = heldOut(task === "own" ? words! : listWords(task), SPLIT_SEED);
  return {training: examples === "all" ? training : training.slice(0, Number(examples)), kept};
}

/** The list that a run learns from. */
export const listOf = (task: WordTask): ReadonlySet<string> => new Set(splitOf(task).training);

/** Samples words; those that are on the list it learned from are hits. */
export function wordSampler(task: WordTask) {
  const known = listOf(task);
  return (logits: (tokens: Int32Array, B: number) => Matrix): Sample[] =>
    sampleWords(logits, SHOWN, mulberry32(SHOWN_SEED)).map((text) => ({
      text,
      isHit: known.has(text),
    }));
}
/** Words sampled from the base itself. They stand for its old skill, since its training data is not on the page. */
const OWN = 200;
const OWN_SEED = 12;

/** What each base wrote by itself: the same in every run, so sampled once. */
const ownWords = new WeakMap<Transformer, Batch>();

function ownWordsOf(base: Transformer, kernels: Kernels): Batch {
  const known = ownWords.get(base);
  if (known) return known;
  const start = kernels.heap.mark();
  const words = sampleWords(logitsOf(placeTransformer(kernels, base)), OWN, mulberry32(OWN_SEED));
  kernels.heap.release(start);
  const batch = batchOf(words.filter((word) => word !== ""));
  ownWords.set(base, batch);
  return batch;
}

/** A word list for the word forge. Without any words the base is scored on its own. */
export function wordListLesson(task: WordTask, kernels: Kernels): LabLesson {
  const base = loadedBase(task.task);
  const {training, kept} = splitOf(task);
  const sampled = wordSampler(task);
  const look: LabLesson["look"] = (decoder) => sampled(logitsOf(decoder));
  const old = ownWordsOf(base, kernels);
  const scored = kept ?? training;
  const fresh = scored.length ? batchOf(scored) : old;
  return {
    base,
    draw: (B, random) => drawWords(training, B, random),
    look,
    *evaluate(decoder) {
      const samples = look(decoder);
      yield;
      const score = yield* batchMean(fresh, decoder.loss, scoredPlaces);
      const skill = yield* batchMean(old, decoder.loss, scoredPlaces);
      return {samples, score, skill};
    },
    reference: () => ({texts: scored.map((word) => `.${word}.`)}),
    setup: {fresh: fresh.B, old: old.B, pool: training.length, ...(!kept && {isLearned: true})},
  };
}
