/** The settings that we would start a run with. Each rule names the claims that it rests on in `lines.ts`. */
import {matrixParameters} from "../engine/memory/models.ts";
import type {Case} from "./cases.ts";
import {adapterParameters, modelOf} from "./models.ts";

/** What data and an adapter hold, about, after LoRA Without Regret: claims rank-tokens and rank-bits. */
const BITS = {token: 1, parameter: 2};
/** The least and the most rank for imitation: claims rank-16-chat and rank-256-code. */
export const RANK_LIMITS = {least: 16, most: 256};
/** The least rank for each subject of imitation: claims rank-16-chat, rank-256-code and capacity-biderman. */
const LEAST = {other: RANK_LIMITS.least, code: RANK_LIMITS.most, mathematics: 64} as const;
/** Below so many parameters a model takes the higher of two rates: QLoRA halves it from 33B on. */
const LARGE = 20e9;

export interface LoraSettings {
  r: number;
  alpha: number;
  /** Low, middle and high: the middle one first. */
  rates: readonly [number, number, number];
  /** Sequences on a card at once, steps whose gradients are summed, and what they make with all cards. */
  micro: number;
  accumulate: number;
  batch: number;
  epochs: number;
  /** How strongly DPO holds a run to the model that it starts from. */
  beta: number;
  dropout: number;
  schedule: "constant_with_warmup" | "constant";
  /** A share of all steps, and how many that are. */
  warmup: number;
  warmupSteps: number;
  decay: number;
  steps: number;
  /** How often the loss is measured and the adapter saved in each pass, and the steps from one time to the next. */
  looks: number;
  every: number;
}

/** Below so many examples the best moment may come within a pass, so the texts look more often: claim epochs-ours. */
export const FEW = 1000;
/** How often they look in each pass then. */
const LOOKS = 4;

/**
 * The seed by which every script draws the examples that it keeps aside, so that all rates are compared on the same ones:
 * claims data-seed and data-seed-axolotl.
 */
export const SPLIT_SEED = 42;

/** Bits that the data hold, about: a bit for each token, or for each answer that is rewarded. */
export function dataBits({task, examples, tokens}: Case): number {
  if (task === "rl") return examples * ANSWERS;
  return examples * tokens * BITS.token;
}

/** Answers to each question in reinforcement learning: TRL's default. */
export const ANSWERS = 8;

/** Bits that an adapter of rank r holds, about. */
export const adapterBits = ({preset}: Case, r: number): number => BITS.parameter * adapterParameters(preset, r);

/** The least power of two, from 16 to 256, whose adapter holds all that the data may; the most, where none does. */
export function rankOfData(one: Case): number {
  let r = RANK_LIMITS.least;
  while (r < RANK_LIMITS.most && adapterBits(one, r) < dataBits(one)) r *= 2;
  return r;
}

export function rankFor(one: Case): number {
  if (one.task === "images") return 4;
  if (one.task === "rl") return 8;
  if (one.task === "preference") return 32;
  return Math.max(LEAST[one.subject], rankOfData(one));
}

/** Whether the base is of the size for which QLoRA halves the rate: by the weights of its layers. */
export const isLarge = ({preset}: Case): boolean =>
  preset.kind === "language" && matrixParameters(modelOf(preset)) > LARGE;

/**
 * Whether rank, α and rate are taken from the one study on code and mathematics, which had α = 2r and 1e-4 at both ranks:
 * claims rank-256-code, alpha-biderman, rate-biderman-256 and rate-biderman-math. They apply where the study's rank is more
 * than the tokens ask for.
 */
export const isAsStudied = (one: Case): boolean => one.subject !== "other" && rankOfData(one) < LEAST[one.subject];

function ratesOf(one: Case): LoraSettings["rates"] {
  if (one.task === "images") return [3e-5, 1e-4, 3e-4];
  if (one.task === "preference") return [2e-6, 5e-6, 1.5e-5];
  if (one.task === "rl") return [5e-6, 1e-5, 5e-5];
  return isLarge(one) || isAsStudied(one) ? [5e-5, 1e-4, 2e-4] : [1e-4, 2e-4, 5e-4];
}

/**
 * Steps whose gradients are summed, so that all cards make about `whole` sequences. TRL wants every question's answers
 * in the batch, so in reinforcement learning they make a whole number of questions.
 */
function accumulated({task, cards, micro}: Case, whole: number): number {
  const once = micro * cards;
  let steps = Math.max(1, Math.round(whole / once));
  while (task === "rl" && (steps * once) % ANSWERS > 0) steps++;
  return steps;
}

/** For preferences TRL's example has 16 with its rank and rate; for images the scripts have the rank. */
function alphaOf(one: Case, r: number): number {
  if (one.task === "images") return r;
  if (one.task === "preference") return 16;
  return isAsStudied(one) ? 2 * r : 32;
}

/** Images have no passes: the guide counts steps. Samples and checkpoints are made five times. */
export const IMAGE_STEPS = 500;
const IMAGE_LOOKS = 5;

/** The steps of a run and of a pass through the data, and how often one looks. */
function counted(
  {task, examples}: Case,
  batch: number,
  epochs: number,
): Pick<LoraSettings, "steps" | "looks" | "every"> {
  // The scripts keep a tenth aside, except of questions whose answers are rewarded.
  const sequences = task === "rl" ? examples * ANSWERS : task === "images" ? examples : Math.ceil(0.9 * examples);
  const pass = Math.max(1, Math.ceil(sequences / batch));
  if (task === "images") return {steps: IMAGE_STEPS, looks: IMAGE_LOOKS, every: IMAGE_STEPS / IMAGE_LOOKS};
  const looks = examples < FEW ? Math.min(LOOKS, pass) : 1;
  return {steps: epochs * pass, looks, every: Math.floor(pass / looks)};
}

export function loraSettings(one: Case): LoraSettings {
  const {task, cards, micro} = one;
  const r = rankFor(one);
  const whole = task === "images" ? 4 : 16;
  const accumulate = accumulated(one, whole);
  const batch = micro * accumulate * cards;
  const epochs = task === "imitation" ? 3 : 1;
  const {steps, looks, every} = counted(one, batch, epochs);
  const warmup = task === "images" ? 0 : 0.03;
  return {
    r,
    alpha: alphaOf(one, r),
    rates: ratesOf(one),
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
    looks,
    every,
  };
}
