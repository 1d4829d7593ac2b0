/** The runs on the word forge that chapters describe: what is trained, on which words, and its loss and words afterwards. */
import {placeTransformer} from "../engine/kernels/decoder.ts";
import type {Kernels} from "../engine/kernels/kernels.ts";
import {logitsOf} from "../engine/kernels/logits.ts";
import type {Matrix} from "../engine/linalg/matrix.ts";
import {mulberry32} from "../engine/linalg/random.ts";
import {attach} from "../engine/lora/attach.ts";
import type {Attachment} from "../engine/lora/attachment.ts";
import {initLora} from "../engine/lora/lora.ts";
import type {LoraPlan} from "../engine/lora/loras.ts";
import {TARGETS, type Target, targetShape} from "../engine/network/architecture.ts";
import {allocate, type Layout} from "../engine/network/parameters.ts";
import {sampleWords} from "../engine/network/sampling.ts";
import type {Batch, Transformer} from "../engine/network/transformer.ts";
import {type Draw, labTraining} from "../engine/training/adaptation.ts";
import {batchOf, drawWords} from "../engine/training/words.ts";
import {splitOf} from "./baseModels.ts";
import {baseNamed} from "./loadBase.ts";
import {FULL_RATE, trainOn} from "./trainOn.ts";
import type {ListName} from "./words.ts";

/** Queries and values at rank 4: 1,024 parameters. */
export const QUERIES_AND_VALUES: LoraPlan = {targets: ["Wq", "Wv"], r: 4, alpha: 8};
/** Every matrix at rank 4, the lab's default: 4,608 parameters. */
export const EVERY_MATRIX: LoraPlan = {targets: TARGETS, r: 4, alpha: 8};
/** The learning rate of a prefix. */
const PREFIX_RATE = 3e-2;
/** How many words the base writes for `ownWords`, and the seed they are drawn with. */
const BASE_SAMPLE = {words: 200, seed: 12};

/** The word forge before any adapter. */
export const wordForgeBase: Transformer = baseNamed("word-forge");
const splits = {names: splitOf("names"), french: splitOf("french"), spanish: splitOf("spanish")};
/** The held-out words of each list. */
export const heldOutBatches = {
  names: batchOf(splits.names.heldOut),
  french: batchOf(splits.french.heldOut),
  spanish: batchOf(splits.spanish.heldOut),
};

/** A function that draws from a list of words. */
export const drawFrom =
  (words: readonly string[]): Draw =>
  (B, random) =>
    drawWords(words, B, random);
/** Draws from the names that adapters learn from. */
export const drawNames = drawFrom(splits.names.training);

/** The first n names that adapters learn from. */
export const listOfNames = (n: number): string[] => splits.names.training.slice(0, n);
/** The first n names that adapters learn from, as a batch. */
export const firstNamesBatch = (n: number): Batch => batchOf(listOfNames(n));

/** What is trained, besides all weights: LoRAs by a plan, or an attachment that the seed starts. */
export type TrainingWay = "full" | LoraPlan | ((random: () => number) => Attachment);

/** Bottlenecks of width 4. */
export const bottlenecks: TrainingWay = (random) => attach(wordForgeBase.sizes, {width: 4}, random);
/** A prefix of 8 vectors. */
export const prefix: TrainingWay = (random) => attach(wordForgeBase.sizes, {vectors: 8}, random);

/** The alpha of `oneMatrix`, and its alpha / r. */
export const ONE_MATRIX_ALPHA = 2;

/** A LoRA of rank 1 beside one matrix of the last layer: a row a (1,k) and a column b (d,1). */
export const oneMatrix =
  (target: Target) =>
  (random: () => number): Attachment => {
    const sizes = {...targetShape(wordForgeBase.sizes, target), r: 1, alpha: ONE_MATRIX_ALPHA};
    const {A, B, alpha, r} = initLora(sizes, random);
    // The kernels look for the parameters by these names.
    const [nameA, nameB] = [`layers.1.${target}.A`, `layers.1.${target}.B`];
    const layout: Layout = [
      [nameA, A.rows, A.cols],
      [nameB, B.rows, B.cols],
    ];
    const params = allocate(layout);
    params.views[nameA]!.data.set(A.data);
    const view: Attachment["view"] = ({views}) => [
      {},
      {loras: {[target]: {A: views[nameA], B: views[nameB], alpha, r}}},
    ];
    return {params, view, scaling: alpha / r};
  };

/** What a run learns from, its seed, and its length. */
interface RunOptions {
  list?: ListName;
  seed?: number;
  /** Trains on this many words from the front of the list; on all of them if left out. */
  examples?: number;
  /** The steps of the whole run, over which its rate falls. */
  steps?: number;
}

const rateOf = (way: TrainingWay) => (way === "full" ? FULL_RATE : way === prefix ? PREFIX_RATE : labTraining.rate);

/** Trains to the end → the trained parameters and the models at the steps `at`, and the model at the last of them. */
export function trainToEnd(
  kernels: Kernels,
  way: TrainingWay,
  {list = "names", seed = 7, examples, steps = 200}: RunOptions = {},
  at = [steps],
) {
  const draw = drawFrom(splits[list].training.slice(0, examples));
  const training = {...labTraining, steps, rate: rateOf(way)};
  const plan = typeof way === "function" ? way(mulberry32(seed)) : way;
  const params: Float64Array[] = [];
  const {modelWith} = trainOn(kernels, wordForgeBase, plan, {draw, seed, training}, (snapshot) => {
    if (at.includes(snapshot.step)) params.push(snapshot.params);
  });
  const models = params.map(modelWith);
  return {params, models, model: models.at(-1)!};
}

/** A model's loss on a batch, in nats a letter. */
export function lossOn(kernels: Kernels, model: Transformer, batch: Batch = heldOutBatches.names): number {
  const start = kernels.heap.mark();
  const loss = placeTransformer(kernels, model).loss(batch);
  kernels.heap.release(start);
  return loss;
}

/** Words that a model writes. */
export function sampledWords(kernels: Kernels, model: Transformer, n: number, seed: number): string[] {
  const start = kernels.heap.mark();
  const words = sampleWords(logitsOf(placeTransformer(kernels, model)), n, mulberry32(seed));
  kernels.heap.release(start);
  return words;
}

/** Words that the base writes without an adapter, as a batch. */
export const ownWords = (kernels: Kernels): Batch =>
  batchOf(sampledWords(kernels, wordForgeBase, BASE_SAMPLE.words, BASE_SAMPLE.seed).filter((word) => word !== ""));

/** The cosine of two vectors of the same length. */
export function cosine(x: Matrix["data"], y: Matrix["data"]): number {
  const dot = (a: Matrix["data"], b: Matrix["data"]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}
