/** The figure “Two places for an adapter: what can each change?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
import {FRAMES, type Picture, type Sheet} from "../../figure/plot/picture.ts";
import {counted, doubtText, lettersInDoubt, percent, significant, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {letterField} from "../shared/typedWord.ts";
import {drawForges, type ForgeColumn, forgesHeight} from "./drawing/forges.ts";
import {drawRings, type RingColumn, ringsHeight} from "./drawing/rings.ts";
import {controls, PLACE_WORDS, type PlacesParams, type PlacesResult, readPlaces, sides} from "./model.ts";

/** A probability in the picture, to two digits; the table has more. */
const chanceText = (chance: number): string =>
  chance < 1e-6 || chance > 0.995 ? percent(chance) : `${significant(100 * chance, 2)}%`;
/** How many of the words differ from those before training. */
const changedWords = ({before, ...result}: PlacesResult, side: "q" | "v"): number =>
  result[side].words.filter((word, i) => word !== before.words[i]).length;

/** The card is about strings and pegs, and has no words. */
const columnsOf = (result: PlacesResult, size: Size): ForgeColumn[] =>
  sides.map((side) => ({
    letter: side,
    doubt: lettersInDoubt(result[side].loss),
    was: lettersInDoubt(result.before.loss),
    isBest: result[side].loss < result[side === "q" ? "v" : "q"].loss,
    words: size === "card" ? [] : result[side].words.map((now, i) => ({now, before: result.before.words[i]!})),
  }));

const ringsOf = (result: PlacesResult): RingColumn[] =>
  sides.map((side) => ({
    side,
    before: result.before.ring,
    now: result[side].ring,
    letters: ["·", ...result.past],
    strings: side === "q" ? "strings: new" : "strings: as before",
    pegs: side === "v" ? "pegs: new" : "pegs: as before",
    isNew: side === "q" ? "Wq: strings new" : "Wv: pegs new",
    guess: {
      name: `${result.next}?`,
      was: result.before.chance,
      now: result[side].chance,
      words: `${chanceText(result.before.chance)} → ${chanceText(result[side].chance)}`,
    },
  }));

/** A height for each frame, from its width. */
const heightsBy = (of: (width: number) => number) => ({
  narrow: of(FRAMES.narrow),
  mid: of(FRAMES.mid),
  wide: of(FRAMES.wide),
});

function picture(result: PlacesResult, params: PlacesParams, act: Act, size: Size): Picture {
  return {
    dock: "rings",
    slide: ["rings"],
    parts: [
      {
        name: "forges",
        height: heightsBy((width) => forgesHeight(width, size === "card" ? 0 : PLACE_WORDS)),
        alt: sides
          .map((side) => {
            const words = size === "card" ? "" : `; ${result[side].words.join(", ")}`;
            return `W${side}: ${doubtText(result[side].loss)} letters in doubt${words}`;
          })
          .join(". "),
        draw: (g: Element, sheet: Sheet) => drawForges(g, columnsOf(result, size), sheet),
      },
      {
        name: "rings",
        height: heightsBy(ringsHeight),
        isElastic: true,
        label: [
          `What arrives ${result.next === "end" ? "at the end" : `before the ${result.next}`} of “${result.word}”`,
        ],
        alt: `Two rings, each held by ${counted(result.past.length + 1, "string")}. With Wq the strings pull otherwise, with Wv the pegs have moved.`,
        draw: (g: Element, sheet: Sheet) => drawRings(g, ringsOf(result), result.pegs, sheet),
      },
      ...(size === "full"
        ? [
            {
              name: "own-name",
              html: (box: HTMLElement) =>
                letterField(box, {label: "Name", value: params.word, onType: (word) => act.set({word})}),
            },
          ]
        : []),
    ],
  };
}

export default figure<typeof controls, PlacesResult>({
  title: "Two places for an adapter: what can each change?",
  guide:
    "Each letter of the name is a peg at what it carries, in one head of the first block, and its string pulls as hard as it is looked at. The ring rests at their mean, which is what arrives. Gray is before training; the words in Explore come from the same draws, old above new.",
  sources: ["Vaswani et al. 2017", "Hu et al. 2021, §4.2 and §7.1"],
  controls,
  main: [],
  run: {clock: "letter", pace: 2, by: ({word, head, draw}) => ({word, head, draw}), read: readPlaces},
  picture,
  says(result, {letter}) {
    const {trainedCount, before, q, v, past, next, same} = result;
    return [
      `Wq only pulls the strings and leaves ${doubtText(q.loss)} letters in doubt; Wv moves the pegs and leaves ${doubtText(v.loss)}.`,
      `Each trains ${whole(trainedCount)} parameters, from ${doubtText(before.loss)} letters in doubt; the ${next} ${past ? `after “${past}”` : "at the start"} goes from ${chanceText(before.chance)} to ${chanceText(q.chance)} with Wq and to ${chanceText(v.chance)} with Wv; with Wq ${whole(same.values[0])} of ${whole(same.values[1])} values in this head are what they were, and with Wv ${whole(same.attention[0])} of ${whole(same.attention[1])} weights; words are written up to letter ${letter}.`,
    ];
  },
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
