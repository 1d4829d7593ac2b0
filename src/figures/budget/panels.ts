import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {chart} from "../../figure/plot/chart.ts";
import {dotPlot, dotPlotHeight} from "../../figure/plot/charts/dotPlot.ts";
import {type DotPlotOptions, type PlotRow, type Point, pitchOnSlide} from "../../figure/plot/charts/dotPlotLayout.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {key} from "../../figure/plot/text/key.ts";
import type {Act} from "../../figure/widget.ts";
import {ATTENTION_LETTERS, toggledMatrix} from "../shared/attentionMatrices.ts";
import {LEARNED_SHARE, OPERATIONS} from "../shared/taskNames.ts";
import type {BudgetParams} from "./controls.ts";
import {ICONS, icons} from "./drawing/icons.ts";
import {
  type BudgetResult,
  LEARNED_TASKS,
  type Learned,
  matrixSum,
  type PaperTask,
  PRINTED,
  type SettingRow,
} from "./result.ts";
import {learnedBy, nameOfRow, plusMinus, printedScore, tasks} from "./sentences.ts";

/** Room for the names of ranks. */
const [RANKS, TIGHT_RANKS] = [52, 30];
/** A dot that leaves its whisker to be seen in a plot that is a third of a phone wide. */
const SMALL = "M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0Z";
/** Narrower than this a picture has no room for values. */
const TIGHT = 480;

/** The rows in the chosen order; rows without a value come last. */
const ordered = (
  rows: readonly SettingRow[],
  {by, order}: BudgetParams,
  value: (row: SettingRow) => number | undefined,
): SettingRow[] =>
  by === "budget" && order === "best" ? rows.toSorted((a, b) => (value(b) ?? -1) - (value(a) ?? -1)) : [...rows];

/** The chosen set of matrices has its color; the others are hollow. */
const markOf = (isChosen: boolean): string => (isChosen ? "chosen" : "rest hollow");

function printedRows({rows, sets, fluctuation}: BudgetResult, params: BudgetParams, task: PaperTask): BudgetRow[] {
  const point = (value: number, isChosen: boolean, lane?: number): Point => ({
    ...{name: markOf(isChosen), value, low: value - fluctuation[task], high: value + fluctuation[task]},
    ...(lane === undefined ? {} : {lane}),
  });
  if (params.by === "budget")
    return ordered(rows, params, ({scores}) => scores?.[task]).map((row) => ({
      on: row.on,
      name: nameOfRow(row),
      said: row.scores ? printedScore(row.scores[task]) : "not tested",
      isChosen: row.isChosen,
      points: row.scores ? [point(row.scores[task], row.isChosen)] : [],
    }));
  return rows.map(({r, scores}, i) => {
    const points = sets.flatMap(({on, scores}, lane) =>
      scores[i] ? [point(scores[i][task], on === params.on, lane)] : [],
    );
    return {
      name: `r = ${r}`,
      said: scores ? printedScore(scores[task]) : points.length ? "" : "not tested",
      points,
    };
  });
}

interface BudgetRow extends PlotRow {
  /** The set of matrices whose icon stands for the name. */
  on?: string;
}

export interface BudgetDrawing {
  picture: Element;
  result: BudgetResult;
  params: BudgetParams;
  act: Act;
  room: Room;
}

/** One more row than the paper has is free for a choice that it did not test, so that pressing does not move the card. */
const SLOTS = 8;
/** From row to row where a picture is tight. */
const LOW = 14;
/** What a slide has for the rows below the buttons. */
const SLIDE = 205;

/** One of the four plots: the same rows as the others, on a scale of its own. */
function column(
  {picture, params, act, room}: BudgetDrawing,
  name: string,
  all: readonly BudgetRow[],
  {label, alt, ...options}: {label: string; alt: string} & Omit<DotPlotOptions, "width" | "onPress" | "left" | "pitch">,
) {
  const isBudget = params.by === "budget";
  // Two plots side by side on a phone have no room for values; the alternative text has them.
  const isTight = room.width < TIGHT;
  // There, ranks take the height of the choices, so that the text below stands still.
  const tight = isBudget ? LOW : (LOW * SLOTS) / all.length;
  const pitches = {dock: 16, card: isTight ? tight : isBudget ? 18 : 20, full: 24, slide: pitchOnSlide(SLOTS, SLIDE)};
  const pitch = pitches[room.size];
  const rows = isTight
    ? all.map((row) => ({
        ...row,
        points: row.points.map((point) => (point.lane === undefined ? {...point, d: SMALL} : point)),
        name: isBudget ? `${row.name}, ${row.said}` : row.name.replace("r = ", ""),
        said: "",
      }))
    : all;
  const optionsAt = (width: number): DotPlotOptions => ({
    ...{...options, width, pitch, left: isBudget ? ICONS : isTight ? TIGHT_RANKS : RANKS},
    ...(isBudget ? {onPress: (row) => act.set({on: rows[row]!.on!})} : {}),
  });
  const nominal = room.size === "full" ? 420 : 250;
  const heightOf = (pitch: number) =>
    dotPlotHeight(rows, {...optionsAt(nominal), pitch}) + (isBudget ? Math.max(0, SLOTS - rows.length) * pitch : 0);
  const {g, width} = chart(picture, `spend ${name}`, room, {
    label: [label],
    nominal,
    height: heightOf(pitch),
    ...(room.size === "card" && {framed: {wide: heightOf(pitch), column: heightOf(tight), narrow: heightOf(tight)}}),
    alt,
    interactive: isBudget,
  });
  const {plot, height} = dotPlot(g, rows, optionsAt(width));
  icons(plot, isBudget ? rows : [], ATTENTION_LETTERS, height);
}

function printed(drawing: BudgetDrawing, task: PaperTask) {
  const {result, params} = drawing;
  const rows = printedRows(result, params, task);
  const {ends, ticks} = result.scales[task];
  const [spread, best] = [result.fluctuation[task], result.best[task]];
  column(drawing, task, rows, {
    label: `GPT-3, paper: ${tasks[task]}, ${plusMinus(spread)}`,
    alt: `${tasks[task]}, percent right. ${rows.map(({name, said}) => `${name}: ${said || "not tested with this choice"}`).join("; ")}.`,
    ends,
    ticks,
    format: (value) => fixed(value, ticks.every(Number.isInteger) ? 0 : 1),
    lanes: Math.max(1, result.sets.length),
    band: [best - spread, best + spread],
  });
}

function tinyRows({rows, width}: BudgetResult, params: BudgetParams, learned: Learned): BudgetRow[] {
  const mean = ({results}: SettingRow) => results[learned].reduce((sum, one) => sum + one, 0) / results[learned].length;
  // By the share of seeds that have learned it; ties by the mean.
  const value = (row: SettingRow) =>
    row.results[learned].length ? learnedBy(row, learned) / row.results[learned].length + mean(row) / 1000 : undefined;
  const followed = params.by === "budget" ? params.seed - 1 : undefined;
  return ordered(rows, params, value).map((row) => {
    const results = row.results[learned];
    const seeds = results.map((share, lane) => seedPoint(share, lane, lane === followed));
    // While a run goes on, what was stored stays pale behind it.
    const before = (row.before?.[learned] ?? []).slice(results.length);
    const pale = before.map((share, i) => seedPoint(share, results.length + i, false, " pale"));
    return {
      ...(params.by === "budget" ? {on: row.on, name: nameOfRow(row)} : {name: `r = ${row.r}`}),
      said: results.length ? `${learnedBy(row, learned)}/${results.length}` : row.r > width ? "too large" : "no run",
      isChosen: params.by === "budget" && row.isChosen,
      points: [...pale, ...seeds],
    };
  });
}

function tiny(drawing: BudgetDrawing, learned: Learned) {
  const {result, params} = drawing;
  const rows = tinyRows(result, params, learned);
  column(drawing, learned, rows, {
    label: `Tiny model: “${OPERATIONS[learned]}”`,
    alt: `${OPERATIONS[learned]}, seeds at ${100 * LEARNED_SHARE}% or more. ${rows.map(({name, said}) => `${name}: ${said.replace("/", " of ")}`).join("; ")}.`,
    ends: [0, 1],
    ticks: [0, 0.5, 1],
    format: (share) => `${100 * share}%`,
    lanes: result.seeds,
  });
}

/** The matrices of the choice as buttons, in the order of the squares in each row. */
function pressed({picture, params: {on}, act}: BudgetDrawing) {
  const list = [...ATTENTION_LETTERS].map((letter) => ({
    text: `W${letter}`,
    isPressed: on.includes(letter),
    onPress: () => act.set((now) => ({on: toggledMatrix(String(now.on), letter)})),
  }));
  buttonRow(picture, list, "Adapt");
}

/** Where the marks of the three sets of Table 6 are in each row. */
const placeNames = ["upper", "middle", "lower"];

function marks(box: Element, {sets}: BudgetResult, {by, on, seed}: BudgetParams, isFull: boolean) {
  const isRanks = by === "rank";
  const dot = (name: string, text: string) => ({name, kind: "dot" as const, text});
  key(box, [
    ...(isRanks
      ? sets.map((set, i) => dot(markOf(set.on === on), `${placeNames[i]}: ${matrixSum(set.on)}`))
      : [dot("chosen", "your choice")]),
    {name: "reach", kind: "area", text: isRanks ? "ties with the table’s best" : "ties with the best"},
    ...(isRanks && !isFull
      ? []
      : [
          dot("there", isFull ? `a seed with ${100 * LEARNED_SHARE}% or more right` : "a seed that learned it"),
          dot("short", isFull ? "a seed below that" : "one that did not"),
        ]),
    ...(isRanks ? [] : [dot("followed", isFull ? `seed ${seed}` : "chosen seed")]),
  ]);
}

export function drawBudget(drawing: BudgetDrawing) {
  const {picture, result, params, room} = drawing;
  if (room.size !== "dock") pressed(drawing);
  // A dock has room for one row of plots: those that the text's phrases are about. A slide has one of each model.
  const isSlide = room.size === "slide";
  if (room.size !== "dock") for (const task of isSlide ? PRINTED.slice(0, 1) : PRINTED) printed(drawing, task);
  for (const learned of isSlide ? LEARNED_TASKS.slice(0, 1) : LEARNED_TASKS) tiny(drawing, learned);
  if (room.size === "dock" || room.size === "slide") return;
  marks(layer(picture, "div", "reading"), result, params, room.size === "full");
}

const seedPoint = (share: number, lane: number, isFollowed: boolean, also = ""): Point => ({
  name: `${share >= LEARNED_SHARE ? "there" : "short hollow"}${isFollowed ? " followed" : ""}${also}`,
  value: share,
  lane,
});
