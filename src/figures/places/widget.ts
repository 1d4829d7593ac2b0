/** The figure “Two places for an adapter: what can each change?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
import type {Box, Drawing} from "../../figure/plot/picture.ts";
import {counted, doubtText, lettersInDoubt, percent, significant, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {letterField} from "../shared/typedWord.ts";
import {drawWrittenWords} from "../shared/writtenWords.ts";
import {drawForges, type ForgeColumn} from "./drawing.ts";
import {bounds, controls, PLACE_WORDS, type PlacesParams, type PlacesResult, readPlaces, sides} from "./model.ts";

/** A probability in the picture, to two digits; the table has more. */
const chanceText = (chance: number): string =>
  chance < 1e-6 || chance > 0.995 ? percent(chance) : `${significant(100 * chance, 2)}%`;
/** How many of the words differ from those before training. */
const changedWords = ({before, ...result}: PlacesResult, side: "q" | "v"): number =>
  result[side].words.filter((word, i) => word !== before.words[i]).length;

const columnsOf = (result: PlacesResult): ForgeColumn[] =>
  sides.map((side) => ({
    side,
    doubt: lettersInDoubt(result[side].loss),
    doubtBefore: lettersInDoubt(result.before.loss),
    isBest: result[side].loss < result[side === "q" ? "v" : "q"].loss,
    before: result.before.ring,
    now: result[side].ring,
    letters: ["·", ...result.past],
    changeText: side === "q" ? "how hard each pulls" : "where each one is",
    chanceText: `${result.next}? ${chanceText(result.before.chance)} → ${chanceText(result[side].chance)}`,
  }));

/** Both forges at the chosen letter. */
const forgesDrawing = (result: PlacesResult): Drawing => ({
  name: "forges",
  isWide: true,
  label: [
    `Letters in doubt, and what arrives ${result.next === "end" ? "at the end" : `before the ${result.next}`} of “${result.word}”`,
  ],
  height: {narrow: 400, mid: 270, wide: 300},
  isElastic: true,
  alt: `${sides.map((side) => `W${side}: ${doubtText(result[side].loss)} letters in doubt`).join("; ")}. Two rings, each held by ${counted(result.past.length + 1, "string")}. With Wq the strings pull otherwise, with Wv the pegs have moved.`,
  draw: (g, sheet) => drawForges(g, columnsOf(result), result.allPegs, sheet),
});

/** The words that one forge writes; at full size, in gray, those that it wrote before training. */
const wordsOf = ({before, ...result}: PlacesResult, side: "q" | "v", size: Size): Box => ({
  name: `written of-${side}`,
  label: [`W${side} writes${size === "full" ? "; gray: before training" : ""}`],
  html: (box) => drawWrittenWords(box, result[side].words, size === "full" ? before.words : undefined),
});

/** The field for a name of the reader's own. */
const nameField = ({word}: PlacesParams, act: Act): Box => ({
  name: "own-name",
  isWide: true,
  html: (box) =>
    letterField(box, {label: "Name", value: word, onType: (typed) => act.set({word: typed, letter: typed.length + 1})}),
});

export default figure<typeof controls, PlacesResult>({
  title: "Two places for an adapter: what can each change?",
  guide:
    "Each letter of the name is a peg at what it carries, in one head of the first block, and its string pulls as hard as it is looked at. The ring rests at their mean, which is what arrives. Gray is before training; the words come from the same draws.",
  sources: ["Vaswani et al. 2017", "Hu et al. 2021, §4.2 and §7.1"],
  controls,
  bounds,
  main: [],
  run: {clock: "letter", pace: 2, by: ({word, head, draw}) => ({word, head, draw}), read: readPlaces},
  picture: (result, params, act, size) => ({
    parts: [
      forgesDrawing(result),
      ...(size === "full" ? [nameField(params, act)] : []),
      ...sides.map((side) => wordsOf(result, side, size)),
    ],
    columns: [1, 1],
    slide: ["forges"],
  }),
  says: ({trainedCount, before, q, v, past, next, unchanged: {values, attention}}) => [
    `With Wq a forge changes how much each letter counts: ${doubtText(q.loss)} letters in doubt; with Wv it changes what they say: ${doubtText(v.loss)}.`,
    `Each trains ${whole(trainedCount)} parameters, from ${doubtText(before.loss)} letters in doubt; the ${next} ${past ? `after “${past}”` : "at the start"} goes from ${chanceText(before.chance)} to ${chanceText(q.chance)} with Wq and to ${chanceText(v.chance)} with Wv; with Wq ${values.map(whole).join(" of ")} values in this head are what they were, and with Wv ${attention.map(whole).join(" of ")} weights.`,
  ],
  readouts: (result) => [
    ...sides.map((side) => ({
      label: [`Letters in doubt, W${side}`],
      value: doubtText(result[side].loss),
      note: `${doubtText(result.before.loss)} before; ${changedWords(result, side)} of ${PLACE_WORDS} words change`,
    })),
    ...sides.map((side) => ({
      label: [`Chance of ${result.next}, W${side}`],
      value: chanceText(result[side].chance),
      note: `${chanceText(result.before.chance)} before`,
    })),
  ],
  table: ({word, chances}) => ({
    caption: `Chance of each letter of “${word}”, and of its end`,
    columns: ["Next", "Before", "Wq", "Wv"],
    rows: chances.map(({before, q, v}, t) => [word[t] ?? "end", percent(before), percent(q), percent(v)]),
  }),
  source: ({draw}) => ({kind: "live", text: `two runs of 200 steps, draw ${draw}`}),
  challenge: {
    text: "find a letter of a name of which the forge with Wq is surer than the one with Wv.",
    met: ({q, v}) => q.chance > v.chance,
  },
});
