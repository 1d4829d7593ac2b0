/** How many pieces a new skill needs: the picture, its words and its numbers. */
import {figure, type Size} from "../../figure/declare.ts";
import {each} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {barY, dot, knob, lineY, type Tone, text} from "../../figure/plot/marks.ts";
import type {Box, Chart} from "../../figure/plot/picture.ts";
import {fixed, percent, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {
  ALL_DOUBT,
  BASE_DOUBT,
  type CutParams,
  type CutResult,
  controls,
  cutRunBy,
  doubtsByPieces,
  energies,
  gainShare,
  meanShares,
  readCut,
} from "./model.ts";
import {type CutSubject, PIECES} from "./pieces.ts";

/** What is cut, in a sentence. */
const SUBJECTS: Readonly<Record<CutSubject, string>> = {change: "every change", weights: "every weight matrix"};
/** The color of each. */
const TONES = {change: "dw", weights: "w0"} as const satisfies Record<CutSubject, Tone>;
/** Both, in the order of their curves. */
const KINDS = Object.keys(TONES) as CutSubject[];
/** The number of pieces beside which the name of the weights' curve is written. */
const NAME_AT = 12;
/** Letters in doubt now. */
const doubt = ({of, r}: CutResult): string => fixed(doubtsByPieces[of][r]!, 1);

/** The chart of letters in doubt by the number of pieces, for both ways of cutting. */
function doubts(result: CutResult, act: Act, size: Size): Chart {
  const {of, r} = result;
  const value = doubtsByPieces[of][r]!;
  // The number goes to the left of its point where the right half has no room for it.
  const isLate = r > PIECES / 2;
  return {
    name: "doubt",
    label: ["Letters in doubt by pieces kept, log scale"],
    alt: `With ${r} of ${PIECES} pieces of the ${of}, ${doubt(result)} letters in doubt; the base has ${fixed(BASE_DOUBT, 1)}, all pieces of the change ${fixed(ALL_DOUBT, 1)}.`,
    height: {narrow: 230, mid: 270, wide: size === "card" ? 360 : 300},
    x: {domain: [0, PIECES], ticks: [0, 4, 8, 16, 24, 32]},
    y: {type: "log", domain: [6.5, 90], ticks: [7, 10, 15, 20, 40, 80], tickFormat: String},
    marginLeft: 32,
    marginRight: 66,
    marks: [
      lineY([BASE_DOUBT, BASE_DOUBT], {x: (_, i) => i * PIECES, tone: "ink", thin: true, dashed: true, end: "base"}),
      ...KINDS.map((one) =>
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
      dot([value], {x: r, r: 6, tone: TONES[of], glides: true, title: `${r} pieces: ${doubt(result)}`}),
      text([`${doubt(result)} letters`], {
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
const writtenWords = ({words, whole}: CutResult, size: Size): Box => ({
  name: "written",
  label: [size === "card" ? "It writes" : `It writes; gray: with all ${PIECES} pieces`],
  html: (box) =>
    each(layer(box, "ol", "words"), "li", words, (item, word, i) => {
      layer(item, "span", "word", word || "–");
      layer(item, "span", "uncut", size === "card" || word === whole[i] ? "" : ` ${whole[i] || "–"}`);
    }),
});

/** The chart of the energy in each piece. Its bar is below the smallest number of pieces that includes it. */
const energy = (result: CutResult): Chart => ({
  name: "energy",
  label: ["Energy in each piece, mean of the twelve matrices"],
  alt: `The first piece holds ${percent(meanShares(result)[0]!)} of the energy of its matrix, on average.`,
  height: 90,
  x: {domain: [0, PIECES], ticks: [0, 4, 8, 16, 24, 32]},
  y: {ticks: [0, 0.1, 0.2], tickFormat: (share: number) => `${whole(100 * share)}%`},
  marginLeft: 32,
  marginRight: 66,
  marks: [
    barY(meanShares(result), {
      x: (_, i) => i + 1,
      tone: (_, i) => (i < result.r ? TONES[result.of] : "edge"),
      hollow: (_, i) => i >= result.r,
      title: (share, i) => `piece ${i + 1}: ${fixed(share, 3)}`,
    }),
  ],
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
    parts: [doubts(result, act, size), writtenWords(result, size), ...(size === "full" ? [energy(result)] : [])],
    columns: [68, 32],
  }),
  says(result) {
    const [least, most] = energies(result);
    const share = gainShare(result);
    const verdict =
      result.of === "change"
        ? `That keeps ${percent(share)} of what all pieces gain`
        : `That is ${share < -0.01 ? "worse than" : "as good as"} the base`;
    return [
      `With ${result.r} of ${PIECES} pieces of ${SUBJECTS[result.of]}, the forge has ${doubt(result)} letters in doubt; the base has ${fixed(BASE_DOUBT, 1)}.`,
      `${verdict}; all pieces of the change have ${fixed(ALL_DOUBT, 1)}, and these pieces hold ${percent(least)} to ${percent(most)} of the energy of their matrix.`,
    ];
  },
  readouts: (result) => [
    {
      label: ["Letters in doubt"],
      value: doubt(result),
      note: `base ${fixed(BASE_DOUBT, 1)}, all pieces ${fixed(ALL_DOUBT, 1)}`,
    },
    {label: ["Share of the gain"], value: percent(gainShare(result)), note: "of what all 32 pieces gain, in nats"},
    {label: ["Energy kept"], value: energies(result).map(percent).join(" to "), note: "of the twelve matrices"},
    {label: ["Words"], value: result.words.map((word) => word || "–").join(", ")},
  ],
  table: () => ({
    caption: "Letters in doubt on held-out names, by the number of pieces kept",
    columns: ["Pieces", "CutSubject the change", "CutSubject the weights"],
    rows: doubtsByPieces.change.map((value, r) => [r, fixed(value, 1), fixed(doubtsByPieces.weights[r]!, 1)]),
  }),
  source: ({draw}: CutParams) => ({kind: "live", text: `stored training; words of seed ${draw}`}),
  challenge: {
    text: "find the fewest pieces of the change that keep nine tenths of the gain.",
    met: (result) =>
      result.of === "change" && gainShare(result) >= 0.9 && gainShare({...result, r: result.r - 1}) < 0.9,
  },
});
