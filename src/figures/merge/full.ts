import {layer} from "../../figure/plot/layer.ts";
import {tracing} from "../../figure/plot/matrices/tracing.ts";
import {counted, percent, significant, times, tiny, whole} from "../../figure/plot/text/format.ts";
import {legend} from "../../figure/plot/text/legend.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import {full} from "../../figure/widget.ts";
import {batch, type controls, type MergeParams, type MergeResult} from "./model.ts";
import {drawCard, drifts, maps, mergedWords, precisionNames, served, sumOf, update, W} from "./panels.ts";

/** The traced entry of W as a sum, and what storing it does. */
function entrySum(picture: Element, result: MergeResult, params: MergeParams) {
  const {moved, scaling} = result;
  const {row, column, precision} = params;
  const place = `[${row},${column}]`;
  const storing = moved ? `storing it in ${precision} moves it by ${tiny(moved)}` : `${precision} stores it exactly`;
  write(layer(picture, "p", "entry"), [
    {...W, text: `W${place}`},
    " = ",
    {...symbol.W0, text: `W₀${place}`},
    " + ",
    ...update,
    `${place} ≈ ${sumOf(result, params)}; ${storing}. Here `,
    symbol.alpha,
    "/",
    symbol.r,
    `\u00a0=\u00a0${significant(scaling, 3)}.`,
  ]);
}

/** The drift compared with the drift of the first swap: near 1 if rounding errors cancel, growing if they add up. */
const growth = (drifts: readonly number[], swaps: number): string =>
  swaps > 1 && drifts[1] ? `, ${times(drifts[swaps] / drifts[1])} that after one` : "";

export default full<typeof controls, MergeResult>({
  draw(picture, result, params, act, room) {
    const drawing = {picture, result, params, act, room};
    if (room.size !== "full") return drawCard(drawing);
    maps(drawing);
    drifts(drawing);
    served(drawing);
    legend(picture, result.limit, "one scale for all three, whatever is merged");
    entrySum(picture, result, params);
    tracing(picture, {...result, row: params.row, column: params.column, term: 0, most: 4, name: "BA", invitation: ""});
  },
  summary({difference, drift: drifts, adds, right}, {merged, precision, swaps}) {
    const drift = drifts[precision];
    const [one, pair] = [whole(adds.merged), whole(adds.unmerged)];
    const served = `${right[precision]} of ${batch.length} outputs`;
    const drifted = swaps
      ? `In ${precision}, after ${counted(swaps, "swap")}, the drift of W₀ is ${tiny(drift[swaps])}${growth(drift, swaps)}`
      : `In ${precision}, before any swap, W₀ is as it was`;
    if (merged === "none")
      return `${drifted}. With A and B kept beside it an input costs ${pair} multiply–adds instead of ${one}, and each can have its own task: ${served} of the batch are right.`;
    return `${drifted}; with ${mergedWords[merged]} merged, outputs differ from the unmerged ones by at most ${tiny(difference[precision])}${swaps ? ", drift included" : ""}. An input costs ${one} multiply–adds instead of ${pair}, but one matrix answers all: ${served} of the batch are right.`;
  },
  readouts: ({difference, drift: drifts, adds, right}, {merged, precision, swaps}) => [
    {
      label: ["Largest output difference"],
      value: tiny(difference[precision]),
      note:
        merged === "none" ? "by drift: nothing is merged" : `merged against unmerged${swaps ? ", drift included" : ""}`,
    },
    {
      label: ["Drift of ", symbol.W0],
      value: tiny(drifts[precision][swaps]),
      note: `after ${counted(swaps, "swap")}${growth(drifts[precision], swaps)}`,
    },
    {
      label: ["Multiply–adds per input"],
      value: whole(merged === "none" ? adds.unmerged : adds.merged),
      note:
        merged === "none" ? `against ${whole(adds.merged)} once merged` : `against ${whole(adds.unmerged)} unmerged`,
    },
    {label: ["Batch of two tasks"], value: `${right[precision]} of ${batch.length}`, note: "right"},
  ],
  table: ({drift: drifts, difference, off, right}, {merged, swaps}) => ({
    caption: `Every format, after ${counted(swaps, "swap")} and with ${mergedWords[merged]} merged`,
    columns: ["What", ...precisionNames],
    rows: [
      ...[...new Set([0, 1, 2, 3, 6, 15, 30, 60, swaps])]
        .sort((one, other) => one - other)
        .map((n) => [`Drift after ${counted(n, "swap")}`, ...precisionNames.map((name) => tiny(drifts[name][n]))]),
      ["Largest output difference", ...precisionNames.map((name) => tiny(difference[name]))],
      ...batch.map((task, i) => [
        `Input ${i + 1}, task ${task}: off by`,
        ...precisionNames.map((name) => percent(off[name][i])),
      ]),
      [`Right of ${batch.length}`, ...precisionNames.map((name) => right[name])],
    ],
  }),
});
