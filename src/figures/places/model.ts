/** Two forges, one adapter each of the same size, on the queries and on the values: what each can change. No DOM. */
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
import {choice, hidden, type Params, range} from "../../figure/controls.ts";
import type {Tape} from "../../figure/widget.ts";
import {listWords, loadedBase, loadFor} from "../shared/baseModels.ts";
import {giveBack, lend, loadKernels} from "../shared/kernelPool.ts";
import {LONGEST_WORD} from "../shared/taskNames.ts";

/** Words that each forge writes. */
export const PLACE_WORDS = 8;
/** The last position of the clock: every letter of the longest word, and its end. */
const MOST = LONGEST + 1;
const [RANK, SEED] = [16, 7];

export const controls = {
  letter: range(["Letter"], {min: 1, max: MOST, value: MOST, clock: true}),
  word: {
    ...hidden(["Name"], LONGEST_WORD, (text) => (/^[a-z]*$/.test(text) ? undefined : "Use only the letters a to z.")),
    value: "gloria",
  },
  head: choice(["Head"], {"1": "1", "2": "2", "3": "3", "4": "4"}, "2", true),
  draw: range(["Draw"], {min: 1, max: 99, value: 11, more: true, group: "chance"}),
};
export type PlacesParams = Params<typeof controls>;
/** The projection that is adapted: Wq or Wv. */
export const sides = ["q", "v"] as const;
export type PlaceSide = (typeof sides)[number];
type OfEach<T> = Readonly<Record<"before" | PlaceSide, T>>;

export async function ready(): Promise<void> {
  await Promise.all([loadFor(["names"]), loadKernels()]);
}

/** A forge, and how unsure it is of held-out names, in nats a letter. */
interface PlacedForge {
  model: Transformer;
  loss: number;
}

/** What one forge writes, and how it reads the name. */
export interface PlaceReading {
  loss: number;
  words: string[];
  /** The chance of the right letter at each place of the name, and of its end. */
  chances: number[];
  /** Of the chosen head in the first block: the value of each position (T,8). */
  values: Matrix;
  /** Of the same head: the attention weights of each position over those so far. */
  attention: number[][];
}
export interface PlacesSnapshot {
  word: string;
  /** Trained parameters of each forge. */
  trainedCount: number;
  readings: OfEach<PlaceReading>;
}

let forges: OfEach<PlacedForge> | undefined;

/** Trains both, once a page: 200 steps each. */
function* trainBoth(): Generator<undefined, OfEach<PlacedForge>> {
  if (forges) return forges;
  const base = loadedBase("names");
  const {training, heldOut: others} = heldOut(listWords("names"), SPLIT_SEED);
  const fresh = batchOf(others);
  const kernels = lend();
  const start = kernels.heap.mark();
  try {
    const made: PlacedForge[] = [{model: base, loss: placeTransformer(kernels, base).loss(fresh)}];
    for (const target of ["Wq", "Wv"] as const) {
      const plan: LoraPlan = {targets: [target], r: RANK, alpha: 2 * RANK};
      const run = adapt(kernels, base, plan, (B, random) => drawWords(training, B, random), SEED);
      let last: Float64Array | undefined;
      for (const {params} of run.snapshots) {
        last = params;
        yield undefined;
      }
      made.push({model: modelAt(run, {params: last!}), loss: run.decoder.loss(fresh)});
      yield undefined;
    }
    const [before, q, v] = made as [PlacedForge, PlacedForge, PlacedForge];
    forges = {before, q, v};
    return forges;
  } finally {
    kernels.heap.release(start);
    giveBack(kernels);
  }
}

function read({model, loss}: PlacedForge, {word, head, draw}: PlacesParams): PlaceReading {
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

/** The first snapshot has all of it; one more for each letter gives the clock its places. */
export function* compute(params: PlacesParams): Generator<PlacesSnapshot | object | undefined, void> {
  const all = yield* trainBoth();
  yield {
    word: params.word,
    trainedCount: all.q.model.attached[0]!.params.flat.length,
    readings: {before: read(all.before, params), q: read(all.q, params), v: read(all.v, params)},
  } satisfies PlacesSnapshot;
  for (let n = 0; n < MOST; n++) yield {};
}

type Point = readonly [x: number, y: number];

/** Attention at one letter, drawn as a ring on strings. */
export interface Ring {
  /** The values of the positions so far, projected to the plane. */
  pegs: readonly Point[];
  /** Their attention weights. */
  pulls: readonly number[];
  /** The head's output: the mean of the pegs by those weights. */
  rests: Point;
}

/** One of the two forges at the chosen letter. */
export interface PlaceResult {
  loss: number;
  words: readonly string[];
  /** The chance of the right letter. */
  chance: number;
  ring: Ring;
}

export interface PlacesResult extends OfEach<PlaceResult> {
  word: string;
  /** Trained parameters of each forge. */
  trainedCount: number;
  /** What the name has before the next letter, and that letter, or "end". */
  past: string;
  next: string;
  /** Chances at every place. */
  all: readonly OfEach<number>[];
  /** All pegs of both forges, for the scale. */
  pegs: readonly Point[];
  /** Of the values with the queries adapted, and of the weights with the values adapted: how many are what they were before. */
  same: {values: readonly [same: number, all: number]; attention: readonly [same: number, all: number]};
}

const rows = ({rows, cols, data}: Matrix): number[][] =>
  Array.from({length: rows}, (_, t) => [...data.subarray(t * cols, (t + 1) * cols)]);

/** Values → places in the plane in which those of before and of v differ most: their first two principal directions. */
function planeOf({before, v}: OfEach<PlaceReading>): (values: Matrix) => Point[] {
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

const sameOf = (one: ArrayLike<number>, other: ArrayLike<number>): readonly [number, number] => [
  Array.from(one).filter((x, i) => x === other[i]).length,
  one.length,
];

/** The words as far as they are written, and what arrives at the letter that comes next. */
export function readPlaces([first]: Tape<PlacesSnapshot>, {letter}: PlacesParams): PlacesResult {
  const {word, trainedCount, readings} = first!;
  const at = Math.min(letter, word.length + 1) - 1;
  const {before, q, v} = readings;
  const onPlane = planeOf(readings);
  const sideOf = ({loss, words, chances, values, attention}: PlaceReading): PlaceResult => {
    const pegs = onPlane(values).slice(0, at + 1);
    const pulls = attention[at]!;
    const rests = [0, 1].map((axis) => pegs.reduce((sum, peg, i) => sum + pulls[i]! * peg[axis]!, 0));
    return {
      loss,
      words: words.map((one) => one.slice(0, letter)),
      chance: chances[at]!,
      ring: {pegs, pulls, rests: [rests[0]!, rests[1]!]},
    };
  };
  return {
    ...{word, trainedCount, past: word.slice(0, at), next: word[at] ?? "end"},
    ...{before: sideOf(before), q: sideOf(q), v: sideOf(v)},
    all: before.chances.map((_, t) => ({before: before.chances[t]!, q: q.chances[t]!, v: v.chances[t]!})),
    pegs: [...onPlane(before.values), ...onPlane(v.values)],
    same: {
      values: sameOf(q.values.data, before.values.data),
      attention: sameOf(v.attention.flat(), before.attention.flat()),
    },
  };
}
