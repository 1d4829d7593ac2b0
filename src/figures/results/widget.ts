/** The figure “Which differences exceed the spread?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
import {dot, lineY, rect, ruleX, ruleY, type Tone, text} from "../../figure/plot/marks.ts";
import type {Chart, KeyEntry} from "../../figure/plot/picture.ts";
import type {Shape} from "../../figure/plot/shapes.ts";
import {capital, countText, fixed, significant, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {
  bounds,
  compute,
  controls,
  type JudgedEntry,
  type ResultsParams,
  type ResultsResult,
  type ScatterPoint,
} from "./model.ts";
import {type MethodKind, modelsOf, type ResultEntry, resultEntries} from "./tables.ts";

/** The name and mark of each kind of method: kinds differ in shape, and not in color alone. */
const KINDS: Readonly<Record<MethodKind, {name: string; symbol: Shape; tone: Tone}>> = {
  full: {name: "Full fine-tuning", symbol: "square", tone: "full"},
  lora: {name: "LoRA", symbol: "circle", tone: "dw"},
  both: {name: "LoRA with a prefix", symbol: "hexagon", tone: "dw"},
  adapter: {name: "Adapter layers", symbol: "up", tone: "soft"},
  embed: {name: "Prefix-embedding", symbol: "down", tone: "soft"},
  layer: {name: "Prefix-layer", symbol: "right", tone: "soft"},
  other: {name: "Biases, or a few layers", symbol: "diamond", tone: "soft"},
};
/** Verdicts in words. */
const VERDICTS: Readonly<Record<JudgedEntry["verdict"], string>> = {
  itself: "compared with",
  tie: "a tie",
  better: "clearly better",
  worse: "clearly worse",
  unknown: "no verdict (no ±)",
};
/** The x axis in words. */
const AXIS_TEXTS = {trained: "trained parameters", examples: "training examples", rank: "rank r"} as const;

const NOTES_ON_MARKS =
  "A * marks numbers quoted from earlier publications, most without a ±; a † the restricted set-up of earlier work.";
/** Where the ± of each table comes from, and which runs its values are of. */
const TABLE_NOTES: Readonly<Record<ResultsParams["from"], string>> = {
  "2": `${NOTES_ON_MARKS} LoRA's values are medians of five seeds at their best epoch. No average has a ±.`,
  "3": `${NOTES_ON_MARKS} The authors' own values are means of three seeds at their best epoch.`,
  "4": "The ± is typical for the task, not measured row by row. Each value is the best validation result of its run. SAMSum’s scores are ROUGE-1, 2 and L: the words, pairs of words and words in order that a summary has in common with a person’s.",
  "15": "Table 15 prints no ±; Table 4's is drawn, of the same model and task. Lines pass through the best run of each budget.",
  "16": "The ± of this study is 0.3, where Table 4 has 0.1. Adapter layers and BitFit were not in it.",
  "18": "No ± is printed, nor the number of runs: so no difference gets a verdict. Some settings were tuned at r = 4.",
};

const THIN_SPACE = "\u2009";
/** A count of parameters in millions below a billion, as in the paper: 350,000 → "0.35 M". */
const trainedText = (n: number): string => (n < 1e6 ? `${significant(n / 1e6, 3)}${THIN_SPACE}M` : countText(n));

/** "LoRA† 0.8 M". LoRA also gets its setting, since tables have several of one budget. */
function nameOf({method, trained, setting, kind}: ResultEntry): string {
  const settingText =
    setting && (kind === "lora" || kind === "both") ? `, ${setting.replace(/,[^,]* tokens$/, "")}` : "";
  return `${method}${trained === undefined ? "" : ` ${trainedText(trained)}`}${settingText}`;
}

const spreadText = (spread: number): string => (spread === 0 ? "0.0" : significant(spread, 2));
const scoreText = ({score, spread}: ResultEntry, {measure: {decimals}}: ResultsResult): string =>
  `${fixed(score, decimals)}${spread === undefined ? "" : ` ± ${spreadText(spread)}`}`;

/** The difference with its sign: "+0.2", "−0.4", "0.0". */
function gapText({score}: ResultEntry, {reference, measure: {decimals}}: ResultsResult): string {
  const gap = fixed(Number((score - reference.score).toFixed(decimals)), decimals);
  return /[1-9]/.test(gap) && !gap.startsWith("−") ? `+${gap}` : gap;
}

/** "GPT-2 M, BLEU"; "100 training examples". */
function taskOf({model, measure, examples, from}: ResultsResult): string {
  if (examples !== undefined) return `MNLI with ${whole(examples)} training examples`;
  const what = from === "18" ? `GPT-2 medium, ${measure.label}` : measure.label;
  return model === undefined ? what : `${model}, ${what}`;
}

/** The ends of a result's whisker; undefined without a ±. */
const low = ({score, spread}: ResultEntry) => (spread === undefined ? undefined : score - spread);
const high = ({score, spread}: ResultEntry) => (spread === undefined ? undefined : score + spread);
const tone = ({kind}: ResultEntry) => KINDS[kind].tone;
/** The look of a result's mark: hollow if it is neither better nor worse than the reference, dashed without a verdict. */
const verdictLook = {
  symbol: ({kind}: ResultEntry) => KINDS[kind].symbol,
  tone,
  hollow: ({verdict}: JudgedEntry) => verdict === "tie" || verdict === "unknown",
  dashed: ({verdict}: JudgedEntry) => verdict === "unknown",
};
/** No row is higher than this. */
const MAX_ROW_HEIGHT = 60;
/** Half the length, in rows, of the line that marks the reference. */
const HALF_LINE = 0.2;

/** The LoRA row, if full fine-tuning is compared with and there is only one: this comparison is what most readers look for. */
function rivalOf({reference, rows, axis}: ResultsResult): JudgedEntry | undefined {
  const [lora, second] = rows.filter(({kind}) => kind === "lora");
  return axis === "trained" && reference.kind === "full" && !second ? lora : undefined;
}

/** The chart with a row for each result. */
function rankingChart(result: ResultsResult, act: Act, size: Size): Chart {
  const {measure, reference, from, model, rows} = result;
  // On a card the row that the sentence compares with the reference has its score in large letters.
  const rival = size === "card" ? rivalOf(result) : undefined;
  const toneOf = (row: JudgedEntry): Tone => (rival && row !== rival && row.verdict !== "itself" ? "edge" : tone(row));
  // On a card the rows are together as high as those of the model with the most rows.
  const maxRows = Math.max(
    ...(model === undefined ? [model] : modelsOf(from)).map((one) => resultEntries(from, one, measure).length),
  );
  const heightAt = (pitch: number) =>
    26 + (size === "card" ? Math.min(maxRows * pitch, rows.length * MAX_ROW_HEIGHT) : rows.length * pitch);
  const usualPitch = size === "card" && result.axis !== "examples" ? 43 : rows.length > 12 ? 19 : 26;
  const referenceBand = reference.spread === undefined ? [] : [reference];
  return {
    name: "ranking",
    label: [`${taskOf(result)}${measure.isLowerBetter ? ", lower is better" : ""}`],
    alt: `${taskOf(result)}. ${rows.map((row) => `${nameOf(row)}: ${scoreText(row, result)}, ${VERDICTS[row.verdict]}`).join("; ")}`,
    height: {narrow: heightAt(38), mid: heightAt(usualPitch), wide: heightAt(usualPitch)},
    x: {type: "linear"},
    y: {
      type: "rows",
      rows: rows.map((row) => ({
        name: nameOf(row),
        valueText: scoreText(row, result),
        spoken: `${scoreText(row, result)}, ${VERDICTS[row.verdict]}`,
      })),
      chosen: rows.findIndex(({verdict}) => verdict === "itself"),
      ...(rival && {loud: rows.indexOf(rival)}),
      press: (row) => act.set({against: rows[row]!.n}),
    },
    marks: [
      rect(referenceBand, {x1: low, x2: high, tone: "w0"}),
      // Without a ± the reference has no band but a line in each row; one line for all would cross words on a phone.
      ruleX(referenceBand.length ? [] : [...rows.keys()], {
        x: reference.score,
        y1: (row) => row - HALF_LINE,
        y2: (row) => row + HALF_LINE,
        tone: "w0",
      }),
      ruleY(rows, {y: (_, i) => i, x1: low, x2: high, tone: toneOf}),
      dot(rows, {
        ...verdictLook,
        x: ({score}) => score,
        y: (_, i) => i,
        tone: toneOf,
        r: (row) => (row === rival ? 6 : 4),
      }),
    ],
  };
}

/** The chart of scores over trained parameters, examples or ranks: a line through the best of each method. */
function scatterChart(result: ResultsResult, act: Act): Chart {
  const {points, measure, axis, reference, guessingScore} = result;
  const what = `${axis === "examples" ? "MNLI" : measure.label} over ${AXIS_TEXTS[axis]}`;
  const method = (point: ScatterPoint) => (axis === "rank" ? point.kind : point.method);
  const better = (a: ScatterPoint, b: ScatterPoint) => (measure.isLowerBetter ? a.score - b.score : b.score - a.score);
  const lines = [...new Set(points.map(method))].map((one) => {
    const all = points.filter((point) => method(point) === one).sort((a, b) => a.x - b.x || better(a, b));
    // If several have one x, the best of them.
    return all.filter(({x}, i) => all[i - 1]?.x !== x);
  });
  const pointTexts = points.map((point) => `${nameOf(point)} at ${countText(point.x)}: ${scoreText(point, result)}`);
  const maxX = Math.max(...points.map(({x}) => x));
  return {
    name: "scatter",
    label: [`${what}, powers of ten`],
    alt: `${what}; ${pointTexts.join("; ")}`,
    height: {narrow: 370, mid: 320, wide: 360},
    x: {type: "log", tickFormat: axis === "rank" ? String : countText},
    y: {type: "linear", inset: 0.06},
    marks: [
      rect(axis === "examples" || reference.spread === undefined ? [] : [reference], {y1: low, y2: high, tone: "w0"}),
      ruleY(guessingScore === undefined ? [] : [guessingScore], {dashed: true, tone: "ink"}),
      text(guessingScore === undefined ? [] : [guessingScore], {
        x: maxX,
        y: guessingScore,
        text: "guessing",
        anchor: "end",
        dy: -5,
      }),
      ...lines.map((line) =>
        lineY(line, {
          x: ({x}) => x,
          y: ({score}) => score,
          tone: tone(line[0]!) === "dw" ? "dw" : "edge",
          thin: true,
          // Over examples there are no rows to name the lines.
          ...(axis === "examples" && {end: line[0]!.method}),
        }),
      ),
      ruleX(points, {x: ({x}) => x, y1: low, y2: high, tone}),
      dot(points, {
        ...verdictLook,
        x: ({x}) => x,
        y: ({score}) => score,
        kind: ({verdict}) => (verdict === "itself" ? "chosen" : ""),
        title: (point) => `${nameOf(point)}: ${scoreText(point, result)}`,
        press: ({n}) => act.set({against: n}),
      }),
    ],
  };
}

/** The key of the marks. With `hasShapes` it names the methods by their shapes too; in a chart with rows the rows name them. */
function keyOf({rows}: ResultsResult, hasShapes: boolean): KeyEntry[] {
  const shapes = hasShapes ? [...new Set(rows.map(({kind}) => KINDS[kind]))] : [];
  return [
    ...shapes.map(({name, ...look}) => ({...look, words: name})),
    {symbol: "circle", hollow: true, words: "hollow: a tie"},
    {symbol: "circle", words: "filled: better or worse"},
    ...(rows.some(({verdict}) => verdict === "unknown")
      ? [{symbol: "circle", hollow: true, dashed: true, words: "dashed: no ±"} as const]
      : []),
  ];
}

/** Verdicts as verbs, for LoRA against full fine-tuning. */
const VERDICT_VERBS: Readonly<Record<keyof typeof VERDICTS, string>> = {
  itself: "",
  tie: "ties with",
  better: "clearly beats",
  worse: "clearly loses to",
  unknown: "gets no verdict (no ±) against",
};
/** How LoRA compares with full fine-tuning; undefined if the reference is another row or no row is LoRA. */
function loraSentence(result: ResultsResult): string | undefined {
  const {reference, rows, axis} = result;
  const referenceText = scoreText(reference, result);
  const lora = rivalOf(result);
  if (lora)
    return `LoRA ${VERDICT_VERBS[lora.verdict]} full fine-tuning here: ${scoreText(lora, result)} against ${referenceText}`;
  const isLora = ({kind}: JudgedEntry) => kind === "lora";
  if (axis !== "trained" || reference.kind !== "full" || !rows.some(isLora)) return undefined;
  const [loraCounts, otherCounts] = [rows.filter(isLora), rows.filter((row) => !isLora(row))].map(countsText);
  return `LoRA against full fine-tuning’s ${referenceText}: ${loraCounts}${otherCounts ? `; the other methods: ${otherCounts}` : ""}`;
}

/** How many rows other than the reference have each verdict, without those that none has. */
function verdictCounts(rows: readonly JudgedEntry[]): {verdict: string; count: number}[] {
  return (["tie", "better", "worse", "unknown"] as const)
    .map((name) => ({
      verdict: name === "tie" ? "tied" : VERDICTS[name],
      count: rows.filter(({verdict}) => verdict === name).length,
    }))
    .filter(({count}) => count > 0);
}
/** "3 tied, 4 clearly worse" */
const countsText = (rows: readonly JudgedEntry[]): string =>
  verdictCounts(rows)
    .map(({verdict, count}) => `${count} ${verdict}`)
    .join(", ");

export default figure<typeof controls, ResultsResult>({
  title: "Which differences exceed the spread?",
  guide:
    "Each mark is a printed result and each whisker its ±; where two whiskers overlap or touch, the results tie. Press a row to compare the others with it: its whisker becomes the band.",
  sources: ["Hu et al. 2021, Tables 2, 3, 4, 15, 16 and 18"],
  controls,
  bounds,
  compute,
  main: ["from", "gpt3"],
  picture(result, {from}, act, size) {
    const isFull = size === "full";
    // A table that varies a count has a curve, which is the card's picture. The key names its marks; over examples lines have names.
    const isCurve = from === "15" || result.axis !== "trained";
    const rows = isFull || !isCurve ? [rankingChart(result, act, size)] : [];
    return {
      parts: [...(isCurve ? [scatterChart(result, act)] : []), ...rows],
      key: keyOf(result, isCurve && result.axis !== "examples"),
      note: isFull || from === "16" ? TABLE_NOTES[from] : undefined,
    };
  },
  says(result) {
    const {reference, rows, axis, guess, leastTrainedRow, from} = result;
    const {method, trained, rank} = reference;
    const who =
      axis === "rank" ? `Rank ${rank}` : `${method}${trained === undefined ? "" : ` ${trainedText(trained)}`}`;
    const counts = countsText(rows);
    const rest = counts ? `; other rows: ${counts}` : "";
    const guessText = guess ? `; you guessed ${countText(guess)}` : "";
    const lora = loraSentence(result);
    return [
      `${lora ?? `${who} scores ${scoreText(reference, result)}${rest}`}${guessText}.`,
      `Table ${from}, ${taskOf(result)}${leastTrainedRow ? `: of those with a verdict, the fewest trained parameters that are not clearly worse are ${trainedText(leastTrainedRow.trained!)}, ${leastTrainedRow.method}` : ""}.`,
    ];
  },
  readouts(result) {
    const {reference, rows, leastTrainedRow, guess} = result;
    return [
      {label: ["Compared with"], value: scoreText(reference, result), note: nameOf(reference)},
      ...verdictCounts(rows).map(({verdict, count}) => ({
        label: [capital(verdict)],
        value: String(count),
        note: `of ${rows.length - 1}`,
      })),
      ...(leastTrainedRow
        ? [
            {
              label: ["Fewest not clearly worse"],
              value: trainedText(leastTrainedRow.trained!),
              note: `trained, ${leastTrainedRow.method}; of those with a verdict`,
            },
          ]
        : []),
      ...(guess === undefined ? [] : [{label: ["Your guess"], value: countText(guess), note: "trained"}]),
    ];
  },
  table(result) {
    const {from, model = "", rows, reference} = result;
    return {
      caption: `Table ${from}, ${taskOf(result)}; differences from ${nameOf(reference)}`,
      columns: ["Row", "Model", "Method", "Setting", "Trained", "Score", "±", "Difference", "Verdict"],
      rows: rows.map((row) => [
        row.n,
        model,
        row.method,
        row.setting,
        row.trained === undefined ? "" : trainedText(row.trained),
        scoreText({...row, spread: undefined}, result),
        row.spread === undefined ? "not printed" : spreadText(row.spread),
        row.verdict === "itself" ? "" : gapText(row, result),
        VERDICTS[row.verdict],
      ]),
    };
  },
  predictions: ({guess, leastTrainedRow}) =>
    guess === undefined || leastTrainedRow?.trained === undefined
      ? []
      : [{item: "count", prediction: guess, actual: leastTrainedRow.trained, error: guess - leastTrainedRow.trained}],
  source: ({from}) => ({kind: "paper", text: `Table ${from}`}),
  challenge: {
    text: "find a task in Table 2 on which LoRA is clearly worse than full fine-tuning.",
    met: ({from, rows, reference}) =>
      from === "2" &&
      reference.kind === "full" &&
      rows.some(({method, verdict}) => method === "LoRA" && verdict === "worse"),
  },
});
