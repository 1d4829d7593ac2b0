/** Mean gradients as maps, each with its size against one word's gradient and its strongest pieces as bars. */
import {attributes, each, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {type Look, paint, type Tone} from "../../figure/plot/marks.ts";
import {heatmap} from "../../figure/plot/matrices/heatmap.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {counted} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {put} from "../../figure/plot/text/put.ts";
import type {GradientParams, GradientResult} from "./model.ts";

/** What the words beside the names are called, one of them. */
const BESIDE_NAMES: Readonly<Record<GradientParams["beside"], string>> = {own: "own word", shuffled: "shuffled one"};

/** A share as a whole percent. */
export const roundPercent = (share: number): string => `${Math.round(100 * share)}%`;

/** Both mean gradients with their names: of the names, and of the words beside them. */
export const namedMeans = ({count, names, beside}: GradientResult, params: GradientParams) =>
  [
    {name: `Mean of ${counted(count, "name")}`, gradient: names, tone: "dw"},
    {name: `Mean of ${counted(count, BESIDE_NAMES[params.beside])}`, gradient: beside, tone: "soft"},
  ] as const;

/** How many pieces have a bar: the bars of others would be shorter than a line is thick. */
const PIECE_COUNT = 8;
/** The size of an entry that has the full color, the same in both maps, so that a map can be seen to fade. */
const COLOR_LIMIT = 0.03;
/** Room in units: between the two maps, for the pieces at the right of a map, and for words above and below it. */
const [GUTTER, PIECES_WIDTH, ABOVE, BELOW] = [20, 84, 22, 30];
/** From this width on, in units, a column has the pieces at the right of its map. */
const WIDE_COLUMN_WIDTH = 210;
/** The height of a bar for a share of 1, and of the words above the bars. */
const [BAR_HEIGHT, PIECE_WORDS_HEIGHT] = [56, 54];

/** The distance from one bar to the next, and the width of a bar. */
const [BAR_PITCH, BAR_WIDTH] = [9, 7];

/** The width of one of the two columns, and the side of its map. */
const columnOf = (width: number): number => (width - GUTTER) / 2;
const sideOf = (width: number): number => columnOf(width) - (columnOf(width) >= WIDE_COLUMN_WIDTH ? PIECES_WIDTH : 0);

/** The height of maps in a picture this wide. */
export const meanMapsHeight = (width: number): number =>
  Math.round(
    ABOVE + sideOf(width) + BELOW + (columnOf(width) >= WIDE_COLUMN_WIDTH ? 0 : BAR_HEIGHT + PIECE_WORDS_HEIGHT),
  );

/** Draws the maps side by side. */
export function drawMeanMaps(g: Element, result: GradientResult, params: GradientParams, {width}: Sheet) {
  const [column, side] = [columnOf(width), sideOf(width)];
  const chanceShare = 1 / Math.sqrt(result.count);
  join(g, "g", namedMeans(result, params), {name: "mean-map"}, (box, {name, gradient, tone}, i) => {
    attributes(box, {transform: `translate(${i * (column + GUTTER)} 0)`});
    label(box, "name", name, {x: 0, y: 12});
    const cells = layer(box, "g", "cells");
    attributes(cells, {transform: `translate(0 ${ABOVE})`});
    const cell = side / gradient.mean.cols;
    heatmap(cells, gradient.mean, {cellWidth: cell, cellHeight: cell, limit: COLOR_LIMIT});
    drawLine(box, "edge", {tone: "edge", thin: ""}, `M0 ${ABOVE}h${side}v${side}h${-side}z`);
    drawSize(box, gradient.sizeShare, chanceShare, tone, side, ABOVE + side + 8);
    if (column >= WIDE_COLUMN_WIDTH) drawPieces(box, gradient.shares, tone, side + 12, ABOVE);
    else drawPieces(box, gradient.shares, tone, 0, ABOVE + side + BELOW + 8);
  });
}

/** Draws a line of this look, or moves it. */
function drawLine(box: Element, name: string, look: Look, d: string) {
  const path = layer(layer(box, "g", `mark-rule ${name}`), "path", "drawn");
  paint(path, look);
  attributes(path, {d});
}

/** Draws a line as long as one word's gradient is large; over it what is left in the mean, and a tick at what words with nothing in common leave. */
function drawSize(box: Element, sizeShare: number, chanceShare: number, tone: Tone, side: number, y: number) {
  drawLine(box, "whole", {tone: "edge", thin: ""}, `M0 ${y}H${side}`);
  drawLine(box, "left", {tone, strength: "3"}, `M0 ${y}H${(sizeShare * side).toFixed(1)}`);
  const tick = (chanceShare * side).toFixed(1);
  drawLine(box, "nothing", {tone: "ink", dashed: ""}, `M${tick} ${y - 6}V${y + 6}`);
  label(box, "left-said", `${roundPercent(sizeShare)} of one word’s size`, {x: 0, y: y + 18});
}

/** Writes the share of the strongest piece in large letters, and draws a bar for each of the strongest. */
function drawPieces(box: Element, shares: readonly number[], tone: Tone, x: number, y: number) {
  const words = layer(box, "g", "mark-text");
  attributes(words, {transform: `translate(${x} ${y})`});
  const number = layer(words, "text", "answer");
  paint(number, {tone});
  attributes(number, {y: 22});
  put(number, roundPercent(shares[0]!));
  label(words, "plain", "in one piece", {x: 0, y: 40});
  const bars = layer(box, "g", "mark-bar pieces");
  attributes(bars, {transform: `translate(${x} ${y + 50})`});
  each(bars, "path", shares.slice(0, PIECE_COUNT), (bar, share, i) => {
    paint(bar, {tone, ...(i ? {strength: "1"} : {})});
    attributes(bar, {
      d: `M${i * BAR_PITCH} ${BAR_HEIGHT}v${(-share * BAR_HEIGHT).toFixed(1)}h${BAR_WIDTH}V${BAR_HEIGHT}z`,
    });
  });
}
