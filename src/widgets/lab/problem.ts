import {whole} from "../../figures/format.ts";
import type {LabResult} from "./see.ts";
import {idle, isList, type LabParams} from "./settings.ts";

/** What keeps a run from teaching what it should, in a sentence, and one press that mends it. */
export interface Problem {
  why: string;
  text: string;
  set: Readonly<Record<string, number | string>>;
}

/** The rate of the lab unless asked otherwise, and the rate at which every weight is trained well. */
export const RATES = {lora: "0.01", full: "0.003"} as const;
/** From this rate on a run that got worse took too large steps, whatever else is set. */
const LARGE = 0.1;
/** Nats a letter by which a score may be above the base's before it is said. */
const WORSE = 0.05;
/** The first step at which a loss above the first one is more than the luck of its examples. */
const EARLY = 20;

/** By how much a step is scaled before it reaches the weights. */
export const stepSize = ({method, rate, alpha, r}: LabParams): string =>
  method === "full" ? `η = ${rate}` : `η·α/r = ${+((Number(rate) * alpha) / Number(r)).toPrecision(3)}`;

const calmer = ({method, r}: LabParams): Pick<Problem, "text" | "set"> =>
  method === "full"
    ? {text: `Set η to ${RATES.full}`, set: {rate: RATES.full}}
    : {text: `Set η to ${RATES.lora} and α/r to 2`, set: {rate: RATES.lora, alpha: 2 * Number(r)}};

/** Whether the model is worse at its task than the base was; of answers that are all wrong the loss says it. */
function isWorse({looks: [base], now, losses}: LabResult, {task}: LabParams): boolean {
  if (isList(task)) return now.score > base.score + WORSE;
  return now.step >= EARLY && losses.at(-1)! > losses[0];
}

export function problemOf(result: LabResult, params: LabParams): Problem | undefined {
  const {method, r, rate, examples} = params;
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
  if (isWorse(result, params)) {
    if (Number(rate) >= LARGE || examples === "all")
      return {why: `That is worse than no training: the step ${stepSize(params)} is too large.`, ...calmer(params)};
    return {
      why: `That is worse than no training: it learns its ${whole(Number(examples))} examples by heart and little that holds for others.`,
      text: "Use all examples",
      set: {examples: "all"},
    };
  }
  if (method === "lora" && Number(r) > ground.d)
    return {
      why: `No ΔW here can have a rank above d = ${ground.d}: with r = ${r} the pairs hold ${whole(ground.trained)} numbers, and the matrices they sit on ${whole(ground.adapted)}.`,
      text: "Set r to 4 and α to 8",
      set: {r: "4", alpha: 8},
    };
  return undefined;
}
