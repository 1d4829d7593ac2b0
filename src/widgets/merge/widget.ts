import type {Matrix} from "../../engine/linalg/matrix.ts";
import {chart} from "../../figures/chart.ts";
import {inset} from "../../figures/inset.ts";
import {layer} from "../../figures/layer.ts";
import {mapChart} from "../../figures/matrices/mapChart.ts";
import {tracing} from "../../figures/matrices/tracing.ts";
import type {Room} from "../../figures/room.ts";
import {counted, fixed, percent, significant, times, tiny, whole} from "../../figures/text/format.ts";
import {legend} from "../../figures/text/legend.ts";
import {type Rich, write} from "../../figures/text/symbol.ts";
import {sign} from "../../shell/signs.ts";
import {type Act, widget} from "../../shell/widget.ts";
import {answers, answersHeight} from "./figures/answers.ts";
import {drift, LEFT} from "./figures/drift.ts";
import {batch, compute, controls, type MergeParams, type MergeResult, TWO_DECIMALS, WITHIN} from "./model.ts";

const names = Object.keys(controls.precision.options) as MergeParams["precision"][];
const update: Rich = ["(", sign.alpha, "/", sign.r, ")", sign.B, sign.A];
const W = {symbol: "W", text: "W"};

const mergedWords = {none: "nothing", one: "task 1", two: "task 2", three: "task 3", both: "tasks 1 and 2"} as const;
const asks = (i: number): string => `x${"₁₂₃₄₅₆₇₈"[i]}, task ${batch[i]}`;

/** The two numbers of the traced entry of W and their sum. It adds the rounded terms, so that the printed sum is right. */
function sumOf({W0, update: change}: MergeResult, {row, column}: MergeParams): string {
  const at = (row - 1) * W0.cols + column - 1;
  const [base, added] = [W0, change].map(({data}) => Math.round(data[at] * 1e4) / 1e4);
  return `${fixed(base, 4)} ${added < 0 ? "−" : "+"} ${fixed(Math.abs(added), 4)} = ${fixed(base + added, 4)}`;
}

/** The traced entry of W as a sum; short, without what storing it does. */
function entrySum(picture: Element, result: MergeResult, params: MergeParams, isShort: boolean) {
  const {moved, scaling} = result;
  const {row, column, precision} = params;
  const place = `[${row},${column}]`;
  const sum = sumOf(result, params);
  if (isShort) return write(layer(picture, "p", "sumline"), [{...W, text: `W${place}`}, ` = ${sum}`]);
  const storing = moved ? `storing it in ${precision} moves it by ${tiny(moved)}` : `${precision} holds it as it is`;
  write(layer(picture, "p", "entry"), [
    {...W, text: `W${place}`},
    " = ",
    {...sign.W0, text: `W₀${place}`},
    " + ",
    ...update,
    `${place} ≈ ${sum}; ${storing}. Here `,
    sign.alpha,
    "/",
    sign.r,
    `\u00a0=\u00a0${significant(scaling, 3)}.`,
  ]);
}

interface Drawing {
  picture: Element;
  result: MergeResult;
  params: MergeParams;
  act: Act;
  room: Room;
}

const strokes = {plus: "M2 10H18M10 2V18", equals: "M2 6H18M2 14H18"};

/** The sign between two pictures. */
function joint(box: Element, name: keyof typeof strokes) {
  const svg = inset(box, `joint ${name}`, 20, 20);
  layer(svg, "path", "stroke").setAttribute("d", strokes[name]);
}

/** W₀ + (α/r)BA = W as three pictures of one size, with the signs between them. */
function maps({picture, result, params, act, room}: Drawing) {
  const {merged, precision, swaps, row, column} = params;
  const box = layer(picture, "div", "maps");
  const words = mergedWords[merged];
  const after = swaps ? ` after ${counted(swaps, "swap")}` : "";
  const traced = {limit: result.limit, row, column, onPoint: (row: number, column: number) => act.set({row, column})};
  const draw = (name: string, m: Matrix, label: Rich, alt: string) =>
    mapChart(box, name, room, m, {label, nominal: 188, alt, ...traced});
  draw("base", result.W0, [sign.W0, after], `The base, 12 by 12, as ${precision} holds it${after}`);
  joint(box, "plus");
  draw("update", result.update, [...update, `, ${words}`], `The update of ${words}`);
  joint(box, "equals");
  draw("sum", result.W, [W, ` in ${precision}`], `Their sum, stored in ${precision}`);
}

/** Room for the names of the formats, at the ends of their curves. */
const NAMES = 44;

function drifts({picture, result, params, act, room}: Drawing) {
  const {precision, swaps} = params;
  const {g, width, height} = chart(picture, "drift", room, {
    label: ["Drift of ", sign.W0, " by number of swaps"],
    nominal: 311,
    height: (width) => 0.58 * width,
    alt: `After ${counted(result.drift[precision].length - 1, "swap")} the drift is ${names.map((name) => `${tiny(result.drift[name].at(-1)!)} in ${name}`).join(", ")}`,
  });
  drift(
    g,
    names.map((name) => ({name, values: result.drift[name]})),
    {
      ...{width: width - LEFT - NAMES, height: height - 38, lit: precision, at: swaps},
      onMove: (to) => act.set({swaps: to}),
    },
  );
}

function served({picture, result, params: {precision}, room}: Drawing) {
  // As high as the drift beside it.
  const rowIn = (width: number) => (0.58 * width - 22) / batch.length;
  const {g, width} = chart(picture, "served", room, {
    label: [
      "One batch, two tasks: how far off each answer is",
      room.size === "full" ? ` (right: within ${whole(100 * WITHIN)}%)` : "",
    ],
    nominal: 311,
    height: (width) => answersHeight(batch.length, rowIn(width)),
    alt: `${result.right[precision]} of ${batch.length} outputs are right`,
  });
  answers(
    g,
    result.off[precision].map((off, i) => ({name: asks(i), off, isRight: off <= WITHIN})),
    {width, row: rowIn(width), within: WITHIN},
  );
}

/** The drift compared with that of the first swap: near 1 if rounding errors cancel, growing if they add up. */
const growth = (drifts: readonly number[], swaps: number): string =>
  swaps > 1 && drifts[1] ? `, ${times(drifts[swaps] / drifts[1])} that after one` : "";

export default widget({
  title: "What happens when (α/r)BA joins W₀?",
  guide:
    "Choose what is merged and how W₀ is stored; a swap merges task 1, 2 or 3 in turn and unmerges it, and the knob makes more of them. BA stays in fp32 (fp64 beside an fp64 base) and each sum is rounded once, when it is stored; point at an entry to see its sum.",
  sources: ["Hu et al. 2021, §4.1 and §4.2"],
  controls,
  compute,
  main: ["merged", "precision"],
  draw(picture, result, params, act, room) {
    const drawing = {picture, result, params, act, room};
    maps(drawing);
    if (room.size === "dock") return;
    if (room.size !== "full") entrySum(picture, result, params, true);
    if (room.size === "slide") return;
    drifts(drawing);
    served(drawing);
    if (room.size === "card") return;
    legend(picture, result.limit, "one scale for all three, whatever is merged");
    entrySum(picture, result, params, false);
    tracing(picture, {...result, row: params.row, column: params.column, term: 0, most: 4, name: "BA", invitation: ""});
  },
  says({difference, drift: drifts, right}, {merged, precision, swaps}) {
    const given = `${right[precision]} of ${batch.length} answers are right`;
    const after = swaps ? ` ${counted(swaps, "swap")} left W₀ off by ${tiny(drifts[precision][swaps])}.` : "";
    if (merged === "none") return `Unmerged, each input uses its own adapter: ${given}.${after}`;
    const close = `W and the two paths differ by at most ${tiny(difference[precision])}`;
    return `With ${mergedWords[merged]} merged, ${given}. ${close}.${after}`;
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
      label: ["Drift of ", sign.W0],
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
    columns: ["What", ...names],
    rows: [
      ...[...new Set([0, 1, 2, 3, 6, 15, 30, 60, swaps])]
        .sort((one, other) => one - other)
        .map((n) => [`Drift after ${counted(n, "swap")}`, ...names.map((name) => tiny(drifts[name][n]))]),
      ["Largest output difference", ...names.map((name) => tiny(difference[name]))],
      ...batch.map((task, i) => [
        `Input ${i + 1}, task ${task}: off by`,
        ...names.map((name) => percent(off[name][i])),
      ]),
      [`Right of ${batch.length}`, ...names.map((name) => right[name])],
    ],
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "find a precision and the fewest swaps after which unmerging no longer gives back W₀ to two decimals (a drift of 0.005).",
    met: ({drift: drifts}, {precision, swaps}) =>
      swaps > 0 && swaps === drifts[precision].findIndex((size) => size >= TWO_DECIMALS),
  },
});
