/** What a reader can set: the settings of a run, and how a trained run is used, kept and guessed. */

import {
  type Choice,
  choice,
  type HiddenText,
  hiddenText,
  isVisible,
  type Params,
  range,
} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {keptRunsOf, MAX_KEPT} from "../shared/keptRuns.ts";
import {isList, LISTS, type List, OPERATIONS, type Operation, type TaskName} from "../shared/taskNames.ts";
import {stepsFor, storedWords} from "./own/words.ts";

/** What the lab teaches: a list or an operation of the site, or the reader's own words. */
export type LabTask = TaskName | "own";

/** Whether the word forge learns this task; the digit machine learns the others. */
export const isOfWords = (task: LabTask): task is List | "own" => task === "own" || isList(task);

/** Steps of a run, and the steps between two evaluations. */
export const LAB_STEPS = 200;
export const EVALUATE_EVERY = 10;

/** Kilobytes of the weights of each machine; a test compares them with the files. */
export const WEIGHT_KILOBYTES = {words: 54, digits: 53};

/** The default learning rate of each method: one at which it trains well. */
export const DEFAULT_RATES = {lora: "0.01", bottleneck: "0.01", prefix: "0.03", full: "0.003"} as const;

/** The matrices of a layer that can be adapted, in the order of the engine's TARGETS; a link names each by its letter. */
export const labMatrices = [
  {letter: "q", target: "Wq"},
  {letter: "k", target: "Wk"},
  {letter: "v", target: "Wv"},
  {letter: "o", target: "Wo"},
  {letter: "1", target: "W1"},
  {letter: "2", target: "W2"},
] as const;
export const MATRIX_LETTERS: string = labMatrices.map(({letter}) => letter).join("");

/** Layers of either machine. */
export const LAYERS = 2;

/** The matrices that a text such as "qv" names. */
export const matricesNamed = (on: string) => labMatrices.filter(({letter}) => on.includes(letter));

/** What a reader can type for each machine. */
export const INPUT_HINTS = {
  words: "Letters a to z only.",
  digits:
    "Six digits ask for the new operation; C, R, I, D or L before them for an old one: copy, reverse, +1, −1, rotate.",
};

const matricesControl: HiddenText = {
  ...hiddenText(["matrices"], MATRIX_LETTERS.length, (text) =>
    text === [...MATRIX_LETTERS].filter((letter) => text.includes(letter)).join("")
      ? undefined
      : `“${text}” names no matrices; use letters of ${MATRIX_LETTERS}, in this order.`,
  ),
  value: "qkvo12",
};

/** The sizes to choose from, for ranks, widths and prefixes. */
const sizes = {"1": "1", "2": "2", "4": "4", "8": "8", "16": "16", "32": "32"} as const;

/** A control that is shown only for some values of other controls. */
const onlyFor = <T extends string>(control: Choice<T>, values: Choice["when"]): Choice<T> => ({
  ...control,
  when: values,
});

/** The ways to use the adapter of a trained run, between which a switch chooses, with their labels. */
export const WAYS = {
  off: "Off",
  half: "Half",
  on: "On",
  merged: "Merged",
} as const;
export type WayChosen = keyof typeof WAYS;
const isWay = (text: string): text is WayChosen => Object.hasOwn(WAYS, text);

const settings = {
  task: {
    ...choice(["Teach it"], {...LISTS, own: "Your words…", ...OPERATIONS}, "names"),
    parts: {
      Words: [...(Object.keys(LISTS) as List[]), "own" as const],
      Digits: Object.keys(OPERATIONS) as Operation[],
    },
  },
  r: onlyFor(choice(["Rank ", symbol.r], {...sizes, "64": "64"}, "4", true), {method: ["lora"]}),
  width: onlyFor(choice(["Width m"], sizes, "4", true), {method: ["bottleneck"]}),
  vectors: onlyFor(choice(["Vectors P"], sizes, "8", true), {method: ["prefix"]}),
  rate: choice(
    ["Rate η"],
    // "1.0" because a whole number such as "1" would come first among the keys of an object.
    {"0.001": "0.001", "0.003": "0.003", "0.01": "0.01", "0.03": "0.03", "0.1": "0.1", "1.0": "1", "10.0": "10"},
    "0.01",
    true,
  ),
  examples: onlyFor(
    choice(["Examples"], {all: "all", "500": "500", "100": "100", "20": "20", "0": "none"}, "all", true),
    {
      task: [...Object.keys(LISTS), ...Object.keys(OPERATIONS)],
    },
  ),
  alpha: range([symbol.alpha], {
    accessibleName: "alpha α",
    min: 1,
    max: 128,
    value: 8,
    more: true,
    when: {method: ["lora"]},
  }),
  method: choice(
    ["Method"],
    {lora: "LoRA", bottleneck: "Adapter layers", prefix: "Prefix vectors", full: "Full fine-tuning"},
    "lora",
    true,
  ),
  optimizer: choice(["Optimizer"], {adamw: "AdamW", sgd: "SGD"}, "adamw", true, "training"),
  base: onlyFor(choice(["Frozen weights in"], {full: "32 bits", nf4: "NF4", two: "2 bits"}, "full", true), {
    method: ["lora", "bottleneck", "prefix"],
  }),
  start: onlyFor(choice(["A and B start with"], {zero: "B = 0", loftq: "LoftQ’s repair"}, "zero", true), {
    method: ["lora"],
    base: ["nf4", "two"],
  }),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
  on: matricesControl,
};
/** The parameters that a run depends on. */
export type LabSettings = Params<typeof settings> & {
  /** The id of the reader's own words, and the words themselves, once there are enough to learn from. */
  own?: string;
  words?: readonly string[];
};

/** The same run with the settings that do not affect it at their defaults. */
function normalized(run: LabSettings): LabSettings {
  const unused = Object.entries(settings).filter(([, control]) => !isVisible(control, run));
  return {
    ...run,
    ...Object.fromEntries(unused.map(([name, {value}]) => [name, value])),
    on: run.method === "lora" ? run.on : "qv",
  };
}

export const keptLabRuns = keptRunsOf(settings, {
  most: MAX_KEPT,
  example: "names-4-4-8-0.01-all-8-lora-adamw-full-zero-7-qv",
  plain: normalized,
});

/** The kept runs of a state. */
export const keptRunsIn = ({kept}: Pick<LabParams, "kept">): readonly LabSettings[] =>
  keptLabRuns.read(kept).runs ?? [];

/** The settings of the run in a state; the reader's own words are part of them, because the worker needs them. */
export function labSettings(params: Pick<LabParams, keyof typeof settings> & {own?: string}): LabSettings {
  const run = keptLabRuns.settingsOf(params);
  const {own = ""} = params;
  const words = run.task === "own" ? storedWords(own) : undefined;
  return words ? {...run, own, words} : run;
}

/** A run as text; equal runs have equal texts. */
export const runText = (run: LabSettings): string =>
  [keptLabRuns.textOf(run), ...(run.own === undefined ? [] : [run.own])].join("-");

/** How many steps a run has: fewer if the reader's own words are few. */
export const stepsOf = ({words}: Pick<LabSettings, "words">): number => (words ? stepsFor(words.length) : LAB_STEPS);

export const controls = {
  ...settings,
  applied: {
    ...hiddenText(["the adapter"], 6, (text) =>
      isWay(text) ? undefined : `“${text}” is none of ${Object.keys(WAYS).join(", ")}.`,
    ),
    value: "on",
  },
  input: {
    ...hiddenText(["what is typed"], 10, (text) =>
      /^([a-z]*|[CRIDLX]?\d{6})$/.test(text) ? undefined : INPUT_HINTS[/\d/.test(text) ? "digits" : "words"],
    ),
    value: "mar",
  },
  kept: {
    ...keptLabRuns.control,
    problem: (text) =>
      /(^|_)own-/.test(text) ? "Runs on words of your own are not kept." : keptLabRuns.control.problem(text),
  } satisfies HiddenText as HiddenText,
  // The number of a list of words on this page (own/words.ts); it means nothing on another page.
  own: hiddenText(["your words"], 6, () => undefined),
  step: range(["Step"], {min: 0, max: LAB_STEPS, value: 0, clock: true}),
};
export type LabParams = Params<typeof controls>;

/** How the adapter is used: only a LoRA can be halved or merged. */
export const chosenWay = ({applied, method}: LabParams): WayChosen =>
  isWay(applied) && (method === "lora" || applied === "off") ? applied : "on";
