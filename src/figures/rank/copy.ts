import type {Matrix} from "../../engine/linalg/matrix.ts";
import {group} from "../../figure/plot/group.ts";
import {factors} from "../../figure/plot/matrices/factors.ts";
import {heatmap} from "../../figure/plot/matrices/heatmap.ts";
import {outline, pick} from "../../figure/plot/matrices/pick.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {percent} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {textWidth} from "../../figure/plot/text/textWidth.ts";
import type {Act} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {edges} from "./drawing/edges.ts";
import type {RankParams, RankResult} from "./model.ts";
import {canvas} from "./ownMatrix.ts";

/** Between BA and its factors, between ΔW and B, and room for B and A: three names fit into the corner. */
const [GAP, APART, STRIP] = [8, 14, 52];

export interface RankShown {
  result: RankResult;
  params: RankParams;
  act: Act;
}

/** A matrix in square cells, with its traced entry. */
export function map(g: Element, m: Matrix, edge: number, {result, params, act}: RankShown): number {
  const {row, column} = params;
  const cell = edge / Math.max(m.rows, m.cols);
  const cells = {rows: m.rows, cols: m.cols, cellWidth: cell, cellHeight: cell};
  heatmap(group(g, "map"), m, {...cells, limit: largestEntry(result.W)});
  outline(group(g, "trace"), row && column ? [{row, column, rows: 1, cols: 1}] : [], cell, cell);
  pick(group(g, "picker"), {...cells, onPoint: (row, column) => act.set({row, column})});
  return cell;
}

/** From this rank on the names of B and A begin where the long words would end. */
const WIDE = 8;

/** ΔW, and at the same scale BA with B at its left and A above it. In the corner over ΔW is the answer. */
export function copyDrawing(g: Element, {width, height, frame}: Sheet, shown: RankShown) {
  const {result, params, act} = shown;
  const {W, energy, norm} = result;
  const {r, row, column} = params;
  const edge = Math.min((width - APART - STRIP - GAP) / 2, height - STRIP - GAP);
  const left = (width - 2 * edge - APART - STRIP - GAP) / 2;
  const most = Math.min(W.rows, W.cols);
  const delta = group(g, "delta", left, STRIP + GAP);
  const cell = map(delta, W, edge, shown);
  canvas(delta, result, params, cell, act);
  const isTold = norm > 0;
  const told = percent(energy);
  const of = frame === "narrow" || r > WIDE ? "kept" : "of the energy is in the copy";
  label(g, "answer", isTold ? told : "", {x: left, y: 22});
  label(g, "plain", isTold ? of : "", {x: left + textWidth(told, 28) + 8, y: 22});
  label(g, "whole", `ΔW ${W.rows}×${W.cols}`, {x: left, y: STRIP + 2});
  const product = group(g, "product", left + edge + APART);
  const outer = STRIP - Math.min(cell * r, STRIP);
  edges(product, {
    ...{r, most, cell, strip: STRIP, outer, gap: GAP, tall: cell * W.rows, wide: cell * W.cols},
    onMove: (value) => act.set({r: value}),
  });
  factors(product, result, {
    size: edge,
    strip: STRIP,
    names: {B: `B ${W.rows}×${r}`, A: `A ${r}×${W.cols}`, BA: edge > 180 ? "the copy BA" : "BA"},
    limit: largestEntry(W),
    row,
    column,
    onPoint: (at) => act.set({row: at.row ?? (row || 1), column: at.column ?? (column || 1)}),
  });
}
