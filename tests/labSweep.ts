// Writes content/lab/sweep.json anew, a quarter of an hour of training; `npm run sweep:lab -- ranks` for a part of it.
import {readFileSync} from "node:fs";
import {makings, splitOf} from "../src/build/bases.ts";
import {writeJson} from "../src/build/writeJson.ts";
import {adaptation} from "../src/engine/adaptation.ts";
import {TARGETS, type Target, weightLayout} from "../src/engine/architecture.ts";
import type {Kernels} from "../src/engine/kernels/kernels.ts";
import type {LoraPlan} from "../src/engine/loras.ts";
import {allocate} from "../src/engine/parameters.ts";
import {pretrain} from "../src/engine/pretraining.ts";
import {newTasks} from "../src/engine/tasks.ts";
import type {Transformer} from "../src/engine/transformer.ts";
import {CHOICES, digitLesson, equalBudget, type Lesson, trial, wordLesson} from "../src/engine/trials.ts";
import {baseNamed, freshKernels} from "./bases.ts";

/** What is learned: a new task of the digit machine, or names by the word forge. */
export type Subject = keyof typeof newTasks | "names";

/** One way to learn it, before it is tried. */
export interface Setting {
  subject: Subject;
  plan: LoraPlan | "full";
  rate: number;
}

/** Its results: one a seed, from seed 1 on; shares of exact answers, or nats a letter on held-out names. */
export interface Cell extends Setting {
  results: number[];
}

/** The same settings on digit machines of other pretraining. */
export interface OtherBase {
  seed: number;
  steps: number;
  loss: number;
  cells: Cell[];
}

/** What the file holds. */
export interface LabSweep {
  command: string;
  /** Budgets equal: which matrices. */
  matrices: Cell[];
  ranks: Cell[];
  rates: Cell[];
  bases: OtherBase[];
}

const RANKS = [1, 2, 4, 8, 16, 32];
const RATES = [3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1];
/** What full fine-tuning does well with on names, of RATES. */
const FULL_RATE = 3e-3;

const {rate} = adaptation;
const lora = (subject: Subject, targets: readonly Target[], r: number, alpha: number): Setting => ({
  subject,
  plan: {targets, r, alpha},
  rate,
});
const tableFive = (subject: Subject, r: number): Setting[] =>
  CHOICES.map((targets) => ({subject, plan: equalBudget(targets, r), rate}));
const ways: readonly [Subject, LoraPlan | "full"][] = [
  ["reversePlusOne", {targets: ["Wq", "Wv"], r: 4, alpha: 8}],
  ["reversePlusOne", {targets: TARGETS, r: 4, alpha: 8}],
  ["reversePlusOne", "full"],
  ["names", {targets: TARGETS, r: 4, alpha: 8}],
  ["names", "full"],
];

/** The settings of each part, and how many seeds each is tried with. */
export const parts = {
  matrices: {
    seeds: 10,
    settings: [
      ...tableFive("reversePlusOne", 8),
      ...tableFive("rotateTwo", 8),
      ...tableFive("names", 16),
      lora("names", ["W1", "W2"], 3, 6),
      lora("names", TARGETS, 2, 4),
    ],
  },
  ranks: {
    seeds: 5,
    settings: [
      ...RANKS.map((r) => lora("names", TARGETS, r, 8)),
      {subject: "names", plan: "full", rate: FULL_RATE} as Setting,
      ...RANKS.map((r) => lora("reversePlusOne", ["Wq", "Wv"], r, 2 * r)),
      ...RANKS.map((r) => lora("plusThree", ["Wq", "Wv"], r, 2 * r)),
      ...RANKS.map((r) => lora("reversePermute", TARGETS, r, 2 * r)),
    ],
  },
  rates: {seeds: 5, settings: ways.flatMap(([subject, plan]) => RATES.map((rate) => ({subject, plan, rate})))},
} satisfies Record<string, {seeds: number; settings: readonly Setting[]}>;

/** Digit machines besides the one that is kept, and how many adapters are tried on each choice of matrices. */
export const others = {
  seeds: 3,
  settings: [...tableFive("reversePlusOne", 8), ...tableFive("rotateTwo", 8)],
  bases: [1, 2, 3, 4, 5, 6].flatMap((seed) => [500, 1200].map((steps) => ({seed, steps}))),
};

const lessons = new Map<Subject, Lesson>();
function lessonOf(subject: Subject): Lesson {
  const lesson =
    lessons.get(subject) ?? (subject === "names" ? wordLesson(splitOf("names")) : digitLesson(newTasks[subject]));
  lessons.set(subject, lesson);
  return lesson;
}

/** The result of one setting with one seed. */
export function tried(kernels: Kernels, base: Transformer, {subject, plan, rate}: Setting, seed: number): number {
  const run = trial(kernels, base, lessonOf(subject), plan, seed, {...adaptation, rate});
  for (;;) {
    const {done, value} = run.next();
    if (done) return Number(value.toPrecision(6));
  }
}

/** The base model that a subject is taught to. */
export const baseFor = (subject: Subject) => baseNamed(subject === "names" ? "word-forge" : "digit-machine");

/** A digit machine of that seed and length, and its last loss. */
export function otherBase(seed: number, steps: number): {base: Transformer; loss: number} {
  const {recipe} = makings["digit-machine"];
  let [loss, params] = [Number.NaN, new Float64Array()];
  for (const snapshot of pretrain(freshKernels(), {...recipe, seed, steps}))
    [loss, params] = [snapshot.loss, snapshot.params as typeof params];
  return {
    base: {sizes: recipe.sizes, weights: allocate(weightLayout(recipe.sizes), params), attached: []},
    loss: Number(loss.toPrecision(4)),
  };
}

const seedsUpTo = (n: number) => Array.from({length: n}, (_, i) => i + 1);

function cells(settings: readonly Setting[], seeds: number, baseOf: (subject: Subject) => Transformer): Cell[] {
  const kernels = freshKernels();
  return settings.map((setting) => {
    const results = seedsUpTo(seeds).map((seed) => tried(kernels, baseOf(setting.subject), setting, seed));
    process.stdout.write(`${JSON.stringify({...setting, results})}\n`);
    return {...setting, results};
  });
}

const file = new URL("../content/lab/sweep.json", import.meta.url).pathname;
export const readLabSweep = (): LabSweep => JSON.parse(readFileSync(file, "utf8"));

if (import.meta.main) {
  const asked = process.argv.slice(2);
  const isAsked = (part: string) => asked.length === 0 || asked.includes(part);
  const sweep = {...(asked.length > 0 ? readLabSweep() : {}), command: "npm run sweep:lab"} as LabSweep;
  for (const part of ["matrices", "ranks", "rates"] as const) {
    if (isAsked(part)) sweep[part] = cells(parts[part].settings, parts[part].seeds, baseFor);
  }
  if (isAsked("bases"))
    sweep.bases = others.bases.map(({seed, steps}) => {
      const {base, loss} = otherBase(seed, steps);
      process.stdout.write(`digit machine of seed ${seed}, ${steps} steps: loss ${loss}\n`);
      return {seed, steps, loss, cells: cells(others.settings, others.seeds, () => base)};
    });
  writeJson(file, sweep);
}
