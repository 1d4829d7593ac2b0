/** Two word forges with an adapter of the same size, one on Wq and one on Wv: the training, and what each changes. */
import {placeTransformer} from "../../engine/kernels/decoder.ts";
import {matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {svd} from "../../engine/linalg/svd.ts";
import type {LoraPlan} from "../../engine/lora/loras.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {adapt, modelAt} from "../../engine/training/adaptation.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, drawWords, LETTERS, MARK, MAX_LETTERS, splitWords} from "../../engine/training/words.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import type {Frames} from "../../figure/widget.ts";
import {listWords, loadedBase, loadFor} from "../shared/baseModels.ts";
import {giveBack, lend, loadKernels} from "../shared/kernelPool.ts";
import {wordControl} from "../shared/wordControl.ts";

/** Words that each forge writes. */
export const PLACE_WORDS = 8;
/** The last position of the clock: the end of the longest name. */
const LAST_LETTER = MAX_LETTERS + 1;
/** The rank of each adapter (α is twice as large), and the seed of its training. */
const [RANK, SEED] = [16, 7];

/** The name that is read until the reader types another. */
const FIRST_NAME = "gloria";

export const controls = {
  letter: range(["Letter"], {min: 1, max: LAST_LETTER, value: FIRST_NAME.length + 1, clock: true}),
  word: wordControl("Name", FIRST_NAME),
  head: choice(["Head"], {"1": "1", "2": "2", "3": "3", "4": "4"}, "2", true),
  draw: range(["Draw"], {min: 1, max: 99, value: 11, more: true, group: "chance"}),
};
export type PlacesParams = Params<typeof controls>;
/** The clock ends at the end of the name. */
export const bounds = ({word}: PlacesParams) => ({letter: [1, word.length + 1]}) as const;
/** The adapted matrix: Wq or Wv. */
export const sides = ["q", "v"] as const;
type Side = (typeof sides)[number];
/** The forge before training, and both adapted ones. */
type OfEach<T> = Readonly<Record<"before" | Side, T>>;

export async function ready(): Promise<void> {
  await Promise.all([loadFor(["names"]), loadKernels()]);
}

/** A forge, and its loss on held-out names in nats a letter. */
interface TrainedForge {
  model: Transformer;
  loss: number;
}

/** What one forge writes, and how it reads the name. */
interface PlaceReading {
  loss: number;
  words: string[];
  /** The probability of the right letter at each position of the name, and of its end. */
  chances: number[];
  /** In the chosen head of the first block: the value vector of each position, eight numbers long. */
  values: number[][];
  /** In the same head: the attention weights of each position over the positions so far. */
  attention: number[][];
}
interface PlacesSnapshot {
  word: string;
  /** Trained parameters of each forge. */
  trainedCount: number;
  readings: OfEach<PlaceReading>;
}

let forges: OfEach<TrainedForge> | undefined;

/** Trains both, 200 steps each; undefined after each step. Keeps them, so that a page trains them once. */
function* trainBoth(): Generator<undefined, OfEach<TrainedForge>> {
  if (forges) return forges;
  const base = loadedBase("names");
  const {training, heldOut: unseen} = splitWords(listWords("names"), SPLIT_SEED);
  const heldOutBatch = batchOf(unseen);
  const kernels = lend();
  try {
    const trainedForges: TrainedForge[] = [{model: base, loss: placeTransformer(kernels, base).loss(heldOutBatch)}];
    for (const target of ["Wq", "Wv"] as const) {
      const plan: LoraPlan = {targets: [target], r: RANK, alpha: 2 * RANK};
      const run = adapt(kernels, base, plan, (B, random) => drawWords(training, B, random), SEED);
      let last: Float64Array | undefined;
      for (const {params} of run.snapshots) {
        last = params;
        yield undefined;
      }
      trainedForges.push({model: modelAt(run, {params: last!}), loss: run.decoder.loss(heldOutBatch)});
      yield undefined;
    }
    const [before, q, v] = trainedForges as [TrainedForge, TrainedForge, TrainedForge];
    forges = {before, q, v};
    return forges;
  } finally {
    giveBack(kernels);
  }
}

/** What a forge writes, and how its chosen head reads the name. */
function readName({model, loss}: TrainedForge, {word, head, draw}: PlacesParams): PlaceReading {
  const letters = Array.from(word, (letter) => LETTERS.indexOf(letter));
  const {blocks, logits} = forward(model, Int32Array.from([MARK, ...letters]), 1);
  const {v, attended} = blocks[0]!;
  const [T, h, D] = [letters.length + 1, Number(head) - 1, model.sizes.C / model.sizes.H];
  const perPosition = <Value>(of: (t: number) => Value): Value[] => Array.from({length: T}, (_, t) => of(t));
  return {
    loss,
    words: sampleWords((tokens, B) => forward(model, tokens, B).logits, PLACE_WORDS, mulberry32(draw)),
    chances: [...letters, MARK].map((token, t) => {
      const row = logits.data.slice(t * logits.cols, (t + 1) * logits.cols);
      softmax(row, 0, row.length);
      return row[token]!;
    }),
    values: perPosition((t) => [...v.data.subarray(t * v.cols + h * D, t * v.cols + (h + 1) * D)]),
    attention: perPosition((t) => [...attended.weights.subarray((h * T + t) * T, (h * T + t) * T + t + 1)]),
  };
}

/** The first snapshot has everything; an empty one for each further letter gives the clock its length. Undefined while the forges train. */
export function* compute(params: PlacesParams): Generator<PlacesSnapshot | object | undefined, void> {
  const all = yield* trainBoth();
  yield {
    word: params.word,
    trainedCount: all.q.model.attached[0]!.params.flat.length,
    readings: {before: readName(all.before, params), q: readName(all.q, params), v: readName(all.v, params)},
  } satisfies PlacesSnapshot;
  for (let letter = 1; letter <= params.word.length + 1; letter++) yield {};
}

export type Point = readonly [x: number, y: number];

/** Attention at one letter. The figure draws it as a ring that is held by a string to each peg. */
export interface Ring {
  /** The values of the positions so far, projected to the plane. */
  pegs: readonly Point[];
  /** Their attention weights. */
  weights: readonly number[];
  /** The head's output: the mean of the pegs by those weights. */
  output: Point;
}

/** One forge at the chosen letter. */
interface PlaceResult {
  loss: number;
  words: readonly string[];
  /** The probability of the right letter. */
  chance: number;
  ring: Ring;
}

export interface PlacesResult extends OfEach<PlaceResult> {
  word: string;
  /** Trained parameters of each forge. */
  trainedCount: number;
  /** The letters of the name so far, and the next letter, or "end". */
  past: string;
  next: string;
  /** The probabilities of the right letter, position by position. */
  chances: readonly OfEach<number>[];
  /** The pegs of the whole name before training and with Wv adapted, for the scale. Wq does not move them. */
  allPegs: readonly Point[];
  /** How many values are unchanged with Wq adapted, and how many attention weights are unchanged with Wv adapted. */
  unchanged: {values: readonly [count: number, all: number]; attention: readonly [count: number, all: number]};
}

/** Value vectors → points in a plane: the first two principal directions of the values before training and with Wv adapted. */
function projectionOf({before, v}: OfEach<PlaceReading>): (values: readonly number[][]) => Point[] {
  const all = [...before.values, ...v.values];
  const mean = all[0]!.map((_, i) => all.reduce((sum, one) => sum + one[i]!, 0) / all.length);
  const centered = (one: readonly number[]) => one.map((x, i) => x - mean[i]!);
  const {data, cols} = svd(matrix(all.length, mean.length, all.flatMap(centered))).v;
  const along = (one: readonly number[], direction: number) =>
    centered(one).reduce((sum, x, i) => sum + x * data[i * cols + direction]!, 0);
  return (values) => values.map((one) => [along(one, 0), along(one, 1)]);
}

/** How many entries are equal in both lists, and how many there are. */
function countEqual(one: readonly number[][], other: readonly number[][]): readonly [number, number] {
  const [all, others] = [one.flat(), other.flat()];
  return [all.filter((x, i) => x === others[i]).length, all.length];
}

/** What is shown at the clock's letter; at the end of the name if that is shorter, as it may be while a longer one is being read. */
export function readPlaces([first]: Frames<PlacesSnapshot>, {letter}: PlacesParams): PlacesResult {
  const {word, trainedCount, readings} = first!;
  const position = Math.min(letter, word.length + 1) - 1;
  const {before, q, v} = readings;
  const onPlane = projectionOf(readings);
  const resultOf = ({loss, words, chances, values, attention}: PlaceReading): PlaceResult => {
    const pegs = onPlane(values).slice(0, position + 1);
    const weights = attention[position]!;
    const [x, y] = [0, 1].map((axis) => pegs.reduce((sum, peg, i) => sum + weights[i]! * peg[axis]!, 0));
    return {loss, words, chance: chances[position]!, ring: {pegs, weights, output: [x!, y!]}};
  };
  return {
    word,
    trainedCount,
    past: word.slice(0, position),
    next: word[position] ?? "end",
    before: resultOf(before),
    q: resultOf(q),
    v: resultOf(v),
    chances: before.chances.map((_, t) => ({before: before.chances[t]!, q: q.chances[t]!, v: v.chances[t]!})),
    allPegs: [...onPlane(before.values), ...onPlane(v.values)],
    unchanged: {values: countEqual(q.values, before.values), attention: countEqual(v.attention, before.attention)},
  };
}
