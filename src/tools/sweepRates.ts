/**
 * Trains the runs of the rates figure that rates.seeds.json lacks (half an hour for all) and summarizes them in rates.json. Delete
 * rates.seeds.json to make both anew; `npm run sweep:rates -- forge` makes a part.
 */
import {existsSync} from "node:fs";
import type {Kernels} from "../engine/kernels/kernels.ts";
import {TARGETS} from "../engine/network/architecture.ts";
import type {Transformer} from "../engine/network/transformer.ts";
import {labTraining} from "../engine/training/adaptation.ts";
import {newTasks} from "../engine/training/tasks.ts";
import {digitLesson, type Lesson, wordLesson} from "../engine/training/trials.ts";
import {alphas, type Coupling, SWEPT_RANKS, SWEPT_RATES} from "../figures/rates/controls.ts";
import {splitOf} from "./baseModels.ts";
import {baseLoss, byHeartLoss, firstNames, LIST_LENGTHS, learnedLoss} from "./capacityRuns.ts";
import {labFile, readJsonFile, writeJsonFile} from "./jsonFiles.ts";
import {baseNamed, createLabKernels} from "./loadBase.ts";
import {trainOn} from "./trainOn.ts";

/** What learns: the word forge names, or the digit machine a new operation. */
export type SweptTask = "forge" | "digits";

/** What is trained: all weights, or LoRA on every matrix at this rank. */
type Way = "full" | {r: number; coupling: Coupling};

/** The learning rates, each a grid step above the one before. */
export const RATES = SWEPT_RATES.map(Number);
/** How many seeds, from 1 on, each rate is tried with, and how many those near the best rate of seed 1. */
export const [SEEDS, SEEDS_NEAR_BEST] = [1, 5];
/** Rates at most this many places from the best are near it. */
export const NEAR_RATES = 3;
/** How many seeds, from 1 on, the runs that learn names by heart have. */
const CAPACITY_SEEDS = 3;
/** The steps of a run, and the step after which it is measured too. */
export const [STEPS, EARLY_STEP] = [600, 200];

/** One curve for each way. At r = 4 the couplings agree, so it is run once. */
export const sweptWays: readonly Way[] = [
  "full",
  ...SWEPT_RANKS.flatMap((r) =>
    (Object.keys(alphas) as Coupling[])
      .filter((coupling) => r !== 4 || coupling === "double")
      .map((coupling) => ({r, coupling})),
  ),
];

/** Losses of a way: a row for each rate, in it a number for each seed; null where the loss is not finite. */
export interface RateCurve {
  way: Way;
  /** After STEPS steps. */
  end: (number | null)[][];
  /** After EARLY_STEP steps. */
  early: (number | null)[][];
}

const lessons: Readonly<Record<SweptTask, () => Lesson>> = {
  forge: () => wordLesson(splitOf("names")),
  digits: () => {
    const {draw, scoredInputs} = digitLesson(newTasks.reversePermute);
    return {draw, measure: (decoder) => decoder.loss(scoredInputs)};
  },
};

const tasks = new Map<SweptTask, {base: Transformer; lesson: Lesson}>();
/** The base model of a task and what it should learn, made once. */
function taskNamed(task: SweptTask) {
  const entry = tasks.get(task) ?? {
    base: baseNamed(task === "forge" ? "word-forge" : "digit-machine"),
    lesson: lessons[task](),
  };
  tasks.set(task, entry);
  return entry;
}

/** A loss to four digits, as another seed changes the third already; null for one that is not finite. */
export const fourDigits = (loss: number) => (Number.isFinite(loss) ? Number(loss.toPrecision(4)) : null);

const planOf = ({r, coupling}: Exclude<Way, "full">) => ({targets: TARGETS, r, alpha: alphas[coupling](r)});

/** The losses of one run on held-out data, in nats a letter or a digit: on the way and at the end. */
export function runAtRate(kernels: Kernels, task: SweptTask, way: Way, rate: number, seed: number) {
  const {base, lesson} = taskNamed(task);
  const course = {draw: lesson.draw, seed, training: {...labTraining, rate, steps: STEPS}};
  let [early, end] = [Number.NaN, Number.NaN];
  trainOn(kernels, base, way === "full" ? way : planOf(way), course, ({step}, decoder) => {
    if (step === EARLY_STEP) early = lesson.measure(decoder);
    if (step === STEPS) end = lesson.measure(decoder);
  });
  return {early: fourDigits(early), end: fourDigits(end)};
}

/** The file of every run, and the smaller one that the figure loads. */
const seedsFile = labFile("rates.seeds.json");
const summaryFile = labFile("rates.json");

/** A list of names to learn by heart: its length, and nats a letter before training, for a model that knows it, and after training at each rank. */
interface LearnedNames {
  names: number;
  base: number;
  byHeart: number;
  /** By rank, a number for each seed. */
  ranks: Record<string, number[]>;
}

/** What the file of every run holds. */
export interface RateSweep {
  forge: RateCurve[];
  digits: RateCurve[];
  capacity: LearnedNames[];
}

/** "full", or rank and coupling: "16 root". */
export const rateWayName = (way: Way): string => (way === "full" ? way : `${way.r} ${way.coupling}`);

const SWEPT_TASKS = ["forge", "digits"] as const;
/** Losses by the way's name: a row for each rate, in it a number for each seed. */
type Rows = Record<string, (number | null)[][]>;
/** The file's own form: rows by task and by the way's name. */
type StoredRates = Record<"end" | "early", Record<SweptTask, Rows>> & Pick<RateSweep, "capacity">;

/** The runs that are stored. */
export function readRates(): RateSweep {
  const {end, early, capacity} = readJsonFile<StoredRates>(seedsFile);
  const curves = (task: SweptTask): RateCurve[] =>
    sweptWays.map((way) => ({way, end: end[task][rateWayName(way)]!, early: early[task][rateWayName(way)]!}));
  return {forge: curves("forge"), digits: curves("digits"), capacity};
}

/** Lowest, middle and highest loss of an odd number of seeds, or that of a single one; the digit machine's to three digits. */
export function seedRange(losses: readonly (number | null)[], task: SweptTask): (number | null)[] {
  const sorted = losses.map((loss) => loss ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const range = sorted.length > 1 ? [sorted[0]!, sorted[(sorted.length - 1) / 2]!, sorted.at(-1)!] : sorted;
  return range.map((loss) => (Number.isFinite(loss) ? Number(loss.toPrecision(task === "forge" ? 4 : 3)) : null));
}

/** Curves without any run. */
const emptyCurves = (): RateCurve[] =>
  sweptWays.map((way) => ({way, end: RATES.map(() => []), early: RATES.map(() => [])}));

/** The index of the rate with the lowest loss of the first seed, which all rates have. */
export function lowestIndex(end: RateCurve["end"]): number {
  const first = end.map(([loss]) => loss ?? Number.POSITIVE_INFINITY);
  return first.indexOf(Math.min(...first));
}

/** How many seeds a rate is tried with that is `places` places from the best. */
export function seedsAt(places: number): number {
  return places <= NEAR_RATES ? SEEDS_NEAR_BEST : SEEDS;
}

/** Writes both files with a part replaced, so that it is kept if the rest is interrupted. */
function save(part: Partial<RateSweep>) {
  const all: Partial<RateSweep> = {...(existsSync(seedsFile) ? readRates() : {}), ...part};
  const rows = (task: SweptTask, when: "end" | "early"): Rows =>
    Object.fromEntries((all[task] ?? emptyCurves()).map((curve) => [rateWayName(curve.way), curve[when]]));
  const rowsByTask = (when: "end" | "early") => Object.fromEntries(SWEPT_TASKS.map((task) => [task, rows(task, when)]));
  const {capacity} = all;
  const command = "npm run sweep:rates";
  writeJsonFile(seedsFile, {command, end: rowsByTask("end"), early: rowsByTask("early"), ...(capacity && {capacity})});
  writeJsonFile(summaryFile, {command, ...summaryOf(rowsByTask("end")), ...(capacity && {capacity})});
}

/** From the losses after all steps, those that the figure loads: `seedRange` for each rate. */
export const summaryOf = (end: Record<string, Rows>): Record<string, Rows> =>
  Object.fromEntries(
    SWEPT_TASKS.map((task) => [
      task,
      Object.fromEntries(
        Object.entries(end[task]!).map(([way, rows]) => [way, rows.map((losses) => seedRange(losses, task))]),
      ),
    ]),
  );

/** Trains what the file lacks, way by way and seed by seed. */
function sweep(task: SweptTask) {
  const kernels = createLabKernels();
  const curves = (existsSync(seedsFile) && readRates()[task]) || emptyCurves();
  for (let seed = 1; seed <= SEEDS_NEAR_BEST; seed++)
    for (const {way, end, early} of curves) {
      const lowest = lowestIndex(end);
      const missing = RATES.map((_, i) => i).filter(
        (i) => end[i]!.length < seed && seedsAt(Math.abs(i - lowest)) >= seed,
      );
      if (missing.length === 0) continue;
      for (const i of missing) {
        const losses = runAtRate(kernels, task, way, RATES[i]!, seed);
        end[i]!.push(losses.end);
        early[i]!.push(losses.early);
      }
      const row = end.map((losses) => losses[seed - 1] ?? "-").join(" ");
      process.stdout.write(`${task}, seed ${seed}: ${JSON.stringify(way)} ${row}\n`);
      save({[task]: curves});
    }
}

/** The entry of a list of names that no rank has learned yet: its losses before training, and of a model that knows exactly this list. */
export function unlearnedNames(kernels: Kernels, names: number): LearnedNames {
  const byHeart = fourDigits(byHeartLoss(firstNames(names)))!;
  return {names, base: fourDigits(baseLoss(kernels, names))!, byHeart, ranks: {}};
}

/** Trains the runs that learn names by heart, as far as the file lacks them. */
function sweepCapacity() {
  const kernels = createLabKernels();
  const lists =
    (existsSync(seedsFile) && readRates().capacity) || LIST_LENGTHS.map((names) => unlearnedNames(kernels, names));
  for (let seed = 1; seed <= CAPACITY_SEEDS; seed++)
    for (const r of SWEPT_RANKS) {
      for (const {names, ranks} of lists) {
        const losses = ranks[r] ?? [];
        if (losses.length < seed) losses.push(fourDigits(learnedLoss(kernels, r, names, seed))!);
        ranks[r] = losses;
      }
      process.stdout.write(
        `capacity, seed ${seed}, rank ${r}: ${lists.map(({ranks}) => ranks[r]!.at(-1)).join(" ")}\n`,
      );
      save({capacity: lists});
    }
}

if (import.meta.main) {
  const requested = process.argv.slice(2);
  const isRequested = (part: string) => requested.length === 0 || requested.includes(part);
  if (isRequested("forge")) sweep("forge");
  if (isRequested("capacity")) sweepCapacity();
  if (isRequested("digits")) sweep("digits");
}
