// Writes content/practice/curves.json anew, some seconds of training: `npm run sweep:curves`.
import type {Kernels} from "../engine/kernels/kernels.ts";
import type {LoraPlan} from "../engine/lora/loras.ts";
import {TARGETS} from "../engine/network/architecture.ts";
import type {Batch} from "../engine/network/transformer.ts";
import {labTraining} from "../engine/training/adaptation.ts";
import {batchOf} from "../engine/training/words.ts";
import {splitOf} from "./baseModels.ts";
import {drawFrom, heldOutBatches, listOfNames, ownWords, QUERIES_AND_VALUES, wordForgeBase} from "./forgeRuns.ts";
import {readJsonFile, writeJsonFile} from "./jsonFiles.ts";
import {createLabKernels} from "./loadBase.ts";
import {trainOn} from "./trainOn.ts";

/** The seed of every run. */
const SEED = 7;
/** How many times a run is measured after its start. */
const MEASUREMENTS = 40;

const names = splitOf("names").training;
const everyMatrix = (r: number, alpha = 8): LoraPlan => ({targets: TARGETS, r, alpha});
const queries = (r: number): LoraPlan => ({targets: ["Wq"], r, alpha: 8});

/** A run: what is trained, on which names (all if left out), at which rate and for how long. */
interface Run {
  plan: LoraPlan;
  words?: readonly string[];
  rate?: number;
  steps?: number;
}

/** A curve: its label, the run it comes from, and a function that gives the words on which the loss is taken. */
interface PlannedCurve {
  name: string;
  run: Run;
  on: (kernels: Kernels) => Batch;
}

const unseenNames = () => heldOutBatches.names;
const GOOD_RUN: Run = {plan: everyMatrix(4)};
const twentyNames = listOfNames(20);
const thousandNames = listOfNames(1024);
const byHeart = (r: number): PlannedCurve => ({
  name: `rank ${r}`,
  run: {plan: everyMatrix(r), words: thousandNames, steps: 2000, rate: 0.01},
  on: () => batchOf(thousandNames),
});

/** Two curves for each picture, both in nats a letter. */
export const PICTURES = {
  high: [
    {name: "this rate", run: {...GOOD_RUN, rate: 0.316}, on: unseenNames},
    {name: "a thirtieth of it", run: GOOD_RUN, on: unseenNames},
  ],
  low: [
    {name: "this rate", run: {...GOOD_RUN, rate: 0.0001}, on: unseenNames},
    {name: "a hundred times it", run: GOOD_RUN, on: unseenNames},
  ],
  floor: [byHeart(1), byHeart(16)],
  few: [
    {name: "unseen names", run: {...GOOD_RUN, words: twentyNames}, on: unseenNames},
    {name: "the twenty", run: {...GOOD_RUN, words: twentyNames}, on: () => batchOf(twentyNames)},
  ],
  matrices: [
    {name: "queries, rank 4", run: {plan: queries(4)}, on: unseenNames},
    {name: "queries, rank 16", run: {plan: queries(16)}, on: unseenNames},
  ],
  scale: [
    // α/r with α = 8 · 16 and r = 16 is what a program has that forgets to divide.
    {name: "rank 16, not divided", run: {plan: everyMatrix(16, 8 * 16)}, on: unseenNames},
    {name: "rank 16, divided", run: {plan: everyMatrix(16)}, on: unseenNames},
  ],
  forgetting: [
    {name: "old words", run: {plan: QUERIES_AND_VALUES}, on: ownWords},
    {name: "names", run: {plan: QUERIES_AND_VALUES}, on: unseenNames},
  ],
  well: [
    {name: "unseen names", run: GOOD_RUN, on: unseenNames},
    {name: "names it learns from", run: GOOD_RUN, on: () => batchOf(listOfNames(heldOutBatches.names.B))},
  ],
} as const satisfies Record<string, readonly [PlannedCurve, PlannedCurve]>;
type PictureName = keyof typeof PICTURES;

/** A curve in the file. */
export interface StoredCurve {
  name: string;
  /** Steps between two losses; the first is before any step. */
  every: number;
  losses: number[];
}

/** The losses of one curve. */
export function curveOf(kernels: Kernels, {name, run, on}: PlannedCurve): StoredCurve {
  const {plan, words = names, rate = labTraining.rate, steps = labTraining.steps} = run;
  const batch = on(kernels);
  const every = steps / MEASUREMENTS;
  const losses: number[] = [];
  const course = {draw: drawFrom(words), seed: SEED, training: {...labTraining, rate, steps}};
  trainOn(kernels, wordForgeBase, plan, course, ({step}, decoder) => {
    if (step % every === 0) losses.push(Number(decoder.loss(batch).toFixed(3)));
  });
  return {name, every, losses};
}

/** What content/practice/curves.json holds. */
export interface StoredCurves {
  command: string;
  unit: string;
  pictures: Record<PictureName, [StoredCurve, StoredCurve]>;
}

const file = new URL("../../content/practice/curves.json", import.meta.url).pathname;
/** The file as it is stored. */
export const readCurves = (): StoredCurves => readJsonFile(file);

if (import.meta.main) {
  const kernels = createLabKernels();
  const pictures = Object.fromEntries(
    Object.entries(PICTURES).map(([id, curves]) => [id, curves.map((one) => curveOf(kernels, one))]),
  );
  writeJsonFile(file, {command: "npm run sweep:curves", unit: "nats a letter; the word forge, seed 7", pictures});
}
