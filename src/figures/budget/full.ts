import {percent, whole} from "../../figure/plot/text/format.ts";
import {sign} from "../../figure/signs.ts";
import {full, type Readout, type Table} from "../../figure/widget.ts";
import {OPERATIONS} from "../shared/taskNames.ts";
import type {BudgetParams, controls} from "./controls.ts";
import {words} from "./fullPanel.ts";
import {rangeOf, seedResult, summary} from "./fullSentences.ts";
import {drawBudget} from "./panels.ts";
import {type BudgetResult, LEARNED, type Learned, nameOf, PRINTED, type Printed, type Row} from "./result.ts";
import {chosenRow, isComplete, plusMinus, ranksText, score, seedsOf, sureRanks, tasks} from "./sentences.ts";

function printedReadout(result: BudgetResult, {by, on}: BudgetParams, task: Printed): Readout {
  const label = [`GPT-3, ${tasks[task]}`];
  const note = plusMinus(result.fluctuation[task]);
  if (by === "budget") {
    const scores = chosenRow(result)?.scores;
    return scores
      ? {label, value: score(scores[task]), note: `${note}; best ${score(result.best[task])}`}
      : {label, value: on ? "not tested" : "–"};
  }
  const range = rangeOf(result, on, task);
  return range
    ? {label, value: `${score(range[0])} to ${score(range[1])}`, note}
    : {label, value: on ? "not tested" : "–"};
}

function tinyReadout(result: BudgetResult, {by}: BudgetParams, learned: Learned): Readout {
  const label = [`Tiny model, ${OPERATIONS[learned]}`];
  if (by === "budget") {
    const row = chosenRow(result);
    const counted = row && seedsOf(row, learned);
    return counted ? {label, value: counted, note: "seeds"} : {label, value: "–"};
  }
  if (!result.rows.some((row) => isComplete(row, result.seeds))) return {label, value: "–"};
  return {label, value: ranksText(sureRanks(result, learned)), note: "every seed"};
}

const mean = (values: readonly number[]): string =>
  values.length ? percent(values.reduce((sum, one) => sum + one, 0) / values.length) : "–";

const tinyCells = (row: Row) =>
  LEARNED.flatMap((learned) => [seedsOf(row, learned) || "–", mean(row.results[learned])]);

function budgetTable({rows, budget}: BudgetResult, seed: number): Table {
  return {
    caption: `Every choice for ${whole(budget)} parameters of GPT-3: the paper’s scores in percent, and the tiny model’s seeds that learn, the mean of all, and one seed`,
    columns: [
      "Matrices",
      "Rank",
      ...PRINTED.map((task) => `GPT-3, paper: ${tasks[task]}`),
      ...LEARNED.flatMap((learned) => [`Tiny: ${OPERATIONS[learned]}, seeds`, "mean"]),
      ...LEARNED.map((learned) => `${OPERATIONS[learned]}, seed ${seed}`),
    ],
    rows: rows.map((row) => [
      nameOf(row.on),
      row.r,
      ...PRINTED.map((task) => (row.scores ? score(row.scores[task]) : "not tested")),
      ...tinyCells(row),
      ...LEARNED.map((learned) => seedResult(row, learned, seed)),
    ]),
  };
}

function rankTable({rows, sets}: BudgetResult, on: string): Table {
  return {
    caption: `Every rank: the paper’s scores in percent for its sets of matrices, and the tiny model’s seeds that learn with ${nameOf(on) || "no matrix"}, and the mean`,
    columns: [
      "Rank",
      ...PRINTED.flatMap((task) => sets.map((set) => `GPT-3, paper: ${tasks[task]}, ${nameOf(set.on)}`)),
      ...LEARNED.flatMap((learned) => [`Tiny: ${OPERATIONS[learned]}, seeds`, "mean"]),
    ],
    rows: rows.map((row, i) => [
      row.r,
      ...PRINTED.flatMap((task) => sets.map(({scores}) => (scores[i] ? score(scores[i][task]) : "not tested"))),
      ...tinyCells(row),
    ]),
  };
}

export default full<typeof controls, BudgetResult>({
  draw(picture, result, params, act, room) {
    const drawing = {picture, result, params, act, room};
    drawBudget(drawing);
    if (room.size === "full") words(drawing);
  },
  summary,
  readouts(result, params) {
    const {rank, cost} = result;
    const numbers: Readout = {
      label: rank === undefined ? ["GPT-3 parameters, at ", sign.r, " = 1"] : ["GPT-3 parameters"],
      value: whole(cost.large),
      note: `tiny model ${whole(cost.tiny)}`,
    };
    return [
      ...(rank === undefined
        ? []
        : [{label: ["Rank ", sign.r], value: whole(rank), note: `in ${params.on.length} of 4 matrices a layer`}]),
      numbers,
      ...PRINTED.map((task) => printedReadout(result, params, task)),
      ...LEARNED.map((learned) => tinyReadout(result, params, learned)),
    ];
  },
  table: (result, {by, seed, on}) => (by === "rank" ? rankTable(result, on) : budgetTable(result, seed)),
});
