/** What a run learns, a word list or an operation on digits, and how the model is evaluated on it. */

import {type Decoder, placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import {logitsOf} from "../../engine/kernels/logits.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import type {Batch} from "../../engine/network/transformer.ts";
import type {Draw} from "../../engine/training/adaptation.ts";
import {baseTasks, drawBatch, encode, newTasks, redraw, SYMBOLS, score} from "../../engine/training/tasks.ts";
import {digitLesson, SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, drawWords, splitWords} from "../../engine/training/words.ts";
import {listWords, loadedBase} from "../shared/baseModels.ts";
import type {List, Operation} from "../shared/taskNames.ts";
import {isOfWords, type LabSettings} from "./controls.ts";
import {isScored} from "./own/words.ts";
import type {LabSetup, Measurement, Sample} from "./protocol.ts";

type Logits = (tokens: Int32Array, B: number) => Matrix;
/** Gives what a model with these logits writes; from the same random numbers each time. */
type ModelSampler = (logits: Logits) => Sample[];

/** What a run learns from, and what it is measured by. */
export interface LabLesson {
  draw: Draw;
  sampleModel: ModelSampler;
  /** Measures a model. Yields between parts, so that a page without a worker can draw in between. */
  evaluate(decoder: Decoder): Generator<undefined, Measurement>;
  /** Texts for checking the run in another program; with them as a batch if their loss is not the score. */
  reference: {texts: readonly string[]; batch?: Batch};
  setup: Pick<LabSetup, "freshCount" | "oldCount" | "poolSize" | "questions" | "isLearned">;
}

/** A run that learns a list of the site, or words of the reader's own. */
type WordSettings = LabSettings & {task: List | "own"};
/** A run that learns an operation. */
type DigitSettings = LabSettings & {task: Operation};

const isWordRun = (settings: LabSettings): settings is WordSettings => isOfWords(settings.task);

/** The lesson of a run. `kernels` compute what it needs before the run begins. */
export const lessonOf = (settings: LabSettings, kernels: Kernels): LabLesson =>
  isWordRun(settings) ? wordLesson(settings, kernels) : digitsLesson(settings as DigitSettings);

/** The function that samples what the reader sees a model of this run write. */
export const samplerOf = (settings: LabSettings): ModelSampler =>
  isWordRun(settings) ? wordSampler(settings) : digitSampler(settings.task as Operation);

/** Sequences measured at a time. */
const PART_SIZE = 200;

/** The weighted mean of a measure over a batch. Yields after each part, so that a page without a worker can draw in between. */
function* batchMean(
  {tokens, targets, B}: Batch,
  measure: (part: Batch) => number,
  weightOf: (part: Batch) => number,
): Generator<undefined, number> {
  const T = tokens.length / B;
  let [sum, total] = [0, 0];
  for (let from = 0; from < B; from += PART_SIZE) {
    const to = Math.min(from + PART_SIZE, B);
    const cut = (list: Int32Array) => list.subarray(from * T, to * T);
    const part = {tokens: cut(tokens), targets: cut(targets), B: to - from};
    const weight = weightOf(part);
    sum += weight * measure(part);
    total += weight;
    yield;
  }
  return sum / total;
}

/** The number of places in a batch whose prediction counts. */
const scoredPlaces = ({targets}: Batch): number => targets.filter((target) => target >= 0).length;

/** The words that a run learns from, and those held out; undefined if there are too few to hold any out. */
function splitOf({task, examples, words = []}: WordSettings): {
  training: readonly string[];
  heldOutWords?: readonly string[];
} {
  if (task === "own" && !isScored(words.length)) return {training: words};
  const {training, heldOut: heldOutWords} = splitWords(task === "own" ? words : listWords(task), SPLIT_SEED);
  return {training: examples === "all" ? training : training.slice(0, Number(examples)), heldOutWords};
}

/** The list that a run learned from; empty for digits. */
export const listOf = (settings: LabSettings): ReadonlySet<string> =>
  new Set(isWordRun(settings) ? splitOf(settings).training : []);

/** How many words are sampled for each evaluation, and the seed of their random numbers. */
const [SAMPLE_COUNT, SAMPLE_SEED] = [8, 11];

/** Samples words; those on the list that it learned from are hits. */
function wordSampler(settings: WordSettings): ModelSampler {
  const learnedWords = listOf(settings);
  return (logits) =>
    sampleWords(logits, SAMPLE_COUNT, mulberry32(SAMPLE_SEED)).map((text) => ({text, isHit: learnedWords.has(text)}));
}

/** How many words the base itself writes, to measure its old skill; its training data is not on the page. */
const [BASE_WORD_COUNT, BASE_WORD_SEED] = [200, 12];

/** What the bare word forge wrote: the same in every run, so it is sampled once. */
let baseWords: Batch | undefined;

function sampleBaseWords(kernels: Kernels): Batch {
  const start = kernels.heap.mark();
  const words = sampleWords(
    logitsOf(placeTransformer(kernels, loadedBase("own"))),
    BASE_WORD_COUNT,
    mulberry32(BASE_WORD_SEED),
  );
  kernels.heap.release(start);
  return batchOf(words.filter((word) => word !== ""));
}

/** The lesson of a word list. Without any words the base is scored on words that it wrote itself. */
function wordLesson(settings: WordSettings, kernels: Kernels): LabLesson {
  const {training, heldOutWords} = splitOf(settings);
  const sampleModel = wordSampler(settings);
  baseWords ??= sampleBaseWords(kernels);
  const baseBatch = baseWords;
  const scoredWords = heldOutWords ?? training;
  const scoredBatch = scoredWords.length ? batchOf(scoredWords) : baseBatch;
  return {
    draw: (B, random) => drawWords(training, B, random),
    sampleModel,
    *evaluate(decoder) {
      const samples = sampleModel(logitsOf(decoder));
      yield;
      const score = yield* batchMean(scoredBatch, decoder.loss, scoredPlaces);
      const skill = yield* batchMean(baseBatch, decoder.loss, scoredPlaces);
      return {samples, score, skill};
    },
    reference: {texts: scoredWords.map((word) => `.${word}.`)},
    setup: {
      freshCount: scoredBatch.B,
      oldCount: baseBatch.B,
      poolSize: training.length,
      ...(!heldOutWords && {isLearned: true}),
    },
  };
}

/** How many inputs each of the base's own operations is scored on. */
const [OLD_INPUTS, OLD_SEED] = [40, 71];
/** The seed of a limited set of examples, the same in every run. */
const POOL_SEED = 5;
/** Inputs answered in each evaluation; in the second all digits are equal, in the third they rise. */
const INPUTS = ["204719", "555555", "123456", "908172"];
const DIGITS = 6;

const digitsOf = (text: string): number[] => Array.from(text, Number);

/** What the model writes after each of these equally long questions, greedily: "X204719" → six digits. */
export function answersTo(questions: readonly string[], logits: Logits): string[] {
  const rows = questions.map((text) => Array.from(`${text}=`, (symbol) => SYMBOLS.indexOf(symbol)));
  for (let n = 0; n < DIGITS; n++) {
    const {data, cols} = logits(Int32Array.from(rows.flat()), rows.length);
    const length = rows[0]!.length;
    rows.forEach((row, b) => {
      const end = (b + 1) * length * cols;
      const last = data.subarray(end - cols, end);
      row.push(last.indexOf(Math.max(...last)));
    });
  }
  return rows.map((row) => Array.from(row.slice(-DIGITS), (token) => SYMBOLS[token]).join(""));
}

/** The inputs with their right answers. */
const questionsOf = (operation: Operation) =>
  INPUTS.map((input) => ({input, answer: newTasks[operation].answer(digitsOf(input)).join("")}));

/** Answers the INPUTS; a right answer is a hit. */
function digitSampler(operation: Operation): ModelSampler {
  const right = questionsOf(operation).map(({answer}) => answer);
  const inputs = INPUTS.map((input) => `${newTasks[operation].symbol}${input}`);
  return (logits) => answersTo(inputs, logits).map((text, i) => ({text, isHit: text === right[i]}));
}

/** The lesson of a new operation for the digit machine. */
function digitsLesson({task: operation, examples}: DigitSettings): LabLesson {
  const task = newTasks[operation];
  const {draw, scoredInputs} = digitLesson(task);
  const count = examples === "all" ? undefined : Number(examples);
  const pool = count ? drawBatch([task], count, mulberry32(POOL_SEED)) : undefined;
  const oldRandom = mulberry32(OLD_SEED);
  const oldBatches = Object.values(baseTasks).map((one) => drawBatch([one], OLD_INPUTS, oldRandom));
  const questions = questionsOf(operation);
  const sampleModel = digitSampler(operation);
  const encoded = INPUTS.map((input) => encode(task, digitsOf(input)));
  return {
    draw: pool ? (B, random) => redraw(pool, B, random) : draw,
    sampleModel,
    *evaluate(decoder) {
      const logits = logitsOf(decoder);
      const samples = sampleModel(logits);
      yield;
      const exact = (batch: Batch) => score(logits(batch.tokens, batch.B), batch).exact;
      const skill = oldBatches.reduce((sum, batch) => sum + exact(batch), 0) / oldBatches.length;
      yield;
      return {samples, score: yield* batchMean(scoredInputs, exact, ({B}) => B), skill};
    },
    reference: {
      texts: questions.map(({input, answer}) => `${task.symbol}${input}=${answer}`),
      batch: {
        tokens: Int32Array.from(encoded.flatMap(({tokens}) => tokens)),
        targets: Int32Array.from(encoded.flatMap(({targets}) => targets)),
        B: INPUTS.length,
      },
    },
    setup: {
      freshCount: scoredInputs.B,
      oldCount: OLD_INPUTS * oldBatches.length,
      questions,
      ...(count !== undefined && {poolSize: count}),
    },
  };
}
