import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {panels} from "../../figure/plot/chart.ts";
import {fixed, tiny} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {widget} from "../../figure/widget.ts";
import {compute, controls, FOLD_SIDE, type FoldParams, type FoldResult, LIFTED, MERGED} from "./model.ts";
import {entrySum, folding, leftPanel, send, target} from "./panels.ts";

const ENTRIES = FOLD_SIDE * FOLD_SIDE;

function said({off, largest}: FoldResult, {sheet, stored}: FoldParams): string {
  if (sheet === 0)
    return "Here x takes two paths, and their outputs are added to give h. Drag the violet sheet down onto the slate one.";
  if (sheet === MERGED)
    return "Merged: one matrix and one path. B and A are gone, and a pass costs what it cost before LoRA.";
  if (sheet === LIFTED)
    return `Lifted off again: in ${stored}, ${off} of ${ENTRIES} entries of W₀ did not come back exactly. The largest error is ${tiny(largest)}.`;
  return sheet < MERGED
    ? "BA has the shape of W₀, so each entry of BA has its place in W₀."
    : "On its way off again. Lift it all the way to see what it leaves behind.";
}

export default widget({
  title: "Where do B and A go when you merge?",
  guide:
    "Drag the violet sheet down onto the slate one, or press Merge. In a merged cell, the larger the violet square, the larger the update’s share (the scale α/r is 1 here).",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  compute,
  main: ["sheet", "stored"],
  draw(picture, result, params, act, room) {
    const drawing = {picture, result, params, act, room};
    const {sheet} = params;
    const isShort = room.size === "dock";
    panels(picture, ["folding", ...(isShort ? [] : ["left"])]);
    folding(drawing);
    if (isShort) return;
    leftPanel(drawing);
    entrySum(drawing);
    const go = (isMerge: boolean) => () => send(picture, act, sheet, target(sheet, isMerge));
    buttonRow(
      picture,
      [
        {text: "Merge", onPress: go(true)},
        {text: "Unmerge", onPress: go(false)},
      ],
      "The sheet BA",
    );
  },
  says: said,
  summary(result, params) {
    const short = said(result, params);
    if (params.sheet > 0) return short;
    return `Here x takes two paths, through W₀ and through A and B, and their outputs are added to give h. BA has the shape of W₀ and ${fixed(result.share, 2)} times its size.`;
  },
  readouts: ({off, largest, share}, {stored}) => [
    {label: ["Entries off"], value: `${off} of ${ENTRIES}`, note: `after merge and unmerge in ${stored}`},
    {label: ["Largest error"], value: tiny(largest)},
    {label: ["Size of ", symbol.dW], value: fixed(share, 2), note: "times that of W₀"},
  ],
  table: ({W0, update, W, left}, {stored}) => ({
    caption: `Every entry in ${stored}, merged, and what unmerging leaves`,
    columns: ["Row", "Column", "W₀", "ΔW", "W", "Left behind"],
    rows: Array.from(W.data, (value, k) => [
      Math.floor(k / FOLD_SIDE) + 1,
      (k % FOLD_SIDE) + 1,
      ...[W0.data[k]!, update.data[k]!, value].map((x) => fixed(x, 4)),
      tiny(left.data[k]!),
    ]),
  }),
  provenance: () => ({kind: "live", text: "seed 5"}),
  challenge: {
    text: "store the matrices in fp32 and find out whether every entry comes back there: merge, then unmerge.",
    met: (_, {sheet, stored}) => sheet === LIFTED && stored === "fp32",
  },
});
