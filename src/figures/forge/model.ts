/** What the forge writes without and with what was trained, from the same random draws. Runs in the worker: no DOM. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {LONGEST} from "../../engine/training/words.ts";
import {loadForge, theForge} from "../shared/wordForge.ts";
import {CUSTOMERS, type ForgeLesson, type ForgeSettings, WRITTEN_WORDS} from "./controls.ts";
import {adapterSize, loadTrained, lossesOf, withTrained} from "./stored.ts";

export async function ready(settings?: ForgeSettings): Promise<void> {
  await Promise.all([loadForge(), loadTrained(settings)]);
}

/** The words that a model writes, and the chance of every token at each place of each word. */
export interface ForgeWriting {
  words: string[];
  /** [word][place][token] */
  chances: number[][][];
}

export interface ForgeSnapshot {
  off: ForgeWriting;
  now: ForgeWriting;
  /** What the adapter would write while it is off, to compare with; else what is written now. */
  on: ForgeWriting;
  /** The random numbers that choose the letters: [word][place]. */
  draws: number[][];
  losses: {off: number; now: number; on: number};
  /** How many scores were compared after the adapter was switched off again, and how many are the same to the last bit. */
  again: {scores: number; same: number};
  /** Parameters: of the base, of what was trained (0 while the adapter is off), and of the lesson's adapter, on or off. */
  counts: {base: number; trained: number; adapter: number};
  /** The three customers, who each have an adapter; empty if one adapter is shown. */
  customers: Customer[];
}

/** What the forge writes for a customer from the same draws, and its losses on that customer's held-out words. */
export interface Customer {
  lesson: ForgeLesson;
  words: string[];
  losses: {off: number; now: number};
}

/** Scores of all tokens to their chances. */
const softmaxed = (row: Float64Array): number[] => {
  softmax(row, 0, row.length);
  return Array.from(row);
};

/** Samples as the lab does. The scores of the last pass are enough for all places: no place sees the letters after it. */
function write(model: Transformer, draw: number): {writing: ForgeWriting; scores: Float64Array} {
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
  return {writing: {words, chances}, scores: data};
}

/** The sampler's random numbers for these draws: [word][place]. */
function drawsOf(draw: number): number[][] {
  const random = mulberry32(draw);
  return Array.from({length: WRITTEN_WORDS}, () => Array.from({length: LONGEST}, random));
}

/** How many parameters of a model are not the base's. */
const trainedIn = ({attached, weights}: Transformer, base: Transformer): number =>
  weights === base.weights ? attached.reduce((sum, {params}) => sum + params.flat.length, 0) : weights.flat.length;

/** Names are written by the adapter of the step that is shown, French and Spanish by adapters of 200 steps. */
function customersOf(base: Transformer, settings: ForgeSettings, shown: ForgeWriting): Customer[] {
  if (!settings.isThree) return [];
  return CUSTOMERS.map((lesson) => {
    const own: ForgeSettings = {...settings, lesson, step: lesson === settings.lesson ? settings.step : "200"};
    const isShown = settings.adapter === "off" || lesson === settings.lesson;
    const {words} = isShown ? shown : write(withTrained(base, own), settings.draw).writing;
    return {lesson, words, losses: lossesOf(own)};
  });
}

/** The first snapshot holds everything; the empty ones after it give the clock a place for each letter. */
export function* compute(settings: ForgeSettings): Generator<ForgeSnapshot | object, void> {
  const base = theForge();
  const {writing: off, scores} = write(base, settings.draw);
  const trained = withTrained(base, settings);
  const {writing: now} = write(trained, settings.draw);
  const switchedOn: ForgeSettings = {...settings, adapter: settings.adapter === "off" ? "on" : settings.adapter};
  const on = settings.adapter === "off" ? write(withTrained(base, switchedOn), settings.draw).writing : now;
  // All weights are replaced in full fine-tuning; there is nothing to switch off.
  const detached = write(settings.adapter === "full" ? base : {...trained, attached: []}, settings.draw).scores;
  yield {
    ...{off, now, on},
    draws: drawsOf(settings.draw),
    losses: {...lossesOf(settings), on: lossesOf(switchedOn).now},
    again: {scores: detached.length, same: detached.filter((x, i) => Object.is(x, scores[i])).length},
    counts: {base: base.weights.flat.length, trained: trainedIn(trained, base), adapter: adapterSize(base, settings)},
    customers: customersOf(base, settings, now),
  } satisfies ForgeSnapshot;
  for (let n = 0; n < LONGEST; n++) yield {};
}
