/** Two word forges with an adapter of the same size, one on Wq and one on Wv: the training, and what each changes. */
import {placeTransformer} from "../../engine/kernels/decoder.ts";
import {type Matrix, matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {svd} from "../../engine/linalg/svd.ts";
import type {LoraPlan} from "../../engine/lora/loras.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {adapt, modelAt} from "../../engine/training/adaptation.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, drawWords, heldOut, LETTERS, LONGEST, MARK} from "../../engine/training/words.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import type {Frames} from "../../figure/widget.ts";
import {listWords, loadedBase, loadFor} from "../shared/baseModels.ts";
import {giveBack, lend, loadKernels} from "../shared/kernelPool.ts";
import {wordControl} from "../shared/wordControl.ts";

/** Words that each forge writes. */
export const PLACE_WORDS = 8;
/** The last place of the clock: after every letter of the longest word and its end. */
const LAST_LETTER = LONGEST + 1;
const [RANK, SEED] = [16, 7];

export const controls = {
  letter: range(["Letter"], {min: 1, max: LAST_LETTER, value: LAST_LETTER, clock: true}),
  word: wordControl("Name", "gloria"),
  head: choice(["Head"], {"1": "1", "2": "2", "3": "3", "4": "4"}, "2", true),
  draw: range(["Draw"], {min: 1, max: 99, value: 11, more: true, group: "chance"}),
};
export type PlacesParams = Params<typeof controls>;
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
  /** In the chosen head of the first block: the value vector of each position, (T,8). */
  values: Matrix;
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

/** Trains both, 200 steps each, and keeps them, so that a page trains them once. */
function* trainBoth(): Generator<undefined, OfEach<TrainedForge>> {
  if (forges) return forges;
  const base = loadedBase("names");
  const {training, heldOut: unseen} = heldOut(listWords("names"), SPLIT_SEED);
  const heldOutBatch = batchOf(unseen);
  const kernels = lend();
  const start = kernels.heap.mark();
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
    kernels.heap.release(start);
    giveBack(kernels);
  }
}

function readName({model, loss}: TrainedForge, {word, head, draw}: PlacesParams): PlaceReading {
  const letters = Array.from(word, (letter) => LETTERS.indexOf(letter));
  const {blocks, logits} = forward(model, Int32Array.from([MARK, ...letters]), 1);
  const [T, at] = [letters.length + 1, Number(head) - 1];
  const {v, attended} = blocks[0]!;
  const D = model.sizes.C / model.sizes.H;
  return {
    loss,
    words: sampleWords((tokens, B) => forward(model, tokens, B).logits, PLACE_WORDS, mulberry32(draw)),
    chances: [...letters, MARK].map((token, t) => {
      const row = logits.data.slice(t * logits.cols, (t + 1) * logits.cols);
      softmax(row, 0, row.length);
      return row[token]!;
    }),
    values: matrix(
      T,
      D,
      Array.from({length: T}, (_, t) => [...v.data.subarray(t * v.cols + at * D, t * v.cols + (at + 1) * D)]).flat(),
    ),
    attention: Array.from({length: T}, (_, t) => [
      ...attended.weights.subarray((at * T + t) * T, (at * T + t) * T + t + 1),
    ]),
  };
}

/** The first snapshot has everything. One empty snapshot for each letter gives the clock its places. */
export function* compute(params: PlacesParams): Generator<PlacesSnapshot | object | undefined, void> {
  const all = yield* trainBoth();
  yield {
    word: params.word,
    trainedCount: all.q.model.attached[0]!.params.flat.length,
    readings: {before: readName(all.before, params), q: readName(all.q, params), v: readName(all.v, params)},
  } satisfies PlacesSnapshot;
  for (let n = 0; n < LAST_LETTER; n++) yield {};
}

type Point = readonly [x: number, y: number];

/** Attention at one letter. The figure draws it as a ring that is held by a string to each peg. */
interface Ring {
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
  pegs: readonly Point[];
  /** How many values are unchanged with Wq adapted, and how many attention weights are unchanged with Wv adapted. */
  same: {values: readonly [same: number, all: number]; attention: readonly [same: number, all: number]};
}

const rows = ({rows, cols, data}: Matrix): number[][] =>
  Array.from({length: rows}, (_, t) => [...data.subarray(t * cols, (t + 1) * cols)]);

/** Value vectors → points in a plane: the first two principal directions of the values before training and with Wv adapted. */
function projectionOf({before, v}: OfEach<PlaceReading>): (values: Matrix) => Point[] {
  const all = [...rows(before.values), ...rows(v.values)];
  const middle = all[0]!.map((_, i) => all.reduce((sum, one) => sum + one[i]!, 0) / all.length);
  const directions = svd(
    matrix(
      all.length,
      middle.length,
      all.flatMap((one) => one.map((x, i) => x - middle[i]!)),
    ),
  ).v;
  const along = (one: readonly number[], n: number) =>
    one.reduce((sum, x, i) => sum + (x - middle[i]!) * directions.data[i * directions.cols + n]!, 0);
  return (values) => rows(values).map((one) => [along(one, 0), along(one, 1)]);
}

/** How many entries are equal in both lists, and how many there are. */
const sameOf = (one: ArrayLike<number>, other: ArrayLike<number>): readonly [number, number] => [
  Array.from(one).filter((x, i) => x === other[i]).length,
  one.length,
];

/** The words up to the clock's letter, and the attention at that letter of the name. */
export function readPlaces([first]: Frames<PlacesSnapshot>, {letter}: PlacesParams): PlacesResult {
  const {word, trainedCount, readings} = first!;
  const at = Math.min(letter, word.length + 1) - 1;
  const {before, q, v} = readings;
  const onPlane = projectionOf(readings);
  const resultOf = ({loss, words, chances, values, attention}: PlaceReading): PlaceResult => {
    const pegs = onPlane(values).slice(0, at + 1);
    const weights = attention[at]!;
    const [x, y] = [0, 1].map((axis) => pegs.reduce((sum, peg, i) => sum + weights[i]! * peg[axis]!, 0));
    return {
      loss,
      words: words.map((one) => one.slice(0, letter)),
      chance: chances[at]!,
      ring: {pegs, weights, output: [x!, y!]},
    };
  };
  return {
    word,
    trainedCount,
    past: word.slice(0, at),
    next: word[at] ?? "end",
    before: resultOf(before),
    q: resultOf(q),
    v: resultOf(v),
    chances: before.chances.map((_, t) => ({before: before.chances[t]!, q: q.chances[t]!, v: v.chances[t]!})),
    pegs: [...onPlane(before.values), ...onPlane(v.values)],
    same: {
      values: sameOf(q.values.data, before.values.data),
      attention: sameOf(v.attention.flat(), before.attention.flat()),
    },
  };
}
