/** The figure “Which choice matters more than the seed?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
import {dot, type Mark, rect, ruleX, type Tone, text} from "../../figure/plot/marks.ts";
import type {Chart, Picture} from "../../figure/plot/picture.ts";
import {fixed, lettersInDoubt, percent, significant, whole} from "../../figure/plot/text/format.ts";
import {liveMark, liveTools} from "../shared/liveSentences.ts";
import {LEARNED_SHARE} from "../shared/taskNames.ts";
import {controls, type SweepParams} from "./controls.ts";
import type {Contrast, SweepResult, SweepRow} from "./model.ts";
import {
  COMPARED_PLACES,
  cardSentence,
  disagreeingRows,
  highlightedRow,
  isWhole,
  neighborsWithoutOverlap,
  overlappingPairs,
  seedsSentence,
  sweepResultText,
} from "./sentences.ts";

/**
 * A row's result: how many seeds learned; the mean, by which places are ordered; or the ends of the range, by which ranks and
 * rates are told apart.
 */
function resultText({learnedCount, results, mean}: SweepRow, isWords: boolean, {vary}: SweepParams): string {
  if (results.length === 0) return "";
  if (!isWords) return `${learnedCount} of ${results.length}`;
  const doubtText = (nats: number) => fixed(lettersInDoubt(nats), 2);
  if (vary === "matrices") return doubtText(mean);
  return `${doubtText(Math.min(...results))}–${doubtText(Math.max(...results))}`;
}

const ROW_NAMES = {matrices: "by place", rank: "by rank", rate: "by rate", tasks: "by task"} as const;

/** The picture's label: what the rows compare, and the measure. */
function labelOf({task, places, isWords}: SweepResult, {vary}: SweepParams): string {
  const what = [task && `“${task}”`, places].filter(Boolean).join(", ");
  const measure = isWords ? "letters in doubt on held-out names; fewer is better" : "inputs with every digit right";
  return `${what} ${ROW_NAMES[vary]}: ${measure}`;
}

/** The rows in the order of the picture: for places and names, the best first by the stored runs. */
function orderedRows({rows, isWords}: SweepResult, {vary}: SweepParams): readonly SweepRow[] {
  if (!isWords || vary !== "matrices") return rows;
  const sum = ({before, results}: SweepRow) => (before ?? results).reduce((total, one) => total + one, 0);
  return rows.toSorted((one, other) => sum(one) - sum(other));
}

/** The share of a row's height in which its dots are, each in a lane of its own, because all may have one x. */
const LANES_SHARE = 0.48;
/** Half the length, in rows, of the line that marks LEARNED_SHARE. */
const HALF_LINE = 0.27;
/** Half the height, in rows, of the bar of a range. */
const HALF_BAND = 0.32;
/** The height of the picture has room for at least this many rows. */
const MIN_ROWS = 6;

const toneOf = ({rank}: Pick<SweepRow, "rank">): Tone => (rank === undefined ? "full" : "dw");
const endsOf = ({results}: SweepRow) => ({low: Math.min(...results), high: Math.max(...results)});

/**
 * A dot for each seed in a lane of its own, and a tick across each row at its mean; `xOf` gives the x of a result. Stored runs that
 * are not made again yet are pale.
 */
function seedMarks({isWords, seeds}: SweepResult, rows: readonly SweepRow[], xOf: (result: number) => number): Mark[] {
  const dots = rows.flatMap(({results, before = [], ...row}, i) =>
    [...results, ...before.slice(results.length)].map((result, lane) => ({
      result,
      isPale: lane >= results.length,
      tone: toneOf(row),
      y: i + LANES_SHARE * ((lane + 0.5) / seeds - 0.5),
    })),
  );
  const means = rows.flatMap(({mean, results}, i) => (results.length ? [{mean, row: i}] : []));
  return [
    ruleX(means, {
      x: ({mean}) => xOf(mean),
      y1: ({row}) => row - LANES_SHARE / 2,
      y2: ({row}) => row + LANES_SHARE / 2,
      tone: "ink",
    }),
    dot(dots, {
      x: ({result}) => xOf(result),
      y: ({y}) => y,
      r: 3,
      tone: ({tone}) => tone,
      strength: ({isPale}) => (isPale ? 0 : 2),
      hollow: ({result}) => !isWords && result < LEARNED_SHARE,
      kind: ({isPale}) => (isPale ? "run pale" : "run"),
    }),
  ];
}

/** The chart of each row's results, by place, rank, rate or task. */
function runsChart(result: SweepResult, params: SweepParams, size: Size): Chart {
  const {isWords, seeds, task, extent} = result;
  const {vary} = params;
  const rows = orderedRows(result, params);
  const xOf = (value: number) => (isWords ? lettersInDoubt(value) : value);
  const resultTexts = rows.map((row) => resultText(row, isWords, params));
  const highlighted = rows.findIndex(({name}) => name === highlightedRow(result, params));
  // A bar for each range, in full color where no other range overlaps it.
  const isRanges = isWords && vary !== "matrices" && isWhole(result);
  const overlapping = isRanges ? overlappingPairs(result).flat() : [];
  const ranges = (isRanges ? rows : []).map((row) => ({
    row: rows.indexOf(row),
    ...endsOf(row),
    isAlone: !overlapping.includes(row),
    tone: toneOf(row),
  }));
  // A card says in words whether a row overlaps others, and Explore has the numbers.
  const verdicts =
    isRanges && size === "card" ? rows.map((row) => (overlapping.includes(row) ? "overlaps" : "apart")) : [];
  const goals = isWords ? [] : [LEARNED_SHARE];
  // The axis of letters in doubt ends at multiples of a fifth.
  const ends = extent.map((end, i) => (i ? Math.ceil : Math.floor)(5 * lettersInDoubt(end)) / 5) as [number, number];
  const heightAt = (pitch: number) => 42 + pitch * Math.max(rows.length, MIN_ROWS);
  const height = heightAt(size === "card" ? 38 : 34);
  return {
    name: "runs",
    label: [labelOf(result, params)],
    alt: `${task || "Each task"}, a dot for each of ${seeds} seeds a row. ${rows.map(({name}, i) => `${name}: ${resultTexts[i] || "not run yet"}`).join("; ")}.`,
    height: {narrow: heightAt(vary === "rank" ? 42 : 46), mid: height, wide: height},
    x: isWords
      ? {type: "linear", domain: ends}
      : {type: "linear", domain: [0, 1], ticks: [0, 0.5, 1], tickFormat: (share) => `${100 * share}%`},
    y: {
      type: "rows",
      rows: rows.map(({name}, i) => ({
        name,
        valueText: verdicts[i] ?? resultTexts[i]!,
        ...(verdicts[i] && {spoken: `${verdicts[i]}, ${resultTexts[i]}`}),
        ...(verdicts[i] === "apart" && {tone: "dw" as const}),
      })),
      ...(highlighted >= 0 && {chosen: highlighted}),
    },
    // Room for the large number.
    ...(highlighted >= 0 && {marginRight: isWords ? 92 : 132}),
    marks: [
      rect(ranges, {
        x1: ({low}) => xOf(low),
        x2: ({high}) => xOf(high),
        y1: ({row}) => row - HALF_BAND,
        y2: ({row}) => row + HALF_BAND,
        tone: ({tone, isAlone}) => (isAlone ? tone : "soft"),
        kind: ({isAlone}) => (isAlone ? "loud" : ""),
      }),
      // A line for each row, since one for all would cross the words above the rows on a phone.
      ruleX(goals.length ? [...rows.keys()] : [], {
        x: LEARNED_SHARE,
        y1: (row) => row - HALF_LINE,
        y2: (row) => row + HALF_LINE,
        dashed: true,
        tone: "ink",
      }),
      text(goals, {x: LEARNED_SHARE, text: "learned"}),
      ...seedMarks(result, rows, xOf),
    ],
  };
}

/** The name of a row, short enough for a column: that of all four matrices is too long. */
const shortName = (name: string): string => (name.split(" + ").length > 3 ? "all four" : name);

/** The room for the number of seeds after the dots of a row, in dots; and the height of a row, in units. */
const [COUNT_ROOM, ROW_HEIGHT] = [4, 36];

/** The chart of both tasks side by side: in each row a dot for each seed, first those that learned, and their number. */
function twoTasksChart({rows, seeds, task}: SweepResult, {tasks}: Contrast): Chart {
  const compared = rows.flatMap(({name}, row) => (COMPARED_PLACES.includes(name) ? [row] : []));
  const cells = tasks.flatMap(({learned}, column) =>
    learned.map((count, row) => ({
      row,
      from: column * (seeds + COUNT_ROOM),
      count,
      isCompared: compared.includes(row),
    })),
  );
  const dots = cells.flatMap(({row, from, count, isCompared}) =>
    Array.from({length: seeds}, (_, i) => ({row, x: from + i, isLearned: i < count, isCompared})),
  );
  const alts = tasks.map(
    ({task, learned}) => `“${task}”: ${rows.map(({name}, row) => `${name} ${learned[row]!}`).join(", ")}`,
  );
  return {
    name: "two-tasks",
    label: ["Seeds that learn each task, by place"],
    alt: `How many of ${seeds} seeds learn. ${alts.join(". ")}.`,
    height: 42 + ROW_HEIGHT * rows.length,
    x: {type: "linear", domain: [-0.5, tasks.length * (seeds + COUNT_ROOM) - 1], ticks: []},
    y: {type: "rows", rows: rows.map(({name}) => ({name: shortName(name), valueText: ""})), chosen: compared},
    marginRight: 0,
    marks: [
      text(tasks, {
        x: (_, column) => column * (seeds + COUNT_ROOM) - 0.4,
        text: (one) => one.task,
        anchor: "start",
        kind: (one) => (one.task === task ? "head" : "plain"),
      }),
      dot(dots, {
        x: ({x}) => x,
        y: ({row}) => row,
        r: 3.4,
        tone: ({isLearned}) => (isLearned ? "dw" : "edge"),
        hollow: ({isLearned}) => !isLearned,
        kind: ({isCompared}) => (isCompared ? "" : "pale"),
      }),
      text(cells, {
        x: ({from}) => from + seeds - 0.2,
        y: ({row}) => row,
        dy: ({isCompared}) => (isCompared ? 7 : 4),
        text: ({count}) => String(count),
        anchor: "start",
        kind: ({isCompared}) => (isCompared ? "answer" : "plain"),
      }),
    ],
  };
}

/** The picture: on a card two tasks side by side, if the rows are stored runs of a digit task; otherwise one chart. */
function picture(result: SweepResult, params: SweepParams, size: Size): Picture {
  const {contrast, isWords} = result;
  if (size === "card" && contrast)
    return {
      parts: [twoTasksChart(result, contrast)],
      note: `Each dot is one seed; filled: it has ${100 * LEARNED_SHARE}% of its answers right.`,
    };
  return {
    parts: [runsChart(result, params, size)],
    ...(!isWords && {key: [{symbol: "circle", tone: "dw", hollow: true, words: "hollow: below 90%"}]}),
    note: "Each dot is one seed; the tick is the mean of its row.",
  };
}

/** The digit machine's operations in words. */
const operationTexts: Readonly<Record<string, string>> = {
  copy: "copy",
  reverse: "reverse",
  plusOne: "add one",
  minusOne: "take one away",
  rotate: "rotate",
};

/** "1,024", or the ends of several: "256 to 8,192". */
function extentText(values: readonly number[], format: (value: number) => string): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? format(low) : `${format(low)} to ${format(high)}`;
}

export default figure<typeof controls, SweepResult>({
  title: "Which choice matters more than the seed?",
  guide:
    "Every dot is one run, and each seed has a line of its own within a row. The stored runs are there at once; “Run it live” makes the same runs again here, seed by seed, while the stored ones turn pale.",
  sources: ["Hu et al. 2021, §7.1 and Table 5"],
  controls,
  main: ["vary"],
  rerun: {tools: liveTools, progress: ({live}) => live && [live.done, live.due, "runs"]},
  picture: (result, params, _, size) => picture(result, params, size),
  says: (result, params) => [cardSentence(result, params), seedsSentence(result, params)],
  readouts: (result) => {
    const {rows, seeds, isWords, machine} = result;
    const [trained, rates] = [rows.map(({trained}) => trained), rows.map(({rate}) => rate)];
    const comparisonText = isWords
      ? `${neighborsWithoutOverlap(result)} of ${rows.length - 1}`
      : `${disagreeingRows(result)} of ${rows.length}`;
    const underX = Object.entries(machine?.underX ?? {}).map(
      ([name, share]) => `${operationTexts[name]} ${percent(share)}`,
    );
    return [
      {label: ["Trained parameters"], value: extentText(trained, whole)},
      {label: ["Adam’s rate"], value: extentText(rates, (rate) => significant(rate, 3))},
      {
        label: [isWords ? "Neighbors without overlap" : "Rows whose seeds disagree"],
        value: isWhole(result) ? comparisonText : "–",
      },
      {label: ["Seeds"], value: whole(seeds), note: "a row"},
      ...(machine
        ? [{label: ["This base under X, before any adapter"], value: underX.join(", "), note: "of the digits right"}]
        : []),
    ];
  },
  table(result, {vary}) {
    const {rows, seeds, isWords, task} = result;
    const isPaper = vary === "matrices";
    return {
      caption: `${task || "Each task"}: ${isWords ? "nats a letter on held-out names (the letters in doubt are e to that)" : "share of fresh inputs with every digit right"}, seed by seed${isPaper ? "; the last columns are the paper’s, of another model and other tasks, in percent" : ""}`,
      columns: [
        "Row",
        "Rank",
        "α",
        "Parameters",
        "Rate",
        ...Array.from({length: seeds}, (_, i) => `Seed ${i + 1}`),
        "Mean",
        ...(isPaper ? ["GPT-3, paper: WikiSQL", "GPT-3, paper: MultiNLI"] : []),
      ],
      rows: rows.map(({name, rank, alpha, trained, rate, results, mean, paper}) => [
        name,
        rank ?? "–",
        alpha ?? "–",
        whole(trained),
        significant(rate, 3),
        ...Array.from({length: seeds}, (_, i) => (i < results.length ? sweepResultText(isWords, results[i]!) : "")),
        results.length ? sweepResultText(isWords, mean) : "",
        ...(isPaper ? (paper ? [fixed(paper.wikisql, 1), fixed(paper.multinli, 1)] : ["–", "–"]) : []),
      ]),
    };
  },
  source: (_, {live, pretrained}) =>
    live
      ? liveMark(live)
      : pretrained === undefined
        ? {kind: "precomputed", text: "stored runs"}
        : {kind: "live", text: "pretraining"},
  challenge: {
    text: "find a base on which queries alone learn Reverse, +1 with every seed.",
    met: ({rows, seeds}, {vary, learned}) =>
      vary === "matrices" &&
      learned === "reversePlusOne" &&
      rows.some(({name, learnedCount}) => name === "Wq" && learnedCount === seeds),
  },
});
