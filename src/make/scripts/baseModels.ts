/** The lab's base models: how each is trained, how it is measured, and where its files stand. */
import {readFileSync} from "node:fs";
import type {Decoder} from "../../engine/kernels/decoder.ts";
import {logitsOf} from "../../engine/kernels/logits.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {digitRecipe, type Recipe} from "../../engine/training/pretraining.ts";
import {baseTasks, drawBatch, score} from "../../engine/training/tasks.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, drawWords, heldOut, wordForge} from "../../engine/training/words.ts";
import {englishWords, type ListName, listFile} from "./words.ts";

/** What is measured of a model: a number a name. */
type Measures = Record<string, number>;

/** A base model as the script makes it. */
export interface BaseModel {
  recipe: Recipe;
  /** On data it was not trained on: the share of exact answers, or nats a letter. */
  measure(decoder: Decoder): Measures;
}

/** Sequences of each operation that the digit machine is measured on, and the seed they are drawn from. */
const FRESH = 2000;
const FRESH_SEED = 99_991;

/** The share of the English words that is held out. */
const ENGLISH_SHARE = 0.05;

let split: ReturnType<typeof heldOut> | undefined;
/** The English words, for training and held out; read when they are first asked for. */
const english = () => (split ??= heldOut(englishWords(), SPLIT_SEED, ENGLISH_SHARE));

/** The words of a list for adapters, four fifths to train on and the rest held out. */
export const splitOf = (name: ListName) =>
  heldOut(readFileSync(listFile(name), "utf8").trimEnd().split("\n"), SPLIT_SEED);

export const baseModels = {
  "digit-machine": {
    recipe: digitRecipe(1, 1200),
    measure(decoder) {
      const random = mulberry32(FRESH_SEED);
      const exact = Object.entries(baseTasks).map(([name, task]) => {
        const batch = drawBatch([task], FRESH, random);
        return [name, score(logitsOf(decoder)(batch.tokens, batch.B), batch).exact];
      });
      return Object.fromEntries(exact);
    },
  },
  "word-forge": {
    recipe: {
      sizes: wordForge,
      draw: (B, random) => drawWords(english().training, B, random),
      B: 64,
      steps: 3000,
      seed: 1,
    },
    measure: (decoder) => ({
      english: decoder.loss(batchOf(english().heldOut)),
      names: decoder.loss(batchOf(splitOf("names").heldOut)),
      french: decoder.loss(batchOf(splitOf("french").heldOut)),
      spanish: decoder.loss(batchOf(splitOf("spanish").heldOut)),
    }),
  },
} satisfies Record<string, BaseModel>;
export type BaseName = keyof typeof baseModels;

/** The model's card: a person's words, and the numbers that the script writes. */
export const cardFile = (name: BaseName) => new URL(`../../../content/lab/${name}.json`, import.meta.url).pathname;

/** Its weights: a safetensors file in base64, so that a page has them without asking for a file. */
export const weightsFile = (name: BaseName) =>
  new URL(`../../../content/lab/${name}.weights.json`, import.meta.url).pathname;

/** What the script writes of a card. */
export interface Measured {
  command: string;
  parameters: number;
  training: {steps: number; batch: number; seed: number; sequences: number};
  /** Losses of the first steps to the last bit, for the test that repeats them. */
  firstLosses: number[];
  /** Steps, and the mean loss of those since the line before. */
  curve: [step: number, loss: number][];
  heldOut: Measures;
  file: {format: string; bytes: number; sha256: string};
}

/** A card and the numbers in it. */
export const readCard = (name: BaseName): Measured & Record<string, unknown> =>
  JSON.parse(readFileSync(cardFile(name), "utf8"));
