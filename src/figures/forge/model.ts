import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {LONGEST} from "../../engine/training/words.ts";
import {loadForge, theForge} from "../shared/wordForge.ts";
import {CUSTOMERS, type ForgeLesson, type ForgeOrder, WRITTEN_WORDS} from "./controls.ts";
import {adapterSize, loadTrained, lossesOf, withTrained} from "./stored.ts";

export async function ready(order?: object): Promise<void> {
  await Promise.all([loadForge(), loadTrained(order as ForgeOrder | undefined)]);
}

/** The words that a model writes, and the chances of every token at each of their places. */
export interface ForgeWriting {
  words: string[];
  /** [word][place][token] */
  chances: number[][][];
}

export interface ForgeSnapshot {
  off: ForgeWriting;
  now: ForgeWriting;
  /** The random numbers that choose the letters: [word][place]. */
  draws: number[][];
  losses: {off: number; now: number};
  /** Scores compared with the adapter off again, and how many are the same to the last bit. */
  again: {scores: number; same: number};
  /** How many parameters the base has, how many were trained, and how many the lesson's adapter has even while it is off. */
  counts: {base: number; trained: number; adapter: number};
  /** The three customers, each with an adapter of its own; empty where one adapter is shown. */
  customers: Customer[];
}

/** What the forge writes for a customer from the same draws, and its losses on that customer's held-out words. */
export interface Customer {
  lesson: ForgeLesson;
  words: string[];
  losses: {off: number; now: number};
}

const softmaxed = (row: Float64Array): number[] => {
  softmax(row, 0, row.length);
  return Array.from(row);
};

/** Samples as the lab does. Keeps only the last pass's scores, which are every place's: no place sees the letters after it. */
function write(model: Transformer, draw: number): ForgeWriting & {scores: Float64Array} {
  let last: Matrix = {rows: 0, cols: 0, data: new Float64Array()};
  const words = sampleWords(
    (tokens, B) => {
      last = forward(model, tokens, B).logits;
      return last;
    },
    WRITTEN_WORDS,
    mulberry32(draw),
  );
  const {rows, cols, data} = last;
  const places = rows / WRITTEN_WORDS;
  const chances = words.map((_, n) =>
    Array.from({length: places}, (_, t) => softmaxed(data.slice((n * places + t) * cols, (n * places + t + 1) * cols))),
  );
  return {words, chances, scores: data};
}

function drawsOf(draw: number): number[][] {
  const random = mulberry32(draw);
  return Array.from({length: WRITTEN_WORDS}, () => Array.from({length: LONGEST}, random));
}

const trainedIn = ({attached, weights}: Transformer, base: Transformer): number =>
  weights === base.weights ? attached.reduce((sum, {params}) => sum + params.flat.length, 0) : weights.flat.length;

/** Names are written by the adapter of the step that is shown, French and Spanish by adapters of 200 steps. */
function customersOf(base: Transformer, order: ForgeOrder, shown: ForgeWriting): Customer[] {
  if (!order.isThree) return [];
  return CUSTOMERS.map((lesson) => {
    const own: ForgeOrder = {...order, lesson, step: lesson === order.lesson ? order.step : "200"};
    const isShown = order.adapter === "off" || lesson === order.lesson;
    const {words} = isShown ? shown : write(withTrained(base, own), order.draw);
    return {lesson, words, losses: lossesOf(own)};
  });
}

/** The first snapshot holds all words. One more for each letter gives the clock its places. */
export function* compute(params: object): Generator<ForgeSnapshot | object, void> {
  const order = params as ForgeOrder;
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
    counts: {base: base.weights.flat.length, trained: trainedIn(on, base), adapter: adapterSize(base, order)},
    customers: customersOf(base, order, now),
  } satisfies ForgeSnapshot;
  for (let n = 0; n < LONGEST; n++) yield {};
}
