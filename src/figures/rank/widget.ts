import {axis} from "../../figure/plot/axes/axis.ts";
import {linear} from "../../figure/plot/axes/scales.ts";
import {threshold} from "../../figure/plot/axes/threshold.ts";
import {chart, panels} from "../../figure/plot/chart.ts";
import {bars} from "../../figure/plot/charts/bars.ts";
import {extentText} from "../../figure/plot/matrices/extent.ts";
import {factors} from "../../figure/plot/matrices/factors.ts";
import {mapChart} from "../../figure/plot/matrices/mapChart.ts";
import {sumLine} from "../../figure/plot/matrices/sumLine.ts";
import {tracing} from "../../figure/plot/matrices/tracing.ts";
import {group} from "../../figure/plot/panel.ts";
import type {Room} from "../../figure/plot/room.ts";
import {counted, fixed, percent, significant, times, whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {legend} from "../../figure/plot/text/legend.ts";
import {symbol} from "../../figure/symbols.ts";
import {type Act, widget} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {edges} from "./drawing/edges.ts";
import {bounds, compute, controls, type RankParams, type RankResult} from "./model.ts";
import {canvas, paste} from "./ownMatrix.ts";

/** Between BA and its factors. */
const GAP = 8;

interface Drawing {
  picture: Element;
  result: RankResult;
  params: RankParams;
  act: Act;
  room: Room;
}

/** ΔW or what is left out of it, as wide as the style sheet makes it. Gives its width. */
function square({picture, result, params, act, room}: Drawing, name: "delta" | "rest"): number {
  const isDelta = name === "delta";
  const m = isDelta ? result.W : result.rest;
  const {row, column} = params;
  const {g, width, cell} = mapChart(picture, name, room, m, {
    label: isDelta ? [symbol.dW, ` ${m.rows} × ${m.cols}`] : ["Left out"],
    // Whole pixels for each of 48 cells.
    nominal: isDelta ? 240 : 144,
    alt: isDelta ? `The matrix, ${m.rows} by ${m.cols}` : "The error of the approximation",
    interactive: isDelta && params.source === "own",
    limit: largestEntry(result.W),
    row,
    column,
    onPoint: (row, column) => act.set({row, column}),
  });
  if (isDelta) canvas(g, result, params, cell, act);
  return width;
}

/** BA with B at its left and A above it, at the scale of ΔW, whose width is `edge`. */
function copy({picture, result, params, act, room}: Drawing, edge: number) {
  const {W} = result;
  const {r, row, column} = params;
  const {g, width} = chart(picture, "product", room, {
    nominal: edge + 56,
    height: (width) => width - edge + (edge / Math.max(W.rows, W.cols)) * W.rows,
    alt: `B, ${W.rows} by ${r}, stands left of the product, A, ${r} by ${W.cols}, above it; their product has rank ${r} at most: ${extentText(result.BA)}`,
  });
  const most = Math.min(W.rows, W.cols);
  const cell = edge / Math.max(W.rows, W.cols);
  const strip = Math.max(width - edge - GAP, 1);
  const outer = strip - Math.min(cell * r, strip);
  edges(g, {
    ...{r, most, cell, strip, outer, gap: GAP, tall: cell * W.rows, wide: cell * W.cols},
    onMove: (value) => act.set({r: value}),
  });
  factors(g, result, {
    size: edge,
    strip,
    names: {
      B: `B ${W.rows}×${r}`,
      A: `A ${r}×${W.cols}`,
      BA: edge > 180 ? "the copy BA" : "BA",
    },
    limit: largestEntry(W),
    row,
    column,
    onPoint: (at) => act.set({row: at.row ?? (row || 1), column: at.column ?? (column || 1)}),
  });
}

const firstKept = (r: number): string => `the first ${r} ${r === 1 ? "is" : "are"} kept`;

/** Left of the bars is their scale, above them the knob and its number, below them their numbers. */
const LEFT = 32;
const TOP = 16;
const BOTTOM = 20;

/** As high as the picture of what is left out, so that both begin and end together. */
function spectrum({picture, result: {s, W}, params: {r}, act, room}: Drawing, rest: number) {
  const chartRoom = chart(picture, "spectrum", room, {
    label: ["Singular values of ", symbol.dW],
    nominal: 330,
    height: () => rest,
    alt: `${counted(s.length, "singular value")} from ${fixed(s[0] ?? 0, 2)} down to ${fixed(s.at(-1) ?? 0, 2)}; ${firstKept(r)}`,
  });
  const {g} = chartRoom;
  const size = {width: chartRoom.width - LEFT - 8, height: chartRoom.height - TOP - BOTTOM};
  const steps = Math.min(W.rows, W.cols);
  const plot = group(g, "plot", LEFT, TOP);
  const high = linear([0, s[0] || 1], [size.height, 0]);
  const digits = high(0) - high(1) > 12 ? 0 : -1;
  axis(group(plot, "y"), high.ticks(2), high, {
    side: "left",
    across: size.width,
    format: (value) => (Number.isInteger(value) || digits ? whole(value) : fixed(value, 1)),
  });
  const middle = (i: number) => ((i - 0.5) / steps) * size.width;
  const named = [
    1,
    ...linear([0, steps], [0, 1])
      .ticks(5)
      .filter((i) => i > 1 && Number.isInteger(i) && i <= steps),
  ];
  axis(group(plot, "x", 0, size.height), named, middle, {side: "bottom", across: 0, format: String});
  bars(group(plot, "bars"), s, {...size, kept: r, name: (i) => `σ${i + 1}`});
  const at = (r / steps) * size.width;
  const isLate = at > size.width - 48;
  label(g, "moved", `r = ${r}`, {x: LEFT + at + (isLate ? -11 : 11), y: TOP - 4, anchor: isLate ? "end" : "start"});
  threshold(group(plot, "handle"), r, {...size, steps, onMove: (value) => act.set({r: value})});
}

export default widget({
  title: "How much of a matrix fits in rank r?",
  guide:
    "Move r, or drag the knob on the spectrum: no other matrix of rank r comes closer (Eckart–Young). Point at an entry to see its sum.",
  sources: ["Eckart and Young 1936", "Hu et al. 2021, §4.1"],
  controls,
  bounds,
  compute,
  main: ["r"],
  draw(picture, result, params, act, room) {
    const {W, B, A} = result;
    const {row, column} = params;
    const drawing = {picture, result, params, act, room};
    panels(picture, ["delta", "product", "rest", ...(room.size === "dock" ? [] : ["spectrum"])]);
    copy(drawing, square(drawing, "delta"));
    const rest = square(drawing, "rest");
    if (room.size === "dock") return;
    spectrum(drawing, rest);
    const traced = {B, A, row, column, name: "BA"} as const;
    if (room.size !== "full") {
      sumLine(picture, {
        ...traced,
        most: room.width < 480 ? 2 : 4,
        otherwise: ["Tap or point at an entry to see its sum."],
      });
      return;
    }
    legend(picture, largestEntry(W) || 1, "A and B on a scale of their own");
    tracing(picture, {
      ...traced,
      term: 0,
      most: 4,
      invitation: "Point at an entry, or set a row and a column under More, to see the sum behind it.",
    });
    paste(picture, params, act);
  },
  says({kept, full, energy, norm}) {
    if (norm === 0) return "The grid is empty: its rank is 0.";
    const lost = percent(1 - energy);
    return `This copy takes ${whole(kept)} numbers; the matrix has ${whole(full)}. ${lost === "0%" ? "Nothing" : `${lost} of the energy`} is missing.`;
  },
  summary({W, energy, error, norm, kept, full}, {r, source}) {
    const name = source === "own" ? "yours" : controls.source.options[source].toLowerCase();
    if (norm === 0) return "The grid is empty: every entry is 0, so its rank is 0. Draw on it, or paste numbers.";
    const cost = `${whole(kept)} of ${counted(full, "number")}${kept < full ? "" : ", no saving"}`;
    const size = `${W.rows} × ${W.cols}`;
    return `At rank ${r} this ${size} matrix, ${name}, keeps ${percent(energy)} of its energy with ${cost}; ${percent(error / norm) === "0%" ? "nothing is left out" : `what is left out is ${percent(error / norm)} of its norm, the tail of its spectrum`}.`;
  },
  readouts: ({kept, full, error, norm, energy, effective, rank}) => [
    {
      label: ["Numbers kept"],
      value: whole(kept),
      note: `of ${whole(full)}${kept === 0 ? "" : kept < full ? ` · ${times(full / kept)} fewer` : " · no saving"}`,
    },
    {label: ["Relative error"], value: norm ? percent(error / norm) : "–", note: "‖ΔW − BA‖ / ‖ΔW‖"},
    {label: ["Energy kept"], value: norm ? percent(energy) : "–"},
    {label: ["Rank"], value: String(rank), note: `effective ${significant(effective, 3)} (Roy–Vetterli)`},
  ],
  table: ({s, norm}, {r}) => ({
    caption: `Singular values; ${firstKept(r)}`,
    columns: ["Direction", "Singular value", "Share of energy", "Kept"],
    rows: Array.from(s, (sigma, i) => [
      i + 1,
      fixed(sigma, 4),
      norm ? percent((sigma / norm) ** 2) : "0%",
      i < r ? "yes" : "no",
    ]),
  }),
  provenance: ({source, seed}) => ({
    kind: "live",
    text: source === "blobs" || source === "noise" ? `seed ${seed}` : "computed here",
  }),
  challenge: {
    text: "switch to Noise. How large must r be before the relative error falls below 10%?",
    met: ({error, norm}, {source, r}) => source === "noise" && r > 0 && error / norm < 0.1 && r < 48,
  },
});
