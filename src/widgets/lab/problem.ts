import {whole} from "../../figures/text/format.ts";
import {isList} from "../shared/taskNames.ts";
import {idle, type LabParams} from "./controls.ts";
import type {LabResult} from "./readings.ts";

/** What keeps a run from teaching what it should, in a sentence, and one press that mends it. */
export interface Problem {
  why: string;
  text: string;
  set: Readonly<Record<string, number | string>>;
}

/** The rate of the lab unless asked otherwise, and the rate at which every weight is trained well. */
export const RATES = {lora: "0.01", bottleneck: "0.01", prefix: "0.03", full: "0.003"} as const;
/** From this step on, scaled as it reaches the weights, a run that comes to nothing took too large ones. */
const LARGE = 0.1;
/** Nats a letter by which a score may be above the base's before it is said. */
const WORSE = 0.05;
/** A task that is learned at all is learned better than this, and by this step. */
const LEARNED = 0.05;
const LATE = 100;

/** What a step of the optimizer is multiplied with on its way to the weights. */
const stepOf = ({method, rate, alpha, r}: LabParams): number =>
  method === "lora" ? Number(((Number(rate) * alpha) / Number(r)).toPrecision(3)) : Number(rate);

const stepSize = (params: LabParams): string => `${params.method === "lora" ? "η·α/r" : "η"} = ${stepOf(params)}`;

const calmer = ({method, r}: LabParams): Pick<Problem, "text" | "set"> =>
  method === "lora"
    ? {text: `Set η to ${RATES.lora} and α/r to 2`, set: {rate: RATES.lora, alpha: 2 * Number(r)}}
    : {text: `Set η to ${RATES[method]}`, set: {rate: RATES[method]}};

const tooLarge = (outcome: string, params: LabParams): Problem => ({
  why: `${outcome}: the step ${stepSize(params)} is too large.`,
  ...calmer(params),
});

/** What is wrong with a run that comes to nothing. */
function failure({ground: {off}, now}: LabResult, params: LabParams): Problem | undefined {
  const {task, examples, method, optimizer} = params;
  const isLarge = stepOf(params) >= LARGE;
  if (!isList(task))
    // The steps of SGD shrink with the gradient: of what came to nothing they may as well have been too small.
    return isLarge && optimizer === "adamw" && now.step >= LATE && now.score < LEARNED
      ? tooLarge("It has learned next to nothing", params)
      : undefined;
  if (now.score <= off.score + WORSE) return undefined;
  // A prefix is felt before it has learned anything.
  if (method === "prefix" && (now.step < LATE || (!isLarge && examples === "all"))) return undefined;
  if (isLarge || examples === "all") return tooLarge("That is worse than no training", params);
  return {
    why: `That is worse than no training: it learns its ${examples} examples by heart, and little that holds for others.`,
    text: "Use all examples",
    set: {examples: "all"},
  };
}

export function problemOf(result: LabResult, params: LabParams): Problem | undefined {
  const {method, r} = params;
  const {ground, lost} = result;
  const isIdle = idle(params);
  if (isIdle === "no matrix")
    return {
      why: "No matrix is chosen, so there is no pair to train and the base stays as it is.",
      text: "Adapt Wq and Wv",
      set: {on: "qv"},
    };
  if (isIdle)
    return {
      why: "Without an example there is nothing to learn from, and the base stays as it is.",
      text: "Use all examples",
      set: {examples: "all"},
    };
  if (lost !== undefined)
    return {
      why: `The loss left the range of numbers at step ${lost}: the step ${stepSize(params)} was too large.`,
      ...calmer(params),
    };
  const failed = failure(result, params);
  if (failed) return failed;
  if (method === "lora" && Number(r) > ground.d)
    return {
      why: `No ΔW here can have a rank above d = ${ground.d}: with r = ${r} the pairs hold ${whole(ground.trained)} numbers, and the matrices they sit on ${whole(ground.adapted)}.`,
      text: "Set r to 4 and α to 8",
      set: {r: "4", alpha: 8},
    };
  return undefined;
}
