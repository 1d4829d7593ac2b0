/** The lab's base models: how each is trained and measured, and where its files are. */
import {readFileSync} from "node:fs";
import type {Decoder} from "../engine/kernels/decoder.ts";
import {logitsOf} from "../engine/kernels/logits.ts";
import {mulberry32} from "../engine/linalg/random.ts";
import {digitRecipe, type Recipe} from "../engine/training/pretraining.ts";
import {baseTasks, drawBatch, score} from "../engine/training/tasks.ts";
import {SPLIT_SEED} from "../engine/training/trials.ts";
import {batchOf, drawWords, splitWords, wordForge} from "../engine/training/words.ts";
import {unpackWords} from "../figures/shared/sortedWords.ts";
import {labFile, readJsonFile} from "./jsonFiles.ts";
import {englishWords, type ListName, listFile} from "./words.ts";

/** Measurements of a model by name. */
type Measures = Record<string, number>;

/** How a base model is made. */
interface BaseModel {
  recipe: Recipe;
  /** On held-out data: the share of exact answers, or nats per letter. */
  measure(decoder: Decoder): Measures;
}

/** Sequences of each operation that the digit machine is measured on, and the seed that draws them. */
const MEASURED_SEQUENCES = 2000;
const MEASURED_SEQUENCES_SEED = 99_991;

/** The share of the English words that is held out. */
const ENGLISH_SHARE = 0.05;

let englishSplit: ReturnType<typeof splitWords> | undefined;
/** The English words, split into training and held out; read at the first call. */
const splitEnglish = () => (englishSplit ??= splitWords(englishWords(), SPLIT_SEED, ENGLISH_SHARE));

/** English words that the word forge never saw. */
export const heldOutEnglish = (): readonly string[] => splitEnglish().heldOut;

/** A word list for adapters: four fifths for training, the rest held out. */
export const splitOf = (name: ListName) => splitWords(unpackWords(readFileSync(listFile(name), "utf8")), SPLIT_SEED);

/** The models by name. */
export const baseModels = {
  "digit-machine": {
    recipe: digitRecipe(1, 1200),
    measure(decoder) {
      const random = mulberry32(MEASURED_SEQUENCES_SEED);
      const exact = Object.entries(baseTasks).map(([name, task]) => {
        const batch = drawBatch([task], MEASURED_SEQUENCES, random);
        return [name, score(logitsOf(decoder)(batch.tokens, batch.B), batch).exact];
      });
      return Object.fromEntries(exact);
    },
  },
  "word-forge": {
    recipe: {
      sizes: wordForge,
      draw: (B, random) => drawWords(splitEnglish().training, B, random),
      B: 64,
      steps: 3000,
      seed: 1,
    },
    measure: (decoder) => ({
      english: decoder.loss(batchOf(splitEnglish().heldOut)),
      names: decoder.loss(batchOf(splitOf("names").heldOut)),
      french: decoder.loss(batchOf(splitOf("french").heldOut)),
      spanish: decoder.loss(batchOf(splitOf("spanish").heldOut)),
    }),
  },
} satisfies Record<string, BaseModel>;

/** The name of a base model, which its files have too. */
export type BaseModelName = keyof typeof baseModels;

/** The file of the model's card, with text by hand and numbers by the script. */
export const cardFile = (name: BaseModelName) => labFile(`${name}.json`);

/** The file of its weights: safetensors in base64 inside JSON, so that a bundler can include them. */
export const weightsFile = (name: BaseModelName) => labFile(`${name}.weights.json`);

/** The numbers of a card that the script writes. */
export interface ModelCardNumbers {
  command: string;
  parameters: number;
  training: {steps: number; batch: number; seed: number; sequences: number};
  /** Losses of the first steps, exact to the last bit for the test that repeats them. */
  firstLosses: number[];
  /** Steps, each with the mean loss since the one before. */
  curve: [step: number, loss: number][];
  heldOut: Measures;
  file: {format: string; bytes: number; sha256: string};
}

/** A model's card, read from its file. */
export const readCard = (name: BaseModelName): ModelCardNumbers & Record<string, unknown> =>
  readJsonFile(cardFile(name));
