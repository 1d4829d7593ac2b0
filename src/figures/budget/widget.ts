/** One budget of parameters on one matrix or on several: the picture, its words and its numbers. */
import {figure, type Size} from "../../figure/declare.ts";
import {layer} from "../../figure/plot/layer.ts";
import {dot, lineY, rect, ruleX, text} from "../../figure/plot/marks.ts";
import type {Box, Chart, Drawing} from "../../figure/plot/picture.ts";
import {countText, percent, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act, Readout, Table} from "../../figure/widget.ts";
import {ATTENTION_LETTERS, toggledMatrix} from "../shared/attentionMatrices.ts";
import {liveMark, liveTools} from "../shared/liveSentences.ts";
import {seedLanes} from "../shared/seedLanes.ts";
import {LEARNED_SHARE, OPERATIONS} from "../shared/taskNames.ts";
import {type BudgetParams, controls} from "./controls.ts";
import {type InkRow, sameInk} from "./drawing/sameInk.ts";
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
  isTie,
  learnedBy,
  plusMinus,
  printedScore,
  ranksText,
  rowFindings,
  says,
  scoreRange,
  seedResult,
  seedsThatLearned,
  sureRanks,
  tasks,
  tinySays,
} from "./sentences.ts";

/** How many seeds have to learn each task to meet the challenge. */
const ENOUGH = 8;

/** The task that orders the rows, first. */
const tasksOf = ({order}: BudgetParams): readonly PaperTask[] =>
  order === "multinli" ? ["multinli", "wikisql"] : PRINTED;

/** The best first, or as printed; a choice that was not tested comes last. */
function ordered({rows}: BudgetResult, params: BudgetParams): SettingRow[] {
  const [first] = tasksOf(params);
  const score = ({scores}: SettingRow) => scores?.[first!] ?? -1;
  return params.order === "printed" ? [...rows] : rows.toSorted((a, b) => score(b) - score(a));
}

/** Every choice of matrices for one budget: its ink, and its scores. */
function ink(result: BudgetResult, params: BudgetParams, act: Act): Drawing {
  const shown = tasksOf(params);
  const rows = ordered(result, params).map((row): InkRow => {
    const {on, r, isChosen, scores} = row;
    const found = shown.map((task) => (scores ? `${printedScore(scores[task])} on ${tasks[task]}` : "not tested"));
    return {
      ...{on, r, isChosen, spoken: `${matrixSum(on)} at rank ${r}: ${[...new Set(found)].join(", ")}`},
      scores: shown.map(
        (task) =>
          scores && {
            value: scores[task],
            said: printedScore(scores[task]),
            isTie: isTie(result, task, scores[task], result.best[task]),
          },
      ),
      press: () => act.set({on}),
    };
  });
  const order = params.order === "printed" ? "in the paper’s order" : `best on ${tasks[shown[0]!]} first`;
  return {
    name: "same-ink",
    label: [`GPT-3, ${countText(result.budget)} parameters in every row, ${order}`],
    alt: `GPT-3, ${order}. ${rows.map(({spoken}) => spoken).join("; ")}`,
    height: {narrow: 316, mid: 316, wide: 342},
    isInteractive: true,
    isElastic: true,
    draw: (g, sheet) =>
      sameInk(g, sheet, {
        rows,
        tasks: shown.map((task) => ({name: tasks[task], spread: result.fluctuation[task], best: result.best[task]})),
        letters: [...ATTENTION_LETTERS].map((letter) => ({
          letter,
          isOn: params.on.includes(letter),
          press: () => act.set((now) => ({on: toggledMatrix(String(now.on), letter)})),
        })),
      }),
  };
}

/** The names of Table 6's sets, at the ends of their lines. */
const namesOfSets: Readonly<Record<string, string>> = {q: "q alone", qv: "q and v", qkvo: "q, k, v and o"};

/** The ends of the axes. One percent is as high on both tasks, so that no axis exaggerates a tenth. */
const PERCENTS = {wikisql: [68, 75], multinli: [88, 95]} as const;

/** The chart of scores over the rank: the chosen set of matrices is strong, the others gray; lines are dashed where no rank between was tested. */
function ranks({rows, sets, fluctuation}: BudgetResult, {on, scored}: BudgetParams, act: Act, size: Size): Chart {
  const spread = fluctuation[scored];
  const first = rows.findIndex((_, i) => sets[0]?.scores[i] === undefined);
  const lines = sets.map((set) => ({
    on: set.on,
    points: set.scores.flatMap((scores, x) => (scores ? [{x, y: scores[scored]}] : [])),
    look: set.on === on ? ({tone: "dw", strength: 3} as const) : ({tone: "soft"} as const),
  }));
  const at = {x: ({x}: {x: number}) => x, y: ({y}: {y: number}) => y};
  return {
    name: "ranks",
    label: [
      `GPT-3 on ${tasks[scored]}: percent right, over the rank from 1 to 64; ${plusMinus(spread).replace(" ", "\u00a0")}`,
    ],
    alt: `${tasks[scored]}. ${lines.map((line) => `${matrixSum(line.on)}: ${line.points.map(({x, y}) => `${printedScore(y)} at rank ${rows[x]!.r}`).join(", ")}`).join("; ")}`,
    height: {narrow: 240, mid: 260, wide: size === "card" ? 320 : 280},
    x: {type: "point", names: rows.map(({r}) => String(r))},
    y: {type: "linear", domain: PERCENTS[scored]},
    marks: [
      rect([first], {x1: first - 0.5, x2: rows.length - 1.5, tone: "edge"}),
      text([first], {x: (first + rows.length - 2) / 2, text: "not tested"}),
      ...lines.flatMap(({on, points, look}) => [
        lineY(
          points.filter(({x}) => x < first),
          {...at, ...look},
        ),
        lineY(
          points.filter(({x}) => x >= first - 1),
          {...at, ...look, dashed: true, end: namesOfSets[on] ?? matrixSum(on)},
        ),
        ruleX(points, {x: at.x, y1: ({y}) => y - spread, y2: ({y}) => y + spread, tone: look.tone}),
        dot(points, {
          ...at,
          tone: look.tone,
          r: look.tone === "dw" ? 5 : 4,
          title: ({x, y}) => `${matrixSum(on)}, rank ${rows[x]!.r}: ${printedScore(y)}`,
          press: () => act.set({on}),
        }),
      ]),
    ],
  };
}

/** The chart of the tiny model's runs of the same rows. */
function tiny(result: BudgetResult, params: BudgetParams, learned: Learned, act: Act): Chart {
  const isBudget = params.by === "budget";
  const rows = isBudget ? ordered(result, params) : result.rows;
  const seedText = (row: SettingRow) =>
    seedsThatLearned(row, learned) || (row.r > result.width ? "too large" : "no run");
  const nameOf = ({on, r}: SettingRow) => (isBudget ? `${[...on].join(" ")}, r ${r}` : `r = ${r}`);
  return {
    name: `tiny ${learned}`,
    label: [`Tiny model: “${OPERATIONS[learned]}”`],
    alt: `${OPERATIONS[learned]}, seeds at ${100 * LEARNED_SHARE}% or more. ${rows.map((row) => `${nameOf(row)}: ${seedText(row)}`).join("; ")}.`,
    height: 26 + 34 * rows.length,
    x: {type: "linear", domain: [0, 1], ticks: [0, 0.5, 1], tickFormat: (share) => `${100 * share}%`},
    y: {
      type: "rows",
      rows: rows.map((row) => ({name: nameOf(row), valueText: seedText(row), key: `${row.on} ${row.r}`})),
      ...(isBudget && {
        chosen: rows.findIndex(({isChosen}) => isChosen),
        press: (i: number) => act.set({on: rows[i]!.on}),
      }),
    },
    marks: seedLanes(
      rows.map(({results, before}) => ({results: results[learned], before: before?.[learned]})),
      {
        ...{seeds: result.seeds, at: (share) => share, hasReached: (share) => share >= LEARNED_SHARE},
        ...(isBudget && {followed: params.seed}),
      },
    ),
  };
}

/** Whose runs these are, and what they show. */
const meaning = ({cost}: BudgetResult, {by, on}: BudgetParams): Box => ({
  name: "meaning",
  isWide: true,
  html(box) {
    const tinyModel =
      by === "rank"
        ? `the digit machine with ${matrixSum(on) || "no matrix"}, ${whole(cost.tiny)} parameters for each rank`
        : "the digit machine, the same matrices at the same ranks";
    layer(
      box,
      "p",
      "note whose",
      `Each dot is one seed, filled if it gets 90% or more right. Tiny model: ${tinyModel}.`,
    );
    const [first, second] = rowFindings[by];
    layer(box, "p", "note reason", first);
    layer(box, "p", "note lesson", second);
  },
});

/** The paper's score on a task. */
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

/** How the tiny model does on a task. */
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

/** The mean share, "–" if there is no run. */
const mean = (values: readonly number[]): string =>
  values.length ? percent(values.reduce((sum, one) => sum + one, 0) / values.length) : "–";

/** The cells of a row about the tiny model. */
const tinyCells = (row: SettingRow) =>
  LEARNED_TASKS.flatMap((learned) => [seedsThatLearned(row, learned) || "–", mean(row.results[learned])]);

/** The table of all choices. */
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

/** The table of all ranks. */
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

export default figure<typeof controls, BudgetResult>({
  title: "Same ink: on one matrix, or on several?",
  guide:
    "Press a row, or press matrices one by one; the budget then sets the rank. A and B are as thick as their rank; a ring ties with the best. Below are our tiny model’s stored runs with a dot for each seed; “Run it live” trains them again here.",
  sources: ["Hu et al. 2021, §7.1, §7.2, Tables 5 and 6"],
  controls,
  main: ["order", "scored"],
  rerun: {tools: liveTools, progress: ({live}) => live && [live.done, live.due, "runs"]},
  picture: (result, params, act, size) => ({
    parts: [
      {...(params.by === "rank" ? ranks(result, params, act, size) : ink(result, params, act)), isWide: true},
      ...(size === "full"
        ? [...LEARNED_TASKS.map((learned) => tiny(result, params, learned, act)), meaning(result, params)]
        : []),
    ],
    ...(size === "full" && {columns: [1, 1]}),
    note:
      params.by === "rank"
        ? undefined
        : "Blue and orange: A and B, as thick as their rank. Violet ring: a tie with the best; band: its ±.",
  }),
  says: (result, params) => [says(result, params), tinySays(result, params)],
  readouts(result, params) {
    const {rank, cost} = result;
    return [
      ...(rank === undefined
        ? []
        : [{label: ["Rank ", symbol.r], value: whole(rank), note: `in ${params.on.length} of 4 matrices a layer`}]),
      {
        label: rank === undefined ? ["GPT-3 parameters, at ", symbol.r, " = 1"] : ["GPT-3 parameters"],
        value: whole(cost.large),
        note: `tiny model ${whole(cost.tiny)}`,
      },
      ...PRINTED.map((task) => printedReadout(result, params, task)),
      ...LEARNED_TASKS.map((learned) => tinyReadout(result, params, learned)),
    ];
  },
  table: (result, {by, seed, on}) => (by === "rank" ? rankTable(result, on) : budgetTable(result, seed)),
  source: (_, {live}) => (live ? liveMark(live) : {kind: "paper", text: "Tables 5 and 6; stored runs"}),
  challenge: {
    text: `find two matrices with which at least ${ENOUGH} seeds in ten learn each of the tiny model’s tasks. Did the paper test them?`,
    met: (result, {by, on}) => {
      const row = chosenRow(result);
      return by === "budget" && on.length === 2 && LEARNED_TASKS.every((learned) => learnedBy(row!, learned) >= ENOUGH);
    },
  },
});
