/** The settings that we would start a run with. The lines in `answerLines.ts` and `adapterLines.ts` name the claims behind them. */
import {matrixParameters} from "../engine/memory/models.ts";
import type {Case} from "./cases.ts";
import {adapterParameters, modelOf} from "./models.ts";

/** The bits that a token of data has and a parameter of an adapter can store, roughly: claims rank-tokens and rank-bits. */
const BITS = {token: 1, parameter: 2};
/** The lowest and the highest rank for imitation: claims rank-16-chat and rank-256-code. */
export const RANK_LIMITS = {least: 16, most: 256};
/** The lowest rank for each subject of imitation: claims rank-16-chat, rank-256-code and capacity-biderman. */
const LEAST_RANK = {other: RANK_LIMITS.least, code: RANK_LIMITS.most, mathematics: 64} as const;
/** Models with more parameters get the lower of two rates: QLoRA halves it from 33B on. */
const LARGE_PARAMETERS = 20e9;

/** The settings of a run. */
export interface LoraSettings {
  r: number;
  alpha: number;
  /** Low, middle and high. A run starts with the middle one. */
  rates: readonly [number, number, number];
  /** Sequences on a GPU at once, steps whose gradients are summed, and the sequences that all GPUs make of them. */
  micro: number;
  accumulate: number;
  batch: number;
  epochs: number;
  /** DPO's β: how strongly it keeps the model near the one that it starts from. */
  beta: number;
  dropout: number;
  schedule: "constant_with_warmup" | "constant";
  /** The share of all steps that the warmup takes, and those steps. */
  warmup: number;
  warmupSteps: number;
  decay: number;
  steps: number;
  /** How often in each pass the loss is measured and the adapter saved, and the steps between two measurements. */
  evaluations: number;
  evaluationSteps: number;
}

/** With fewer examples the best checkpoint may come within a pass, so the loss is measured more often: claim epochs-ours. */
export const FEW_EXAMPLES = 1000;
/** How often the loss is measured in each pass over few examples. */
const EVALUATIONS_OF_FEW = 4;

/**
 * The seed with which every script draws the held-out examples, so that all rates are compared on the same ones: claims
 * data-seed and data-seed-axolotl.
 */
export const SPLIT_SEED = 42;

/** The bits of the data, roughly: one for each token, or for each rewarded answer. */
export function dataBits({task, examples, tokens}: Case): number {
  if (task === "rl") return examples * ANSWERS;
  return examples * tokens * BITS.token;
}

/** Answers to each question in reinforcement learning: TRL's default. */
export const ANSWERS = 8;

/** The bits that an adapter of rank r can store, roughly. */
export const adapterBits = ({preset}: Case, r: number): number => BITS.parameter * adapterParameters(preset, r);

/** The lowest power of two from 16 to 256 whose adapter can store the bits of the data; 256 if none can. */
export function rankOfData(run: Case): number {
  let r = RANK_LIMITS.least;
  while (r < RANK_LIMITS.most && adapterBits(run, r) < dataBits(run)) r *= 2;
  return r;
}

/** The rank that we advise. */
export function rankFor(run: Case): number {
  if (run.task === "images") return 4;
  if (run.task === "rl") return 8;
  if (run.task === "preference") return 32;
  return Math.max(LEAST_RANK[run.subject], rankOfData(run));
}

/** Whether the base is as large as those for which QLoRA halves the rate, by the parameters of its layers. */
export const isLarge = ({preset}: Case): boolean =>
  preset.kind === "language" && matrixParameters(modelOf(preset)) > LARGE_PARAMETERS;

/**
 * Whether rank, α and rate are taken from the one study on code and mathematics, which had α = 2r and 1e-4 at both ranks:
 * claims rank-256-code, alpha-biderman, rate-biderman-256 and rate-biderman-math. They apply where the study's rank is more
 * than the tokens ask for.
 */
export const isAsStudied = (run: Case): boolean => run.subject !== "other" && rankOfData(run) < LEAST_RANK[run.subject];

function ratesOf(run: Case): LoraSettings["rates"] {
  if (run.task === "images") return [3e-5, 1e-4, 3e-4];
  if (run.task === "preference") return [2e-6, 5e-6, 1.5e-5];
  if (run.task === "rl") return [5e-6, 1e-5, 5e-5];
  return isLarge(run) || isAsStudied(run) ? [5e-5, 1e-4, 2e-4] : [1e-4, 2e-4, 5e-4];
}

/**
 * Steps whose gradients are summed, so that all GPUs make about `targetBatch` sequences. In reinforcement learning TRL wants all answers
 * to a question in one batch, so a batch has a whole number of questions.
 */
function accumulationSteps({task, cards, micro}: Case, targetBatch: number): number {
  const stepSequences = micro * cards;
  let steps = Math.max(1, Math.round(targetBatch / stepSequences));
  while (task === "rl" && (steps * stepSequences) % ANSWERS > 0) steps++;
  return steps;
}

/** The α that we advise: for images the rank, as in the scripts; for preferences 16, as TRL's example has with its rank and rate. */
function alphaOf(run: Case, r: number): number {
  if (run.task === "images") return r;
  if (run.task === "preference") return 16;
  return isAsStudied(run) ? 2 * r : 32;
}

/** The steps for images, for which the guide counts no passes, and how often samples and checkpoints are made. */
export const IMAGE_STEPS = 500;
const IMAGE_SAMPLES = 5;

/** The steps of a run, and how often its loss is measured. */
function stepsOf(
  {task, examples}: Case,
  batch: number,
  epochs: number,
): Pick<LoraSettings, "steps" | "evaluations" | "evaluationSteps"> {
  // The scripts hold out a tenth of the examples, except of questions and images.
  const sequences = task === "rl" ? examples * ANSWERS : task === "images" ? examples : Math.ceil(0.9 * examples);
  const pass = Math.max(1, Math.ceil(sequences / batch));
  if (task === "images")
    return {steps: IMAGE_STEPS, evaluations: IMAGE_SAMPLES, evaluationSteps: IMAGE_STEPS / IMAGE_SAMPLES};
  const evaluations = examples < FEW_EXAMPLES ? Math.min(EVALUATIONS_OF_FEW, pass) : 1;
  return {steps: epochs * pass, evaluations, evaluationSteps: Math.floor(pass / evaluations)};
}

/** All settings of a case. */
export function loraSettings(run: Case): LoraSettings {
  const {task, cards, micro} = run;
  const r = rankFor(run);
  const accumulate = accumulationSteps(run, task === "images" ? 4 : 16);
  const batch = micro * accumulate * cards;
  const epochs = task === "imitation" ? 3 : 1;
  const {steps, evaluations, evaluationSteps} = stepsOf(run, batch, epochs);
  const warmup = task === "images" ? 0 : 0.03;
  return {
    r,
    alpha: alphaOf(run, r),
    rates: ratesOf(run),
    micro,
    accumulate,
    batch,
    epochs,
    beta: 0.1,
    dropout: 0,
    schedule: task === "images" ? "constant" : "constant_with_warmup",
    warmup,
    warmupSteps: Math.ceil(warmup * steps),
    decay: 0,
    steps,
    evaluations,
    evaluationSteps,
  };
}
