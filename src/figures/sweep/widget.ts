/** The figure “Which choice matters more than the seed?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
import {dot, type Mark, rect, ruleX, type Tone, text} from "../../figure/plot/marks.ts";
import type {Chart, Picture} from "../../figure/plot/picture.ts";
import {counted, fixed, lettersInDoubt, percent, significant, whole} from "../../figure/plot/text/format.ts";
import {LEARNED_SHARE} from "../shared/taskNames.ts";
import {controls, type SweepParams} from "./controls.ts";
import type {SweepResult, SweepRow, TaskSeeds} from "./model.ts";
import {
  answerRow,
  COMPARED_PLACES,
  cardSentence,
  disagreeingRows,
  isWhole,
  neighborsWithoutOverlap,
  overlappingRows,
  seedsSentence,
  sweepResultText,
} from "./sentences.ts";

/** What is written beside a row: how many seeds learned; for names the mean, by which places are in order, or the ends of the results. */
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
  const subject = [task && `“${task}”`, places].filter(Boolean).join(", ");
  const measure = isWords ? "letters in doubt on held-out names; fewer is better" : "inputs with every digit right";
  return `${subject} ${ROW_NAMES[vary]}: ${measure}`;
}

/** The rows as they are drawn: places for names best first, by the stored runs while others are made. */
function drawnRows({rows, isWords}: SweepResult, {vary}: SweepParams): readonly SweepRow[] {
  if (!isWords || vary !== "matrices") return rows;
  const sum = ({storedResults, results}: SweepRow) => (storedResults ?? results).reduce((total, one) => total + one, 0);
  return rows.toSorted((one, other) => sum(one) - sum(other));
}

/** The share of a row's height in which the seeds have their lanes: all ten dots of a row may be equal. */
const LANES_SHARE = 0.48;
/** Half the length, in rows, of the line that marks LEARNED_SHARE. */
const HALF_LINE = 0.27;
/** Half the height, in rows, of the bar of a range. */
const HALF_BAR = 0.32;
/** The picture is high enough for this many rows. */
const MIN_ROWS = 6;

const toneOf = ({rank}: Pick<SweepRow, "rank">): Tone => (rank === undefined ? "full" : "dw");
/** A result on the axis: letters in doubt, or a share. */
const axisValue = (isWords: boolean, result: number): number => (isWords ? lettersInDoubt(result) : result);

/** A dot for each seed in a lane of its own, and a tick across each row at its mean. Stored runs that are not made again yet are pale. */
function seedMarks({isWords, seeds}: SweepResult, rows: readonly SweepRow[]): Mark[] {
  const dots = rows.flatMap(({results, storedResults = [], ...row}, i) =>
    [...results, ...storedResults.slice(results.length)].map((result, lane) => ({
      result,
      isPale: lane >= results.length,
      tone: toneOf(row),
      y: i + LANES_SHARE * ((lane + 0.5) / seeds - 0.5),
    })),
  );
  const means = rows.flatMap(({mean, results}, i) => (results.length ? [{mean, row: i}] : []));
  return [
    ruleX(means, {
      x: ({mean}) => axisValue(isWords, mean),
      y1: ({row}) => row - LANES_SHARE / 2,
      y2: ({row}) => row + LANES_SHARE / 2,
      tone: "ink",
    }),
    dot(dots, {
      x: ({result}) => axisValue(isWords, result),
      y: ({y}) => y,
      r: 3,
      tone: ({tone}) => tone,
      strength: ({isPale}) => (isPale ? 0 : 2),
      hollow: ({result}) => !isWords && result < LEARNED_SHARE,
      kind: ({isPale}) => (isPale ? "run pale" : "run"),
    }),
  ];
}

/** For shares: in each row a line at the share that counts as learned. One for all rows would cross the words above them on a phone. */
const learnedMarks = (rows: readonly SweepRow[]): Mark[] => [
  ruleX([...rows.keys()], {
    x: LEARNED_SHARE,
    y1: (row) => row - HALF_LINE,
    y2: (row) => row + HALF_LINE,
    dashed: true,
    tone: "ink",
  }),
  text([LEARNED_SHARE], {x: LEARNED_SHARE, text: "learned"}),
];

/** A bar from the lowest to the highest result of each row, in full color where no other row overlaps it. */
const rangeMarks = (rows: readonly SweepRow[], overlapping: readonly SweepRow[]): Mark =>
  rect(rows, {
    x1: ({results}) => lettersInDoubt(Math.min(...results)),
    x2: ({results}) => lettersInDoubt(Math.max(...results)),
    y1: (_, row) => row - HALF_BAR,
    y2: (_, row) => row + HALF_BAR,
    tone: (row) => (overlapping.includes(row) ? "soft" : toneOf(row)),
    kind: (row) => (overlapping.includes(row) ? "" : "loud"),
  });

/** The results of each row, by place, rank, rate or task. */
function runsChart(result: SweepResult, params: SweepParams, size: Size): Chart {
  const {isWords, seeds, task, extent} = result;
  const rows = drawnRows(result, params);
  const resultTexts = rows.map((row) => resultText(row, isWords, params));
  const answer = rows.indexOf(answerRow(result, params)!);
  const hasRanges = isWords && params.vary !== "matrices" && isWhole(result);
  const overlapping = hasRanges ? overlappingRows(result) : [];
  // On a card the verdict is written, and Explore has the numbers.
  const verdicts =
    hasRanges && size === "card" ? rows.map((row) => (overlapping.includes(row) ? "overlaps" : "apart")) : [];
  // Letters in doubt to a fifth.
  const ends = extent.map((end, i) => (i ? Math.ceil : Math.floor)(5 * lettersInDoubt(end)) / 5) as [number, number];
  const heightAt = (pitch: number) => 42 + pitch * Math.max(rows.length, MIN_ROWS);
  const height = heightAt(size === "card" ? 38 : 34);
  return {
    name: "runs",
    label: [labelOf(result, params)],
    alt: `${task || "Each task"}, a dot for each of ${seeds} seeds a row. ${rows.map(({name}, i) => `${name}: ${resultTexts[i] || "not run yet"}`).join("; ")}.`,
    height: {narrow: heightAt(params.vary === "rank" ? 42 : 46), mid: height, wide: height},
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
      ...(answer >= 0 && {chosen: answer}),
    },
    // The large number's room.
    ...(answer >= 0 && {marginRight: 92}),
    marks: [
      ...(hasRanges ? [rangeMarks(rows, overlapping)] : []),
      ...(isWords ? [] : learnedMarks(rows)),
      ...seedMarks(result, rows),
    ],
  };
}

/** All four matrices have a name too long for a column. */
const shortName = (name: string): string => (name.split(" + ").length > 3 ? "all four" : name);

/** The room for the number of seeds after the dots of a row, in dots, and the height of a row in units. */
const [COUNT_ROOM, ROW_HEIGHT] = [4, 36];

/** Both tasks side by side: in each row a dot for each seed, first those that learned, and their number. */
function twoTasksChart({rows, seeds, task}: SweepResult, tasks: readonly TaskSeeds[]): Chart {
  const compared = rows.flatMap(({name}, row) => (COMPARED_PLACES.includes(name) ? [row] : []));
  const cells = tasks.flatMap(({learnedCounts}, column) =>
    learnedCounts.map((count, row) => ({
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
    (one) => `“${one.task}”: ${rows.map(({name}, row) => `${name} ${one.learnedCounts[row]!}`).join(", ")}`,
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

/** The card of a digit task has both tasks beside each other, with stored runs; every other picture is of one task. */
function picture(result: SweepResult, params: SweepParams, size: Size): Picture {
  const {tasks, isWords} = result;
  if (size === "card" && tasks)
    return {
      parts: [twoTasksChart(result, tasks)],
      note: `Each dot is one seed; filled: it has ${100 * LEARNED_SHARE}% of its answers right.`,
    };
  return {
    parts: [runsChart(result, params, size)],
    ...(!isWords && {key: [{symbol: "circle", tone: "dw", hollow: true, words: "hollow: below 90%"}]}),
    note: "Each dot is one seed; the tick is the mean of its row.",
  };
}

/** The operations that the digit machine was pretrained on, in words. */
const operations: Readonly<Record<string, string>> = {
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
  rerun: {
    tools: {play: "Run it live", step: "One run", restart: "Stored runs"},
    progress: ({live}) => live && [live.doneCount, live.allCount, "runs"],
  },
  picture: (result, params, _, size) => picture(result, params, size),
  says: (result, params) => [cardSentence(result, params), seedsSentence(result, params)],
  readouts: (result) => {
    const {rows, seeds, isWords, machine} = result;
    const [trainedCounts, rates] = [rows.map((row) => row.trained), rows.map((row) => row.rate)];
    const agreementText = isWords
      ? `${neighborsWithoutOverlap(result)} of ${rows.length - 1}`
      : `${disagreeingRows(result)} of ${rows.length}`;
    const underX = Object.entries(machine?.underX ?? {}).map(
      ([name, share]) => `${operations[name]} ${percent(share)}`,
    );
    return [
      {label: ["Trained parameters"], value: extentText(trainedCounts, whole)},
      {label: ["Adam’s rate"], value: extentText(rates, (rate) => significant(rate, 3))},
      {
        label: [isWords ? "Neighbors without overlap" : "Rows whose seeds disagree"],
        value: isWhole(result) ? agreementText : "–",
      },
      {label: ["Seeds"], value: whole(seeds), note: "a row"},
      ...(machine
        ? [{label: ["This base under X, before any adapter"], value: underX.join(", "), note: "of the digits right"}]
        : []),
    ];
  },
  table(result, {vary}) {
    const {rows, seeds, isWords, task} = result;
    const hasPaper = vary === "matrices";
    return {
      caption: `${task || "Each task"}: ${isWords ? "nats a letter on held-out names (the letters in doubt are e to that)" : "share of fresh inputs with every digit right"}, seed by seed${hasPaper ? "; the last columns are the paper’s, of another model and other tasks, in percent" : ""}`,
      columns: [
        ...["Row", "Rank", "α", "Parameters", "Rate"],
        ...Array.from({length: seeds}, (_, i) => `Seed ${i + 1}`),
        "Mean",
        ...(hasPaper ? ["GPT-3, paper: WikiSQL", "GPT-3, paper: MultiNLI"] : []),
      ],
      rows: rows.map(({name, rank, alpha, trained, rate, results, mean, paper}) => [
        name,
        rank ?? "–",
        alpha ?? "–",
        whole(trained),
        significant(rate, 3),
        ...Array.from({length: seeds}, (_, i) => (i < results.length ? sweepResultText(isWords, results[i]!) : "")),
        results.length ? sweepResultText(isWords, mean) : "",
        ...(hasPaper ? (paper ? [fixed(paper.wikisql, 1), fixed(paper.multinli, 1)] : ["–", "–"]) : []),
      ]),
    };
  },
  source: (_, {live, pretrainedSteps}) =>
    live
      ? {kind: "live", text: `${live.doneCount} of ${counted(live.allCount, "run")}`}
      : pretrainedSteps === undefined
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
