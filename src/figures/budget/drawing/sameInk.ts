/** Rows that draw their budget as ink, as a name cannot: A and B at four matrices, as thick as their rank, and scores beside them. */
import {type Axis, domainOf, layOut} from "../../../figure/plot/axes/axis.ts";
import {attributes, each, join, pressable} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {paint} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {shapePath} from "../../../figure/plot/shapes.ts";
import {put} from "../../../figure/plot/text/put.ts";

/** A score with its ±; a tie with the best is a ring. */
interface Score {
  value: number;
  said: string;
  isTie: boolean;
}

export interface InkRow {
  /** The adapted matrices as letters. */
  on: string;
  /** How thick A and B are at each. */
  r: number;
  /** For screen readers. */
  spoken: string;
  isChosen: boolean;
  /** By task; without one it was not tested. */
  scores: readonly (Score | undefined)[];
  press(): void;
}

/** A column of scores. */
export interface InkTask {
  name: string;
  spread: number;
  best: number;
}

export interface InkOptions {
  rows: readonly InkRow[];
  /** Those that a sheet has room for, the first one first. */
  tasks: readonly InkTask[];
  /** The matrices, each of which can be put into the choice or taken out. */
  letters: readonly {letter: string; isOn: boolean; press(): void}[];
}

/** Above the rows and below them, and the rows that there is always room for. */
const [HEAD, FOOT, SLOTS] = [34, 22, 8];
/** A matrix's side at most, and from one to the next, where the sheet is wide or not. */
const SIZES = {wide: {most: 20, pitch: 38}, small: {most: 16, pitch: 29}};
/** A row's share for the side of a matrix, and a side's for the ink of one rank. */
const [SIDE, INK] = [0.5, 0.05];
/** Room before the matrices, for a rank, and for a score at its right. */
const [START, RANK, SAID] = [14, 42, 44];
const GAP = 22;

/** A task's scores laid out: where its column begins, and how long it is. */
function scaleOf({rows, tasks}: InkOptions, task: number, from: number, length: number) {
  const {spread} = tasks[task]!;
  const values = rows.flatMap(({scores}) => {
    const score = scores[task];
    return score ? [score.value - spread, score.value + spread] : [];
  });
  const axis: Axis = {type: "linear"};
  return {task, from, length, ...layOut(axis, domainOf(axis, values), [0, length])};
}
type Column = ReturnType<typeof scaleOf>;

export function sameInk(g: Element, {frame, width, height}: Sheet, options: InkOptions) {
  const {rows, tasks, letters} = options;
  const {most, pitch} = frame === "wide" ? SIZES.wide : SIZES.small;
  const step = (height - HEAD - FOOT) / Math.max(rows.length, SLOTS - 1);
  const side = Math.min(most, SIDE * step);
  const left = START + letters.length * pitch + RANK;
  const shown = frame === "wide" ? tasks.map((_, i) => i) : [0];
  const room = (width - left - GAP * (shown.length - 1)) / shown.length;
  const columns = shown.map((task, i) => scaleOf(options, task, left + i * (room + GAP), room - SAID));
  const place: InkPlace = {at: (i) => START + i * pitch, side, ink: INK * side, middle: step / 2};
  drawHeads(layer(g, "g", "matrices"), options, place);
  each(layer(g, "g", "scales"), "g", columns, (axis, column) =>
    drawScale(axis, column, tasks[column.task]!, HEAD + step * rows.length),
  );
  join(
    layer(g, "g", "rows"),
    "g",
    rows,
    {name: ({isChosen}) => (isChosen ? "row chosen" : "row"), key: ({on}) => on},
    (one, row, i) => {
      attributes(one, {transform: `translate(0 ${n(HEAD + i * step)})`});
      attributes(layer(one, "rect", "field"), {x: 1, width: width - 2, height: n(step), rx: 4});
      drawInk(layer(one, "g", "ink"), row, letters, place);
      const rank = layer(one, "text", "name", `r = ${row.r}`);
      attributes(rank, {x: place.at(letters.length) - 4, y: n(step / 2), dy: "0.32em"});
      each(layer(one, "g", "scores"), "g", columns, (group, {task, from, length, at}) => {
        attributes(group, {transform: `translate(${n(from)} ${n(step / 2)})`});
        drawScore(group, row.scores[task], tasks[task]!.spread, at, length + SAID - 6);
      });
      // A button's name has all that is seen of it.
      pressable(one, `${one.textContent}. ${row.spoken}`, row.isChosen, row.press);
    },
  );
}

/** The matrices above the rows, as switches. */
function drawHeads(g: Element, {letters}: InkOptions, {at, side}: InkPlace) {
  join(g, "g", letters, {name: "need"}, (head, {letter, isOn, press}, i) => {
    pressable(head, `W${letter}`, isOn, press);
    attributes(layer(head, "rect", "field"), {x: at(i) - 6, y: 4, width: side + 12, height: 24, rx: 4});
    const word = layer(head, "text", "name", `W${letter}`);
    attributes(word, {x: at(i) + side / 2, y: 16, dy: "0.32em", "text-anchor": "middle", "data-on": isOn ? "" : null});
  });
}

/** A task's name and axis, and the band of its best score. */
function drawScale(axis: Element, {from, at, ticks}: Column, {name, spread, best}: InkTask, bottom: number) {
  attributes(axis, {transform: `translate(${n(from)} 0)`});
  attributes(layer(axis, "text", "task", `${name}, ± ${spread}`), {x: 0, y: 20});
  const band = layer(layer(axis, "g", "mark-rect"), "path", "band");
  paint(band, {tone: "dw"});
  const [low, high] = [n(at(best - spread)), n(at(best + spread))];
  attributes(band, {d: `M${low} ${HEAD}H${high}V${n(bottom)}H${low}Z`});
  each(layer(axis, "g", "grid"), "path", ticks, (line, {value}) =>
    attributes(line, {d: `M${n(at(value))} ${HEAD}V${n(bottom)}`}),
  );
  each(layer(axis, "g", "ticks"), "text", ticks, (text, {value, name}) => {
    attributes(text, {x: n(at(value)), y: n(bottom + 16), "text-anchor": "middle"});
    put(text, name);
  });
}

interface InkPlace {
  at(i: number): number;
  side: number;
  ink: number;
  middle: number;
}

/** A square for each matrix, and where it is adapted A above it and B at its left, as thick as the rank. */
function drawInk(g: Element, {on, r}: InkRow, letters: InkOptions["letters"], {at, side, ink, middle}: InkPlace) {
  const top = middle - side / 2 + 3;
  each(g, "g", letters, (cell, {letter}, i) => {
    const isOn = on.includes(letter);
    const thick = isOn ? r * ink : 0;
    const rect = (name: string, x: number, y: number, width: number, height: number) =>
      attributes(layer(cell, "rect", name), {x: n(x), y: n(y), width: n(width), height: n(height)});
    attributes(cell, {"data-on": isOn ? "" : null});
    rect("w0", at(i), top, side, side);
    rect("a", at(i), top - 1.5 - thick, side, thick);
    rect("b", at(i) - 1.5 - thick, top, thick, side);
  });
}

function drawScore(g: Element, score: Score | undefined, spread: number, at: (value: number) => number, end: number) {
  const look = score?.isTie ? ({tone: "dw", hollow: ""} as const) : ({tone: "soft"} as const);
  const whisker = layer(layer(g, "g", "mark-rule"), "path", "whisker");
  paint(whisker, {tone: look.tone});
  attributes(whisker, {d: score ? `M${n(at(score.value - spread))} 0H${n(at(score.value + spread))}` : ""});
  const mark = layer(layer(g, "g", "mark-dot"), "path", "score");
  paint(mark, look);
  attributes(mark, {d: score ? shapePath("circle", [at(score.value), 0], score.isTie ? 5 : 4) : ""});
  const said = layer(g, "text", "said", ` ${score?.said ?? "not tested"}`);
  attributes(said, {x: n(end), dy: "0.32em", "text-anchor": "end", "data-tone": score?.isTie ? "dw" : null});
}

const n = (place: number): number => Math.round(place * 10) / 10;
