import {percent, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {full, type Readout, type Table} from "../../figure/widget.ts";
import {OPERATIONS} from "../shared/taskNames.ts";
import type {BudgetParams, controls} from "./controls.ts";
import {meaningPanel} from "./fullPanel.ts";
import {scoreRange, seedResult, summary} from "./fullSentences.ts";
import {drawBudget} from "./panels.ts";
import {
  type BudgetResult,
  LEARNED_TASKS,
  type Learned,
  matrixSum,
  type PaperTask,
  PRINTED,
  type SettingRow,
} from "./result.ts";
import {
  chosenRow,
  hasAllRuns,
  plusMinus,
  printedScore,
  ranksText,
  seedsThatLearned,
  sureRanks,
  tasks,
} from "./sentences.ts";

function printedReadout(result: BudgetResult, {by, on}: BudgetParams, task: PaperTask): Readout {
  const label = [`GPT-3, ${tasks[task]}`];
  const note = plusMinus(result.fluctuation[task]);
  if (by === "budget") {
    const scores = chosenRow(result)?.scores;
    return scores
      ? {label, value: printedScore(scores[task]), note: `${note}; best ${printedScore(result.best[task])}`}
      : {label, value: on ? "not tested" : "–"};
  }
  const range = scoreRange(result, on, task);
  return range
    ? {label, value: `${printedScore(range[0])} to ${printedScore(range[1])}`, note}
    : {label, value: on ? "not tested" : "–"};
}

function tinyReadout(result: BudgetResult, {by}: BudgetParams, learned: Learned): Readout {
  const label = [`Tiny model, ${OPERATIONS[learned]}`];
  if (by === "budget") {
    const row = chosenRow(result);
    const counted = row && seedsThatLearned(row, learned);
    return counted ? {label, value: counted, note: "seeds"} : {label, value: "–"};
  }
  if (!result.rows.some((row) => hasAllRuns(row, result.seeds))) return {label, value: "–"};
  return {label, value: ranksText(sureRanks(result, learned)), note: "every seed"};
}

const mean = (values: readonly number[]): string =>
  values.length ? percent(values.reduce((sum, one) => sum + one, 0) / values.length) : "–";

const tinyCells = (row: SettingRow) =>
  LEARNED_TASKS.flatMap((learned) => [seedsThatLearned(row, learned) || "–", mean(row.results[learned])]);

function budgetTable({rows, budget}: BudgetResult, seed: number): Table {
  return {
    caption: `Every choice for ${whole(budget)} parameters of GPT-3: the paper’s scores in percent, and the tiny model’s seeds that learn, the mean of all, and one seed`,
    columns: [
      "Matrices",
      "Rank",
      ...PRINTED.map((task) => `GPT-3, paper: ${tasks[task]}`),
      ...LEARNED_TASKS.flatMap((learned) => [`Tiny: ${OPERATIONS[learned]}, seeds`, "mean"]),
      ...LEARNED_TASKS.map((learned) => `${OPERATIONS[learned]}, seed ${seed}`),
    ],
    rows: rows.map((row) => [
      matrixSum(row.on),
      row.r,
      ...PRINTED.map((task) => (row.scores ? printedScore(row.scores[task]) : "not tested")),
      ...tinyCells(row),
      ...LEARNED_TASKS.map((learned) => seedResult(row, learned, seed)),
    ]),
  };
}

function rankTable({rows, sets}: BudgetResult, on: string): Table {
  return {
    caption: `Every rank: the paper’s scores in percent for its sets of matrices, and the tiny model’s seeds that learn with ${matrixSum(on) || "no matrix"}, and the mean`,
    columns: [
      "Rank",
      ...PRINTED.flatMap((task) => sets.map((set) => `GPT-3, paper: ${tasks[task]}, ${matrixSum(set.on)}`)),
      ...LEARNED_TASKS.flatMap((learned) => [`Tiny: ${OPERATIONS[learned]}, seeds`, "mean"]),
    ],
    rows: rows.map((row, i) => [
      row.r,
      ...PRINTED.flatMap((task) => sets.map(({scores}) => (scores[i] ? printedScore(scores[i][task]) : "not tested"))),
      ...tinyCells(row),
    ]),
  };
}

export default full<typeof controls, BudgetResult>({
  draw(picture, result, params, act, room) {
    const drawing = {picture, result, params, act, room};
    drawBudget(drawing);
    if (room.size === "full") meaningPanel(drawing);
  },
  summary,
  readouts(result, params) {
    const {rank, cost} = result;
    const numbers: Readout = {
      label: rank === undefined ? ["GPT-3 parameters, at ", symbol.r, " = 1"] : ["GPT-3 parameters"],
      value: whole(cost.large),
      note: `tiny model ${whole(cost.tiny)}`,
    };
    return [
      ...(rank === undefined
        ? []
        : [{label: ["Rank ", symbol.r], value: whole(rank), note: `in ${params.on.length} of 4 matrices a layer`}]),
      numbers,
      ...PRINTED.map((task) => printedReadout(result, params, task)),
      ...LEARNED_TASKS.map((learned) => tinyReadout(result, params, learned)),
    ];
  },
  table: (result, {by, seed, on}) => (by === "rank" ? rankTable(result, on) : budgetTable(result, seed)),
});
