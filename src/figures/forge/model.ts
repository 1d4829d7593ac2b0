import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {sampleWords} from "../../engine/network/sampling.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {LETTERS, LONGEST, MARK} from "../../engine/training/words.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import type {Tape} from "../../figure/widget.ts";
import {loadForge, theForge} from "../shared/wordForge.ts";
import {adapterSize, loadTrained, lossesOf, withTrained} from "./stored.ts";

/** Words that are written at a time. */
export const WRITTEN_WORDS = 8;

export const controls = {
  adapter: choice(["Adapter"], {off: "Off", on: "On", full: "Fully tuned"}, "on"),
  lesson: {
    ...choice(
      ["Trained on"],
      {names: "Names", french: "French", spanish: "Spanish", twenty: "Twenty names"},
      "names",
      true,
    ),
    when: {adapter: ["off", "on"]},
  },
  step: {
    ...choice(["After steps"], {"10": "10", "50": "50", "100": "100", "200": "200"}, "200", true),
    when: {adapter: ["on"], lesson: ["names"]},
  },
  show: {
    ...choice(["Show"], {one: "One adapter", three: "Three adapters"}, "one", true),
    when: {adapter: ["off", "on"]},
  },
  letter: range(["Letter"], {min: 0, max: LONGEST, value: LONGEST, clock: true}),
  word: {...range(["Word"], {min: 1, max: WRITTEN_WORDS, value: 5, more: true}), when: {show: ["one"]}},
  draw: range(["Draw"], {min: 1, max: 99, value: 11, more: true, group: "chance"}),
};
export type ForgeParams = Params<typeof controls>;
export type ForgeLesson = ForgeParams["lesson"];

/** What the model runs. A control that is out of sight keeps its value but does not count. */
export interface ForgeOrder {
  adapter: ForgeParams["adapter"];
  lesson: ForgeLesson;
  step: ForgeParams["step"];
  draw: number;
  /** Whether the other two of the three customers' words are written too. */
  isThree: boolean;
}

/** The lessons of the three adapters that share one base. */
export const CUSTOMERS = ["names", "french", "spanish"] as const satisfies readonly ForgeLesson[];

export function orderOf({adapter, lesson, step, show, draw}: ForgeParams): ForgeOrder {
  const learned = adapter === "full" ? "names" : lesson;
  const isThree = show === "three" && adapter !== "full" && learned !== "twenty";
  return {adapter, lesson: learned, step: learned === "names" ? step : "200", draw, isThree};
}

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
  /** What the adapter would write while it is off, to compare with; else what is written now. */
  on: ForgeWriting;
  /** The random numbers that choose the letters: [word][place]. */
  draws: number[][];
  losses: {off: number; now: number; on: number};
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
  const switchedOn: ForgeOrder = {...order, adapter: order.adapter === "off" ? "on" : order.adapter};
  const other = order.adapter === "off" ? write(withTrained(base, switchedOn), order.draw) : now;
  // All weights are replaced in full fine-tuning; there is nothing to switch off.
  const detached = write(order.adapter === "full" ? base : {...on, attached: []}, order.draw).scores;
  yield {
    off: {words: off.words, chances: off.chances},
    now: {words: now.words, chances: now.chances},
    on: {words: other.words, chances: other.chances},
    draws: drawsOf(order.draw),
    losses: {...lossesOf(order), on: lossesOf(switchedOn).now},
    again: {scores: detached.length, same: detached.filter((x, i) => Object.is(x, off.scores[i])).length},
    counts: {base: base.weights.flat.length, trained: trainedIn(on, base), adapter: adapterSize(base, order)},
    customers: customersOf(base, order, now),
  } satisfies ForgeSnapshot;
  for (let n = 0; n < LONGEST; n++) yield {};
}

/** One of the eight words, as far as it is written. */
interface Slot {
  off: string;
  now: string;
  on: string;
  /** Whether the letter at each place of `now` differs from the one off. */
  changed: readonly boolean[];
}

/** The choice of one letter: the chances, and what the draw falls on. */
export interface Choice {
  /** What was written before. */
  before: string;
  chances: readonly number[];
  token: number;
}

/** A letter of a word: which, from 1 on; the draw; and how it is chosen off, now and with the adapter on. */
export interface ForgeTurn {
  place: number;
  draw: number;
  off: Choice;
  now: Choice;
  on: Choice;
}

/** With the letter of the chosen word. */
export interface ForgeResult extends ForgeTurn {
  order: ForgeOrder;
  slots: readonly Slot[];
  /** Whether all letters are written. */
  isWhole: boolean;
  /** The letter that is looked at in each word. */
  turns: readonly ForgeTurn[];
  losses: ForgeSnapshot["losses"];
  again: ForgeSnapshot["again"];
  counts: ForgeSnapshot["counts"];
  /** Their words as far as they are written. */
  customers: readonly Customer[];
}

/** What a token is called. */
export const tokenName = (token: number): string => (token === MARK ? "end" : LETTERS[token]!);

const tokenAt = (word: string, place: number): number =>
  place > word.length ? MARK : LETTERS.indexOf(word[place - 1]!);

/** The letter to look at: the one just written, or of whole words the first that came out otherwise; else the last. */
function placeOf(off: string, on: string, letter: number): number {
  const last = Math.min(Math.max(off.length, on.length) + 1, LONGEST);
  if (letter < LONGEST) return Math.min(Math.max(letter, 1), Math.min(off.length, on.length, LONGEST - 1) + 1);
  const parted = Array.from({length: last}, (_, i) => i + 1).find(
    (place) => tokenAt(off, place) !== tokenAt(on, place),
  );
  return parted ?? Math.max(1, Math.min(last, off.length));
}

const choiceOf = ({words, chances}: ForgeWriting, word: number, place: number): Choice => ({
  before: words[word]!.slice(0, place - 1),
  chances: chances[word]![place - 1]!,
  token: tokenAt(words[word]!, place),
});

/** The words as far as they are written, and in each the letter to look at. */
export function readForge([first]: Tape<ForgeSnapshot>, params: ForgeParams): ForgeResult {
  const {off, now, on, draws, losses, again, counts, customers} = first!;
  const {letter, word} = params;
  const slots = now.words.map((whole, n): Slot => {
    const [before, written, other] = [off.words[n]!, whole, on.words[n]!].map((one) => one.slice(0, letter)) as [
      string,
      string,
      string,
    ];
    return {off: before, now: written, on: other, changed: Array.from(written, (one, i) => one !== before[i])};
  });
  const turns = off.words.map((whole, n): ForgeTurn => {
    const place = placeOf(whole, on.words[n]!, letter);
    const [was, is, other] = [off, now, on].map((writing) => choiceOf(writing, n, place)) as [Choice, Choice, Choice];
    return {place, draw: draws[n]![place - 1]!, off: was, now: is, on: other};
  });
  return {
    ...{order: orderOf(params), slots, turns, isWhole: letter === LONGEST, losses, again, counts},
    customers: customers.map((one) => ({...one, words: one.words.map((whole) => whole.slice(0, letter))})),
    ...turns[word - 1]!,
  };
}

export const changedWords = ({slots}: ForgeResult): number => slots.filter(({off, now}) => off !== now).length;
