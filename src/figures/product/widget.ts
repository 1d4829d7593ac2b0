import type {Matrix} from "../../engine/linalg/matrix.ts";
import {chart, panels} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import {extentText} from "../../figure/plot/matrices/extent.ts";
import {factors} from "../../figure/plot/matrices/factors.ts";
import {sumLine} from "../../figure/plot/matrices/sumLine.ts";
import {tracing} from "../../figure/plot/matrices/tracing.ts";
import type {Room} from "../../figure/plot/room.ts";
import {counted, fixed, whole} from "../../figure/plot/text/format.ts";
import {legend} from "../../figure/plot/text/legend.ts";
import type {Rich} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import {type Act, widget} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {writeCells} from "../shared/matrixText.ts";
import {SHEET_HEIGHT, sheetColumn} from "./drawing/sheetColumn.ts";
import {bounds, compute, controls, type ProductResult} from "./model.ts";

/** The largest entry that a reader may type. */
const LARGEST = 99;
/** B and A may take this share of the picture's width, left of the sum and above it. */
const STRIP = 0.22;
const GAP = 8;

const stripIn = (width: number): number => Math.round(STRIP * width);

/** The edge of the square that holds the sum, and the height of all, from the width. */
function edges(d: number, k: number, {size}: Room) {
  const high = d / Math.max(d, k);
  const free = (width: number) => width - GAP - stripIn(width);
  const freeAtAll = (width: number) => width - GAP - STRIP * width;
  // A card is always as high: the text around it stands still.
  const due = size === "card" ? SHEET_HEIGHT : size === "slide" ? Math.min(SHEET_HEIGHT, high) : high;
  return {
    sizeIn: (width: number) => free(width) * Math.min(1, due / high),
    // Not in whole pixels, so that it is a straight line over the width.
    heightIn: (width: number) => width - freeAtAll(width) * (1 - due),
  };
}

/** Writes one entry of B or A, counted from 1, and tells the reader where entries stop. */
const editing =
  ({B, A}: ProductResult, act: Act) =>
  (factor: "A" | "B", row: number, column: number, value: number) => {
    const m = factor === "B" ? B : A;
    if (Math.abs(value) > LARGEST) act.say(`Entries stop at ±${LARGEST}, so that the cells can be told apart.`);
    const data = m.data.slice();
    data[(row - 1) * m.cols + column - 1] = Math.max(Math.min(value, LARGEST), -LARGEST);
    act.set({[factor === "B" ? "b" : "a"]: writeCells({...m, data}).text});
  };

/** Entry [row, column] of the sum so far; rows and columns count from 1. */
const entry = ({summed: {BA}}: ProductResult, row: number, column: number): number =>
  BA.data[(row - 1) * BA.cols + column - 1];

/** "ΔW = BA, 6×8: 2 of 3 pieces so far" */
const productLabel = (d: number, k: number, r: number, peel: number): Rich => {
  const soFar = peel < r ? `: ${peel} of ${counted(r, "piece")} so far` : "";
  return [symbol.dW, " = ", symbol.BA, `, ${d}×${k}${soFar}`];
};

export default widget({
  title: "How do B and A make a full matrix?",
  guide:
    "Point at an entry, or move Row and Column: it is a row of B times a column of A. Drag a cell of B or A up or down to change its number, or pull a piece out of the sum and drop it back.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  bounds,
  compute,
  main: ["r", "peel"],
  draw(picture, result, {r, d, k, peel, row, column, term}, act, room) {
    const {B, A, summed} = result;
    const limit = Math.max(...[...result.sheets, summed.BA].map(largestEntry));
    panels(picture, ["product"]);
    const beside = layer(picture, "div", "sheets");
    const {sizeIn, heightIn} = edges(d, k, room);
    const {g, width} = chart(picture, "product", room, {
      label: productLabel(d, k, r, peel),
      nominal: 300,
      height: heightIn,
      isStraight: true,
      alt: `B stands left of the product, A above it; ${peel} of ${counted(r, "piece")} summed: ${extentText(summed.BA)}`,
    });
    const onValue = editing(result, act);
    factors(
      g,
      {B, A, BA: summed.BA},
      {
        size: sizeIn(width),
        strip: stripIn(width),
        ...{limit, row, column, term, summed: peel, onValue},
        names: {B: `B ${d}×${r}`, A: `A ${r}×${k}`},
        numbers: room.size !== "dock" || room.width >= 480,
        onPoint: act.set,
      },
    );
    sheetColumn(beside, result.sheets, {
      B,
      A,
      limit,
      summed: peel,
      lit: term,
      room,
      onSum: (to) => act.set({peel: to}),
    });
    if (room.size === "dock") return;
    const traced = {...summed, row, column, name: "ΔW"} as const;
    if (room.size !== "full") {
      const place = {symbol: "dW", text: `ΔW[${row},${column}]`};
      sumLine(picture, {
        ...traced,
        most: room.width < 480 ? 2 : 4,
        otherwise: [place, " = 0: no piece is in the sum."],
      });
      return;
    }
    legend(picture, limit, "A and B on a scale of their own");
    tracing(picture, {
      ...traced,
      term: Math.min(term, peel),
      most: r,
      invitation: "",
      onTerm: (lit) => lit !== term && act.set({term: lit}),
      onEdit: onValue,
    });
  },
  says: ({rank, kept}, {d, k, r, peel}) =>
    `With ${peel} of ${counted(r, "piece")} summed, the rank is ${rank}. B and A have ${whole(kept)} entries; the full matrix has ${whole(d * k)}.`,
  summary: (result, {d, k, r, peel, row, column}) =>
    `With ${peel} of ${counted(r, "piece")} summed, the ${d} × ${k} sum has rank ${result.rank}; its entry [${row},${column}] is ${fixed(entry(result, row, column), 2)}. B and A store ${whole(result.kept)} entries, the full matrix ${whole(d * k)}.`,
  readouts: (result, {d, k, row, column}) => [
    {label: [{symbol: "dW", text: `ΔW[${row},${column}]`}], value: fixed(entry(result, row, column), 2)},
    {label: ["Rank ρ of the sum"], value: String(result.rank)},
    {label: ["Free numbers in it"], value: whole(result.free), note: "ρ(d + k − ρ)"},
    {label: ["Entries stored"], value: whole(result.kept), note: `in all of B and A, against ${whole(d * k)}`},
  ],
  table({B, A, summed: {BA}}, {peel}) {
    const width = Math.max(BA.cols, B.cols);
    const lines = (name: string, {rows, cols, data}: Matrix) =>
      Array.from({length: rows}, (_, i) => [
        `${name}${i + 1}`,
        ...Array.from({length: width}, (_, j) => (j < cols ? fixed(data[i * cols + j], 2) : "")),
      ]);
    return {
      caption: `The sum of the first ${counted(peel, "piece")}, row by row, then B and A`,
      columns: ["Row", ...Array.from({length: width}, (_, j) => `Column ${j + 1}`)],
      rows: [...lines("", BA), ...lines("B, ", B), ...lines("A, ", A)],
    };
  },
  provenance: ({seed, a, b}) => ({kind: "live", text: a || b ? "your numbers" : `seed ${seed}`}),
  challenge: {
    text: "with at least two pieces summed, bring the rank of the sum down to 1. There is more than one way.",
    met: ({rank}, {peel}) => peel > 1 && rank === 1,
  },
});
