/** Tables 5 and 6 of the paper, as the figure on the budget needs them. */
import {rows as rows5, typicalFluctuation} from "../../../content/paper/table-5.json";
import {rows as rows6} from "../../../content/paper/table-6.json";
import {matrixLetters} from "../shared/attentionMatrices.ts";
import {type PaperScores, type PaperTask, PRINTED, type ScoreScale} from "./result.ts";

/** The seven choices of Table 5 in its order, each at the rank that the budget allows. */
export const printedChoices = rows5.map(({weights, rank, wikisql, multinli}) => ({
  on: matrixLetters(weights),
  r: rank,
  scores: {wikisql, multinli},
}));

/** How far scores typically vary, according to the paper. */
export const printedFluctuation: PaperScores = typicalFluctuation;

/** How many parameters are trained if one matrix in every layer of GPT-3 is adapted at r = 1; and the budget of Table 5. */
export const [UNIT, BUDGET] = rows5.map(({exactParams, matricesPerLayer, rank}) => [
  exactParams / (matricesPerLayer * rank),
  exactParams,
])[0] as [number, number];

/** The ranks of Table 6. */
const RANKS = ["r1", "r2", "r4", "r8", "r64"] as const;
/** How Table 6 names the tasks. */
const datasets: Readonly<Record<PaperTask, string>> = {wikisql: "WikiSQL", multinli: "MultiNLI"};

/** The scores of a set of matrices at a rank. */
const cell = (on: string, key: (typeof RANKS)[number]): PaperScores =>
  Object.fromEntries(
    PRINTED.map((task) => [
      task,
      rows6.find(({dataset, weights}) => dataset === datasets[task] && matrixLetters(weights) === on)![key],
    ]),
  ) as PaperScores;

/** The sets of matrices of Table 6 with their scores at each rank. */
export const sets = [...new Set(rows6.map(({weights}) => matrixLetters(weights)))].map((on) => ({
  on,
  at: new Map(RANKS.map((key) => [Number(key.slice(1)), cell(on, key)])),
}));

/** Every printed value of both tables. */
const all = (task: PaperTask): number[] =>
  [...printedChoices.map(({scores}) => scores), ...sets.flatMap(({at}) => [...at.values()])].map(
    (scores) => scores[task],
  );

/** The distance from one tick to the next. */
const STEP: PaperScores = {wikisql: 2, multinli: 0.5};

/** A scale with round ends that has room for every value and its fluctuation. */
function scaleOf(task: PaperTask): ScoreScale {
  const step = STEP[task];
  const low = step * Math.floor((Math.min(...all(task)) - printedFluctuation[task]) / step);
  const high = step * Math.ceil((Math.max(...all(task)) + printedFluctuation[task]) / step);
  return {
    ends: [low, high],
    ticks: Array.from({length: Math.round((high - low) / step) + 1}, (_, i) => low + i * step),
  };
}

/** The scale of each task. */
export const scales: Readonly<Record<PaperTask, ScoreScale>> = {
  wikisql: scaleOf("wikisql"),
  multinli: scaleOf("multinli"),
};
