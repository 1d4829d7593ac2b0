import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {LONGEST} from "../../engine/training/words.ts";
import {loadForge, theForge} from "../shared/wordForge.ts";
import {type Order, WORDS} from "./controls.ts";
import {loadTrained, lossesOf, withTrained} from "./stored.ts";

export async function ready(order?: object): Promise<void> {
  await Promise.all([loadForge(), loadTrained(order as Order | undefined)]);
}

/** The words that a model writes, and the chances of every token at each of their places. */
export interface Written {
  words: string[];
  /** [word][place][token] */
  chances: number[][][];
}

export interface Snapshot {
  off: Written;
  now: Written;
  /** The random numbers that choose the letters: [word][place]. */
  draws: number[][];
  losses: {off: number; now: number};
  /** Scores compared with the adapter off again, and how many are the same to the last bit. */
  again: {scores: number; same: number};
  /** Parameters of the base, and those that were trained. */
  counts: {base: number; trained: number};
}

const softmaxed = (row: Float64Array): number[] => {
  softmax(row, 0, row.length);
  return Array.from(row);
};

/** Samples as the lab does, and keeps the scores of the last pass: no place sees the letters after it, so they are those of all. */
function write(model: Transformer, draw: number): Written & {scores: Float64Array} {
  let last: Matrix = {rows: 0, cols: 0, data: new Float64Array()};
  const words = sampleWords(
    (tokens, B) => {
      last = forward(model, tokens, B).logits;
      return last;
    },
    WORDS,
    mulberry32(draw),
  );
  const {rows, cols, data} = last;
  const places = rows / WORDS;
  const chances = words.map((_, n) =>
    Array.from({length: places}, (_, t) => softmaxed(data.slice((n * places + t) * cols, (n * places + t + 1) * cols))),
  );
  return {words, chances, scores: data};
}

function drawsOf(draw: number): number[][] {
  const random = mulberry32(draw);
  return Array.from({length: WORDS}, () => Array.from({length: LONGEST}, random));
}

const trainedIn = ({attached, weights}: Transformer, base: Transformer): number =>
  weights === base.weights ? attached.reduce((sum, {params}) => sum + params.flat.length, 0) : weights.flat.length;

/** The first snapshot holds all words. One more for each letter gives the clock its places. */
export function* compute(params: object): Generator<Snapshot | object, void> {
  const order = params as Order;
  const base = theForge();
  const off = write(base, order.draw);
  const on = withTrained(base, order);
  const now = write(on, order.draw);
  // All weights are replaced in full fine-tuning; there is nothing to switch off.
  const detached = write(order.adapter === "full" ? base : {...on, attached: []}, order.draw).scores;
  yield {
    off: {words: off.words, chances: off.chances},
    now: {words: now.words, chances: now.chances},
    draws: drawsOf(order.draw),
    losses: lossesOf(order),
    again: {scores: detached.length, same: detached.filter((x, i) => Object.is(x, off.scores[i])).length},
    counts: {base: base.weights.flat.length, trained: trainedIn(on, base)},
  } satisfies Snapshot;
  for (let n = 0; n < LONGEST; n++) yield {};
}
