/** What to train of GPT-3 and how much: what a reader sets, and the paper's counts, which are told after the guess. */
import memory from "../../../content/paper/memory.json" with {type: "json"};
import {rows as trials, typicalFluctuation} from "../../../content/paper/table-4.json";
import {fullCount} from "../../engine/lora/counts.ts";
import {modelNamed, parameters} from "../../engine/memory/models.ts";
import {choice, countAt, hiddenText, type Params, range} from "../../figure/controls.ts";
import {isWithinSpread} from "../shared/withinSpread.ts";

/** The share of parameters that the strategy `random` trains. */
const RANDOM_SHARE = 1e-4;

export const controls = {
  strategy: choice(
    ["Train"],
    {
      last: "The last layer",
      random: `A random ${100 * RANDOM_SHARE}%`,
      biases: "Only the biases",
      layers: "New small layers",
      prompt: "Extra prompt vectors",
      lowrank: "A low-rank change to attention",
      unsure: "Not sure",
    },
    "unsure",
  ),
  count: range(["How many are enough"], {min: 3, max: 11.2, step: 0.1, value: 9, log: true}),
  latency: range(["Added latency, %"], {min: 0, max: 200, step: 5, value: 100}),
  committed: hiddenText(["Committed"], 7, (text) =>
    text === "yes" || text === "skipped" ? undefined : "It is yes, skipped or nothing.",
  ),
};
export type PredictParams = Params<typeof controls>;
export type Strategy = Exclude<PredictParams["strategy"], "unsure">;

/** The smallest and largest count that were tried; equal if there is one count. */
export interface CountRange {
  from: number;
  to: number;
}

/** How many parameters a strategy trains. */
interface StrategySize {
  strategy: Strategy;
  /** Undefined until the reader has committed or skipped. */
  size?: CountRange;
}

export interface PredictResult {
  /** Parameters of GPT-3, as the paper counts them. */
  total: number;
  /** Counts to compare with: all of GPT-3, GPT-2 medium, and one matrix and one vector of GPT-3. */
  landmarks: {all: number; medium: number; matrix: number; vector: number};
  sizes: readonly StrategySize[];
  /** The counts with which LoRA ties with full fine-tuning on WikiSQL. Undefined until the reader has committed or skipped. */
  answer?: CountRange;
  /** The guessed count, committed or not, and its share of all parameters. Undefined if skipped or not moved. */
  guess?: {count: number; share: number};
  /** The guessed added latency in percent; undefined like `guess`. */
  slowdown?: number;
}

const gpt3 = modelNamed("GPT-3 175B");
const MILLION = 1e6;

/** The methods of Table 4 that follow each strategy. The table has none for the last layer or a random share. */
export const strategyMethods: Readonly<Record<Strategy, readonly string[]>> = {
  last: [],
  random: [],
  biases: ["BitFit"],
  layers: ["AdapterH"],
  prompt: ["PreEmbed", "PreLayer"],
  lowrank: ["LoRA"],
};
export const strategies = Object.keys(strategyMethods) as Strategy[];

/** Counts and WikiSQL accuracies of these methods in Table 4. */
const trialsOf = (names: readonly string[]): {count: number; accuracy: number}[] =>
  trials
    .filter(({method}) => names.includes(method))
    // Table 4 prints millions to one decimal.
    .map(({paramsM, wikisql}) => ({count: Math.round(paramsM * MILLION), accuracy: wikisql}));

const full = trialsOf(["FT"])[0]!;

/** Parameters and GPU memory of fine-tuning all of GPT-3 with Adam. */
export const fullFineTuning = {count: full.count, memory: memory["vram-ft"]};

const rangeOf = (counts: readonly number[]): CountRange => ({from: Math.min(...counts), to: Math.max(...counts)});

const spread = typicalFluctuation.wikisql;
const answer = rangeOf(
  trialsOf(strategyMethods.lowrank)
    .filter(({accuracy}) => isWithinSpread({score: accuracy, spread}, {score: full.accuracy, spread}))
    .map(({count}) => count),
);

/** The counts of parameters that a strategy trains: from Table 4, or counted here for the two that it lacks. */
function sizeOf(strategy: Strategy): CountRange {
  const outside = gpt3.outside.reduce((sum, {rows, cols}) => sum + rows * cols, 0);
  const counted = {last: (parameters(gpt3) - outside) / gpt3.layers, random: Math.round(full.count * RANDOM_SHARE)};
  const counts =
    strategy in counted
      ? [counted[strategy as keyof typeof counted]]
      : trialsOf(strategyMethods[strategy]).map(({count}) => count);
  return rangeOf(counts);
}

export function compute({count: power, latency, committed}: PredictParams): PredictResult {
  const [isOpen, isGuess] = [committed === "", committed !== "skipped"];
  return {
    total: full.count,
    landmarks: {
      all: full.count,
      medium: parameters(modelNamed("GPT-2 medium")),
      matrix: fullCount(gpt3.dModel, gpt3.dModel),
      vector: gpt3.dModel,
    },
    sizes: strategies.map((strategy) => ({strategy, size: isOpen ? undefined : sizeOf(strategy)})),
    answer: isOpen ? undefined : answer,
    guess:
      isGuess && power !== controls.count.value
        ? {count: countAt(power), share: countAt(power) / full.count}
        : undefined,
    slowdown: isGuess && latency !== controls.latency.value ? latency : undefined,
  };
}
