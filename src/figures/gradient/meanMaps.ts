/** Mean gradients as maps, each with its size against one word's gradient and its strongest pieces as bars. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {attributes, each, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {type Drawn, paint, type Tone} from "../../figure/plot/marks.ts";
import {heatmap} from "../../figure/plot/matrices/heatmap.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {label} from "../../figure/plot/text/label.ts";
import {put} from "../../figure/plot/text/put.ts";

/** A mean gradient as it is drawn. */
export interface MeanMap {
  name: string;
  mean: Matrix;
  tone: Tone;
  /** The mean's size as a share of one word's, as a number and in words; and that share if the words had nothing in common. */
  sizeShare: number;
  sizeText: string;
  chanceShare: number;
  /** The share of the energy in each of the strongest pieces, and the first in words. */
  shares: readonly number[];
  shareText: string;
}

/** The size of an entry that has the full color, the same in both maps, so that a map can be seen to fade. */
const COLOR_LIMIT = 0.03;
/** Room in units: between the two maps, for the pieces at the right of a map, and for words above and below it. */
const [GUTTER, PIECES_WIDTH, ABOVE, BELOW] = [20, 84, 22, 30];
/** From this width on a column has the pieces at the side of its map. */
const BESIDE_FROM = 210;
/** The height of a bar for a share of 1, and of the words above the bars. */
const [BAR_HEIGHT, PIECE_WORDS] = [56, 54];

/** The width of one of the two columns, and the side of its map. */
const columnOf = (width: number): number => (width - GUTTER) / 2;
const sideOf = (width: number): number => columnOf(width) - (columnOf(width) >= BESIDE_FROM ? PIECES_WIDTH : 0);

/** The height of maps in a picture this wide. */
export const meanMapsHeight = (width: number): number =>
  Math.round(ABOVE + sideOf(width) + BELOW + (columnOf(width) >= BESIDE_FROM ? 0 : BAR_HEIGHT + PIECE_WORDS));

/** Draws the maps side by side. */
export function drawMeanMaps(g: Element, maps: readonly MeanMap[], {width}: Sheet) {
  const [column, side] = [columnOf(width), sideOf(width)];
  join(g, "g", maps, {name: "mean-map"}, (box, map, i) => {
    attributes(box, {transform: `translate(${i * (column + GUTTER)} 0)`});
    label(box, "name", map.name, {x: 0, y: 12});
    const cells = layer(box, "g", "cells");
    attributes(cells, {transform: `translate(0 ${ABOVE})`});
    const cell = side / map.mean.cols;
    heatmap(cells, map.mean, {cellWidth: cell, cellHeight: cell, limit: COLOR_LIMIT});
    line(box, "edge", {tone: "edge", thin: ""}, `M0 ${ABOVE}h${side}v${side}h${-side}z`);
    drawLeft(box, map, side, ABOVE + side + 8);
    if (column >= BESIDE_FROM) drawPieces(box, map, side + 12, ABOVE);
    else drawPieces(box, map, 0, ABOVE + side + BELOW + 8);
  });
}

/** Draws a line of this look, or moves it. */
function line(box: Element, name: string, look: Drawn["look"], d: string) {
  const path = layer(layer(box, "g", `mark-rule ${name}`), "path", "drawn");
  paint(path, look);
  attributes(path, {d});
}

/** Draws a line as long as one word's gradient is large; over it what is left in the mean, and a tick at what words with nothing in common leave. */
function drawLeft(box: Element, {sizeShare, sizeText, chanceShare, tone}: MeanMap, side: number, y: number) {
  line(box, "whole", {tone: "edge", thin: ""}, `M0 ${y}H${side}`);
  line(box, "left", {tone, strength: "3"}, `M0 ${y}H${(sizeShare * side).toFixed(1)}`);
  const tick = (chanceShare * side).toFixed(1);
  line(box, "nothing", {tone: "ink", dashed: ""}, `M${tick} ${y - 6}V${y + 6}`);
  label(box, "left-said", sizeText, {x: 0, y: y + 18});
}

/** Writes the share of the strongest piece in large letters, and draws a bar for each of the strongest. */
function drawPieces(box: Element, {shares, shareText, tone}: MeanMap, x: number, y: number) {
  const words = layer(box, "g", "mark-text");
  attributes(words, {transform: `translate(${x} ${y})`});
  const number = layer(words, "text", "answer");
  paint(number, {tone});
  attributes(number, {y: 22});
  put(number, shareText);
  label(words, "plain", "in one piece", {x: 0, y: 40});
  const bars = layer(box, "g", "mark-bar pieces");
  attributes(bars, {transform: `translate(${x} ${y + 50})`});
  each(bars, "path", shares, (bar, share, i) => {
    paint(bar, {tone, ...(i ? {strength: "1"} : {})});
    attributes(bar, {d: `M${i * 9} ${BAR_HEIGHT}v${(-share * BAR_HEIGHT).toFixed(1)}h7V${BAR_HEIGHT}z`});
  });
}
