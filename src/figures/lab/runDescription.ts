/** Runs in words: their settings, the results of kept ones, and what changed between two. */

import {changesText, lastTwo, type SettingTexts} from "../shared/runComparison.ts";
import {controls, type LabParams, type LabSettings, labSettings, runText} from "./controls.ts";
import {bitsOf, labScoreText, matricesText, scoreText, taskName, withUnit} from "./format.ts";
import type {KeptLabRun, LabResult} from "./readings.ts";
import {isOfWords} from "./settings.ts";

/** A setting that only one method has. */
const ofMethod =
  (method: LabSettings["method"], value: (run: LabSettings) => string) =>
  (run: LabSettings): string | undefined =>
    run.method === method ? value(run) : undefined;

/** Runs on a reader’s own words are not kept, so these settings need no text. */
type KeptSettings = Omit<LabSettings, "own" | "words">;

const settingTexts: SettingTexts<KeptSettings> = {
  task: ["the task", ({task}) => taskName(task)],
  method: ["the method", ({method}) => controls.method.options[method]],
  on: ["what is adapted", ofMethod("lora", ({on}) => matricesText(on) || "nothing")],
  r: ["r", ofMethod("lora", ({r}) => r)],
  alpha: ["α", ofMethod("lora", ({alpha}) => String(alpha))],
  width: ["the adapter layers’ width", ofMethod("bottleneck", ({width}) => width)],
  vectors: ["the number of prefix vectors", ofMethod("prefix", ({vectors}) => vectors)],
  rate: ["η", ({rate}) => controls.rate.options[rate]],
  optimizer: ["the optimizer", ({optimizer}) => controls.optimizer.options[optimizer]],
  examples: ["the number of examples", ({examples}) => controls.examples.options[examples]],
  base: ["W₀", ({method, base}) => (method === "full" ? undefined : bitsOf(base))],
  start: [
    "the start of A and B",
    ({method, base, start}) => (method === "lora" && base !== "full" ? controls.start.options[start] : undefined),
  ],
  seed: ["the seed", ({seed}) => String(seed)],
};

/** What is trained, in two words or three. */
function methodInWords({method, on, r, width, vectors}: LabSettings): string {
  if (method === "full") return "full fine-tuning";
  if (method === "bottleneck") return `adapter layers of width ${width}`;
  if (method === "prefix") return `a prefix of ${vectors}`;
  return `${matricesText(on) || "no matrix"}, rank ${r}`;
}

/** What is trained, then what is off its default: "Wq and Wv, rank 4, seed 3". */
export function settingsInWords(run: LabSettings): string {
  const {alpha, base, examples, optimizer, rate, seed, start} = run;
  const texts = {
    alpha: `α ${alpha}`,
    rate: `rate ${controls.rate.options[rate]}`,
    examples: examples === "0" ? "no examples" : `${examples} examples`,
    optimizer: controls.optimizer.options[optimizer],
    base: `frozen weights in ${bitsOf(base)}`,
    start: controls.start.options[start],
    seed: `seed ${seed}`,
  };
  const names = Object.keys(texts) as (keyof typeof texts)[];
  const rest = names.filter((name) => run[name] !== controls[name].value).map((name) => texts[name]);
  return [methodInWords(run), ...rest].join(", ");
}

/** A kept run in one line. */
export const labRunLine = (run: LabSettings): string => `${taskName(run.task)}: ${settingsInWords(run)}`;

/** The score of a kept run at its end. */
export function runOutcome({settings: {task}, end, hasDiverged}: KeptLabRun): string {
  if (hasDiverged) return "out of range";
  if (!end) return "still training";
  return isOfWords(task) ? `${labScoreText(task, end.score)} nats` : `${labScoreText(task, end.score)} exact`;
}

type Compared = Pick<KeptLabRun, "settings" | "now" | "hasDiverged">;

/** Compares the last two runs: which settings changed, and their results. Empty if there is only one run. */
export function lastTwoCompared({kept, now, divergedAt, isGuessDue}: LabResult, params: LabParams): string {
  const isSame = (one: Compared, other: Compared) => runText(one.settings) === runText(other.settings);
  const two = lastTwo<Compared>(
    kept,
    {settings: labSettings(params), now, hasDiverged: divergedAt !== undefined},
    isSame,
  );
  if (!two || isGuessDue || now.step === 0) return "";
  const [before, after] = two;
  const [from, to] = [before.settings.task, after.settings.task];
  const changeText = `From ${before.name} to ${after.name}, ${changesText<KeptSettings>(settingTexts, before.settings, after.settings)}, all else the same`;
  if (!before.now || !after.now) return `${changeText}: ${before.name} is still training.`;
  if (before.hasDiverged || after.hasDiverged)
    return `${changeText}: ${before.hasDiverged ? before.name : after.name} overflowed.`;
  const [was, is] = [scoreText(from, before.now.score), scoreText(to, after.now.score)];
  const textWithUnit = (task: LabSettings["task"], text: string) => withUnit(task, text, " exact answers");
  if (from !== to)
    return `${changeText}: ${textWithUnit(to, is)} here, and ${textWithUnit(from, was)} in ${before.name}, which learned something else.`;
  if (was === is) return `${changeText}: both are at ${textWithUnit(to, is)} at step ${now.step}.`;
  return `${changeText}: at step ${now.step}, ${textWithUnit(to, `${was} became ${is}`)}.`;
}
