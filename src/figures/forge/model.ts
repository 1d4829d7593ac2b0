/** What the forge writes with an adapter and without it, from the same random draws. Runs in the worker: no DOM. */
import numbers from "../../../content/lab/forge.json" with {type: "json"};
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import type {LoraPlan} from "../../engine/lora/loras.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {MAX_LETTERS} from "../../engine/training/words.ts";
import {storedHalves} from "../shared/storedHalves.ts";
import {loadForge, STORY_PLAN, storedAdapter, theForge} from "../shared/wordForge.ts";
import {CUSTOMERS, type ForgeLesson, type ForgeSettings, WRITTEN_WORDS} from "./controls.ts";

/** The adapter for twenty names, on all matrices. */
const TWENTY_PLAN: LoraPlan = {...STORY_PLAN, targets: ["Wq", "Wk", "Wv", "Wo", "W1", "W2"]};

/** What was trained: the adapter of a lesson, or all weights. */
type Training = ForgeLesson | "full";
const trainingOf = ({adapter, lesson}: ForgeSettings): Training => (adapter === "full" ? "full" : lesson);

/** The trained parameters that are loaded, as base64 of 16-bit numbers. */
const loadedTexts = new Map<Training, string>();

/** Loads trained parameters: 12 kB of the adapter for twenty names, 72 kB of weights, or 8 kB of the other three adapters. */
async function loadTrained(training: Training): Promise<void> {
  if (loadedTexts.has(training)) return;
  if (training === "full")
    loadedTexts.set(training, (await import("../../../content/lab/forge.full.json")).default.base64);
  else if (training === "twenty")
    loadedTexts.set(training, (await import("../../../content/lab/forge.twenty.json")).default.base64);
  else {
    const {default: adapters} = await import("../../../content/lab/forge.adapters.json");
    // The keys below a lesson are steps.
    for (const lesson of CUSTOMERS) loadedTexts.set(lesson, adapters[lesson]["200"]);
  }
}

/** Loads the forge, and what a run with these settings needs; without settings, what any run needs. */
export async function ready(settings?: ForgeSettings): Promise<void> {
  const trainings: readonly Training[] = settings ? [trainingOf(settings)] : ["names", "twenty", "full"];
  await Promise.all([loadForge(), ...trainings.map(loadTrained)]);
}

/** The base with this adapter attached, or with the fully tuned weights in its place. Throws before `ready`. */
function withTrained(base: Transformer, training: Training): Transformer {
  const text = loadedTexts.get(training);
  if (text === undefined)
    throw new Error("forge: the adapter or the weights of this run are not loaded yet; await ready(settings) first");
  const parameters = storedHalves(text);
  if (training === "full") return {...base, weights: allocate(base.weights.layout, parameters)};
  return {...base, attached: [storedAdapter(base, parameters, training === "twenty" ? TWENTY_PLAN : STORY_PLAN)]};
}

/** Losses on held-out words in nats a letter: off, of the base, and on, with what was trained. */
interface Losses {
  off: number;
  on: number;
}
const losses: Readonly<Record<Training, Losses>> = {
  names: {off: numbers.base, on: numbers.adapter[0]!},
  french: {off: numbers.french.base, on: numbers.french.on},
  spanish: {off: numbers.spanish.base, on: numbers.spanish.on},
  twenty: {off: numbers.base, on: numbers.twentyNames},
  full: {off: numbers.base, on: numbers.full[0]!},
};

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
  losses: Losses;
  /** How many scores were compared after the adapter was switched off again, and how many are the same to the last bit. */
  again: {scores: number; same: number};
  /** Parameters of the base, and those that were trained. */
  counts: {base: number; trained: number};
  /** The three customers, who each have an adapter; empty if one adapter is shown. */
  customers: Customer[];
}

/** What a customer's adapter writes from the same draws, and the losses on that customer's held-out words. */
interface Customer {
  lesson: ForgeLesson;
  words: string[];
  losses: Losses;
}

/** The chances of all tokens from their scores. These are overwritten. */
const chancesOf = (row: Float64Array): number[] => {
  softmax(row, 0, row.length);
  return Array.from(row);
};

/**
 * Samples words as the lab does, and returns also the scores of the last pass. These are enough for all places, because no place
 * sees the letters after it.
 */
function writeWords(model: Transformer, draw: number): {writing: ForgeWriting; scores: Float64Array} {
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
  return Array.from({length: WRITTEN_WORDS}, () => Array.from({length: MAX_LETTERS}, random));
}

/** The three customers, if they are shown. */
function customersOf(base: Transformer, settings: ForgeSettings, on: ForgeWriting): Customer[] {
  if (!settings.isThree) return [];
  return CUSTOMERS.map((lesson) => {
    const {words} = lesson === settings.lesson ? on : writeWords(withTrained(base, lesson), settings.draw).writing;
    return {lesson, words, losses: losses[lesson]};
  });
}

/** Yields one snapshot, which holds everything. */
export function* compute(settings: ForgeSettings): Generator<ForgeSnapshot, void> {
  const base = theForge();
  const training = trainingOf(settings);
  const trained = withTrained(base, training);
  const {writing: off, scores} = writeWords(base, settings.draw);
  const {writing: on} = writeWords(trained, settings.draw);
  const isFull = training === "full";
  // Full fine-tuning replaced the weights, so nothing can be switched off; the scores are those of the base.
  const offAgain = writeWords(isFull ? base : {...trained, attached: []}, settings.draw).scores;
  const parts = isFull ? [trained.weights] : trained.attached.map(({params}) => params);
  yield {
    off,
    on,
    draws: drawsOf(settings.draw),
    losses: losses[training],
    again: {scores: offAgain.length, same: offAgain.filter((x, i) => Object.is(x, scores[i])).length},
    counts: {base: base.weights.flat.length, trained: parts.reduce((sum, {flat}) => sum + flat.length, 0)},
    customers: customersOf(base, settings, on),
  };
}
