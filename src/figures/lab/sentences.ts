/** What the lab says: its sentences, what is wrong with a run and how to fix it, the status beside its button, and readouts. */

import {bytesText, counted, percent, twoDigits, whole} from "../../figure/plot/text/format.ts";
import type {Readout} from "../../figure/widget.ts";
import {chosenWay, DEFAULT_RATES, isOfWords, type LabParams, labSettings, stepsOf} from "./controls.ts";
import {isUnscored, lastTwoCompared, natsText, scoreText, taskName, withUnit} from "./format.ts";
import {MIN_WORDS} from "./own/words.ts";
import {idleReason} from "./protocol.ts";
import {afterOf, type LabResult} from "./readings.ts";

/** What is wrong with a run, and a button that fixes it. */
interface Problem {
  why: string;
  /** The button's text, and what it sets. */
  text: string;
  set: Readonly<Record<string, number | string>>;
}

/** A run that fails with steps of this effective size or more failed because they were too large. */
const LARGE_STEP = 0.1;
/** A score this many nats a letter above the base's counts as worse. */
const WORSE_BY = 0.05;
/** A run below this share of exact answers has learned next to nothing. */
const LEARNED_SHARE = 0.05;
/** Before this step a run has hardly seen its examples. */
const LATE_STEP = 100;

const allExamplesFix = {text: "Use all examples", set: {examples: "all"}};

/** Problems of runs that train nothing. */
const idleProblems: Readonly<Record<NonNullable<ReturnType<typeof idleReason>>, Problem>> = {
  "no matrix": {
    why: "No matrix is chosen, so there is nothing to train and the base stays as it is.",
    text: "Adapt Wq and Wv",
    set: {on: "qv"},
  },
  "no words": {
    why: `It needs at least ${MIN_WORDS} words, and an ordinary link does not carry them.`,
    text: "Teach it names",
    set: {task: "names"},
  },
  "no example": {
    why: "Without examples there is nothing to learn from, and the base stays as it is.",
    ...allExamplesFix,
  },
};

/** The effective step size on the weights. */
const stepSize = ({method, rate, alpha, r}: LabParams): number =>
  method === "lora" ? Number(((Number(rate) * alpha) / Number(r)).toPrecision(3)) : Number(rate);

/** The problem of steps that are too large; `what` says what they did. */
function tooLargeProblem(what: string, params: LabParams): Problem {
  const {method, r} = params;
  const isLora = method === "lora";
  const rate = DEFAULT_RATES[method];
  return {
    why: `${what}: the step ${isLora ? "η·α/r" : "η"} = ${stepSize(params)} is too large.`,
    text: isLora ? `Set η to ${rate} and α/r to 2` : `Set η to ${rate}`,
    set: isLora ? {rate, alpha: 2 * Number(r)} : {rate},
  };
}

/** Why a run learned nothing or got worse; undefined if it did neither. */
function failureOf({setup: {off}, now}: LabResult, params: LabParams): Problem | undefined {
  const {task, method, optimizer, examples} = params;
  const isLarge = stepSize(params) >= LARGE_STEP;
  const isLate = now.step >= LATE_STEP;
  if (!isOfWords(task))
    // Steps of SGD shrink with the gradient, so they may also have been too small.
    return isLarge && optimizer === "adamw" && isLate && now.score < LEARNED_SHARE
      ? tooLargeProblem("It has learned next to nothing", params)
      : undefined;
  if (now.score <= off.score + WORSE_BY) return undefined;
  // A prefix acts before it is trained, so it may start worse.
  if (method === "prefix" && (!isLate || (!isLarge && examples === "all"))) return undefined;
  // The reader's own words that are held out are few: their score depends more on chance than on training.
  if (task === "own" && !isLarge) return undefined;
  if (isLarge || examples === "all") return tooLargeProblem("That is worse than no training", params);
  if (!isLate) return undefined;
  return {
    why: `That is worse than no training: it memorizes its ${examples} examples and learns little that carries over.`,
    ...allExamplesFix,
  };
}

/** What is wrong with a run; undefined if nothing is. */
export function problemOf(result: LabResult, params: LabParams): Problem | undefined {
  const {divergedAt} = result;
  const idle = idleReason(labSettings(params));
  if (idle) return idleProblems[idle];
  if (divergedAt !== undefined) return tooLargeProblem(`The loss overflowed at step ${divergedAt}`, params);
  return failureOf(result, params);
}

/** What each method adds. */
const additionNames: Readonly<Record<LabParams["method"], string>> = {
  full: "the trained weights",
  lora: "the adapter",
  bottleneck: "the adapter layers",
  prefix: "the prefix",
};

/** The state before the first step. */
function beginningSentence({setup: {bare}}: LabResult, {method, start}: LabParams): string {
  if (method === "prefix") return "The prefix already takes some of the attention, though it has learned nothing yet.";
  if (method !== "lora") return "Nothing is trained yet, so both columns say the same.";
  return bare && start === "loftq"
    ? "LoftQ starts ΔW at the best repair of the rounding error that this rank allows."
    : "Both columns say the same: B starts at zero, so ΔW = 0 and nothing has changed yet.";
}

/** What the switch does, if it is at Off, Half or Merged; empty at On. */
function switchSentence({use}: LabResult, params: LabParams): string {
  const {method, task} = params;
  const written = isOfWords(task) ? "words" : "answers";
  switch (chosenWay(params)) {
    case "off":
      return method === "full"
        ? "The weights as they were, from a copy: full fine-tuning has overwritten them in the model itself."
        : `The frozen weights alone, with the same ${written} as before: ${additionNames[method]} never touched them.`;
    case "half":
      return "W₀ + ½ ΔW: the same adapter, multiplied by 0.5 as it is added.";
    case "merged":
      return use?.difference === undefined
        ? ""
        : `ΔW was added into W₀ once, and no adapter runs. The ${written} are the same; no logit moves by more than ${twoDigits(use.difference)}.`;
    default:
      return "";
  }
}

/** What training has changed so far, on what the model was not shown. */
function changeText({now, setup}: LabResult, {task}: LabParams): string {
  const scores = withUnit(task, `${scoreText(task, setup.off.score)} → ${scoreText(task, now.score)}`);
  const items = `${whole(setup.freshCount)} ${isOfWords(task) ? "words" : "inputs"}`;
  return setup.isLearned ? `${scores} on the ${items} it learned from` : `${scores} on ${items} it was not shown`;
}

/** The sentences under the picture at full size. */
export function summary(result: LabResult, params: LabParams): string {
  const {setup, step, trained, now} = result;
  const {task} = params;
  const why = problemOf(result, params)?.why;
  if (step === 0) return why ?? beginningSentence(result, params);
  const news = lastTwoCompared(result, params) || why || "";
  if (!trained) return `After ${counted(step, "step")}: ${changeText(result, params)}. ${news}`.trim();
  const way = switchSentence(result, params);
  if (way) return way;
  const learner = isOfWords(task) ? "forge" : "digit machine";
  const lesson = task === "names" ? "names" : taskName(task);
  const [was, is] = [setup.off, now].map(({skill}) => scoreText(task, skill));
  const isMarked = now.samples.some(({isHit}) => isHit);
  const dots = isMarked ? "A dot marks a word that was in the list." : "";
  const note = isOfWords(task) ? dots : `Its old operations: ${withUnit(task, `${was} → ${is}`)}.`;
  return `${whole(setup.trainedCount)} trained parameters taught the ${learner} ${lesson}: ${changeText(result, params)}. ${news || note}`.trim();
}

/** Beside the button: what will be done, then how far it is. */
export function statusText({step, losses, setup}: LabResult, params: LabParams): string {
  const run = labSettings(params);
  if (run.task === "own" && !run.words) return `Waiting for ${MIN_WORDS} words.`;
  if (idleReason(run)) return "There is nothing to train.";
  const steps = stepsOf(run);
  if (step === 0) {
    const time = steps < 100 ? "about a second" : "a few seconds";
    return `${counted(setup.trainedCount, "parameter")}, ${steps} steps: ${time}. Nothing leaves this page.`;
  }
  const loss = losses.at(-1)!;
  const now = isOfWords(run.task) ? `${scoreText(run.task, loss)} letters in training` : `loss ${natsText(loss)}`;
  return `Step ${step} of ${steps} · ${now}`;
}

/** The card's sentence: how good the model is now, and how good the base was. */
export function says(result: LabResult, params: LabParams): string {
  const {now, step} = result;
  if (step === 0) return "Nothing is trained yet.";
  return `After ${counted(now.step, "step")}: ${changeText(result, params)}.`;
}

/** The numbers under the picture. */
export function readouts(result: LabResult, params: LabParams): readonly Readout[] {
  const {setup} = result;
  // The reader has not given any words yet, so nothing is measured.
  if (isUnscored(setup)) return [];
  const {task} = params;
  const {scores} = afterOf(result, params);
  const {off, bare, trainedCount, baseCount, isLearned} = setup;
  const isWords = isOfWords(task);
  const baseNote = (score: number, bareScore?: number) =>
    `base ${scoreText(task, score)}${bareScore === undefined ? "" : `, in 32 bits ${scoreText(task, bareScore)}`}`;
  return [
    {
      label: [isWords ? `Letters in doubt, ${isLearned ? "its list" : "held out"}` : "Exact answers"],
      value: scoreText(task, scores.score),
      note: baseNote(off.score, bare?.score),
    },
    {
      label: ["Trained parameters"],
      value: whole(trainedCount),
      note: `${percent(trainedCount / baseCount)} of all, ${bytesText(4 * trainedCount)} as a file`,
    },
    {
      label: [isWords ? "Letters in doubt, the base’s own words" : "Old operations"],
      value: scoreText(task, scores.skill),
      note: baseNote(off.skill, bare?.skill),
    },
  ];
}
