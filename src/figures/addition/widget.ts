/** The figure of what A and B add to one matrix of the forge: its picture, readouts and table. */
import {figure} from "../../figure/declare.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import type {Drawing} from "../../figure/plot/picture.ts";
import {fixed, lettersInDoubt, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {drawAddition} from "./additionDrawing.ts";
import {drawingHeight} from "./layout.ts";
import {type AdditionParams, type AdditionResult, bounds, compute, controls, losses, SCALE, SIDE} from "./model.ts";
import {ADDED_COUNT, additionSays, cellText, letterOf, twoDigits, WEIGHT_COUNT} from "./words.ts";

/** The drawing of W₀ with A and B. */
function additionDrawing(result: AdditionResult, params: AdditionParams, act: Act): Drawing {
  const {phase, look, row, column} = params;
  const onCell = (toRow: number, toColumn: number) => {
    const isSame = look === "cell" && toRow === row && toColumn === column;
    act.set({look: isSame ? "all" : "cell", row: toRow, column: toColumn});
  };
  const besideText = `the row A hears ${fixed(result.loudness, 1)}, and the column B at its left pushes the output that much`;
  return {
    name: "addition",
    alt: `A square of ${SIDE} by ${SIDE} frozen weights; above it ${phase === "merged" ? "x alone, as A and B are in it" : besideText}`,
    height: {
      narrow: drawingHeight("narrow", SIDE),
      mid: drawingHeight("mid", SIDE),
      wide: drawingHeight("wide", SIDE),
    },
    isElastic: true,
    draw: (g, sheet) => drawAddition(g, {result, params, onCell}, sheet),
  };
}

export default figure<typeof controls, AdditionResult>({
  title: "What did you add to the forge?",
  guide:
    "The square is the forge’s value matrix in its second layer. Follow x up to A, through the one number there, down through B and under the square to the output. Press a letter to change x, or a cell to see what it is made of.",
  sources: ["Hu et al. 2021, §4.1"],
  controls,
  bounds,
  compute,
  main: ["phase", "step"],
  picture: (result, params, act, size) => ({
    parts: [
      additionDrawing(result, params, act),
      {
        name: "letters-of-name",
        html: (box) =>
          buttonRow(
            box,
            Array.from(params.word, (text, i) => ({
              text,
              isPressed: i + 1 === params.letter,
              onPress: () => act.set({letter: i + 1}),
            })),
            "Letter",
          ),
      },
    ],
    note:
      size === "card" && params.phase !== "training"
        ? `In the outlined cell${params.phase === "merged" ? "" : " B and A add"}: ${cellText(result, params)}`
        : undefined,
  }),
  says: additionSays,
  readouts: (result, {phase}) => [
    {
      label: ["Letters in doubt"],
      value: fixed(lettersInDoubt(losses.on), 1),
      note: `after 200 steps; ${fixed(lettersInDoubt(losses.off), 1)} without`,
    },
    {label: ["How loud"], value: fixed(result.loudness, 1), note: `times ${SCALE} before it pushes`},
    {
      label: ["The outlined cell"],
      value: twoDigits(result.cell.change),
      note: `of ΔW; W₀ has ${twoDigits(result.cell.w0)} there`,
    },
    {label: ["Size of ", symbol.dW], value: fixed(result.norms.change, 1), note: "the root of its sum of squares"},
    {label: ["Size of ", symbol.W0], value: fixed(result.norms.frozen, 1), note: "measured alike"},
    {label: [symbol.A, " and ", symbol.B], value: whole(ADDED_COUNT), note: `parameters beside ${whole(WEIGHT_COUNT)}`},
    {
      label: ["Multiplications"],
      value: whole(phase === "merged" ? WEIGHT_COUNT : WEIGHT_COUNT + ADDED_COUNT + 1),
      note: `${whole(WEIGHT_COUNT)} without the addition`,
    },
  ],
  table: ({x, A, B, frozen, push, h}, params) => ({
    caption: `The “${letterOf(params)}” that is letter ${params.letter} of ${params.word}, place by place`,
    columns: ["Place", "x", "A", "B", "W₀x", "Push", "h"],
    rows: Array.from(x, (_, i) => [i + 1, ...[x, A, B, frozen, push, h].map((values) => fixed(values[i]!, 3))]),
  }),
  source: ({phase, step}) => ({
    kind: "precomputed",
    text: `one run on names, rank 1, ${phase === "training" ? step : "200"} steps`,
  }),
  challenge: {
    text: "find a letter that A hardly hears: one of the three names has one that is less than 1 loud.",
    met: ({loudness}) => Math.abs(loudness) < 1,
  },
});
