import type {Matrix} from "../../engine/linalg/matrix.ts";
import {layer} from "../../figures/layer.ts";
import {extent} from "../../figures/matrices/extent.ts";
import {factors} from "../../figures/matrices/factors.ts";
import {sheets} from "../../figures/matrices/sheets.ts";
import {tracing} from "../../figures/matrices/tracing.ts";
import {panel} from "../../figures/panel.ts";
import {counted, fixed, whole} from "../../figures/text/format.ts";
import {legend} from "../../figures/text/legend.ts";
import {sign} from "../../shell/signs.ts";
import {widget} from "../../shell/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {writeCells} from "../shared/matrixText.ts";
import {bounds, compute, controls, type ProductResult} from "./model.ts";

/** The largest entry that a reader may type. */
const LARGEST = 99;

/** Entry [row, column] of the sum so far; rows and columns count from 1. */
const entry = ({summed: {BA}}: ProductResult, row: number, column: number): number =>
  BA.data[(row - 1) * BA.cols + column - 1];

export default widget({
  title: "How do two thin matrices make a full one?",
  guide:
    "Point at an entry, or move Row and Column: it is a row of B times a column of A. Change a number in the sum and everything follows. Terms summed lays the outer products on top of each other.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  bounds,
  compute,
  draw(picture, result, {r, d, k, peel, row, column, term}, act) {
    const {B, A, summed} = result;
    const limit = Math.max(...[...result.sheets, summed.BA].map(largestEntry));
    const main = panel(picture, "product wide", {
      label: [sign.B, ` ${d}×${r}`, sign.A, ` ${r}×${k}`],
      width: 256,
      height: 64 + (192 / Math.max(d, k)) * d,
      alt: `B stands left of the product, A above it; ${peel} of ${counted(r, "outer product")} summed: ${extent(summed.BA)}`,
    });
    factors(
      main,
      {B, A, BA: summed.BA},
      {size: 192, strip: 56, limit, row, column, term, summed: peel, numbers: true, onPoint: act.set},
    );
    sheets(layer(picture, "div", "sheets"), result.sheets, {B, A, limit, summed: peel, lit: term});
    legend(picture, limit, "A and B on a scale of their own");
    tracing(picture, {
      ...summed,
      row,
      column,
      term: Math.min(term, peel),
      most: r,
      name: "ΔW",
      invitation: "",
      onTerm: (lit) => lit !== term && act.set({term: lit}),
      onEdit(factor, atRow, atColumn, value) {
        const m = factor === "B" ? B : A;
        if (Math.abs(value) > LARGEST) act.say(`Entries stop at ±${LARGEST}, so that the cells can be told apart.`);
        const data = m.data.slice();
        data[(atRow - 1) * m.cols + atColumn - 1] = Math.max(Math.min(value, LARGEST), -LARGEST);
        act.set({[factor === "B" ? "b" : "a"]: writeCells({...m, data}).text});
      },
    });
  },
  summary: (result, {d, k, r, peel, row, column}) =>
    `With ${peel} of ${counted(r, "outer product")} summed, the ${d} × ${k} sum has rank ${result.rank}; its entry [${row},${column}] is ${fixed(entry(result, row, column), 2)}. B and A store ${whole(result.kept)} numbers, the full matrix ${whole(d * k)}.`,
  readouts: (result, {d, k, row, column}) => [
    {label: [{symbol: "dW", text: `ΔW[${row},${column}]`}], value: fixed(entry(result, row, column), 2)},
    {label: ["Rank ρ of the sum"], value: String(result.rank)},
    {label: ["Free numbers in it"], value: whole(result.free), note: "ρ(d + k − ρ)"},
    {label: ["Numbers stored"], value: whole(result.kept), note: `in all of B and A, against ${whole(d * k)}`},
  ],
  table({B, A, summed: {BA}}, {peel}) {
    const width = Math.max(BA.cols, B.cols);
    const lines = (name: string, {rows, cols, data}: Matrix) =>
      Array.from({length: rows}, (_, i) => [
        `${name}${i + 1}`,
        ...Array.from({length: width}, (_, j) => (j < cols ? fixed(data[i * cols + j], 2) : "")),
      ]);
    return {
      caption: `The sum of the first ${counted(peel, "outer product")}, row by row, then B and A`,
      columns: ["Row", ...Array.from({length: width}, (_, j) => `Column ${j + 1}`)],
      rows: [...lines("", BA), ...lines("B, ", B), ...lines("A, ", A)],
    };
  },
  provenance: ({seed, a, b}) => ({kind: "live", text: a || b ? "your numbers" : `seed ${seed}`}),
  challenge: {
    text: "with at least two terms summed, bring the rank of the sum down to 1. There is more than one way.",
    met: ({rank}, {peel}) => peel > 1 && rank === 1,
  },
});
