import {panel} from "../../figures/panel.ts";
import {significant, times, whole} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {widget} from "../../shell/widget.ts";
import {counts} from "./figures/counts.ts";
import {blocks} from "./figures/scaled.ts";
import {bounds, compute, controls} from "./model.ts";

/** The ratio of two counts, "1,536×"; their difference if the ratio of two different counts would print as "1×". */
function apart(one: number, other: number): string {
  const ratio = times(Math.max(one, other) / Math.min(one, other));
  return ratio === "1×" && one !== other ? whole(Math.abs(one - other)) : ratio;
}

export default widget({
  title: "When does low rank pay?",
  guide:
    "Choose a matrix and type a rank, or drag the knob in the chart. Where the lines cross, the pair holds as many numbers as the matrix.",
  sources: ["Hu et al. 2021, §4.2 and Table 5", "Llama 2’s shapes: Touvron et al. 2023"],
  controls,
  bounds,
  compute,
  draw(picture, {d, k, full, breakEven}, {r}, act) {
    const scaled = panel(picture, "scale", {
      label: [sign.dW, `, `, sign.B, " and ", sign.A, " to one scale"],
      width: 256,
      height: 196,
      alt: `The full matrix is ${d} by ${k}; B is ${d} by ${r} and A is ${r} by ${k}`,
    });
    blocks(scaled, {d, k, r, width: 256, height: 196});
    const chart = panel(picture, "counts", {
      label: ["Numbers stored, by rank ", sign.r],
      width: 256,
      height: 208,
      alt: `The count of B and A rises with r and meets the full count of ${whole(full)} at r = ${significant(breakEven, 6)}`,
    });
    counts(
      chart,
      {full, perRank: d + k, most: Math.min(d, k), breakEven},
      {width: 200, height: 168, r, onMove: (to) => act.set({r: to})},
    );
  },
  summary({full, pair, breakEven, d, k}, {r}) {
    const much = apart(full, pair).replace("×", " times");
    const than = much.endsWith("times") ? "as many as" : "more than";
    const stops = `Below r = ${significant(breakEven, 6)} low rank stores less than the full ${whole(d)} × ${whole(k)} matrix`;
    if (pair < full)
      return `At r = ${whole(r)}, B and A hold ${whole(pair)} numbers instead of ${whole(full)}: ${much} fewer, for this one matrix. ${stops}.`;
    const compared = pair === full ? "exactly as many as" : `${much} ${than}`;
    const here = `At r = ${whole(r)}, B and A hold ${whole(pair)} numbers, ${compared} the full matrix's ${whole(full)}: low rank does not pay here`;
    return pair === full ? `${here}.` : `${here}. ${stops}.`;
  },
  readouts: ({full, pair, B, A, breakEven}) => [
    {label: ["Full update"], value: whole(full)},
    {label: [sign.B, " and ", sign.A], value: whole(pair), note: `${whole(B)} + ${whole(A)}`},
    {
      label: ["Saving"],
      value: pair < full ? apart(full, pair) : "none",
      note: pair < full ? "fewer, per matrix" : `${apart(full, pair).replace(/\d$/, "$& more than")} the matrix`,
    },
    {label: ["Break-even rank"], value: significant(breakEven, 6), note: "dk / (d + k)"},
  ],
  table: ({d, k, full}, {r}) => ({
    caption: `Numbers stored for one ${whole(d)} × ${whole(k)} matrix; the full update has ${whole(full)}`,
    columns: ["Rank", "B and A", "Times fewer"],
    rows: [...new Set([...Array.from({length: 11}, (_, n) => 2 ** n), r])]
      .filter((rank) => rank <= Math.min(d, k))
      .sort((one, other) => one - other)
      .map((rank) => [whole(rank), whole(rank * (d + k)), significant(full / (rank * (d + k)), 6)]),
  }),
  provenance: () => ({kind: "live", text: "counted here"}),
  challenge: {
    text: "find the largest rank at which the pair is still at least 100 times smaller than the matrix.",
    met: ({fewer, full, d, k}, {r}) => fewer >= 100 && full / ((r + 1) * (d + k)) < 100,
  },
});
