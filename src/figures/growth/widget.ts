/** A square matrix and its A and B, from the forge's width to GPT-3's. */
import {figure} from "../../figure/declare.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Box, Drawing} from "../../figure/plot/picture.ts";
import {countText, significant, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {bounds, compute, controls, FORGE, GPT3, type GrowthParams, type GrowthResult} from "./model.ts";
import {drawSquares} from "./squares.ts";

/** A ratio: "6.5 million", "18,432". */
const timesText = (x: number): string => (x < 1e6 ? significant(x, 6) : `${significant(x / 1e6, 2)} million`);
/** How many weights the square has for each parameter of A and B. */
const weightsPerParameter = ({squareCount, pairCount}: GrowthResult): string => significant(squareCount / pairCount, 6);

/** The square with its A and B, to scale. */
const squareDrawing = (result: GrowthResult, params: GrowthParams): Drawing => ({
  name: "growth",
  alt: `A square of ${whole(params.width)} by ${whole(params.width)} weights with B at its left and A above it, each ${whole(params.r)} thick, in the outline of GPT-3’s ${whole(GPT3.width)} by ${whole(GPT3.width)}. Since width ${FORGE.width} the square has grown × ${timesText(result.squareGrowth)}, A and B × ${timesText(result.pairGrowth)}`,
  height: {narrow: 292, mid: 320, wide: 440},
  isElastic: true,
  draw: (g, sheet) => drawSquares(g, params, sheet),
});

/** Two counters: by how much the square and its A and B have grown since the forge's width, and how many they have; at that width only how many. */
const countersBox = ({squareCount, pairCount, squareGrowth, pairGrowth}: GrowthResult, {width}: GrowthParams): Box => ({
  name: "counters",
  html(box) {
    const rows = [
      {name: "square", times: squareGrowth, count: squareCount, noun: "weights in the square"},
      {name: "pair", times: pairGrowth, count: pairCount, noun: "parameters in A and B"},
    ];
    for (const {name, times, count, noun} of rows) {
      const counter = layer(box, "p", `counter ${name}`);
      const growth = width > FORGE.width ? `× ${timesText(times)}` : "";
      layer(counter, "b", "vast", growth || whole(count));
      layer(counter, "span", "of", noun);
      layer(counter, "span", "count", growth && whole(count));
    }
  },
});

/** What the card says, and what only Explore adds. */
function says(result: GrowthResult, {width, r}: GrowthParams): readonly [string, string] {
  const {squareCount, pairCount, squareGrowth, pairGrowth, model} = result;
  const adapter = model
    ? `; on ${whole(model.adaptedMatrices)} of the model’s matrices A and B have ${whole(model.trainedParameters)} of ${countText(model.parameterCount)} parameters`
    : "";
  const counts = `At width ${whole(width)} a square has ${whole(squareCount)} weights; at r = ${r} its A and B have ${whole(pairCount)}, 1 for every ${weightsPerParameter(result)}`;
  if (width <= FORGE.width) return [`${counts}.`, `This is the forge’s width${adapter}.`];
  return [
    `From the forge’s width to ${model ? "GPT-3’s" : whole(width)} the square grows ${timesText(squareGrowth)} times; A and B only get longer, ${timesText(pairGrowth)} times.`,
    `${counts}${adapter}.`,
  ];
}

export default figure<typeof controls, GrowthResult>({
  title: "What grows when a model grows?",
  guide:
    "Drag the width from the forge’s to GPT-3’s. The square and the lengths of A and B are to scale; where their thickness would vanish, they are drawn as hairs.",
  sources: ["Hu et al. 2021, §5.1"],
  controls,
  bounds,
  compute,
  main: ["width", "r"],
  picture: (result, params) => ({
    parts: [squareDrawing(result, params), countersBox(result, params)],
    columns: [470, 170],
  }),
  says,
  readouts: ({squareCount, pairCount, squareGrowth, pairGrowth, model}, {width, r}) => [
    {label: [symbol.A, " and ", symbol.B], value: whole(pairCount), note: `${r} × (${whole(width)} + ${whole(width)})`},
    {label: ["The square"], value: whole(squareCount), note: `${whole(width)} × ${whole(width)}`},
    {
      label: ["They have grown"],
      value: `× ${timesText(pairGrowth)}`,
      note: `and the square × ${timesText(squareGrowth)}`,
    },
    ...(model
      ? [
          {
            label: [model.isForge ? "The forge’s adapter" : "GPT-3’s adapter"],
            value: whole(model.trainedParameters),
            note: `${whole(model.adaptedMatrices)} × ${whole(pairCount)}`,
          },
        ]
      : []),
  ],
  table: (_, params) => ({
    caption: `A square matrix and its A and B at r = ${params.r}, by width`,
    columns: ["Width", "Weights", "A and B", "Weights, times", "A and B, times"],
    rows: [...new Set([FORGE.width, 128, 512, 2048, 8192, GPT3.width, params.width])]
      .toSorted((one, other) => one - other)
      .filter((width) => params.r <= width)
      .map((width) => {
        const {squareCount, pairCount, squareGrowth, pairGrowth} = compute({...params, width});
        return [whole(width), whole(squareCount), whole(pairCount), timesText(squareGrowth), timesText(pairGrowth)];
      }),
  }),
  source: () => ({kind: "live", text: "computed here"}),
  challenge: {
    text: "give GPT-3’s queries and values an adapter of fewer than five million parameters.",
    met: ({model}, {matrices}) => matrices === "qv" && !model?.isForge && (model?.trainedParameters ?? Infinity) < 5e6,
  },
});
