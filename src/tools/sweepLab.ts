// Writes content/lab/sweep.json anew, a quarter of an hour of training; `npm run sweep:lab -- ranks` for a part of it.
import {existsSync} from "node:fs";
import {placeTransformer} from "../engine/kernels/decoder.ts";
import type {Kernels} from "../engine/kernels/kernels.ts";
import {logitsOf} from "../engine/kernels/logits.ts";
import type {LoraPlan} from "../engine/lora/loras.ts";
import {TARGETS, type Target} from "../engine/network/architecture.ts";
import type {Transformer} from "../engine/network/transformer.ts";
import {labTraining} from "../engine/training/adaptation.ts";
import {digitRecipe, makeBase} from "../engine/training/pretraining.ts";
import {baseTasks, newTasks, score} from "../engine/training/tasks.ts";
import {
  CHOICES,
  digitLesson,
  equalBudget,
  type Lesson,
  runTrial,
  toSixDigits,
  wordLesson,
} from "../engine/training/trials.ts";
import {splitOf} from "./baseModels.ts";
import {labFile, readJsonFile, writeJsonFile} from "./jsonFiles.ts";
import {baseNamed, createLabKernels} from "./loadBase.ts";
import {FULL_RATE} from "./trainOn.ts";

/** What is to be learned: a new task by the digit machine, or names by the word forge. */
type Subject = keyof typeof newTasks | "names";

/** A subject, what is trained on it, and at which rate. */
export interface SweepSetting {
  subject: Subject;
  plan: LoraPlan | "full";
  rate: number;
}

/** A setting and its results, one for each seed from 1 on: shares of exact answers, or nats a letter on held-out names. */
export interface SettingResults extends SweepSetting {
  results: number[];
}

/** A digit machine of other pretraining, and the results of the settings of `otherBaseSweep` on it. */
export interface OtherBase {
  seed: number;
  steps: number;
  /** The last loss of its pretraining. */
  loss: number;
  /** Before any adapter: for each operation it knows, the share of digits that it gets right if X replaces the symbol. */
  underX: Record<string, number>;
  /** The results of the settings of `otherBaseSweep`, in their order. */
  cells: SettingResults[];
}

/** What content/lab/sweep.json holds. */
export interface LabSweep {
  command: string;
  /** The seven choices of matrices on one budget; on names also two with W1 and W2, on nearly the same. */
  matrices: SettingResults[];
  ranks: SettingResults[];
  rates: SettingResults[];
  /** Each new task: two plans and full fine-tuning. */
  tasks: SettingResults[];
  bases: OtherBase[];
}

const RANKS = [1, 2, 4, 8, 16, 32];
const RATES = [3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1];

const DEFAULT_RATE = labTraining.rate;
const loraSetting = (subject: Subject, targets: readonly Target[], r: number, alpha: number): SweepSetting => ({
  subject,
  plan: {targets, r, alpha},
  rate: DEFAULT_RATE,
});
/** The seven choices of matrices of the paper's Table 5, with the budget of rank r on one matrix. */
const tableFiveSettings = (subject: Subject, r: number): SweepSetting[] =>
  CHOICES.map((targets) => ({subject, plan: equalBudget(targets, r), rate: DEFAULT_RATE}));
/** What is trained at every rate. */
const waysAtRates: readonly [Subject, LoraPlan | "full"][] = [
  ["reversePlusOne", {targets: ["Wq", "Wv"], r: 4, alpha: 8}],
  ["reversePlusOne", {targets: TARGETS, r: 4, alpha: 8}],
  ["reversePlusOne", "full"],
  ["names", {targets: TARGETS, r: 4, alpha: 8}],
  ["names", "full"],
];

/** The settings of each part, and how many seeds each is tried with. */
export const labSweepParts = {
  matrices: {
    seeds: 10,
    settings: [
      ...tableFiveSettings("reversePlusOne", 8),
      ...tableFiveSettings("rotateTwo", 8),
      ...tableFiveSettings("names", 16),
      loraSetting("names", ["W1", "W2"], 3, 6),
      loraSetting("names", TARGETS, 2, 4),
    ],
  },
  ranks: {
    seeds: 5,
    settings: [
      ...RANKS.map((r) => loraSetting("names", TARGETS, r, 8)),
      {subject: "names", plan: "full", rate: FULL_RATE} as SweepSetting,
      ...RANKS.map((r) => loraSetting("reversePlusOne", ["Wq", "Wv"], r, 2 * r)),
      ...RANKS.map((r) => loraSetting("plusThree", ["Wq", "Wv"], r, 2 * r)),
      ...RANKS.map((r) => loraSetting("reversePermute", TARGETS, r, 2 * r)),
    ],
  },
  rates: {seeds: 5, settings: waysAtRates.flatMap(([subject, plan]) => RATES.map((rate) => ({subject, plan, rate})))},
  tasks: {
    seeds: 5,
    settings: (Object.keys(newTasks) as Subject[]).flatMap((subject) => [
      loraSetting(subject, ["Wq", "Wv"], 4, 8),
      loraSetting(subject, TARGETS, 4, 8),
      {subject, plan: "full", rate: FULL_RATE} as SweepSetting,
    ]),
  },
} satisfies Record<string, {seeds: number; settings: readonly SweepSetting[]}>;

/** The digit machines besides the one that is kept, the settings that are tried on each, and with how many seeds. */
export const otherBaseSweep = {
  seeds: 3,
  settings: [...tableFiveSettings("reversePlusOne", 8), ...tableFiveSettings("rotateTwo", 8)],
  bases: [1, 2, 3, 4, 5, 6].flatMap((seed) => [500, 1200].map((steps) => ({seed, steps}))),
};

const lessons = new Map<Subject, Lesson>();
/** The lesson of a subject, made once. */
function lessonOf(subject: Subject): Lesson {
  const lesson =
    lessons.get(subject) ?? (subject === "names" ? wordLesson(splitOf("names")) : digitLesson(newTasks[subject]));
  lessons.set(subject, lesson);
  return lesson;
}

/** The result of one setting with one seed. */
export function runSetting(
  kernels: Kernels,
  base: Transformer,
  {subject, plan, rate}: SweepSetting,
  seed: number,
): number {
  const run = runTrial(kernels, base, lessonOf(subject), plan, seed, {...labTraining, rate});
  for (;;) {
    const {done, value} = run.next();
    if (done) return toSixDigits(value);
  }
}

/** The base model that a subject is taught to. */
export const baseForSubject = (subject: Subject) => baseNamed(subject === "names" ? "word-forge" : "digit-machine");

/** For each operation, the share of digits that a model gets right if X replaces its symbol. */
function digitsUnderX(base: Transformer): Record<string, number> {
  const logits = logitsOf(placeTransformer(createLabKernels(), base));
  const shares = Object.entries(baseTasks).map(([name, {answer}]) => {
    const {scoredInputs} = digitLesson({symbol: "X", answer});
    const {digits} = score(logits(scoredInputs.tokens, scoredInputs.B), scoredInputs);
    return [name, Number(digits.toFixed(4))];
  });
  return Object.fromEntries(shares);
}

/** A digit machine pretrained from this seed for so many steps, rounded as in a file, with its last loss and what it does under X. */
export function makeOtherBase(seed: number, steps: number): {base: Transformer} & Pick<OtherBase, "loss" | "underX"> {
  const run = makeBase(createLabKernels(), digitRecipe(seed, steps));
  let loss = Number.NaN;
  for (;;) {
    const {done, value} = run.next();
    if (done) return {base: value, loss: Number(loss.toPrecision(4)), underX: digitsUnderX(value)};
    ({loss} = value);
  }
}

const seedsUpTo = (n: number) => Array.from({length: n}, (_, i) => i + 1);

/** Runs every setting with seeds 1 to `seeds`, and prints a line for each. */
export function runSettings(
  settings: readonly SweepSetting[],
  seeds: number,
  baseOf: (subject: Subject) => Transformer,
): SettingResults[] {
  const kernels = createLabKernels();
  return settings.map((setting) => {
    const results = seedsUpTo(seeds).map((seed) => runSetting(kernels, baseOf(setting.subject), setting, seed));
    process.stdout.write(`${JSON.stringify({...setting, results})}\n`);
    return {...setting, results};
  });
}

const file = labFile("sweep.json");
/** The file as it is stored. */
export const readLabSweep = (): LabSweep => readJsonFile(file);

/** The parts of the file, in the order in which they are made. */
const partNames = [...(Object.keys(labSweepParts) as (keyof typeof labSweepParts)[]), "bases"] as const;

if (import.meta.main) {
  const requested = process.argv.slice(2);
  const unknown = requested.find((part) => !partNames.some((name) => name === part));
  if (unknown !== undefined)
    throw new Error(`sweep:lab: there is no part ${unknown}; there are ${partNames.join(", ")}`);
  for (const part of partNames.filter((name) => requested.length === 0 || requested.includes(name))) {
    const results =
      part === "bases"
        ? sweepOtherBases()
        : runSettings(labSweepParts[part].settings, labSweepParts[part].seeds, baseForSubject);
    // Written after each part, so that it is kept if the rest is interrupted.
    writeJsonFile(file, {...(existsSync(file) ? readLabSweep() : {}), command: "npm run sweep:lab", [part]: results});
  }
}

/** Pretrains every other digit machine and runs the settings on it. */
function sweepOtherBases(): OtherBase[] {
  return otherBaseSweep.bases.map(({seed, steps}) => {
    const {base, loss, underX} = makeOtherBase(seed, steps);
    process.stdout.write(`digit machine of seed ${seed}, ${steps} steps: loss ${loss}\n`);
    return {seed, steps, loss, underX, cells: runSettings(otherBaseSweep.settings, otherBaseSweep.seeds, () => base)};
  });
}
