/** The figure “How do B and A make a full matrix?”: its picture, sentences, readouts, table and challenge. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {figure} from "../../figure/declare.ts";
import {extentText} from "../../figure/plot/matrices/extent.ts";
import {drawFactors} from "../../figure/plot/matrices/factors.ts";
import {sumLine} from "../../figure/plot/matrices/sumLine.ts";
import {drawTracing} from "../../figure/plot/matrices/tracing.ts";
import type {Drawing} from "../../figure/plot/picture.ts";
import {counted, fixed, whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {legend} from "../../figure/plot/text/legend.ts";
import type {Act} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {writeCells} from "../shared/matrixText.ts";
import {bounds, compute, controls, type ProductParams, type ProductResult} from "./model.ts";
import {drawPieces, productPlan} from "./pieces.ts";

/** The largest entry that a reader may type or drag to. */
const MAX_ENTRY = 99;
/** Cells smaller than this, in units, have no numbers in them. */
const MIN_NUMBER_CELL = 22;

/** Gives a function that sets one entry of B or A, rows and columns counted from 1; it says so if the value is larger than entries may be. */
const entrySetter =
  ({B, A}: ProductResult, act: Act) =>
  (factor: "A" | "B", row: number, column: number, value: number) => {
    const m = factor === "B" ? B : A;
    if (Math.abs(value) > MAX_ENTRY) act.say(`Entries stop at ±${MAX_ENTRY}, so that the cells can be told apart.`);
    const data = m.data.slice();
    data[(row - 1) * m.cols + column - 1] = Math.max(Math.min(value, MAX_ENTRY), -MAX_ENTRY);
    act.set({[factor === "B" ? "b" : "a"]: writeCells({...m, data}).text});
  };

/** Entry [row, column] of the sum so far; rows and columns count from 1. */
const entryOf = ({summed: {BA}}: ProductResult, row: number, column: number): number =>
  BA.data[(row - 1) * BA.cols + column - 1];

/** The limit of the color scale that pieces and sum share. */
const limitOf = ({pieces, summed}: ProductResult): number => Math.max(...[...pieces, summed.BA].map(largestEntry));

/** B at the left of the sum, A above it, and the pieces, of which some lie in the sum and the others beside it. */
function productDrawing(result: ProductResult, params: ProductParams, act: Act, isFull: boolean): Drawing {
  const {B, A, summed} = result;
  const {r, d, k, peel, row, column, term} = params;
  const limit = limitOf(result);
  const progress = peel < r ? `: ${peel} of ${counted(r, "piece")} so far` : "";
  return {
    name: "product",
    height: {narrow: 396, mid: 300, wide: 400},
    alt: `B is at the left of the product and A above it; ${peel} of ${counted(r, "piece")} summed: ${extentText(summed.BA)}`,
    isElastic: true,
    draw(g, sheet) {
      const plan = productPlan(sheet, params);
      drawFactors(
        g,
        {B, A, BA: summed.BA},
        {
          limit,
          row,
          column,
          term,
          summedCount: peel,
          onValue: entrySetter(result, act),
          size: plan.sum.cell * Math.max(d, k),
          strip: plan.strip,
          names: {B: `B ${d}×${r}`, A: `A ${r}×${k}`},
          hasNumbers: plan.sum.cell >= MIN_NUMBER_CELL,
          isPale: !isFull,
          onPoint: act.set,
        },
      );
      const {x, y, cell} = plan.sum;
      label(g, "copied", `ΔW = BA, ${d}×${k}${progress}`, {x, y: y + d * cell + 18});
      drawPieces(g, plan, {result, params, limit, act});
    },
  };
}

/** Draws the sum behind the traced entry: in one line on a card, with fields to type in at full size. */
function drawTerms(
  box: Element,
  result: ProductResult,
  {r, row, column, peel, term}: ProductParams,
  act: Act,
  isFull: boolean,
) {
  const traced = {...result.summed, row, column, name: "ΔW"} as const;
  if (!isFull) {
    return sumLine(box, {
      ...traced,
      maxTerms: 4,
      invitation: [{symbol: "dW", text: "0"}, ": no piece is in the sum."],
      isTotalFirst: true,
    });
  }
  legend(box, limitOf(result), "A and B on a scale of their own");
  drawTracing(box, {
    ...traced,
    term: Math.min(term, peel),
    maxTerms: r,
    invitation: "",
    onTerm: (lit) => lit !== term && act.set({term: lit}),
    onEdit: entrySetter(result, act),
  });
}

export default figure({
  title: "How do B and A make a full matrix?",
  guide:
    "Point at an entry, or move Row and Column: it is a row of B times a column of A. Drag a cell of B or A up or down to change its number, or press a piece to take it out of the sum or put it back.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  bounds,
  compute,
  main: ["r", "peel"],
  picture: (result, params, act, size) => ({
    parts: [
      productDrawing(result, params, act, size === "full"),
      {name: "terms", html: (box) => drawTerms(box, result, params, act, size === "full")},
    ],
  }),
  says(result, {d, k, r, peel, row, column}) {
    const value = fixed(entryOf(result, row, column), 2);
    return [
      `With ${peel} of ${counted(r, "piece")} summed, the rank is ${result.rank}; the outlined entry, a row of B times a column of A, is ${value}.`,
      `B and A have ${whole(result.storedCount)} entries, the full matrix ${whole(d * k)}; in the ${d} × ${k} sum the entry [${row},${column}] is ${value}.`,
    ];
  },
  readouts: (result, {d, k, row, column}) => [
    {label: [{symbol: "dW", text: `ΔW[${row},${column}]`}], value: fixed(entryOf(result, row, column), 2)},
    {label: ["Rank ρ of the sum"], value: String(result.rank)},
    {label: ["Free numbers in it"], value: whole(result.freeCount), note: "ρ(d + k − ρ)"},
    {label: ["Entries stored"], value: whole(result.storedCount), note: `in all of B and A, against ${whole(d * k)}`},
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
  source: ({seed, a, b}) => ({
    kind: "live",
    text: a || b ? "your numbers" : `seed ${seed}`,
  }),
  challenge: {
    text: "with at least two pieces summed, bring the rank of the sum down to 1. There is more than one way.",
    met: ({rank}, {peel}) => peel > 1 && rank === 1,
  },
});
