/** The figure “How many pieces does a new skill need?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
import {dot, knob, lineY, type Tone, text} from "../../figure/plot/marks.ts";
import type {Box, Chart} from "../../figure/plot/picture.ts";
import {fixed, percent} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {drawWrittenWords} from "../shared/writtenWords.ts";
import {
  ALL_DOUBT,
  BASE_DOUBT,
  type CutParams,
  type CutResult,
  controls,
  cutRunBy,
  doubtsByPieces,
  gainShare,
  readCut,
} from "./model.ts";
import {type CutSubject, PIECES} from "./pieces.ts";

/** What is cut, in a sentence. */
const SUBJECTS: Readonly<Record<CutSubject, string>> = {change: "every change", weights: "every weight matrix"};
/** The color of each. */
const TONES: Readonly<Record<CutSubject, Tone>> = {change: "dw", weights: "w0"};
/** The number of pieces beside which the name of the weights' curve is written. */
const NAME_AT = 12;
/** Letters in doubt with the chosen pieces. */
const doubtNow = ({of, r}: CutResult): string => fixed(doubtsByPieces[of][r]!, 1);

/** The chart of letters in doubt by the number of pieces, for both ways of cutting. */
function doubtChart(result: CutResult, act: Act): Chart {
  const {of, r} = result;
  const value = doubtsByPieces[of][r]!;
  // The number goes to the left of its point where the right half has no room for it.
  const isLate = r > PIECES / 2;
  return {
    name: "doubt",
    label: ["Letters in doubt by pieces kept, log scale"],
    alt: `With ${r} of ${PIECES} pieces of the ${of}, ${doubtNow(result)} letters in doubt; the base has ${fixed(BASE_DOUBT, 1)}, all pieces of the change ${fixed(ALL_DOUBT, 1)}.`,
    height: {narrow: 230, mid: 270, wide: 360},
    x: {domain: [0, PIECES], ticks: [0, 4, 8, 16, 24, 32]},
    y: {type: "log", domain: [6.5, 90], ticks: [7, 10, 15, 20, 40, 80], tickFormat: String},
    marginLeft: 32,
    marginRight: 66,
    marks: [
      lineY([BASE_DOUBT, BASE_DOUBT], {x: (_, i) => i * PIECES, tone: "ink", thin: true, dashed: true, end: "base"}),
      ...(["change", "weights"] as const).map((one) =>
        lineY(doubtsByPieces[one], {
          tone: TONES[one],
          // The curve of the weights ends where the base is, so its name is written beside its fall.
          ...(one === "change" && {end: one}),
          ...(one === of && {strength: 3 as const}),
        }),
      ),
      text(["weights"], {
        x: NAME_AT,
        y: doubtsByPieces.weights[NAME_AT]!,
        dx: 6,
        dy: -6,
        anchor: "start",
        text: String,
        tone: "w0",
      }),
      knob(r, (to) => act.set({r: Math.round(to)}), undefined, true),
      dot([value], {x: r, r: 6, tone: TONES[of], glides: true, title: `${r} pieces: ${doubtNow(result)}`}),
      text([`${doubtNow(result)} letters`], {
        x: r,
        y: value,
        dx: isLate ? -10 : 10,
        dy: -14,
        anchor: isLate ? "end" : "start",
        text: String,
        kind: "answer",
        tone: TONES[of],
      }),
    ],
  };
}

/** The words that the forge writes; at full size beside those that it writes with all pieces. */
const wordsOf = ({words, allPiecesWords}: CutResult, size: Size): Box => ({
  name: "written",
  label: [size === "card" ? "It writes" : `It writes; gray: with all ${PIECES} pieces`],
  html: (box) => drawWrittenWords(box, words, size === "card" ? words : allPiecesWords),
});

export default figure<typeof controls, CutResult>({
  title: "How many pieces does a new skill need?",
  guide:
    "The whole word forge was fine-tuned on names. Drag the knob to keep only the strongest pieces of what changed in each of its twelve matrices, or of the base’s matrices themselves.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  main: ["of"],
  run: {clock: "r", pace: 4, by: cutRunBy, read: readCut},
  picture: (result, _, act, size) => ({
    parts: [doubtChart(result, act), wordsOf(result, size)],
    columns: [68, 32],
  }),
  says(result) {
    const [least, greatest] = result.energyKept;
    return [
      `With ${result.r} of ${PIECES} pieces of ${SUBJECTS[result.of]}, the forge has ${doubtNow(result)} letters in doubt; the base has ${fixed(BASE_DOUBT, 1)}.`,
      `All pieces of the change have ${fixed(ALL_DOUBT, 1)}; the chosen ones hold ${percent(least)} to ${percent(greatest)} of the energy of their matrix.`,
    ];
  },
  readouts: (result) => [
    {
      label: ["Letters in doubt"],
      value: doubtNow(result),
      note: `base ${fixed(BASE_DOUBT, 1)}, all pieces ${fixed(ALL_DOUBT, 1)}`,
    },
    {
      label: ["Share of the gain"],
      value: percent(gainShare(result)),
      note: `of what all ${PIECES} pieces gain, in nats`,
    },
    {label: ["Energy kept"], value: result.energyKept.map(percent).join(" to "), note: "of the twelve matrices"},
  ],
  table: () => ({
    caption: "Letters in doubt on held-out names, by the number of pieces kept",
    columns: ["Pieces", "Of the change", "Of the weights"],
    rows: doubtsByPieces.change.map((value, r) => [r, fixed(value, 1), fixed(doubtsByPieces.weights[r]!, 1)]),
  }),
  source: ({draw}: CutParams) => ({kind: "live", text: `stored training; words of seed ${draw}`}),
  challenge: {
    text: "find the fewest pieces of the change that keep nine tenths of the gain.",
    met: (result) =>
      result.of === "change" && gainShare(result) >= 0.9 && gainShare({...result, r: result.r - 1}) < 0.9,
  },
});
