/** Two tasks as two columns: for each place a dot a seed, filled if it learned the task. */
import {attributes, each, join} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {paint} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {shapePath} from "../../../figure/plot/shapes.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {put} from "../../../figure/plot/text/put.ts";

export interface TaskColumn {
  task: string;
  /** It is the chosen task. */
  isChosen: boolean;
  /** How many seeds learned it, place by place. */
  learned: readonly number[];
}

interface TwoTasks {
  /** Rows that the sentence is about are marked, and their counts are large. */
  rows: readonly {name: string; isNews: boolean}[];
  columns: readonly TaskColumn[];
  seeds: number;
}

/** Of the line with the names of the tasks, and of a row. */
const [HEAD, PITCH] = [26, 36];
/** Room for the names of rows, narrow and otherwise; for a count; and between the columns. */
const [NAMES, NAMES_WIDE, COUNT, GAP] = [70, 110, 40, 14];
/** The largest distance between dots, and the largest radius of one. */
const [STEP, R] = [22, 7];

export const twoTasksHeight = (rows: number): number => HEAD + PITCH * rows + 2;

/** A dot for each seed, first the seeds that learned, and their number. */
function drawSeeds(g: Element, learned: number, seeds: number, width: number, isNews: boolean) {
  const step = Math.min((width - COUNT) / seeds, STEP);
  const r = Math.min(step / 2 - 1, R);
  each(layer(g, "g", "mark-dot"), "path", Array.from({length: seeds}), (dot, _, i) => {
    paint(dot, i < learned ? {tone: "dw"} : {tone: "edge", hollow: ""});
    attributes(dot, {d: shapePath("circle", [rounded((i + 0.5) * step), 0], r)});
  });
  const said = layer(g, "g", "mark-text");
  const x = seeds * step + 6;
  label(said, isNews ? "answer" : "plain", learned, {x, y: 0, dy: "0.35em"});
}

export function drawTwoTasks(g: Element, {rows, columns, seeds}: TwoTasks, {width, frame}: Sheet) {
  const names = frame === "narrow" ? NAMES : NAMES_WIDE;
  const wide = (width - names - GAP) / columns.length;
  const left = (i: number) => names + i * (wide + GAP);
  const heads = layer(g, "g", "mark-text");
  join(heads, "text", columns, {name: ({isChosen}) => (isChosen ? "head" : "plain")}, (head, {task}, i) => {
    attributes(head, {x: rounded(left(i)), y: 14});
    put(head, task);
  });
  join(group(g, "rows", 0, HEAD), "g", rows, {name: ({isNews}) => (isNews ? "row chosen" : "row")}, (row, one, at) => {
    const {name, isNews} = one;
    attributes(row, {transform: `translate(0 ${rounded((at + 0.5) * PITCH)})`});
    const field = {x: 0.5, y: 1 - PITCH / 2, width: width - 1, height: PITCH - 2, rx: 4};
    attributes(layer(row, "rect", "field"), isNews ? field : {...field, width: 0});
    label(row, "name", name, {x: 6, y: 0, dy: "0.35em"});
    each(layer(row, "g", "columns"), "g", columns, (column, {learned}, i) => {
      attributes(column, {transform: `translate(${rounded(left(i))} 0)`});
      drawSeeds(column, learned[at]!, seeds, wide, isNews);
    });
  });
}
