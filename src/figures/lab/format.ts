/** Scores, sizes, settings and runs as the lab prints them. */

import {isVisible} from "../../figure/controls.ts";
import {fixed, lettersInDoubt, percent, whole} from "../../figure/plot/text/format.ts";
import {plainText} from "../../figure/symbols.ts";
import {listText} from "../shared/listText.ts";
import {lastTwo} from "../shared/runComparison.ts";
import {
  controls,
  isOfWords,
  type LabParams,
  type LabSettings,
  type LabTask,
  labMatrices,
  labSettings,
  matricesNamed,
  runText,
} from "./controls.ts";
import type {LabSetup} from "./protocol.ts";
import type {KeptLabRun, LabResult} from "./readings.ts";

/** Larger losses and sizes are printed as "> 1,000". */
const MAX_PRINTED = 1000;

const cappedText = (x: number, digits: number): string =>
  x > MAX_PRINTED ? `> ${whole(MAX_PRINTED)}` : fixed(x, digits);

/** A loss in nats. */
export const natsText = (loss: number): string => cappedText(loss, 2);

/** ‖ΔW‖; "0" is exactly 0. */
export const deltaNormText = (x: number): string => (x === 0 ? "0" : natsText(x));

/** A score in the table: nats a letter, or a share of exact answers. */
export const labScoreText = (task: LabTask, score: number): string =>
  isOfWords(task) ? natsText(score) : percent(score);

/** A score as readers know it: letters in doubt, e to the loss; or a share of exact answers. */
export const scoreText = (task: LabTask, score: number): string =>
  isOfWords(task) ? cappedText(lettersInDoubt(score), 1) : percent(score);

/** A text of scores with their unit behind it: "15.1 → 8.1 letters in doubt", "10% → 99% right". */
export const withUnit = (task: LabTask, text: string): string =>
  `${text} ${isOfWords(task) ? "letters in doubt" : "right"}`;

/** Whether there is no list to score on yet, because the reader has not given own words. The base then scores words it wrote. */
export const isUnscored = ({isLearned, poolSize}: LabSetup): boolean => !!isLearned && poolSize === 0;

/** "Wq and Wv", "Wq, Wk and W1", "every matrix", "no matrix". */
const matricesText = (on: string): string =>
  on.length === labMatrices.length
    ? "every matrix"
    : listText(matricesNamed(on).map(({target}) => target)) || "no matrix";

/** The format of the frozen weights, "2 bits". */
export const weightFormat = (base: LabSettings["base"]): string => controls.base.options[base];

export const taskName = (task: LabTask): string => (task === "own" ? "your words" : controls.task.options[task]);

/** What is trained, in a few words. */
function methodInWords({method, on, r, width, vectors}: LabSettings): string {
  if (method === "full") return "full fine-tuning";
  if (method === "bottleneck") return `adapter layers of width ${width}`;
  if (method === "prefix") return `a prefix of ${vectors}`;
  return `${matricesText(on)}, rank ${r}`;
}

/** What is trained, then what is off its default: "Wq and Wv, rank 4, seed 3". */
export function settingsInWords(run: LabSettings): string {
  const {alpha, base, examples, optimizer, rate, seed, start} = run;
  const texts = {
    alpha: `α ${alpha}`,
    rate: `rate ${controls.rate.options[rate]}`,
    examples: examples === "0" ? "no examples" : `${examples} examples`,
    optimizer: controls.optimizer.options[optimizer],
    base: `frozen weights in ${weightFormat(base)}`,
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
  return `${labScoreText(task, end.score)} ${isOfWords(task) ? "nats" : "exact"}`;
}

/** A setting of a run as readers see it. */
function settingText(run: LabSettings, name: keyof typeof controls & keyof LabSettings): string {
  const control = controls[name];
  if (name === "on") return matricesText(run.on);
  return control.kind === "choice" ? control.options[run[name] as never] : String(run[name]);
}

/** The settings that differ between two runs and matter to both: "Rank r: 4 → 2, α: 8 → 4". */
function changesText(from: LabSettings, to: LabSettings): string {
  const names = (Object.keys(from) as (keyof typeof controls & keyof LabSettings)[]).filter(
    (name) =>
      name in controls &&
      from[name] !== to[name] &&
      [from, to].every((run) => isVisible(controls[name], run) && (name !== "on" || run.method === "lora")),
  );
  return names
    .map((name) => `${plainText(controls[name].label)}: ${settingText(from, name)} → ${settingText(to, name)}`)
    .join(", ");
}

/** What is compared of a run. */
type Compared = Pick<KeptLabRun, "settings" | "now" | "hasDiverged">;

/** Compares the last two runs: which settings changed, and their scores at the clock. Empty if there is only one run. */
export function lastTwoCompared({kept, now, divergedAt}: LabResult, params: LabParams): string {
  const current: Compared = {settings: labSettings(params), now, hasDiverged: divergedAt !== undefined};
  const lastRuns = lastTwo<Compared>(kept, current, (one, other) => runText(one.settings) === runText(other.settings));
  if (!lastRuns || now.step === 0) return "";
  const [before, after] = lastRuns;
  const outcome = ({settings: {task}, now, hasDiverged}: Compared) =>
    hasDiverged ? "overflowed" : now ? withUnit(task, scoreText(task, now.score)) : "still training";
  const changes = changesText(before.settings, after.settings);
  return `From ${before.name} to ${after.name}, ${changes}. At step ${now.step}: ${outcome(before)} → ${outcome(after)}.`;
}
