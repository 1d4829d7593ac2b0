/** The figure “How do A and B learn, starting from nothing?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {dot, knob, lineY, text} from "../../figure/plot/marks.ts";
import type {Chart, Drawing} from "../../figure/plot/picture.ts";
import {counted, fixed} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {degreesText, drawLearning} from "./drawing.ts";
import {
  controls,
  hasWords,
  LEARNING_STEPS,
  type LearningResult,
  MEASURED_STEPS,
  matrices,
  placeOf,
  readLearning,
  SHOWN_WORD_COUNT,
  stepAt,
} from "./model.ts";

/** Steps that are named on the axis. */
const TICKS = [0, 1, 2, 5, 10, 20, 50, 100, LEARNING_STEPS];
/** How many seconds Play takes. */
const PLAY_SECONDS = 6;
/** The first step after which a word has changed. */
const FIRST_NEW_WORD_STEP = 2;

/** How many words are not the untrained ones. */
const newWordCount = ({words, untrained}: LearningResult): number =>
  words.filter((word, i) => word !== untrained[i]).length;

/** The words, and A and B beside the frozen matrix. */
const matricesDrawing = (result: LearningResult): Drawing => ({
  name: "learned",
  alt: `After ${result.step} steps the forge writes ${result.words.join(", ")}. The rows of A have turned by ${result.angles.map(degreesText).join(", ")}.`,
  height: {narrow: 200, mid: 290, wide: 300},
  isElastic: true,
  draw: (g, sheet) => drawLearning(g, result, sheet),
});

/** The letters in doubt by step, on which a reader drags the step. */
function doubtChart({step, doubt, measurements}: LearningResult, act: Act): Chart {
  const x = (point: {step: number}) => placeOf(point.step);
  const y = (point: {doubt: number}) => point.doubt;
  const soFar = [...measurements.filter((one) => one.step < step), {step, doubt}];
  const isLate = step > 10;
  return {
    name: "doubt-curve",
    label: ["Letters in doubt by step, log"],
    alt: `${fixed(doubt, 1)} letters in doubt after ${step} steps`,
    height: {narrow: 108, mid: 130, wide: 130},
    x: {
      domain: [0, placeOf(LEARNING_STEPS)],
      ticks: TICKS.map(placeOf),
      tickFormat: (place) => String(stepAt(place)),
    },
    y: {domain: [8, 16], ticks: [8, 12, 16]},
    marks: [
      lineY(measurements, {x, y, tone: "dw", strength: 1}),
      lineY(soFar, {x, y, tone: "dw", strength: 3}),
      knob(placeOf(step), (place) => act.set({step: stepAt(place)})),
      dot([{step, doubt}], {x, y, tone: "dw"}),
      text([{step, doubt}], {
        x,
        y,
        kind: "answer over",
        text: fixed(doubt, 1),
        anchor: isLate ? "end" : "start",
        dx: isLate ? -8 : 8,
        dy: isLate ? -12 : 24,
      }),
    ],
  };
}

export default figure<typeof controls, LearningResult>({
  title: "How do A and B learn, starting from nothing?",
  guide:
    "Drag the knob along the steps, or press Play. New letters are violet; small above each word is what the untrained forge writes with the same draws. Each hand turns by the angle between a row of A and its start, which is drawn pale behind it. The shade of B is the cube root of an entry, so that the first step shows.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  main: [],
  run: {
    clock: "step",
    by: [],
    isWhole: true,
    // Evenly along the logarithmic axis: most happens in the first steps.
    after: (seconds, from) => Math.expm1(placeOf(from) + (seconds / PLAY_SECONDS) * placeOf(LEARNING_STEPS)),
    read: readLearning,
  },
  picture: (result, _, act) => ({
    parts: [matricesDrawing(result), doubtChart(result, act)],
    slide: ["learned"],
  }),
  says: ({step, movedCounts, now, doubt, measurements}, {beside}) => [
    movedCounts.A
      ? `B moves first, then A turns; after ${counted(step, "step")} ${fixed(measurements[0]!.doubt, 1)} letters in doubt have become ${fixed(doubt, 1)}.`
      : `After ${counted(step, "step")} ${movedCounts.B} of ${now.B.length} entries of B have moved, and not one of A.`,
    `A and B are those beside the ${matrices[beside].name}; the doubt is measured at ${MEASURED_STEPS.length} of the steps${hasWords(step) ? "" : ", and the words are of a step just before this one"}.`,
  ],
  readouts: (result) => [
    {
      label: ["Letters in doubt"],
      value: fixed(result.doubt, 1),
      note: `untrained ${fixed(result.measurements[0]!.doubt, 1)}`,
    },
    {label: ["Words that are new"], value: `${newWordCount(result)}`, note: `of ${SHOWN_WORD_COUNT}`},
    {label: ["Entries of B that have moved"], value: `${result.movedCounts.B}`, note: `of ${result.now.B.length}`},
    {label: ["Entries of A that have moved"], value: `${result.movedCounts.A}`, note: `of ${result.now.A.length}`},
    {label: ["Rows of A have turned by"], value: result.angles.map(degreesText).join(", ")},
  ],
  table: ({measurements}) => ({
    caption: "Letters in doubt on held-out names",
    columns: ["Step", "Letters in doubt"],
    rows: measurements.map(({step, doubt}) => [step, fixed(doubt, 3)]),
  }),
  source: () => ({kind: "live", text: "trained here, seed 7"}),
  challenge: {
    text: "find the first step after which one of the words has changed.",
    met: (result) => result.step === FIRST_NEW_WORD_STEP && newWordCount(result) > 0,
  },
});
