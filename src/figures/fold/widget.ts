/** Merging as a sheet that is lowered onto another one, and what is left of it after many swaps. */
import {figure} from "../../figure/declare.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {layer} from "../../figure/plot/layer.ts";
import {dot, knob, lineY} from "../../figure/plot/marks.ts";
import type {Chart, Drawing} from "../../figure/plot/picture.ts";
import {counted, fixed, tenTo, twoDigits} from "../../figure/plot/text/format.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {formatNames} from "../shared/storedFormats.ts";
import {
  compute,
  controls,
  FOLD_SEED,
  FOLD_SIDE,
  FOLD_SWAPS,
  type FoldParams,
  type FoldResult,
  SHEET_LIFTED,
  SHEET_MERGED,
} from "./model.ts";
import {drawTwoSheets, nextStop, restingState, sheetText} from "./twoSheets.ts";

/** How many entries W₀ has. */
const ENTRY_COUNT = FOLD_SIDE * FOLD_SIDE;

/** Both sheets, of which the violet one is dragged. */
const sheetsDrawing = (result: FoldResult, params: FoldParams, act: Act): Drawing => ({
  name: "folding",
  height: {narrow: 186, mid: 264, wide: 360},
  alt: `The sheet BA, with B at its side and A at its back, and the sheet W₀ below it: ${sheetText(params.sheet)}; ${result.offCount} of ${ENTRY_COUNT} entries of W₀ are off`,
  draw: (g, size) => drawTwoSheets(g, size, {result, params, act}),
});

/** Writes the traced entry as a sum, and as it is stored. */
function writeEntrySum(box: Element, {W0, update, W}: FoldResult, {row, column}: FoldParams) {
  const line = layer(box, "p", "sumline");
  const isTraced = row > 0 && column > 0;
  line.toggleAttribute("data-untraced", !isTraced);
  if (!isTraced) return write(line, ["Drag the violet sheet; point at a cell."]);
  const k = (row - 1) * FOLD_SIDE + column - 1;
  // Rounded as they are printed, so that the printed sum is right.
  const [w, d] = [W0, update].map(({data}) => Math.round(data[k]! * 1e4) / 1e4) as [number, number];
  const stored = fixed(W.data[k]!, 4);
  const sum = fixed(w + d, 4);
  write(line, [
    {...symbol.W0, text: `W₀[${row},${column}]`},
    " + ",
    {...symbol.dW, text: `ΔW[${row},${column}]`},
    ` = ${fixed(w, 4)} ${d < 0 ? "−" : "+"} ${fixed(Math.abs(d), 4)} = ${sum}`,
    stored === sum ? "" : `, stored as ${stored}`,
  ]);
}

/** The largest error of W₀ after each number of swaps, in all formats. */
const driftChart = ({drift}: FoldResult, {swaps, stored}: FoldParams, act: Act): Chart => ({
  name: "drift",
  label: ["Largest error of ", symbol.W0, " by number of swaps, powers of ten"],
  alt: `After ${counted(FOLD_SWAPS, "swap")} it is ${formatNames.map((name) => `${twoDigits(drift[name][FOLD_SWAPS]!)} in ${name}`).join(", ")}`,
  height: {narrow: 190, mid: 190, wide: 200},
  x: {type: "linear", domain: [0, FOLD_SWAPS]},
  y: {
    type: "log",
    domain: [1e-17, 1],
    ticks: [-16, -12, -8, -4, 0].map((power) => 10 ** power),
    tickFormat: (value) => (value === 1 ? "1" : tenTo(Math.round(Math.log10(value)))),
  },
  marks: [
    // From the first swap on: before it the error is 0, which a logarithmic scale cannot show.
    ...formatNames.map((name) =>
      lineY(drift[name].slice(1, FOLD_SWAPS + 1), {
        x: (_: number, i: number) => i + 1,
        end: name,
        kind: name,
        tone: name === stored ? "ink" : "soft",
        thin: name !== stored,
      }),
    ),
    knob(swaps, (to) => act.set({swaps: Math.round(to)})),
    dot(swaps ? [drift[stored][swaps]!] : [], {x: swaps, tone: "ink", hollow: true}),
  ],
});

export default figure<typeof controls, FoldResult>({
  title: "Where do B and A go when you merge?",
  guide:
    "Drag the violet sheet down onto the slate one, or press Merge: the larger the update’s share of a cell, the more violet it turns (the scale α/r is 1 here). A swap merges one task and unmerges it again, and the next swap brings another task.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  compute,
  main: ["swaps", "stored"],
  picture(result, params, act, size) {
    const {sheet, swaps} = params;
    const below = {
      name: "sums",
      html(box: HTMLElement) {
        writeEntrySum(box, result, params);
        const to = nextStop(sheet);
        const text = to === SHEET_MERGED ? "Merge" : "Unmerge";
        buttonRow(box, [{text, onPress: () => act.set(restingState({sheet: to, swaps}))}], "The sheet BA");
      },
    };
    return {
      parts: [sheetsDrawing(result, params, act), below, ...(size === "full" ? [driftChart(result, params, act)] : [])],
      // The dots are explained only when there are any.
      ...(result.offCount
        ? {
            key: [
              {
                symbol: "circle",
                tone: "ink",
                words: "an entry of W₀ that did not come back; the larger, the farther off",
              },
            ],
          }
        : {
            note: sheet === SHEET_MERGED ? "Nothing has been taken out yet." : "Every entry of W₀ is what it was.",
          }),
    };
  },
  says: (result, {sheet, stored}) => {
    const {sizeRatio, completedSwaps, offCount, largestError} = result;
    const isHalfway = sheet > SHEET_MERGED / 2 && sheet < SHEET_MERGED;
    const paths =
      sheet === SHEET_MERGED
        ? "Merged, x takes one path"
        : isHalfway
          ? "As BA is laid in, two paths become one"
          : "Unmerged, x takes two paths";
    return [
      completedSwaps
        ? `${paths}; in ${stored}, after ${counted(completedSwaps, "swap")}, ${offCount} of ${ENTRY_COUNT} entries of W₀ are off; the largest error is ${twoDigits(largestError)}.`
        : `${paths}; each entry of BA has its place in W₀, so the two can be added.`,
      `BA has the shape of W₀ and ${fixed(sizeRatio, 2)} times its size.`,
    ];
  },
  readouts: ({offCount, largestError, sizeRatio, completedSwaps}, {stored}) => [
    {
      label: ["Entries off"],
      value: `${offCount} of ${ENTRY_COUNT}`,
      note: `after ${counted(completedSwaps, "swap")} in ${stored}`,
    },
    {label: ["Largest error"], value: twoDigits(largestError)},
    {label: ["Size of ", symbol.dW], value: fixed(sizeRatio, 2), note: "times that of W₀"},
  ],
  table: ({W0, update, W, errors, completedSwaps}, {stored}) => ({
    caption: `Every entry in ${stored}: the present task merged, and the errors of W₀ after ${counted(completedSwaps, "swap")}`,
    columns: ["Row", "Column", "W₀", "ΔW", "W", "Error of W₀"],
    rows: Array.from(W.data, (value, k) => [
      Math.floor(k / FOLD_SIDE) + 1,
      (k % FOLD_SIDE) + 1,
      ...[W0.data[k]!, update.data[k]!, value].map((x) => fixed(x, 4)),
      twoDigits(errors.data[k]!),
    ]),
  }),
  source: () => ({kind: "live", text: `seed ${FOLD_SEED}`}),
  challenge: {
    text: "store the matrices in fp32 and find out whether every entry comes back there: merge, then unmerge.",
    met: ({completedSwaps}, {sheet, stored}) =>
      stored === "fp32" && completedSwaps > 0 && (sheet === 0 || sheet === SHEET_LIFTED),
  },
});
