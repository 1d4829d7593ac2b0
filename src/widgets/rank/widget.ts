import {threshold} from "../../figures/axes/threshold.ts";
import {extent} from "../../figures/matrices/extent.ts";
import {factors} from "../../figures/matrices/factors.ts";
import {heatmap} from "../../figures/matrices/heatmap.ts";
import {outline, pick} from "../../figures/matrices/pick.ts";
import {tracing} from "../../figures/matrices/tracing.ts";
import {group, panel} from "../../figures/panel.ts";
import {bars} from "../../figures/plots/bars.ts";
import {counted, fixed, percent, significant, times, whole} from "../../figures/text/format.ts";
import {legend} from "../../figures/text/legend.ts";
import {sign} from "../../shell/signs.ts";
import {type Act, widget} from "../../shell/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {bounds, compute, controls, type RankParams, type RankResult} from "./model.ts";
import {canvas, paste} from "./ownMatrix.ts";

/** Edge of a matrix, and depth of the strips for its factors: 56 + 8 (gap) + 192 = 256, the width of a phone. */
const SQUARE = 192;
const STRIP = 56;
const WIDTH = 256;

function square(picture: Element, name: "delta" | "rest", result: RankResult, params: RankParams, act: Act) {
  const isDelta = name === "delta";
  const m = isDelta ? result.W : result.rest;
  const cell = SQUARE / Math.max(m.rows, m.cols);
  const svg = panel(picture, name, {
    label: isDelta ? [sign.dW, ` ${m.rows} × ${m.cols}`] : ["What is left out, ", sign.dW, " − ", sign.BA],
    width: SQUARE,
    height: cell * m.rows,
    alt: `${isDelta ? `The matrix, ${m.rows} by ${m.cols}` : "The error of the approximation"}: ${extent(m)}`,
    interactive: isDelta && params.source === "own",
  });
  const {row, column} = params;
  const cells = {rows: m.rows, cols: m.cols, cellWidth: cell, cellHeight: cell};
  heatmap(group(svg, "map"), m, {...cells, limit: largestEntry(result.W)});
  outline(group(svg, "trace"), row && column ? [{row, column, rows: 1, cols: 1}] : [], cell, cell);
  pick(group(svg, "picker"), {...cells, onPoint: (row, column) => act.set({row, column})});
  if (isDelta) canvas(svg, result, params, cell, act);
}

const firstKept = (r: number): string => `the first ${r} ${r === 1 ? "is" : "are"} kept`;

function spectrum(picture: Element, {s, W}: RankResult, {r}: RankParams, act: Act) {
  const svg = panel(picture, "spectrum", {
    label: ["Singular values of ", sign.dW],
    width: 208,
    height: SQUARE + 34,
    alt: `${counted(s.length, "singular value")} from ${fixed(s[0] ?? 0, 2)} down to ${fixed(s.at(-1) ?? 0, 2)}; ${firstKept(r)}`,
  });
  const size = {width: 192, height: SQUARE};
  bars(group(svg, "bars", 8, 12), s, {...size, kept: r, name: (i) => `σ${i + 1}`});
  threshold(group(svg, "handle", 8, 12), r, {
    ...size,
    steps: Math.min(W.rows, W.cols),
    label: `r = ${r}`,
    onMove: (value) => act.set({r: value}),
  });
}

export default widget({
  title: "How much of a matrix fits in rank r?",
  guide:
    "Move r, or drag the knob on the spectrum. No other matrix of rank r comes closer (Eckart–Young). Point at an entry to see its sum.",
  sources: ["Eckart and Young 1936", "Hu et al. 2021, §4.1"],
  controls,
  bounds,
  compute,
  draw(picture, result, params, act) {
    const {W, B, A} = result;
    const limit = largestEntry(W);
    const {r, row, column} = params;
    square(picture, "delta", result, params, act);
    const product = panel(picture, "product", {
      label: [sign.B, ` ${W.rows}×${r}`, sign.A, ` ${r}×${W.cols}`],
      width: WIDTH,
      height: WIDTH - SQUARE + (SQUARE / Math.max(W.rows, W.cols)) * W.rows,
      alt: `B, ${W.rows} by ${r}, stands left of the product, A, ${r} by ${W.cols}, above it; their product has rank ${r} at most: ${extent(result.BA)}`,
    });
    const traced = {row, column};
    factors(product, result, {
      size: SQUARE,
      strip: STRIP,
      limit,
      ...traced,
      onPoint: (at) => act.set({row: at.row ?? (row || 1), column: at.column ?? (column || 1)}),
    });
    square(picture, "rest", result, params, act);
    spectrum(picture, result, params, act);
    legend(picture, limit || 1, "A and B on a scale of their own");
    tracing(picture, {
      B,
      A,
      ...traced,
      term: 0,
      most: 4,
      name: "BA",
      invitation: "Point at an entry, or set a row and a column under More, to see the sum behind it.",
    });
    paste(picture, params, act);
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
