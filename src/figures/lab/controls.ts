/** What a reader can set: the settings of a run, and how a trained run is used, kept and guessed. */

import {type Choice, choice, type Hidden, hidden, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {keptRunsOf, MAX_KEPT} from "../shared/keptRuns.ts";
import {LISTS, type List, OPERATIONS, type Operation} from "../shared/taskNames.ts";
import {stepsFor, storedWords} from "./own/words.ts";
import {isOn, LAB_STEPS, MATRIX_LETTERS} from "./settings.ts";

/** Of a link with the number of a list that was on another page. */
export const MISSING_WORDS = "This link does not carry the words. Paste them again in the lab.";

/** What can be typed, by the machine it is typed for. */
export const INPUT_HINTS = {
  words: "Letters a to z only.",
  digits:
    "Six digits ask for the new operation; C, R, I, D or L before them for an old one: copy, reverse, +1, −1, rotate.",
};

/** Characters that a reader may type for the model. */
const MAX_INPUT_LENGTH = 10;

const on: Hidden = {
  ...hidden(["matrices"], MATRIX_LETTERS.length, (text) =>
    isOn(text) ? undefined : `“${text}” names no matrices; use letters of ${MATRIX_LETTERS}, in this order.`,
  ),
  value: "qkvo12",
};

const sizes = {"1": "1", "2": "2", "4": "4", "8": "8", "16": "16", "32": "32"} as const;

const onlyFor = <T extends string>(control: Choice<T>, values: Choice["when"]): Choice<T> => ({
  ...control,
  when: values,
});

/** How the adapter of a trained run is used. */
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
  on,
};
/** The parameters that a run depends on. */
export type LabSettings = Params<typeof settings> & {
  /** The id of the reader's own words, and the words themselves, once there are enough to learn from. */
  own?: string;
  words?: readonly string[];
};

/** Resets the settings that do not affect this run to their defaults. */
function normalized(run: LabSettings): LabSettings {
  const {method, base, task} = run;
  const isLora = method === "lora";
  return {
    ...run,
    ...(task === "own" && {examples: "all"}),
    ...(isLora ? {} : {r: "4", alpha: 8, on: "qv"}),
    ...(method === "bottleneck" ? {} : {width: "4"}),
    ...(method === "prefix" ? {} : {vectors: "8"}),
    ...(method === "full" ? {base: "full"} : {}),
    ...(isLora && base !== "full" ? {} : {start: "zero"}),
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

/** The settings of a run; its own words go along to the worker. */
export function labSettings(params: Pick<LabParams, keyof typeof settings> & {own?: string}): LabSettings {
  const run = keptLabRuns.settingsOf(params);
  const {own = ""} = params;
  const words = run.task === "own" ? storedWords(own) : undefined;
  return words ? {...run, own, words} : run;
}

/** A run as text, the same for the same run. */
export const runText = (run: LabSettings): string =>
  [keptLabRuns.textOf(run), ...(run.own === undefined ? [] : [run.own])].join("-");

/** Steps of a run: few words are learned in few. */
export const stepsOf = ({words}: Pick<LabSettings, "words">): number => (words ? stepsFor(words.length) : LAB_STEPS);

export const controls = {
  ...settings,
  scale: range(["Scale of ", symbol.dW, " in use"], {
    min: -1,
    max: 2,
    step: 0.25,
    value: 0.5,
    more: true,
    // How much Half is: seen where the switch stands there.
    when: {method: ["lora"], applied: ["half"]},
  }),
  applied: {
    ...hidden(["the adapter"], 6, (text) =>
      isWay(text) ? undefined : `“${text}” is none of ${Object.keys(WAYS).join(", ")}.`,
    ),
    value: "on",
  },
  input: {
    ...hidden(["what is typed"], MAX_INPUT_LENGTH, (text) =>
      /^([a-z]*|[CRIDLX]?\d{6})$/.test(text) ? undefined : INPUT_HINTS[/\d/.test(text) ? "digits" : "words"],
    ),
    value: "mar",
  },
  kept: {
    ...keptLabRuns.control,
    problem: (text) =>
      /(^|_)own-/.test(text) ? "Runs on words of your own are not kept." : keptLabRuns.control.problem(text),
  } satisfies Hidden as Hidden,
  own: hidden(["your words"], 6, (text) => (storedWords(text) ? undefined : MISSING_WORDS)),
  ask: hidden(["whether a guess is asked for"], 5, (text) =>
    text === "first" ? undefined : `“${text}” is not known; write first, or leave it out.`,
  ),
  guess: hidden(["your guess"], 120, (text) =>
    readGuess(text) ? undefined : "A guess is little, some, much or skipped, then ~ and the run it is for.",
  ),
  step: range(["Step"], {min: 0, max: LAB_STEPS, value: 0, clock: true}),
};
export type LabParams = Params<typeof controls>;

/** How the adapter is used: only a LoRA can be halved or merged. */
export const chosenWay = ({applied, method}: LabParams): WayChosen =>
  isWay(applied) && (method === "lora" || applied === "off") ? applied : "on";

/** How much a run improves the score, or that the guess was skipped; `run` is the run as text. */
export interface LabGuess {
  guess: "little" | "some" | "much" | "skipped";
  run: string;
}

function readGuess(text: string): LabGuess | undefined {
  const [, guess, run] = /^(little|some|much|skipped)~(.+)$/.exec(text) ?? [];
  return guess && run && keptLabRuns.read(run).runs?.length === 1
    ? {guess: guess as LabGuess["guess"], run}
    : undefined;
}

export const writeLabGuess = ({guess, run}: LabGuess): string => `${guess}~${run}`;

/** The reader's guess, if it is about this very run. */
export function labGuess(params: LabParams): LabGuess["guess"] | undefined {
  const guess = readGuess(params.guess);
  return guess?.run === runText(labSettings(params)) ? guess.guess : undefined;
}
