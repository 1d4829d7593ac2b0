/** The figure “When does low rank pay?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {dot, knob, lineY, rect, text} from "../../figure/plot/marks.ts";
import type {Chart, Drawing} from "../../figure/plot/picture.ts";
import {countText, significant, times, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {drawBlocks} from "./blocks.ts";
import {bounds, compute, controls, type SavingsParams, type SavingsResult} from "./model.ts";

/** How many parameters B and A have beside the matrix: "1,536 times fewer", "2 times as many". */
function comparisonText({full, lora}: SavingsResult): string {
  const ratio = times(Math.max(full, lora) / Math.min(full, lora)).replace("×", "");
  if (ratio === "1") return "about as many";
  return `${ratio} times ${lora < full ? "fewer" : "as many"}`;
}

/** The matrix with B and A, to scale. */
const blocksDrawing = (result: SavingsResult, {r}: SavingsParams): Drawing => ({
  name: "scale",
  alt: `The full matrix is ${result.d} by ${result.k}; B is ${result.d} by ${r} and A is ${r} by ${result.k}, to one scale`,
  height: {narrow: 300, mid: 270, wide: 384},
  isElastic: true,
  draw(g, {width, height}) {
    const {d, k} = result;
    drawBlocks(g, {d, k, r, width, height, answer: comparisonText(result).replace(" times", "×")});
  },
});

/** Parameters by rank: a rising line for B and A, a level one for the matrix, and a ring where they cross. */
function countsChart({full, breakEven, d, k}: SavingsResult, {r}: SavingsParams, act: Act): Chart {
  const mostRank = Math.min(d, k);
  // An axis needs two ends, even for a matrix that can only have rank 1.
  const last = Math.max(mostRank, 2);
  const perRank = d + k;
  const middle = Math.sqrt(last);
  const crossing = Math.max(breakEven, 1);
  return {
    name: "by-rank",
    label: ["Parameters by rank ", symbol.r, "; log"],
    alt: `The count of B and A rises with r and meets the full count of ${whole(full)} at r = ${significant(breakEven, 6)}`,
    height: {narrow: 220, mid: 250, wide: 320},
    x: {type: "log", domain: [1, last], tickFormat: countText},
    y: {type: "log", domain: [perRank, Math.max(last * perRank, full)], tickFormat: countText},
    marks: [
      // Left of the crossing, B and A are smaller than the matrix.
      rect([crossing], {x1: 1, x2: crossing, tone: "dw"}),
      lineY([full, full], {x: (_, i) => (i ? last : 1), tone: "dw"}),
      lineY([perRank, last * perRank], {x: (_, i) => (i ? last : 1), tone: "ink", strength: 3}),
      text(["ΔW"], {x: 1, y: full, anchor: "start", dx: 4, dy: -6, text: String, tone: "dw"}),
      text(["B and A"], {x: middle, y: middle * perRank, anchor: "start", dx: 10, dy: 16, text: String, tone: "ink"}),
      knob(r, (to) => act.set({r: Math.min(Math.max(Math.round(to), 1), mostRank)})),
      dot([full], {x: crossing, y: full, r: 6, hollow: true, tone: "ink", title: "break-even"}),
      text([significant(breakEven, 6)], {
        x: crossing,
        y: full,
        anchor: "end",
        dx: -10,
        dy: -8,
        text: String,
        tone: "ink",
      }),
    ],
  };
}

export default figure<typeof controls, SavingsResult>({
  title: "When does low rank pay?",
  guide:
    "Choose a matrix and type a rank, or drag the knob in the chart; where the lines cross, A and B together are as large as the matrix. The picture draws them at least a pixel thick.",
  sources: ["Hu et al. 2021, §4.2 and Table 5", "Llama 2’s shapes: Touvron et al. 2023"],
  controls,
  bounds,
  compute,
  main: ["preset", "r"],
  picture: (result, params, act) => ({
    parts: [blocksDrawing(result, params), countsChart(result, params, act)],
    columns: [10, 7],
  }),
  says(result, {r}) {
    const {d, k, full, lora, breakEven} = result;
    const matrix = `${whole(d)} × ${whole(k)} matrix`;
    return [
      `At r = ${whole(r)}, B and A have ${whole(lora)} parameters and the ${matrix} has ${whole(full)}: ${comparisonText(result)}.`,
      `Below r = ${significant(breakEven, 6)} low rank stores less than the full ${matrix}.`,
    ];
  },
  readouts: (result) => [
    {label: ["Full update"], value: whole(result.full)},
    {label: [symbol.B, " and ", symbol.A], value: whole(result.lora), note: `${whole(result.B)} + ${whole(result.A)}`},
    {label: ["Parameters"], value: comparisonText(result), note: "in B and A"},
    {label: ["Break-even rank"], value: significant(result.breakEven, 6), note: "dk / (d + k)"},
  ],
  table: ({d, k, full}, {r}) => ({
    caption: `Parameters stored for one ${whole(d)} × ${whole(k)} matrix; the full update has ${whole(full)}`,
    columns: ["Rank", "B and A", "Times fewer"],
    rows: [...new Set([...Array.from({length: 11}, (_, n) => 2 ** n), r])]
      .filter((rank) => rank <= Math.min(d, k))
      .sort((one, other) => one - other)
      .map((rank) => [whole(rank), whole(rank * (d + k)), significant(full / (rank * (d + k)), 6)]),
  }),
  source: () => ({kind: "live", text: "counted here"}),
  challenge: {
    text: "find the largest rank at which B and A together are still at least 100 times smaller than the matrix.",
    met: ({fewer, full, d, k}, {r}) => fewer >= 100 && full / ((r + 1) * (d + k)) < 100,
  },
});
