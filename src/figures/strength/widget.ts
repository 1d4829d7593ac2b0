/** The figure “One file: how strong is it where you serve it?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {dot, ruleX, ruleY} from "../../figure/plot/marks.ts";
import type {Box, Chart} from "../../figure/plot/picture.ts";
import {doubtText, significant} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {drawWrittenWords} from "../shared/writtenWords.ts";
import {
  allReadings,
  compute,
  controls,
  type Reading,
  type StrengthParams,
  type StrengthResult,
  TRAINED_FACTOR,
} from "./model.ts";

const isRight = ({times}: Reading): boolean => times === 1;
/** "÷ 4", "as trained" or "× 4". */
const timesText = ({times}: Reading): string =>
  times === 1 ? "as trained" : times < 1 ? `÷ ${significant(1 / times, 2)}` : `× ${significant(times, 2)}`;

/** The chart of each reader's factor over the factor in training, a row for each. */
function readersChart({readings, chosen}: StrengthResult, act: Act): Chart {
  const rowOf = (one: Reading) => readings.indexOf(one);
  const tone = (one: Reading) => (isRight(one) ? "dw" : "ink");
  return {
    name: "readers",
    label: ["Strength of ΔW"],
    alt: readings.map((one) => `${one.reader}: ${timesText(one)}, ${doubtText(one.loss)} letters in doubt`).join("; "),
    height: {narrow: 190, mid: 200, wide: 210},
    x: {
      type: "log",
      domain: [1 / 5, 5],
      ticks: [1 / 4, 1 / 2, 1, 2, 4],
      tickFormat: (times) => (times < 1 ? `÷ ${1 / times}` : `× ${times}`),
    },
    y: {
      type: "rows",
      rows: readings.map((one) => ({name: one.reader, valueText: timesText(one), key: one.reader})),
      chosen: rowOf(chosen),
      press: (row) => act.set({reader: readings[row]!.reader}),
    },
    marks: [
      ruleX([1], {dashed: true, tone: "ink"}),
      ruleY(readings, {
        y: rowOf,
        x1: ({times}) => Math.min(times, 1),
        x2: ({times}) => Math.max(times, 1),
        tone,
        key: ({reader}) => reader,
        glides: true,
      }),
      dot(readings, {
        x: ({times}) => times,
        y: rowOf,
        r: 8,
        tone,
        hollow: (one) => !isRight(one),
        key: ({reader}) => reader,
        glides: true,
      }),
    ],
  };
}

/** The words that the forge writes through the chosen reader, and in gray those with the factor in training. */
const wordsOf = ({chosen, trained}: StrengthResult): Box => ({
  name: "written",
  label: [`${chosen.reader}: ${doubtText(chosen.loss)} letters in doubt`],
  html: (box) => drawWrittenWords(box, chosen.words, trained.words),
});

/** What the chosen reader multiplies by, and what that costs. */
function firstSentence({chosen, trained}: StrengthResult): string {
  const {reader, factor} = chosen;
  if (isRight(chosen))
    return `Through ${reader}, BA is multiplied by ${TRAINED_FACTOR}, as in training: ${doubtText(trained.loss)} letters in doubt.`;
  return `Through ${reader}, BA is multiplied by ${significant(factor, 2)}, not by ${TRAINED_FACTOR}: ${doubtText(chosen.loss)} letters in doubt, not ${doubtText(trained.loss)}.`;
}

export default figure<typeof controls, StrengthResult>({
  title: "One file: how strong is it where you serve it?",
  guide:
    "The adapter for names has rank 4 and was trained with a factor of 2. Four configs say so, and each reader works out the factor in its own way. Choose a config, and press a reader to see what the forge writes behind it; gray words are those of the training’s factor, from the same draws.",
  sources: ["the code of PEFT, vLLM and llama.cpp, as read for the inspector"],
  controls,
  compute,
  main: ["config", "reader"],
  picture: (result, _, act) => ({
    parts: [readersChart(result, act), wordsOf(result)],
    columns: [66, 34],
    note: `adapter_config.json: ${result.configText}`,
  }),
  says: (result) => [
    firstSentence(result),
    `The file says ${result.configText}; without an adapter names have ${doubtText(result.baseLoss)} letters in doubt.`,
  ],
  readouts: ({readings}) =>
    readings.map((one) => ({
      label: [one.reader],
      value: timesText(one),
      note: `factor ${significant(one.factor, 2)}, ${doubtText(one.loss)} letters in doubt`,
    })),
  table: () => ({
    caption: `What each reader multiplies BA by; trained with ${TRAINED_FACTOR}`,
    columns: ["Config", ...Object.values(controls.reader.options)],
    rows: allReadings().map(([name, readings]) => [name, ...readings.map(({factor}) => significant(factor, 2))]),
  }),
  source: () => ({kind: "precomputed", text: "stored words and losses"}),
  challenge: {
    text: "find a config, not the plain one, that vLLM gets right and llama.cpp does not.",
    met: ({readings}, {config}: StrengthParams) => {
      const right = readings.filter(isRight).map(({reader}) => reader);
      return config !== "plain" && right.includes("vLLM") && !right.includes("llama.cpp");
    },
  },
});
