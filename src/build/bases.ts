/** The lab's base models: how each is trained, how it is measured, and where its files stand. */
import {readFileSync} from "node:fs";
import type {Decoder} from "../engine/kernels/decoder.ts";
import {logitsOf} from "../engine/kernels/logits.ts";
import type {Recipe} from "../engine/pretraining.ts";
import {mulberry32} from "../engine/random.ts";
import {baseTasks, digitMachine, drawBatch, score} from "../engine/tasks.ts";

/** What is measured of a model: a number a name. */
export type Measures = Record<string, number>;

/** A base model as the script makes it. */
export interface Making {
  recipe: Recipe;
  /** On data that the training has not drawn. */
  measure(decoder: Decoder): Measures;
}

/** Sequences of each operation that the digit machine is measured on, and the seed they are drawn from. */
export const FRESH = 2000;
export const FRESH_SEED = 99_991;

const tasks = Object.values(baseTasks);

export const makings = {
  "digit-machine": {
    recipe: {sizes: digitMachine, draw: (B, random) => drawBatch(tasks, B, random), B: 64, steps: 1200, seed: 1},
    measure(decoder) {
      const random = mulberry32(FRESH_SEED);
      const exact = Object.entries(baseTasks).map(([name, task]) => {
        const batch = drawBatch([task], FRESH, random);
        return [name, score(logitsOf(decoder)(batch.tokens, batch.B), batch).exact];
      });
      return Object.fromEntries(exact);
    },
  },
} satisfies Record<string, Making>;
export type BaseName = keyof typeof makings;

/** The model's card: a person's words, and the numbers that the script writes. */
export const cardFile = (name: BaseName) => new URL(`../../content/lab/${name}.json`, import.meta.url).pathname;

/** Its weights: a safetensors file in base64, so that a page has them without asking for a file. */
export const weightsFile = (name: BaseName) =>
  new URL(`../../content/lab/${name}.weights.json`, import.meta.url).pathname;

/** What the script writes of a card. */
export interface Made {
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
export const readCard = (name: BaseName): Made & Record<string, unknown> =>
  JSON.parse(readFileSync(cardFile(name), "utf8"));
