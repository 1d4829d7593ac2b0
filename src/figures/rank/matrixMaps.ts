/** The maps of ΔW and of its copy BA between B and A. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import {drawFactors} from "../../figure/plot/matrices/factors.ts";
import {heatmap} from "../../figure/plot/matrices/heatmap.ts";
import {outline, pick} from "../../figure/plot/matrices/pick.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {percent} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {texts} from "../../figure/plot/text/texts.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";
import type {Act} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import type {RankParams, RankResult} from "./model.ts";
import {makePaintable} from "./ownMatrix.ts";

/** Distances in units: from BA to its factors, from ΔW to B, and the room that B and A have at the largest rank. */
const [GAP, MAP_GAP, STRIP] = [8, 14, 52];

/** What every part of the picture is drawn from. */
export interface RankState {
  result: RankResult;
  params: RankParams;
  act: Act;
}

/** Draws a matrix in square cells with the traced entry outlined. Gives the edge of a cell. */
export function drawMatrixMap(g: Element, m: Matrix, edge: number, {result, params, act}: RankState): number {
  const {row, column} = params;
  const cell = edge / Math.max(m.rows, m.cols);
  const cells = {rows: m.rows, cols: m.cols, cellWidth: cell, cellHeight: cell};
  heatmap(group(g, "map"), m, {...cells, limit: largestEntry(result.W)});
  outline(group(g, "trace"), row && column ? [{row, column, rows: 1, cols: 1}] : [], cell, cell);
  pick(group(g, "picker"), {...cells, onPoint: (row, column) => act.set({row, column})});
  return cell;
}

/** The size of the letters of the share over ΔW, in units. */
const ANSWER_SIZE = 28;

/** Draws ΔW, over it the share of energy kept, and at the same scale BA with B at its left and A above it. */
export function drawMatrixMaps(g: Element, {width, height}: Sheet, state: RankState) {
  const {result, params, act} = state;
  const {W, energy, norm} = result;
  const {r, row, column} = params;
  const edge = Math.min((width - MAP_GAP - STRIP - GAP) / 2, height - STRIP - GAP);
  const left = (width - 2 * edge - MAP_GAP - STRIP - GAP) / 2;
  const delta = group(g, "delta", left, STRIP + GAP);
  const cell = drawMatrixMap(delta, W, edge, state);
  makePaintable(delta, result, params, cell, act);
  const hasEnergy = norm > 0;
  const energyText = percent(energy);
  texts(layer(g, "g", "mark-text"), [
    {at: [left, 22], text: hasEnergy ? energyText : "", kind: "answer", tone: "dw"},
    {at: [left + textWidth(energyText, ANSWER_SIZE) + 8, 22], text: hasEnergy ? "kept" : "", kind: "plain"},
  ]);
  label(g, "whole", `ΔW ${W.rows}×${W.cols}`, {x: left, y: STRIP + 2});
  const product = group(g, "product", left + edge + MAP_GAP);
  drawFactors(product, result, {
    size: edge,
    strip: STRIP,
    names: {B: `B ${W.rows}×${r}`, A: `A ${r}×${W.cols}`, BA: "BA"},
    limit: largestEntry(W),
    row,
    column,
    onPoint: (at) => act.set({row: at.row ?? (row || 1), column: at.column ?? (column || 1)}),
  });
}
