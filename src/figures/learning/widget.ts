/** A and B of the forge step by step, beside its words and its letters in doubt. */
import {figure} from "../../figure/declare.ts";
import type {Drawing, Sheet} from "../../figure/plot/picture.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {drawDoubt} from "./drawing/doubt.ts";
import {degreesText, drawLearned} from "./drawing/learned.ts";
import {
  controls,
  isWritten,
  LEARNING_STEPS,
  type LearningResult,
  MEASURED_STEPS,
  matrices,
  placeOf,
  readLearning,
  SHOWN_WORDS,
  stepAt,
} from "./model.ts";

/** Steps that are written on the axis, and steps with a tick. */
const STOPS = [0, 10, 50, LEARNING_STEPS];
const TICKS = [1, 2, 5, 20, 100];
/** How many seconds Play takes. */
const PLAY_SECONDS = 6;
/** Letters of the longest word. */
const LONGEST = 11;
/** The first step after which a word has changed. */
const FIRST_NEW = 2;

/** The rows of a matrix with this many of them. */
const rows = (values: Float64Array, count: number): Float64Array[] =>
  Array.from({length: count}, (_, i) =>
    values.subarray((i * values.length) / count, ((i + 1) * values.length) / count),
  );
/** How many words are not the untrained ones. */
const renewed = ({words, untrained}: LearningResult): number => words.filter((word, i) => word !== untrained[i]).length;

function saidOfA({step, moved, now}: LearningResult): string {
  if (step === 0) return "random";
  return moved.A ? "its rows turn" : `0 of ${now.A.length} entries have moved`;
}
function saidOfB({step, moved, now}: LearningResult): string {
  if (step === 0) return "zero";
  return step === 1 ? `${moved.B} of ${now.B.length} entries have moved` : "its columns grow";
}

const learned = (result: LearningResult): Drawing => ({
  name: "learned",
  alt: `After ${result.step} steps the forge writes ${result.words.join(", ")}${result.trained && result.step < LEARNING_STEPS ? `; after ${LEARNING_STEPS} it writes ${result.trained.join(", ")}` : ""}. B: ${saidOfB(result)}. A: ${saidOfA(result)}.`,
  height: {narrow: 232, mid: 330, wide: 336},
  isElastic: true,
  draw(g: Element, sheet: Sheet) {
    const {words, untrained, trained, now, start, frozen, turned} = result;
    const r = turned.length;
    drawLearned(
      g,
      {
        words: words.map((one, i) => ({now: one, untrained: untrained[i]!, trained: trained?.[i] ?? one})),
        saidTrained: `after ${LEARNING_STEPS} steps`,
        saidUntrained: "untrained",
        longest: LONGEST,
        A: rows(now.A, r),
        started: rows(start.A, r),
        B: now.B,
        frozen,
        turned,
        saidA: saidOfA(result),
        saidB: saidOfB(result),
      },
      sheet,
    );
  },
});

const doubtCurve = ({step, doubt, measured}: LearningResult, act: Act): Drawing => ({
  name: "doubt-curve",
  alt: `${fixed(doubt, 1)} letters in doubt after ${step} steps`,
  height: {narrow: 124, mid: 146, wide: 150},
  isInteractive: true,
  draw: (g: Element, sheet: Sheet) =>
    drawDoubt(
      g,
      {
        curve: measured,
        now: {step, doubt},
        last: LEARNING_STEPS,
        stops: STOPS,
        ticks: TICKS,
        placeOf,
        stepAt,
        onStep: (next) => next !== step && act.set({step: next}),
      },
      sheet,
    ),
});

function says(result: LearningResult): string {
  const {step, moved, now, doubt, measured} = result;
  if (step === 0)
    return `B is zero, so whatever A asks, no word changes yet; in violet is what ${LEARNING_STEPS} steps make of them.`;
  if (!moved.A) return `Step ${step}: ${moved.B} of ${now.B.length} entries of B have moved, and not one of A.`;
  if (step < 5) return `Step ${step}: now A moves too, because B is no longer zero.`;
  const [count, inDoubt] = [renewed(result), fixed(doubt, 1)];
  const words =
    count === result.words.length ? "all words are" : count === 1 ? "1 word is" : `${count || "no"} words are`;
  return step < LEARNING_STEPS
    ? `Step ${step}: B grows, the rows of A turn, ${words} new, and letters in doubt are down to ${inDoubt}.`
    : `B moves first, then A turns; after ${step} steps ${words} new, and ${fixed(measured[0]!.doubt, 1)} letters in doubt have become ${inDoubt}.`;
}

export default figure<typeof controls, LearningResult>({
  title: "How do A and B learn, starting from nothing?",
  guide:
    "Drag the knob along the steps, or press it to play. Letters on tiles differ from what the untrained forge writes with the same draws; small above them are the words of the last step, and at the last step those of the untrained forge. Each hand turns by the angle between a row of A and its start, which is drawn pale behind it. The shade of B is the cube root of an entry, so that the first step shows.",
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
    parts: [learned(result), doubtCurve(result, act)],
    // The slide's own slider takes the place of the curve.
    slide: ["learned"],
  }),
  says: (result, {beside}) => [
    says(result),
    `A and B are those beside the ${matrices[beside].name}; the doubt is measured at ${MEASURED_STEPS.length} of the steps${
      isWritten(result.step) ? "" : ", and the words are of a step just before this one"
    }.`,
  ],
  readouts: (result) => [
    {
      label: ["Letters in doubt"],
      value: fixed(result.doubt, 1),
      note: `untrained ${fixed(result.measured[0]!.doubt, 1)}`,
    },
    {label: ["Words that are new"], value: `${renewed(result)}`, note: `of ${SHOWN_WORDS}`},
    {label: ["Entries of B that have moved"], value: `${result.moved.B}`, note: `of ${result.now.B.length}`},
    {label: ["Entries of A that have moved"], value: `${result.moved.A}`, note: `of ${result.now.A.length}`},
    {label: ["Rows of A have turned by"], value: result.turned.map(degreesText).join(", ")},
  ],
  table: ({measured}) => ({
    caption: "Letters in doubt on held-out names",
    columns: ["Step", "Letters in doubt"],
    rows: measured.map(({step, doubt}) => [step, fixed(doubt, 3)]),
  }),
  source: () => ({kind: "live", text: "trained here, seed 7"}),
  challenge: {
    text: "find the first step after which one of the words has changed.",
    met: (result) => result.step === FIRST_NEW && renewed(result) > 0,
  },
});
