/** Rows of choices that show how each spends its budget: A and B at four matrices, as thick as their rank; and beside them the scores. */
import {type Axis, domainOf, layOut} from "../../figure/plot/axes/axis.ts";
import {attributes, each, join, makePressable} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {paint} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {shapePath} from "../../figure/plot/shapes.ts";
import {put} from "../../figure/plot/text/put.ts";

/** A score of a choice; one that ties with the best is a ring. */
interface Score {
  value: number;
  text: string;
  isTie: boolean;
}

/** A row: one choice of matrices. */
export interface InkRow {
  /** The adapted matrices as letters. */
  on: string;
  /** A and B at each adapted matrix are drawn as thick as this. */
  rank: number;
  /** For screen readers. */
  spoken: string;
  isChosen: boolean;
  /** By task; undefined if the choice was not tested. */
  scores: readonly (Score | undefined)[];
  press(): void;
}

/** A task, which has a column of scores. */
interface InkTask {
  name: string;
  /** The ± of its scores, and the best of them. */
  spread: number;
  best: number;
}

interface InkOptions {
  rows: readonly InkRow[];
  /** The tasks; a narrow drawing shows the first alone. */
  tasks: readonly InkTask[];
  /** The matrices, as buttons that add one to the choice or remove it. */
  letters: readonly {letter: string; isOn: boolean; press(): void}[];
}

/** Room above the rows for the names of columns, and below them for the axes. */
const [HEAD_HEIGHT, AXIS_HEIGHT] = [34, 22];
/** The rows are no higher than if there were this many. */
const MIN_ROWS = 7;
/** The most that a matrix's side may be, and the distance from one to the next, in a wide drawing and in others. */
const SIZES = {wide: {maxSide: 20, pitch: 38}, small: {maxSide: 16, pitch: 29}};
/** The side of a matrix as a share of a row's height, and the thickness of a rank as a share of that side. */
const [SIDE_SHARE, RANK_SHARE] = [0.5, 0.05];
/** Room before the matrices, for a rank, and for a score at the right of its column. */
const [MARGIN, RANK_WIDTH, SCORE_WIDTH] = [14, 42, 62];
/** The distance between two columns of scores. */
const GAP = 22;

/** The column of a task's scores: which task, where it begins, how long it is, its scale and its ticks. */
function columnOf({rows, tasks}: InkOptions, task: number, from: number, length: number) {
  const {spread} = tasks[task]!;
  const values = rows.flatMap(({scores}) => {
    const score = scores[task];
    return score ? [score.value - spread, score.value + spread] : [];
  });
  const axis: Axis = {type: "linear"};
  return {task, from, length, ...layOut(axis, domainOf(axis, values), [0, length])};
}
type ScoreColumn = ReturnType<typeof columnOf>;

/** Draws the rows, their scores and the buttons above them. */
export function drawSameInk(g: Element, {frame, width, height}: Sheet, options: InkOptions) {
  const {rows, tasks, letters} = options;
  const {maxSide, pitch} = frame === "wide" ? SIZES.wide : SIZES.small;
  const step = (height - HEAD_HEIGHT - AXIS_HEIGHT) / Math.max(rows.length, MIN_ROWS);
  const side = Math.min(maxSide, SIDE_SHARE * step);
  const left = MARGIN + letters.length * pitch + RANK_WIDTH;
  const taskIndices = frame === "wide" ? tasks.map((_, i) => i) : [0];
  const room = (width - left - GAP * (taskIndices.length - 1)) / taskIndices.length;
  const columns = taskIndices.map((task, i) => columnOf(options, task, left + i * (room + GAP), room - SCORE_WIDTH));
  const place: InkPlace = {at: (i) => MARGIN + i * pitch, side, rankThickness: RANK_SHARE * side, middle: step / 2};
  drawHeads(layer(g, "g", "matrices"), options, place);
  each(layer(g, "g", "scales"), "g", columns, (axis, column) =>
    drawScale(axis, column, tasks[column.task]!, HEAD_HEIGHT + step * rows.length),
  );
  join(
    layer(g, "g", "rows"),
    "g",
    rows,
    {name: ({isChosen}) => (isChosen ? "row chosen" : "row"), key: ({on}) => on},
    (one, row, i) => {
      attributes(one, {transform: `translate(0 ${rounded(HEAD_HEIGHT + i * step)})`});
      attributes(layer(one, "rect", "field"), {x: 1, width: width - 2, height: rounded(step), rx: 4});
      drawInk(layer(one, "g", "ink"), row, letters, place);
      const name = layer(one, "text", "name", `r = ${row.rank}`);
      attributes(name, {x: place.at(letters.length) - 4, y: rounded(step / 2), dy: "0.32em"});
      each(layer(one, "g", "scores"), "g", columns, (group, {task, from, length, scale}) => {
        attributes(group, {transform: `translate(${rounded(from)} ${rounded(step / 2)})`});
        drawScore(group, row.scores[task], tasks[task]!.spread, scale, length + SCORE_WIDTH - 6);
      });
      // The name of a button has to contain its visible text.
      makePressable(one, `${one.textContent}. ${row.spoken}`, row.isChosen, row.press);
    },
  );
}

/** Draws the matrices above the rows, as buttons. */
function drawHeads(g: Element, {letters}: InkOptions, {at, side}: InkPlace) {
  join(g, "g", letters, {name: "need"}, (head, {letter, isOn, press}, i) => {
    makePressable(head, `W${letter}`, isOn, press);
    attributes(layer(head, "rect", "field"), {x: at(i) - 6, y: 4, width: side + 12, height: 24, rx: 4});
    const word = layer(head, "text", "name", `W${letter}`);
    attributes(word, {x: at(i) + side / 2, y: 16, dy: "0.32em", "text-anchor": "middle", "data-on": isOn ? "" : null});
  });
}

/** Draws a task's name and axis, and the band of its best score. */
function drawScale(axis: Element, {from, scale, ticks}: ScoreColumn, {name, spread, best}: InkTask, bottom: number) {
  attributes(axis, {transform: `translate(${rounded(from)} 0)`});
  attributes(layer(axis, "text", "task", `${name}, ± ${spread}`), {x: 0, y: 20});
  const band = layer(layer(axis, "g", "mark-rect"), "path", "band");
  paint(band, {tone: "dw"});
  const [low, high] = [rounded(scale(best - spread)), rounded(scale(best + spread))];
  attributes(band, {d: `M${low} ${HEAD_HEIGHT}H${high}V${rounded(bottom)}H${low}Z`});
  each(layer(axis, "g", "grid"), "path", ticks, (line, {value}) =>
    attributes(line, {d: `M${rounded(scale(value))} ${HEAD_HEIGHT}V${rounded(bottom)}`}),
  );
  each(layer(axis, "g", "ticks"), "text", ticks, (text, {value, name}) => {
    attributes(text, {x: rounded(scale(value)), y: rounded(bottom + 16), "text-anchor": "middle"});
    put(text, name);
  });
}

/** Where the matrices of a row are, and how large. */
interface InkPlace {
  /** The left edge of the matrix with this index. */
  at(i: number): number;
  side: number;
  rankThickness: number;
  /** The middle of the row, from its top. */
  middle: number;
}

/** Draws a square for each matrix, and if it is adapted A above it and B at its left, as thick as the rank. */
function drawInk(
  g: Element,
  {on, rank}: InkRow,
  letters: InkOptions["letters"],
  {at, side, rankThickness, middle}: InkPlace,
) {
  const top = middle - side / 2 + 3;
  each(g, "g", letters, (cell, {letter}, i) => {
    const isOn = on.includes(letter);
    const thickness = isOn ? rank * rankThickness : 0;
    const rect = (name: string, x: number, y: number, width: number, height: number) =>
      attributes(layer(cell, "rect", name), {
        x: rounded(x),
        y: rounded(y),
        width: rounded(width),
        height: rounded(height),
      });
    attributes(cell, {"data-on": isOn ? "" : null});
    rect("w0", at(i), top, side, side);
    rect("a", at(i), top - 1.5 - thickness, side, thickness);
    rect("b", at(i) - 1.5 - thickness, top, thickness, side);
  });
}

/** Draws a score with its whisker and its number. */
function drawScore(g: Element, score: Score | undefined, spread: number, at: (value: number) => number, end: number) {
  const look = score?.isTie ? ({tone: "dw", hollow: ""} as const) : ({tone: "soft"} as const);
  const whisker = layer(layer(g, "g", "mark-rule"), "path", "whisker");
  paint(whisker, {tone: look.tone});
  attributes(whisker, {d: score ? `M${rounded(at(score.value - spread))} 0H${rounded(at(score.value + spread))}` : ""});
  const mark = layer(layer(g, "g", "mark-dot"), "path", "score");
  paint(mark, look);
  attributes(mark, {d: score ? shapePath("circle", [at(score.value), 0], score.isTie ? 5 : 4) : ""});
  const text = layer(g, "text", "said", ` ${score?.text ?? "not tested"}`);
  attributes(text, {x: rounded(end), dy: "0.32em", "text-anchor": "end", "data-tone": score?.isTie ? "dw" : null});
}
