/** The figure “How much of a matrix fits in rank r?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import {barY, knob} from "../../figure/plot/marks.ts";
import {extentText} from "../../figure/plot/matrices/extent.ts";
import {sumLine} from "../../figure/plot/matrices/sumLine.ts";
import {drawTracing} from "../../figure/plot/matrices/tracing.ts";
import type {Drawing, Sheet} from "../../figure/plot/picture.ts";
import {drawPlot, type Plot} from "../../figure/plot/plot.ts";
import {counted, fixed, percent, significant, times, whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {legend} from "../../figure/plot/text/legend.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {drawMatrixMap, drawMatrixMaps, type RankState} from "./matrixMaps.ts";
import {bounds, compute, controls} from "./model.ts";
import {drawPasteBox} from "./ownMatrix.ts";

/** How many of the singular values are kept, in words. */
const keptText = (r: number): string => `the first ${r} ${r === 1 ? "is" : "are"} kept`;

/** The matrix, and beside it its copy with B and A. */
const mapsDrawing = (state: RankState): Drawing => {
  const {result, params} = state;
  const {r} = params;
  const {rows, cols} = result.W;
  return {
    name: "maps",
    height: {narrow: 176, mid: 248, wide: 350},
    alt: `The matrix, ${rows} by ${cols}: ${extentText(result.W)}. Beside it its copy: B, ${rows} by ${r}, at the left, A, ${r} by ${cols}, above; their product has rank ${r} at most: ${extentText(result.BA)}`,
    isInteractive: params.source === "own",
    isElastic: true,
    draw: (g, sheet) => drawMatrixMaps(g, sheet, state),
  };
};

/** The singular values as bars, and a handle after the last one that is kept. */
function spectrumPlot({result: {s, W}, params: {r}, act}: RankState): Plot {
  const count = Math.min(W.rows, W.cols);
  const ticks = [1, ...[10, 20, 30, 40].filter((i) => i < count), ...(count < 11 && count > 1 ? [count] : [])];
  return {
    alt: `${counted(s.length, "singular value")} from ${fixed(s[0]!, 2)} down to ${fixed(s.at(-1)!, 2)}; ${keptText(r)}`,
    x: {domain: [0.5, count + 0.5], ticks},
    y: {domain: [0, s[0] || 1]},
    marginLeft: 30,
    marks: [
      barY([...s], {
        x: (_, i) => i + 1,
        tone: (_, i) => (i < r ? "dw" : "edge"),
        hollow: (_, i) => i >= r,
        title: (sigma, i) => `σ${i + 1}: ${fixed(sigma, 3)}`,
      }),
      knob(r + 0.5, (x) => act.set({r: Math.min(Math.max(Math.round(x - 0.5), 0), count)})),
    ],
  };
}

/** The height of the line of words above each, and the distance between both, in units. */
const [CAPTION_HEIGHT, GAP] = [16, 24];

/** Draws a small map of what is left out, and the singular values beside it. */
function drawBelow(g: Element, {width, height}: Sheet, state: RankState) {
  const edge = height - 24;
  const rest = group(g, "rest", 0, 20);
  drawMatrixMap(rest, state.result.rest, edge, state);
  label(g, "of-rest", "left out", {x: 0, y: 12});
  const left = edge + GAP;
  // Below its caption, so that the handle does not cross it.
  const beside = group(g, "spectrum", left, CAPTION_HEIGHT);
  drawPlot(layer(beside, "g", "bars"), spectrumPlot(state), width - left, height - CAPTION_HEIGHT);
  label(g, "of-bars", "singular values", {x: left + 30, y: 12});
}

/** What is left out, and the singular values. */
const belowDrawing = (state: RankState): Drawing => ({
  name: "below",
  height: {narrow: 112, mid: 128, wide: 140},
  alt: `The error of the approximation: ${extentText(state.result.rest)}. ${spectrumPlot(state).alt}`,
  isElastic: true,
  draw: (g, sheet) => drawBelow(g, sheet, state),
});

/** Draws the sum behind the traced entry; at full size also the color scale and a box to paste numbers into. */
function drawTerms(box: Element, {result, params, act}: RankState, isFull: boolean) {
  const {W, B, A} = result;
  const {row, column} = params;
  const entry = {B, A, row, column, name: "BA", maxTerms: 4} as const;
  if (!isFull) return sumLine(box, {...entry, invitation: ["Tap or point at an entry to see its sum."]});
  legend(box, largestEntry(W) || 1, "A and B on a scale of their own");
  const invitation = "Point at an entry, or set a row and a column under More, to see the sum behind it.";
  drawTracing(box, {...entry, term: 0, invitation});
  drawPasteBox(box, params, act);
}

export default figure({
  title: "How much of a matrix fits in rank r?",
  guide:
    "Move r, or drag the knob on the spectrum: no other matrix of rank r comes closer (Eckart–Young). Point at an entry to see its sum.",
  sources: ["Eckart and Young 1936", "Hu et al. 2021, §4.1"],
  controls,
  bounds,
  compute,
  main: ["r"],
  picture(result, params, act, size) {
    const state = {result, params, act};
    const terms = {name: "terms", html: (box: HTMLElement) => drawTerms(box, state, size === "full")};
    return {parts: [mapsDrawing(state), belowDrawing(state), terms]};
  },
  says({W, energy, error, norm, keptCount, fullCount}, {r, source}) {
    if (norm === 0) return ["The grid is empty: its rank is 0.", "Draw on it, or paste numbers."];
    const name = source === "own" ? "yours" : controls.source.options[source].toLowerCase();
    return [
      `This copy takes ${whole(keptCount)} of ${counted(fullCount, "number")}, and ${percent(1 - energy)} of the energy is missing.`,
      `At rank ${r} this ${W.rows} × ${W.cols} matrix, ${name}, loses ${percent(error / norm)} of its norm, the tail of its spectrum.`,
    ];
  },
  readouts: ({keptCount, fullCount, error, norm, energy, effective, rank}) => [
    {
      label: ["Numbers kept"],
      value: whole(keptCount),
      note: `of ${whole(fullCount)}${keptCount === 0 ? "" : keptCount < fullCount ? ` · ${times(fullCount / keptCount)} fewer` : " · no saving"}`,
    },
    {label: ["Relative error"], value: norm ? percent(error / norm) : "–", note: "‖ΔW − BA‖ / ‖ΔW‖"},
    {label: ["Energy kept"], value: norm ? percent(energy) : "–"},
    {label: ["Rank"], value: String(rank), note: `effective ${significant(effective, 3)} (Roy–Vetterli)`},
  ],
  table: ({s, norm}, {r}) => ({
    caption: `Singular values; ${keptText(r)}`,
    columns: ["Direction", "Singular value", "Share of energy", "Kept"],
    rows: Array.from(s, (sigma, i) => [
      i + 1,
      fixed(sigma, 4),
      norm ? percent((sigma / norm) ** 2) : "0%",
      i < r ? "yes" : "no",
    ]),
  }),
  source: ({source, seed}) => ({
    kind: "live",
    text: source === "blobs" || source === "noise" ? `seed ${seed}` : "computed here",
  }),
  challenge: {
    text: "switch to Noise. How large must r be before the relative error falls below 10%?",
    met: ({error, norm}, {source, r}) => source === "noise" && r > 0 && error / norm < 0.1 && r < 48,
  },
});
