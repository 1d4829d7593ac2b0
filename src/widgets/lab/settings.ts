import {type Choice, choice, type Hidden, hidden, type Params, range} from "../../shell/controls.ts";
import {sign} from "../../shell/signs.ts";
import {keeper} from "../trained/kept.ts";
import {isList, LISTS, OPERATIONS} from "../trained/lessonNames.ts";
import {isOn, matrices} from "./matrices.ts";

/** Steps of a run, and how many lie between two looks at what has become of the model. */
export const STEPS = 200;
export const EVERY = 10;

/** Letters that may be typed for the word forge to go on with. */
const LONGEST_INPUT = 10;

const on: Hidden = {
  ...hidden(["matrices"], matrices.length, (text) =>
    isOn(text)
      ? undefined
      : `“${text}” names no matrices; letters of ${matrices.map(({letter}) => letter).join("")}, in this order, do.`,
  ),
  value: "qv",
};

const sizes = {"1": "1", "2": "2", "4": "4", "8": "8", "16": "16", "32": "32"} as const;

const when = <T extends string>(control: Choice<T>, values: Choice["when"]): Choice<T> => ({...control, when: values});

const settings = {
  task: choice(["Learn"], {...LISTS, ...OPERATIONS}, "names"),
  r: when(choice(["Rank ", sign.r], {...sizes, "64": "64"}, "4"), {method: ["lora"]}),
  width: when(choice(["Width m"], sizes, "4"), {method: ["bottleneck"]}),
  vectors: when(choice(["Vectors P"], sizes, "8"), {method: ["prefix"]}),
  rate: choice(
    ["Rate η"],
    // A key that reads as a whole number would come first.
    {"0.001": "0.001", "0.003": "0.003", "0.01": "0.01", "0.03": "0.03", "0.1": "0.1", "1.0": "1", "10.0": "10"},
    "0.01",
  ),
  examples: choice(["Examples"], {all: "all", "500": "500", "100": "100", "20": "20", "0": "none"}, "all"),
  alpha: range([sign.alpha], {
    called: "alpha α",
    min: 1,
    max: 128,
    value: 8,
    more: true,
    when: {method: ["lora"]},
  }),
  method: choice(
    ["Method"],
    {lora: "LoRA", bottleneck: "Bottleneck adapters", prefix: "Prefix vectors", full: "Full fine-tuning"},
    "lora",
    true,
  ),
  optimizer: choice(["Optimizer"], {adamw: "AdamW", sgd: "SGD"}, "adamw", true),
  base: when(choice(["Frozen weights in"], {full: "32 bits", nf4: "NF4", two: "2 bits"}, "full", true), {
    method: ["lora", "bottleneck", "prefix"],
  }),
  start: when(choice(["Pairs start with"], {zero: "B = 0", loftq: "LoftQ’s repair"}, "zero", true), {
    method: ["lora"],
    base: ["nf4", "two"],
  }),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true}),
  on,
};
/** All that a run depends on. */
export type Settings = Params<typeof settings>;

/** Runs kept at most. */
export const MOST = 8;

/** What does not matter to a run, as it starts. */
function plain(run: Settings): Settings {
  const {method, base} = run;
  const isLora = method === "lora";
  return {
    ...run,
    ...(isLora ? {} : {r: "4", alpha: 8, on: "qv"}),
    ...(method === "bottleneck" ? {} : {width: "4"}),
    ...(method === "prefix" ? {} : {vectors: "8"}),
    ...(method === "full" ? {base: "full"} : {}),
    ...(isLora && base !== "full" ? {} : {start: "zero"}),
  };
}

/** The runs that are kept beside the one in the picture. */
export const kept = keeper(settings, {
  most: MOST,
  example: "names-4-4-8-0.01-all-8-lora-adamw-full-zero-7-qv",
  plain,
});
export const {settingsOf, written} = kept;

export const controls = {
  ...settings,
  scale: range(["Scale of ", sign.dW, " in use"], {min: -1, max: 2, step: 0.25, value: 0.5, more: true}),
  input: hidden(["what is typed"], LONGEST_INPUT, (text) =>
    /^([a-z]+|[CRIDLX]?\d{6})$/.test(text)
      ? undefined
      : `“${text}” is nothing to begin with: small letters for the word forge, or six digits (with C, R, I, D, L or X before them) for the digit machine.`,
  ),
  kept: kept.control,
  ask: hidden(["whether a guess is asked for"], 5, (text) =>
    text === "first" ? undefined : `“${text}” is neither first nor nothing.`,
  ),
  guess: hidden(["your guess"], 120, (text) =>
    readGuess(text) ? undefined : "A guess is little, some, much or skipped, then ~ and the run it is for.",
  ),
  step: range(["Step"], {min: 0, max: STEPS, value: STEPS, clock: true}),
};
/** A guess at what a run comes to, or that it was skipped, and the run as it is written. */
export interface Guess {
  guess: "little" | "some" | "much" | "skipped";
  run: string;
}

function readGuess(text: string): Guess | undefined {
  const [, guess, run] = /^(little|some|much|skipped)~(.+)$/.exec(text) ?? [];
  return guess && run && kept.read(run).runs?.length === 1 ? {guess: guess as Guess["guess"], run} : undefined;
}

export const writeGuess = ({guess, run}: Guess): string => `${guess}~${run}`;

export type LabParams = Params<typeof controls>;

/** Why nothing is trained at all; undefined when something is. */
export function idle({method, on, examples}: Settings): "no matrix" | "no example" | undefined {
  if (method === "lora" && on === "") return "no matrix";
  return examples === "0" ? "no example" : undefined;
}

/** What the reader guessed this very run comes to. */
export function guessOf(params: LabParams): Guess["guess"] | undefined {
  const guess = readGuess(params.guess);
  return guess?.run === written(settingsOf(params)) ? guess.guess : undefined;
}

/** An order to the model: a trained run at work on what is typed, with the adapter of another if there is one. */
export interface UseOrder extends Pick<LabParams, "task" | "scale" | "input"> {
  run: Settings;
  other?: Settings;
}

/** What the digit machine is asked when nothing that fits is typed. */
const QUESTION = "X204719";

/** What was typed where it fits the task: letters, or an operation (the new one unless said) and six digits. */
function inputFor({task, input}: Pick<LabParams, "task" | "input">): string {
  if (isList(task)) return /^[a-z]*$/.test(input) ? input : "";
  if (/^\d{6}$/.test(input)) return `X${input}`;
  return /^[CRIDLX]\d{6}$/.test(input) ? input : QUESTION;
}

/** The kept run, counted from 0, whose adapter can be used on the same frozen weights: the last there is, or −1. */
export function otherOf(params: LabParams): number {
  const now = settingsOf(params);
  return (kept.read(params.kept).runs ?? []).findLastIndex(
    (run) =>
      ![now, run].some(({method}) => method === "full") &&
      isList(run.task) === isList(now.task) &&
      run.base === now.base &&
      !idle(run) &&
      written(run) !== written(now),
  );
}

/** What is to be shown of a trained model at work; undefined before the last step, and where nothing is trained. */
export function useOf(params: LabParams): UseOrder | undefined {
  const {task, scale, step} = params;
  if (step < STEPS || isAsked(params) || idle(params)) return undefined;
  const other = kept.read(params.kept).runs?.[otherOf(params)];
  return {task, scale, input: inputFor(params), run: settingsOf(params), ...(other ? {other} : {})};
}

/** Whether a guess is waited for, and nothing that was trained is shown. */
export const isAsked = (params: LabParams): boolean =>
  params.ask === "first" && guessOf(params) === undefined && idle(params) === undefined;
