/** The figure “Same ink: on one matrix, or on several?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {dot, lineY, rect, ruleX, text} from "../../figure/plot/marks.ts";
import type {Chart, Drawing} from "../../figure/plot/picture.ts";
import {countText, fixed, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act, Readout, Table} from "../../figure/widget.ts";
import {ATTENTION_LETTERS, toggledMatrix} from "../shared/attentionMatrices.ts";
import {BUDGET, bestScores, scoreSpread} from "../shared/table5.ts";
import {
  againstBest,
  type BudgetParams,
  type BudgetResult,
  type ChoiceRow,
  compute,
  controls,
  isTie,
  matrixSum,
  RANKS,
  scoreRange,
  type Task,
  TESTED_AGAIN,
  table6Sets,
  taskNames,
  UNTESTED_FROM,
} from "./model.ts";
import {drawSameInk, type InkRow} from "./sameInk.ts";

const TASKS: readonly Task[] = ["wikisql", "multinli"];

/** A score as the tables print it. */
const scoreText = (value: number): string => fixed(value, 1);
/** "± 0.5" */
const spreadText = (task: Task): string => `± ${fixed(scoreSpread[task], 1)}`;
/** "73.7 on WikiSQL" */
const scoreOn = (task: Task, score: number): string => `${scoreText(score)} on ${taskNames[task]}`;

/** The best first, or as printed; a choice that was not tested comes last. */
function sortedChoices(choices: readonly ChoiceRow[], order: BudgetParams["order"]): readonly ChoiceRow[] {
  if (order === "printed") return choices;
  const task = order === "multinli" ? "multinli" : "wikisql";
  const score = ({scores}: ChoiceRow) => scores?.[task] ?? -1;
  return choices.toSorted((a, b) => score(b) - score(a));
}

/** Every choice of matrices for one budget: A and B drawn as thick as their rank, and the scores. */
function inkDrawing({choices}: BudgetResult, {on: chosen, order}: BudgetParams, act: Act): Drawing {
  const tasks: readonly Task[] = order === "multinli" ? ["multinli", "wikisql"] : TASKS;
  const rows = sortedChoices(choices, order).map(({on, rank, scores}): InkRow => {
    const scoresText = scores ? tasks.map((task) => scoreOn(task, scores[task])).join(", ") : "not tested";
    return {
      on,
      rank,
      isChosen: on === chosen,
      spoken: `${matrixSum(on)} at rank ${rank}: ${scoresText}`,
      scores: tasks.map(
        (task) =>
          scores && {
            value: scores[task],
            text: scoreText(scores[task]),
            isTie: isTie(task, scores[task], bestScores[task]),
          },
      ),
      press: () => act.set({on}),
    };
  });
  const orderText = order === "printed" ? "in the paper’s order" : `best on ${taskNames[tasks[0]!]} first`;
  return {
    name: "same-ink",
    label: [`GPT-3, ${countText(BUDGET)} parameters in every row, ${orderText}`],
    alt: `GPT-3, ${orderText}. ${rows.map(({spoken}) => spoken).join("; ")}`,
    height: {narrow: 316, mid: 316, wide: 342},
    isWide: true,
    isInteractive: true,
    isElastic: true,
    draw: (g, sheet) =>
      drawSameInk(g, sheet, {
        rows,
        tasks: tasks.map((task) => ({name: taskNames[task], spread: scoreSpread[task], best: bestScores[task]})),
        letters: [...ATTENTION_LETTERS].map((letter) => ({
          letter,
          isOn: chosen.includes(letter),
          press: () => act.set((now) => ({on: toggledMatrix(String(now.on), letter)})),
        })),
      }),
  };
}

/** The names of Table 6's sets, at the ends of their lines. */
const setNames: Readonly<Record<string, string>> = {q: "q alone", qv: "q and v", qkvo: "q, k, v and o"};

/** The ends of the axes in percent. One percent is as high on both tasks, so that no axis exaggerates a tenth. */
const SCORE_ENDS = {wikisql: [68, 75], multinli: [88, 95]} as const;

/** Scores over the rank: the chosen set of matrices is strong, the others gray; lines are dashed where no rank between was tested. */
function ranksChart({on: chosen, scored: task}: BudgetParams, act: Act): Chart {
  const lines = table6Sets.map(({on, scores}) => ({
    on,
    points: scores.flatMap((one, x) => (one ? [{x, y: one[task]}] : [])),
    look: on === chosen ? ({tone: "dw", strength: 3} as const) : ({tone: "soft"} as const),
  }));
  const x = ({x}: {x: number}) => x;
  const y = ({y}: {y: number}) => y;
  const pointsText = (points: readonly {x: number; y: number}[]) =>
    points.map(({x, y}) => `${scoreText(y)} at rank ${RANKS[x]}`).join(", ");
  return {
    name: "ranks",
    label: [
      `GPT-3 on ${taskNames[task]}: percent right, over the rank from 1 to 64; ${spreadText(task).replace(" ", "\u00a0")}`,
    ],
    alt: `${taskNames[task]}. ${lines.map(({on, points}) => `${matrixSum(on)}: ${pointsText(points)}`).join("; ")}`,
    height: {narrow: 240, mid: 260, wide: 320},
    x: {type: "point", names: RANKS.map(String)},
    y: {type: "linear", domain: SCORE_ENDS[task]},
    marks: [
      rect([UNTESTED_FROM], {x1: UNTESTED_FROM - 0.5, x2: TESTED_AGAIN - 0.5, tone: "edge"}),
      text([UNTESTED_FROM], {x: (UNTESTED_FROM + TESTED_AGAIN - 1) / 2, text: "not tested"}),
      ...lines.flatMap(({on, points, look}) => [
        lineY(
          points.filter(({x}) => x < UNTESTED_FROM),
          {x, y, ...look},
        ),
        lineY(
          points.filter(({x}) => x >= UNTESTED_FROM - 1),
          {x, y, ...look, dashed: true, end: setNames[on] ?? matrixSum(on)},
        ),
        ruleX(points, {
          x,
          y1: ({y}) => y - scoreSpread[task],
          y2: ({y}) => y + scoreSpread[task],
          tone: look.tone,
        }),
        dot(points, {
          x,
          y,
          tone: look.tone,
          r: look.tone === "dw" ? 5 : 4,
          title: ({x, y}) => `${matrixSum(on)}, rank ${RANKS[x]}: ${scoreText(y)}`,
          press: () => act.set({on}),
        }),
      ]),
    ],
  };
}

/** What the paper found with the chosen matrices over all ranks. */
function ranksText({set}: BudgetResult, {on, scored: task}: BudgetParams): string {
  if (!set) return `Table 6 does not include ${matrixSum(on)}: no rank of it was tested.`;
  const [low, high] = scoreRange(set, task);
  const verdict = isTie(task, low, high) ? "all ranks tie, so the lowest was enough" : "some ranks win against others";
  return `With ${matrixSum(on)} GPT-3 has ${scoreText(low)} to ${scoreText(high)} on ${taskNames[task]}: ${verdict} (${spreadText(task)}).`;
}

/** What the paper found at the chosen matrices. */
function choiceText({on, rank, scores}: ChoiceRow): string {
  if (!scores) return `The paper did not test ${matrixSum(on)} at rank ${rank}.`;
  const verdicts = TASKS.map((task) => againstBest(scores[task], task));
  if (on === "qkvo" && verdicts.every((verdict) => verdict === "the best"))
    return `Spread over all four, rank ${rank} beats or ties with every thicker choice: ${TASKS.map((task) => scoreOn(task, scores[task])).join(", ")}.`;
  const texts = TASKS.map((task, i) => `${scoreOn(task, scores[task])} (${verdicts[i]})`);
  return `${matrixSum(on)} at rank ${rank} scores ${texts.join(" and ")}.`;
}

/** The paper's score on a task, or its lowest and highest over all ranks. */
function scoreReadout({chosen, set}: BudgetResult, by: BudgetParams["by"], task: Task): Readout {
  const label = [`GPT-3, ${taskNames[task]}`];
  const untested = {label, value: chosen ? "not tested" : "–"};
  const spread = spreadText(task);
  if (by === "budget")
    return chosen?.scores
      ? {
          label,
          value: scoreText(chosen.scores[task]),
          note: `${spread}; best ${scoreText(bestScores[task])}`,
        }
      : untested;
  return set ? {label, value: scoreRange(set, task).map(scoreText).join(" to "), note: spread} : untested;
}

function choiceTable(choices: readonly ChoiceRow[]): Table {
  return {
    caption: `Every choice for ${whole(BUDGET)} parameters of GPT-3: the paper’s scores in percent`,
    columns: ["Matrices", "Rank", ...TASKS.map((task) => taskNames[task])],
    rows: choices.map(({on, rank, scores}) => [
      matrixSum(on),
      rank,
      ...TASKS.map((task) => (scores ? scoreText(scores[task]) : "not tested")),
    ]),
  };
}

const rankTable: Table = {
  caption: "Every rank: the paper’s scores of GPT-3 in percent for its sets of matrices",
  columns: ["Rank", ...TASKS.flatMap((task) => table6Sets.map(({on}) => `${taskNames[task]}, ${matrixSum(on)}`))],
  rows: RANKS.map((rank, i) => [
    rank,
    ...TASKS.flatMap((task) => table6Sets.map(({scores}) => (scores[i] ? scoreText(scores[i][task]) : "not tested"))),
  ]),
};

export default figure<typeof controls, BudgetResult>({
  title: "Same ink: on one matrix, or on several?",
  guide:
    "Press a row, or press matrices one by one; the budget then sets the rank. A and B are as thick as their rank; a ring ties with the best.",
  sources: ["Hu et al. 2021, §7.1, §7.2, Tables 5 and 6"],
  controls,
  compute,
  main: ["order", "scored"],
  picture: (result, params, act) =>
    params.by === "rank"
      ? {parts: [ranksChart(params, act)]}
      : {
          parts: [inkDrawing(result, params, act)],
          note: "Blue and orange: A and B, as thick as their rank. Violet ring: a tie with the best; band: its ±.",
        },
  says(result, params) {
    if (!result.chosen) return ["No matrix is chosen, so nothing is trained."];
    return [params.by === "rank" ? ranksText(result, params) : choiceText(result.chosen)];
  },
  readouts(result, {by, on}) {
    const {chosen, perRank} = result;
    const costs: Readout[] =
      by === "rank"
        ? [{label: ["GPT-3 parameters, at ", symbol.r, " = 1"], value: whole(perRank)}]
        : [
            {
              label: ["Rank ", symbol.r],
              value: whole(chosen?.rank ?? 0),
              note: `in ${on.length} of 4 matrices a layer`,
            },
            {
              label: ["GPT-3 parameters"],
              value: whole(perRank * (chosen?.rank ?? 0)),
            },
          ];
    return [...costs, ...TASKS.map((task) => scoreReadout(result, by, task))];
  },
  table: ({choices}, {by}) => (by === "rank" ? rankTable : choiceTable(choices)),
  source: ({by}) => ({kind: "paper", text: by === "rank" ? "Table 6" : "Table 5"}),
  challenge: {
    text: "find a matrix that ties with the best score on WikiSQL all alone.",
    met: ({chosen}, {by}) =>
      by === "budget" &&
      chosen?.on.length === 1 &&
      !!chosen.scores &&
      isTie("wikisql", chosen.scores.wikisql, bestScores.wikisql),
  },
});
