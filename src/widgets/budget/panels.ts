import {blockmap, type Place} from "../../figures/blockmap.ts";
import {layer} from "../../figures/layer.ts";
import {panel} from "../../figures/panel.ts";
import {type DotRow, dots, dotsHeight} from "../../figures/plots/dots.ts";
import {fixed, whole} from "../../figures/text/format.ts";
import {key} from "../../figures/text/key.ts";
import type {Act} from "../../shell/widget.ts";
import {OPERATIONS} from "../shared/taskNames.ts";
import type {BudgetParams} from "./controls.ts";
import {type EstimateRow, estimates, estimatesHeight} from "./figures/estimates.ts";
import {
  type BudgetResult,
  GOAL,
  LEARNED,
  LETTERS,
  type Learned,
  nameOf,
  PRINTED,
  type Printed,
  type Row,
  toggled,
} from "./result.ts";
import {learnedBy, nameOfRow, plusMinus, reasons, score, seedsOf, tasks} from "./sentences.ts";

const WIDTH = 256;

function choose(box: Element, {rank, cost, budget}: BudgetResult, {on}: BudgetParams, act: Act) {
  const size = rank === undefined ? "" : `r = ${rank}`;
  const attention = [...LETTERS].map((letter): Place => {
    const isOn = on.includes(letter);
    const said = isOn ? `W${letter}${size && ` ${size}`}, adapted` : `W${letter}, frozen`;
    return {letter, index: letter, isOn, note: isOn ? size : "", said};
  });
  const mlp = ["1", "2"].map(
    (letter): Place => ({letter, index: letter, isOn: false, isFixed: true, note: "", said: `W${letter}, frozen`}),
  );
  const left = budget - cost.large;
  const sum =
    rank === undefined
      ? `${whole(cost.large)} numbers of GPT-3 for each rank.`
      : `${whole(cost.large)} numbers of GPT-3${left && on ? `; ${whole(left)} of the budget are left over` : ""}.`;
  blockmap(box, [...attention, ...mlp], {
    label: "Press the matrices to adapt",
    foot: `In every layer. The MLP stays frozen, as in the paper. ${sum}`,
    between: "MLP",
    onToggle: (letter) => act.set((now) => ({on: toggled(String(now.on), letter)})),
  });
}

/** The rows in the chosen order; rows without a value come last. */
const ordered = (rows: readonly Row[], {by, order}: BudgetParams, value: (row: Row) => number | undefined): Row[] =>
  by === "budget" && order === "best" ? rows.toSorted((a, b) => (value(b) ?? -1) - (value(a) ?? -1)) : [...rows];

function printedRows({rows, sets}: BudgetResult, params: BudgetParams, task: Printed): EstimateRow[] {
  if (params.by === "budget")
    return ordered(rows, params, ({scores}) => scores?.[task]).map((row) => ({
      name: nameOfRow(row),
      said: row.scores ? score(row.scores[task]) : "not tested",
      isLit: row.isChosen,
      marks: row.scores ? [{value: row.scores[task], kind: row.isChosen ? "chosen" : "rest"}] : [],
    }));
  return rows.map(({r, scores}, i) => {
    const marks = sets.flatMap(({on, scores}) =>
      scores[i] ? [{value: scores[i][task], kind: on === params.on ? "chosen" : "rest"}] : [],
    );
    return {
      name: `rank ${r}`,
      said: scores ? score(scores[task]) : marks.length ? "" : "not tested",
      isLit: scores !== undefined,
      marks,
    };
  });
}

function printed(box: Element, result: BudgetResult, params: BudgetParams, task: Printed) {
  const rows = printedRows(result, params, task);
  const lanes = Math.max(1, result.sets.length);
  const svg = panel(box, `estimates ${task}`, {
    label: [`${tasks[task]}, percent right; typically ${plusMinus(result.fluctuation[task])}`],
    width: WIDTH,
    height: estimatesHeight(rows.length, lanes),
    alt: `${tasks[task]}. ${rows.map(({name, said}) => `${name}: ${said || "not tested with this choice"}`).join("; ")}.`,
  });
  const {ends, ticks} = result.scales[task];
  const decimals = ticks.every(Number.isInteger) ? 0 : 1;
  estimates(svg, rows, {
    width: WIDTH,
    ends,
    ticks,
    format: (value) => fixed(value, decimals),
    spread: result.fluctuation[task],
    lanes,
  });
}

/** Where the marks of the three sets of Table 6 are in each row. */
const placeNames = ["upper", "middle", "lower"];

export function paperSide(picture: Element, result: BudgetResult, params: BudgetParams, act: Act) {
  const side = layer(picture, "div", "spend printed");
  const isRanks = params.by === "rank";
  layer(
    side,
    "p",
    "whose",
    isRanks
      ? "GPT-3, paper: Table 6, the rank varied"
      : `GPT-3, paper: Table 5, ${whole(result.budget)} numbers in every row`,
  );
  const left = layer(side, "div", "choice");
  choose(left, result, params, act);
  for (const task of PRINTED) printed(side, result, params, task);
  const others = result.sets.map(({on}, i) => ({
    name: on === params.on ? "chosen" : "rest",
    kind: "dot" as const,
    text: `${placeNames[i]}: ${nameOf(on)}`,
  }));
  key(left, [
    ...(isRanks
      ? others
      : [
          {name: "chosen", kind: "dot" as const, text: "your choice"},
          {name: "rest", kind: "dot" as const, text: "other choices"},
        ]),
    {name: "whisker", kind: "line", text: "how far the paper says it varies"},
  ]);
}

function tinyRows({rows, width}: BudgetResult, params: BudgetParams, learned: Learned): DotRow[] {
  const mean = ({results}: Row) => results[learned].reduce((sum, one) => sum + one, 0) / results[learned].length;
  // By the share of seeds that have learned it; ties by the mean.
  const value = (row: Row) =>
    row.results[learned].length ? learnedBy(row, learned) / row.results[learned].length + mean(row) / 1000 : undefined;
  return ordered(rows, params, value).map((row) => ({
    name: params.by === "rank" ? `rank ${row.r}` : nameOfRow(row),
    said: seedsOf(row, learned) || (row.r > width ? `above d = ${width}` : "no run"),
    values: row.results[learned],
    mean: mean(row),
    isLit: params.by === "budget" && row.isChosen,
  }));
}

export function tinySide(picture: Element, result: BudgetResult, params: BudgetParams) {
  const side = layer(picture, "div", "spend tiny");
  const {seeds, cost} = result;
  const isRanks = params.by === "rank";
  layer(
    side,
    "p",
    "whose",
    isRanks
      ? `Tiny model, our task: the lab’s digit machine with ${nameOf(params.on) || "no matrix"}, ${whole(cost.tiny)} numbers for each rank`
      : "Tiny model, our task: the lab’s digit machine, the same choices at the same ranks",
  );
  const said = layer(side, "div", "said");
  key(said, [
    {name: "there", kind: "dot", text: `a seed with ${100 * GOAL}% or more right`},
    {name: "short", kind: "dot", text: "a seed below it"},
    {name: "average", kind: "tick", text: "mean of the row"},
    ...(isRanks ? [] : [{name: "there followed", kind: "dot" as const, text: `seed ${params.seed}`}]),
  ]);
  const [first, second] = isRanks ? reasons.rank : reasons.budget;
  layer(said, "p", "reason", first);
  layer(said, "p", "lesson", second);
  for (const learned of LEARNED) {
    const rows = tinyRows(result, params, learned);
    const svg = panel(side, `dots ${learned}`, {
      label: [`“${OPERATIONS[learned]}”: fresh inputs with every digit right`],
      width: WIDTH,
      height: dotsHeight(rows.length, seeds),
      alt: `${OPERATIONS[learned]}, seeds at ${100 * GOAL}% or more. ${rows.map(({name, said}) => `${name}: ${said}`).join("; ")}.`,
    });
    dots(svg, rows, {
      width: WIDTH,
      lanes: seeds,
      ends: [0, 1],
      ticks: [0, 0.5, 1],
      format: (share) => `${100 * share}%`,
      goal: GOAL,
      ...(isRanks ? {} : {followed: params.seed - 1}),
    });
  }
}
