/** Whether one merged W can serve a batch of two tasks, and what swaps do to W₀. */
import {figure, type Size} from "../../figure/declare.ts";
import {barX, dot, rect, ruleX} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {counted, percent, significant, times, twoDigits, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {formatNames} from "../shared/storedFormats.ts";
import {
  compute,
  controls,
  MAX_RIGHT_ERROR,
  type MergeParams,
  type MergeResult,
  TWO_DECIMAL_ERROR,
  taskOfInput,
} from "./model.ts";

const mergedWords = {
  none: "nothing",
  one: "task 1",
  two: "task 2",
  three: "task 3",
  both: "tasks 1 and 2",
} as const;

/** The end of the scale, as a share of an output's size. A longer bar ends at the edge, and its number says how long it is. */
const SCALE_END = 1.5;
/** A smaller error is not printed. */
const MIN_PRINTED = 1e-3;
/** Room for the longest verdict, so that the scale stays where it is when verdicts change. */
const VERDICT_WIDTH = 106;

/** A row for each input of the batch: how far its output is off. */
function errorChart({relativeErrors}: MergeResult, {precision}: MergeParams, size: Size): Chart {
  const rows = relativeErrors[precision].map((share, i) => ({
    share,
    isRight: share <= MAX_RIGHT_ERROR,
    task: taskOfInput[i]!,
    i,
  }));
  const verdictText = ({share, isRight}: (typeof rows)[number]) =>
    `${isRight ? "right" : "wrong"}${share < MIN_PRINTED ? "" : ` ${significant(100 * share, 2)}%`}`;
  const pitch = size === "card" ? 34 : 28;
  return {
    name: "served",
    label: [`How far each output is off; over ${whole(100 * MAX_RIGHT_ERROR)}% is wrong`],
    alt: rows.map((row) => `Input ${row.i + 1}, task ${row.task}: ${verdictText(row)}`).join("; "),
    height: 26 + pitch * rows.length,
    x: {
      type: "linear",
      domain: [0, SCALE_END],
      ticks: [0, 0.5, 1, SCALE_END],
      tickFormat: (share) => `${whole(100 * share)}%`,
    },
    y: {
      type: "rows",
      rows: rows.map((row) => ({name: `x${"₁₂₃₄₅₆₇₈"[row.i]}, task ${row.task}`, valueText: verdictText(row)})),
    },
    marginRight: VERDICT_WIDTH,
    marks: [
      rect([0], {x1: 0, x2: MAX_RIGHT_ERROR, tone: "dw", kind: "right"}),
      barX(rows, {
        x: ({share}) => Math.min(share, SCALE_END),
        tone: ({isRight}) => (isRight ? "dw" : "ink"),
        kind: ({isRight}) => (isRight ? "right" : "wrong"),
      }),
      // Right outputs have a dot too: when all are right, their bars are too short to be seen.
      dot(rows, {
        x: ({share}) => Math.min(share, SCALE_END),
        y: (_, i) => i,
        r: 6,
        tone: ({isRight}) => (isRight ? "dw" : "ink"),
        hollow: ({isRight}) => !isRight,
        key: ({i}) => i,
        glides: true,
      }),
      ruleX([MAX_RIGHT_ERROR], {dashed: true, tone: "ink"}),
    ],
  };
}

/** The drift as a multiple of that after one swap: near 1 if rounding errors cancel, larger if they add up. Empty where it has none. */
const driftGrowth = (drifts: readonly number[], swaps: number): string =>
  swaps > 1 && drifts[1] ? `, ${times(drifts[swaps]! / drifts[1])} that after one` : "";

export default figure<typeof controls, MergeResult>({
  title: "Can one merged W serve two tasks?",
  guide:
    "Choose what is merged and how W₀ and W are stored: four inputs of the batch ask for task 1 and four for task 2. Each swap before merged task 1, 2 or 3 in turn and unmerged it again; BA stays in fp32 (fp64 beside an fp64 base), and each sum is rounded once, when it is stored.",
  sources: ["Hu et al. 2021, §4.1 and §4.2"],
  controls,
  compute,
  main: ["merged", "precision"],
  picture: (result, params, _, size) => ({parts: [errorChart(result, params, size)]}),
  says: ({difference, drift, multiplyAdds, rightCount}, {merged, precision, swaps}) => [
    `With ${mergedWords[merged]} merged and W stored in ${precision}, ${rightCount[precision]} of ${taskOfInput.length} outputs are right${swaps ? `; ${counted(swaps, "swap")} left W₀ off by ${twoDigits(drift[precision][swaps]!)}` : ""}.`,
    `Outputs through W differ from the unmerged ones by at most ${twoDigits(difference[precision])}, drift included; an input costs ${whole(multiplyAdds.merged)} multiply–adds merged and ${whole(multiplyAdds.unmerged)} unmerged.`,
  ],
  readouts: ({difference, drift, multiplyAdds, rightCount}, {precision, swaps}) => [
    {label: ["Largest output difference"], value: twoDigits(difference[precision]), note: "through W against unmerged"},
    {
      label: ["Drift of ", symbol.W0],
      value: twoDigits(drift[precision][swaps]!),
      note: `after ${counted(swaps, "swap")}${driftGrowth(drift[precision], swaps)}`,
    },
    {
      label: ["Multiply–adds per input"],
      value: whole(multiplyAdds.merged),
      note: `merged; ${whole(multiplyAdds.unmerged)} unmerged`,
    },
    {label: ["Batch of two tasks"], value: `${rightCount[precision]} of ${taskOfInput.length}`, note: "right"},
  ],
  table: ({drift, difference, relativeErrors, rightCount}, {merged, swaps}) => ({
    caption: `Every format, after ${counted(swaps, "swap")} and with ${mergedWords[merged]} merged`,
    columns: ["What", ...formatNames],
    rows: [
      ...[...new Set([0, 1, 2, 3, 6, 15, 30, 60, swaps])]
        .toSorted((one, other) => one - other)
        .map((n) => [`Drift after ${counted(n, "swap")}`, ...formatNames.map((name) => twoDigits(drift[name][n]!))]),
      ["Largest output difference", ...formatNames.map((name) => twoDigits(difference[name]))],
      ...taskOfInput.map((task, i) => [
        `Input ${i + 1}, task ${task}: off by`,
        ...formatNames.map((name) => percent(relativeErrors[name][i]!)),
      ]),
      [`Right of ${taskOfInput.length}`, ...formatNames.map((name) => rightCount[name])],
    ],
  }),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "find a precision and the fewest swaps after which unmerging no longer gives back W₀ to two decimals (a drift of 0.005).",
    met: ({drift}, {precision, swaps}) =>
      swaps > 0 && swaps === drift[precision].findIndex((size) => size >= TWO_DECIMAL_ERROR),
  },
});
