import {chart} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import {significant, times, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {widget} from "../../figure/widget.ts";
import {counts} from "./drawing/counts.ts";
import {blocks} from "./drawing/scaled.ts";
import {bounds, compute, controls, type SavingsResult} from "./model.ts";

/** The ratio of two counts, "1,536×"; their difference if the ratio of two different counts would print as "1×". */
function apart(one: number, other: number): string {
  const ratio = times(Math.max(one, other) / Math.min(one, other));
  return ratio === "1×" && one !== other ? whole(Math.abs(one - other)) : ratio;
}

/** The two counts and their ratio, beside the picture. */
function tally(picture: Element, {full, pair}: SavingsResult) {
  const box = layer(picture, "p", "tally");
  layer(box, "span", "of-full", whole(full));
  layer(box, "span", "name first", "parameters in ΔW");
  layer(box, "span", "of-pair", whole(pair));
  layer(box, "span", "name second", "in B and A");
}

export default widget({
  title: "When does low rank pay?",
  guide:
    "Choose a matrix and type a rank, or drag the knob in the chart; where the lines cross, A and B together are as large as the matrix. The picture draws them at least a pixel thick.",
  sources: ["Hu et al. 2021, §4.2 and Table 5", "Llama 2’s shapes: Touvron et al. 2023"],
  controls,
  bounds,
  compute,
  main: ["preset", "r"],
  draw(picture, result, {r}, act, room) {
    const {d, k, full, breakEven} = result;
    const {g, width, height} = chart(picture, "scale", room, {
      nominal: 400,
      height: (width) => width,
      alt: `The full matrix is ${d} by ${k}; B is ${d} by ${r} and A is ${r} by ${k}, to one scale`,
    });
    blocks(g, {d, k, r, width, height});
    if (room.size === "dock") return;
    if (room.size !== "full") tally(picture, result);
    if (room.size === "slide") return;
    const support = chart(picture, "counts", room, {
      label: ["Parameters by rank ", symbol.r, `; ○ break-even: ${significant(breakEven, 6)}`],
      nominal: 311,
      height: (width) => (room.size === "full" ? Math.min(0.8 * width, 320) : Math.min(1.4 * width, 260)),
      alt: `The count of B and A rises with r and meets the full count of ${whole(full)} at r = ${significant(breakEven, 6)}`,
    });
    counts(
      support.g,
      {full, perRank: d + k, most: Math.min(d, k), breakEven},
      {width: support.width - 56, height: support.height - 34, r, onMove: (to) => act.set({r: to})},
    );
  },
  says({d, k, full, pair}, {r}) {
    const here = `At r = ${whole(r)}, B and A have ${whole(pair)} parameters`;
    const matrix = `the ${whole(d)} × ${whole(k)} matrix`;
    if (pair === full) return `${here}, exactly as many as ${matrix}.`;
    if (pair > full) return `${here}, more than the ${whole(full)} of the matrix: here low rank saves nothing.`;
    return `${here}, ${apart(full, pair).replace("×", " times")} fewer than the ${whole(full)} of ${matrix}.`;
  },
  summary({full, pair, breakEven, d, k}, {r}) {
    const much = apart(full, pair).replace("×", " times");
    const than = much.endsWith("times") ? "as many as" : "more than";
    const stops = `Below r = ${significant(breakEven, 6)} low rank stores less than the full ${whole(d)} × ${whole(k)} matrix`;
    if (pair < full)
      return `At r = ${whole(r)}, B and A have ${whole(pair)} parameters instead of ${whole(full)}: ${much} fewer, for this one matrix. ${stops}.`;
    const compared = pair === full ? "exactly as many as" : `${much} ${than}`;
    const here = `At r = ${whole(r)}, B and A have ${whole(pair)} parameters, ${compared} the full matrix's ${whole(full)}: low rank does not pay here`;
    return pair === full ? `${here}.` : `${here}. ${stops}.`;
  },
  readouts: ({full, pair, B, A, breakEven}) => [
    {label: ["Full update"], value: whole(full)},
    {label: [symbol.B, " and ", symbol.A], value: whole(pair), note: `${whole(B)} + ${whole(A)}`},
    {
      label: ["Saving"],
      value: pair < full ? apart(full, pair) : "none",
      note: pair < full ? "fewer, per matrix" : `${apart(full, pair).replace(/\d$/, "$& more than")} the matrix`,
    },
    {label: ["Break-even rank"], value: significant(breakEven, 6), note: "dk / (d + k)"},
  ],
  table: ({d, k, full}, {r}) => ({
    caption: `Parameters stored for one ${whole(d)} × ${whole(k)} matrix; the full update has ${whole(full)}`,
    columns: ["Rank", "B and A", "Times fewer"],
    rows: [...new Set([...Array.from({length: 11}, (_, n) => 2 ** n), r])]
      .filter((rank) => rank <= Math.min(d, k))
      .sort((one, other) => one - other)
      .map((rank) => [whole(rank), whole(rank * (d + k)), significant(full / (rank * (d + k)), 6)]),
  }),
  provenance: () => ({kind: "live", text: "counted here"}),
  challenge: {
    text: "find the largest rank at which B and A together are still at least 100 times smaller than the matrix.",
    met: ({fewer, full, d, k}, {r}) => fewer >= 100 && full / ((r + 1) * (d + k)) < 100,
  },
});
