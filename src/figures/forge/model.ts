/** What the forge writes with an adapter and without it, from the same random draws. Runs in the worker: no DOM. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {LONGEST} from "../../engine/training/words.ts";
import {loadForge, theForge} from "../shared/wordForge.ts";
import {CUSTOMERS, type ForgeLesson, type ForgeSettings, WRITTEN_WORDS} from "./controls.ts";
import {loadTrained, lossesOf, withTrained} from "./stored.ts";

/** Loads the forge, and what a run with these settings needs; without settings, what any run needs. */
export async function ready(settings?: ForgeSettings): Promise<void> {
  await Promise.all([loadForge(), loadTrained(settings)]);
}

/** The words that a model writes, and the chance of every token at each place of each word. */
export interface ForgeWriting {
  words: string[];
  /** [word][place][token] */
  chances: number[][][];
}

/** What is written off, by the base, and on, with what was trained. */
export interface ForgeSnapshot {
  off: ForgeWriting;
  on: ForgeWriting;
  /** The random numbers that choose the letters: [word][place]. */
  draws: number[][];
  losses: {off: number; on: number};
  /** How many scores were compared after the adapter was switched off again, and how many are the same to the last bit. */
  again: {scores: number; same: number};
  /** Parameters of the base, and those that were trained. */
  counts: {base: number; trained: number};
  /** The three customers, who each have an adapter; empty if one adapter is shown. */
  customers: Customer[];
}

/** What a customer's adapter writes from the same draws, and the losses on that customer's held-out words. */
export interface Customer {
  lesson: ForgeLesson;
  words: string[];
  losses: {off: number; on: number};
}

/** The chances of all tokens from their scores, which are overwritten. */
const chancesOf = (row: Float64Array): number[] => {
  softmax(row, 0, row.length);
  return Array.from(row);
};

/**
 * Samples words as the lab does, and returns also the scores of the last pass. These are enough for all places, because no place
 * sees the letters after it.
 */
function write(model: Transformer, draw: number): {writing: ForgeWriting; scores: Float64Array} {
  let lastLogits: Matrix = {rows: 0, cols: 0, data: new Float64Array()};
  const logitsOf = (tokens: Int32Array, B: number) => {
    lastLogits = forward(model, tokens, B).logits;
    return lastLogits;
  };
  const words = sampleWords(logitsOf, WRITTEN_WORDS, mulberry32(draw));
  const {rows, cols, data} = lastLogits;
  const places = rows / WRITTEN_WORDS;
  const chances = words.map((_, n) =>
    Array.from({length: places}, (_, t) => chancesOf(data.slice((n * places + t) * cols, (n * places + t + 1) * cols))),
  );
  return {writing: {words, chances}, scores: data};
}

/** The random numbers with which the sampler chooses letters: [word][place]. */
function drawsOf(draw: number): number[][] {
  const random = mulberry32(draw);
  return Array.from({length: WRITTEN_WORDS}, () => Array.from({length: LONGEST}, random));
}

/** The three customers, if they are shown. */
function customersOf(base: Transformer, settings: ForgeSettings, on: ForgeWriting): Customer[] {
  if (!settings.isThree) return [];
  return CUSTOMERS.map((lesson) => {
    const customerSettings = {...settings, lesson};
    const {words} = lesson === settings.lesson ? on : write(withTrained(base, customerSettings), settings.draw).writing;
    return {lesson, words, losses: lossesOf(customerSettings)};
  });
}

/** Yields one snapshot, which holds everything. */
export function* compute(settings: ForgeSettings): Generator<ForgeSnapshot, void> {
  const base = theForge();
  const trained = withTrained(base, settings);
  const {writing: off, scores} = write(base, settings.draw);
  const {writing: on} = write(trained, settings.draw);
  const isFull = settings.adapter === "full";
  // Full fine-tuning replaced the weights, so nothing can be switched off; the scores are those of the base.
  const detached = write(isFull ? base : {...trained, attached: []}, settings.draw).scores;
  const parts = isFull ? [trained.weights] : trained.attached.map(({params}) => params);
  yield {
    off,
    on,
    draws: drawsOf(settings.draw),
    losses: lossesOf(settings),
    again: {scores: detached.length, same: detached.filter((x, i) => Object.is(x, scores[i])).length},
    counts: {base: base.weights.flat.length, trained: parts.reduce((sum, {flat}) => sum + flat.length, 0)},
    customers: customersOf(base, settings, on),
  };
}
