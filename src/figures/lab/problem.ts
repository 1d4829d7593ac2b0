/** Why a run fails or makes the base worse, and what mends it. */

import {whole} from "../../figure/plot/text/format.ts";
import {type LabParams, labSettings} from "./controls.ts";
import {nothingToTrain} from "./orders.ts";
import {MIN_WORDS} from "./own/words.ts";
import type {LabResult} from "./readings.ts";
import {DEFAULT_RATES, isOfWords} from "./settings.ts";

/** What is wrong with a run, and a button that puts it right. */
interface Problem {
  why: string;
  /** Of the button, and what it sets. */
  text: string;
  set: Readonly<Record<string, number | string>>;
}

/** A run that fails with steps of this effective size or more failed because they were too large. */
const LARGE_STEP = 0.1;
/** A score this many nats a letter above the base's counts as worse. */
const WORSE_BY = 0.05;
/** A run below this share of exact answers after this many steps has learned next to nothing. */
const LEARNED_SHARE = 0.05;
const LATE_STEP = 100;

/** The effective step size on the weights. */
const stepOf = ({method, rate, alpha, r}: LabParams): number =>
  method === "lora" ? Number(((Number(rate) * alpha) / Number(r)).toPrecision(3)) : Number(rate);

const stepSize = (params: LabParams): string => `${params.method === "lora" ? "η·α/r" : "η"} = ${stepOf(params)}`;

/** Where the rate alone is off, the button is short and the sentence says what it lowers. */
function tooLarge(what: string, params: LabParams): Problem {
  const {method, r, alpha} = params;
  const rate = DEFAULT_RATES[method];
  const why = `${what} too large.`;
  return method !== "lora" || alpha === 2 * Number(r)
    ? {why: `${why} Lower the rate.`, text: `Set ${rate}`, set: {rate}}
    : {why, text: `Set η to ${rate} and α/r to 2`, set: {rate, alpha: 2 * Number(r)}};
}

/** Why a run learned nothing or got worse. */
function failure({setup: {off}, now}: LabResult, params: LabParams): Problem | undefined {
  const {task, method, optimizer} = params;
  const pool = params.examples;
  const isLarge = stepOf(params) >= LARGE_STEP;
  if (!isOfWords(task))
    // Steps of SGD shrink with the gradient, so they may also have been too small.
    return isLarge && optimizer === "adamw" && now.step >= LATE_STEP && now.score < LEARNED_SHARE
      ? tooLarge(`It has learned next to nothing: the step ${stepSize(params)} is`, params)
      : undefined;
  if (now.score <= off.score + WORSE_BY) return undefined;
  // A prefix acts before it is trained, so it may start worse.
  if (method === "prefix" && (now.step < LATE_STEP || (!isLarge && pool === "all"))) return undefined;
  // Of few words kept back, chance says more than training.
  if (task === "own" && !isLarge) return undefined;
  if (isLarge || pool === "all")
    return tooLarge(`That is worse than no training: the step ${stepSize(params)} is`, params);
  // Before that it has hardly seen them all.
  if (now.step < LATE_STEP) return undefined;
  return {
    why: `That is worse than no training: it memorizes its ${pool} examples and learns little that carries over.`,
    text: "Use all examples",
    set: {examples: "all"},
  };
}

export function problemOf(result: LabResult, params: LabParams): Problem | undefined {
  const {method, r} = params;
  const {setup, divergedAt} = result;
  const missing = nothingToTrain(labSettings(params));
  if (missing === "no matrix")
    return {
      why: "No matrix is chosen, so there is nothing to train and the base stays as it is.",
      text: "Adapt Wq and Wv",
      set: {on: "qv"},
    };
  if (missing === "no words")
    return {
      why: `It needs at least ${MIN_WORDS} words.`,
      text: "Teach it names",
      set: {task: "names"},
    };
  if (missing)
    return {
      why: "Without examples there is nothing to learn from, and the base stays as it is.",
      text: "Use all examples",
      set: {examples: "all"},
    };
  if (divergedAt !== undefined)
    return tooLarge(`The loss overflowed at step ${divergedAt}: the step ${stepSize(params)} was`, params);
  const runProblem = failure(result, params);
  if (runProblem) return runProblem;
  if (method === "lora" && Number(r) > setup.d)
    return {
      why: `No ΔW here can have a rank above d = ${setup.d}: at r = ${r} A and B have ${whole(setup.trained)} parameters, and the matrices they adapt have ${whole(setup.adapted)}.`,
      text: "Set r to 4 and α to 8",
      set: {r: "4", alpha: 8},
    };
  return undefined;
}
