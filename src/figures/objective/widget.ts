/** How surprised the forge is by each letter of a name, before and after training. */
import {figure} from "../../figure/declare.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {doubtText, fixed, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {listText} from "../shared/listText.ts";
import {letterField} from "../shared/typedWord.ts";
import {chanceText, drawGapRows, drawGapSums, gapLayout, oneInText, SUMS_HEIGHT, WAY_NAMES, WAYS} from "./gaps.ts";
import {controls, type ObjectiveParams, type ObjectiveResult, type ObjectiveTrained, readObjective} from "./model.ts";

/** The height of the rows, for any number of letters, so that typing moves nothing. */
const ROWS_HEIGHT = {narrow: 214, mid: 204, wide: 212};

/** The mean loss of a letter. */
const lossOf = ({sums, letters}: ObjectiveResult, trained: ObjectiveTrained): number => -sums[trained] / letters.length;

const doubtOf = (result: ObjectiveResult, trained: ObjectiveTrained): string => doubtText(lossOf(result, trained));

function picture(result: ObjectiveResult, params: ObjectiveParams, act: Act) {
  const {trained} = params;
  const {letters, sums} = result;
  const onType = (word: string, note?: string) => {
    act.set({word});
    if (note) act.say(note);
  };
  return {
    dock: "gaps",
    slide: ["gaps"],
    parts: [
      {name: "name", html: (box: HTMLElement) => letterField(box, {label: "Name", value: result.word, onType})},
      {
        name: "gaps",
        height: ROWS_HEIGHT,
        alt: letters
          .map(({before, next, logs}) => `${next} after ${before || "the start"}: ${chanceText(logs[trained])}`)
          .join("; "),
        draw: (g: Element, sheet: Sheet) =>
          drawGapRows(g, result, trained, sheet.height, gapLayout(result, trained, sheet)),
      },
      {
        name: "sums",
        label: ["All bars laid end to end; the shorter, the likelier the name"],
        height: SUMS_HEIGHT,
        alt: `The distances of all letters laid end to end. ${WAYS.map((way) => `${WAY_NAMES[way]}: ${fixed(-sums[way], 1)}, ${oneInText(sums[way])}`).join("; ")}`,
        draw: (g: Element, sheet: Sheet) => drawGapSums(g, result, trained, gapLayout(result, trained, sheet)),
      },
    ],
  };
}

const quotedName = (word: string): string => (word ? `“${word}”` : "a name without letters");

export default figure<typeof controls, ObjectiveResult>({
  title: "How surprised is the forge by a name?",
  guide:
    "Type a name. Each row is a letter, on the last tile, after those before it; a bar shows how far the forge was from certain, which is −log p. Below, the bars are laid end to end, and training shortens their whole length.",
  sources: ["Hu et al. 2021, §2, eq. 1 and 2"],
  controls,
  main: ["trained"],
  run: {by: ["word"], read: readObjective},
  picture,
  says(result, {trained}) {
    const {word, letters, sums} = result;
    const least = letters.reduce((most, one) => (one.logs[trained] < most.logs[trained] ? one : most));
    const figuresOf = (way: ObjectiveTrained) => [
      fixed(sums[way], 1),
      fixed(lossOf(result, way), 2),
      doubtOf(result, way),
    ];
    const [sum, loss, doubt] = figuresOf(trained);
    return [
      `${WAY_NAMES[trained]}, ${quotedName(word)} has a chance of ${oneInText(sums[trained])}; the forge is least sure of ${least.name}, ${chanceText(least.logs[trained])}.`,
      `The sum of log p is ${sum}, a loss of ${loss} a letter, or ${doubt} letters in doubt; with the adapter off they are ${listText(figuresOf("base"))}.`,
    ];
  },
  readouts(result, {trained}) {
    const {sums, counts} = result;
    const before = (value: string) => (trained === "base" ? {} : {note: `${value} with the adapter off`});
    return [
      {label: ["Σ log p"], value: fixed(sums[trained], 3), ...before(fixed(sums.base, 3))},
      {label: ["Loss"], value: fixed(lossOf(result, trained), 3), ...before(fixed(lossOf(result, "base"), 3))},
      {label: ["Letters in doubt"], value: doubtOf(result, trained), note: "for this name"},
      {label: ["Trained"], value: whole(counts[trained]), note: `of ${whole(counts.full)} parameters`},
    ];
  },
  table: ({letters, sums}) => ({
    caption: "log p of each letter after those before it, and of the end",
    columns: ["After", "Next", ...WAYS.map((way) => WAY_NAMES[way])],
    rows: [
      ...letters.map(({before, next, logs}) => [before, next, ...WAYS.map((way) => fixed(logs[way], 4))]),
      ["", "sum", ...WAYS.map((way) => fixed(sums[way], 4))],
    ],
  }),
  source: () => ({kind: "live", text: "stored weights"}),
  challenge: {
    text: "type a word of which LoRA makes the forge less sure than it was.",
    met: ({sums}, {trained}) => trained === "lora" && sums.lora < sums.base,
  },
});
