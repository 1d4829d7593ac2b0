/** The figure “One budget, three places: which would you take?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {barX, ruleX} from "../../figure/plot/marks.ts";
import type {Chart, Drawing} from "../../figure/plot/picture.ts";
import {doubtText, lettersInDoubt, whole} from "../../figure/plot/text/format.ts";
import {controls, readWays, WAY_WORDS, type Way, type WaysResult, ways} from "./model.ts";
import {drawWays, type WayDrawing, waysHeight} from "./waysDrawing.ts";

const names: Readonly<Record<Way, string>> = {prefix: "Prefix", lora: "LoRA", layers: "Adapter layers"};
/** Positions that a letter can attend to: eight of a prefix, then those of the longest word. */
const positions = [...Array<boolean>(8).fill(true), ...Array<boolean>(12).fill(false)];
/** The matrix products of the forge, one after another: six in each of two blocks, and the scores. */
const products = Array<boolean>(13).fill(false);
/** Those of a block with adapter layers, which add two after attention and two after the MLP. */
const blockWithLayers = [false, false, false, false, true, true, false, false, true, true];

const drawingsOf = ({isDone}: WaysResult): WayDrawing[] => [
  {
    way: "prefix",
    name: names.prefix,
    placeText: "eight places in front",
    isMerged: false,
    costLabel: "added to each use",
    cost: "+ 8 places to look at",
    isFree: false,
    units: positions,
  },
  {
    way: "lora",
    name: names.lora,
    placeText: isDone ? "merged into two matrices" : "beside two matrices",
    isMerged: isDone,
    costLabel: "added once merged",
    cost: "nothing",
    isFree: true,
    units: products,
  },
  {
    way: "layers",
    name: names.layers,
    placeText: "two stops in each block",
    isMerged: false,
    costLabel: "added to each use",
    cost: "+ 8 products in a row",
    isFree: false,
    units: [...blockWithLayers, ...blockWithLayers, false],
  },
];

/** Where each way puts its parameters, and what it costs. */
const waysDrawing = (result: WaysResult): Drawing => ({
  name: "ways",
  height: {narrow: waysHeight("narrow"), mid: waysHeight("mid"), wide: waysHeight("wide")},
  alt: drawingsOf(result)
    .map(({name, placeText, costLabel, cost}) => `${name}, ${placeText}, ${costLabel}: ${cost}`)
    .join(". "),
  draw: (g, sheet) => drawWays(g, drawingsOf(result), sheet),
});

/** The chart of letters in doubt, a row for each way, and a line at those of the forge alone. */
const doubtChart = (result: WaysResult): Chart => ({
  name: "doubts",
  label: [`Letters in doubt; dotted: the forge alone, ${doubtText(result.before.loss)}`],
  alt: ways.map((way) => `${names[way]}: ${doubtText(result[way].loss)} letters in doubt`).join("; "),
  height: 120,
  x: {domain: [0, 17], ticks: [0, 5, 10, 15]},
  y: {type: "rows", rows: ways.map((way) => ({name: names[way], valueText: doubtText(result[way].loss)}))},
  marks: [
    barX(ways, {x: (way) => lettersInDoubt(result[way].loss), tone: "dw", glides: true}),
    ruleX([lettersInDoubt(result.before.loss)], {dashed: true, tone: "ink"}),
  ],
});

export default figure<typeof controls, WaysResult>({
  title: "One budget, three places: which would you take?",
  guide:
    "Each way trains the same number of parameters on the same names. The cells are what a letter has to pass each time the forge is used: places to look at for the prefix, matrix products one after another for the others. Violet cells are new.",
  sources: ["Li and Liang 2021", "Houlsby et al. 2019", "Hu et al. 2021, §4.1 and §5.1"],
  controls,
  main: [],
  run: {clock: "step", pace: 33, by: ["draw"], read: readWays},
  picture: (result) => ({parts: [waysDrawing(result), doubtChart(result)], dock: "doubts"}),
  says: ({at, trainedCount, before, prefix, lora, layers}) => [
    `At step ${at} the prefix has ${doubtText(prefix.loss)} letters in doubt, LoRA ${doubtText(lora.loss)} and adapter layers ${doubtText(layers.loss)}; only LoRA, once merged, costs nothing.`,
    `Each trains ${whole(trainedCount)} parameters; the forge alone has ${doubtText(before.loss)} letters in doubt.`,
  ],
  readouts: (result) => [
    ...ways.map((way) => ({
      label: [names[way]],
      value: doubtText(result[way].loss),
      note: `letters in doubt; ${result[way].words.filter((word, i) => word !== result.before.words[i]).length} of ${WAY_WORDS} words change`,
    })),
    {label: ["Trained parameters"], value: whole(result.trainedCount), note: "each"},
  ],
  table: (result) => ({
    caption: `Words from the same draws, at step ${result.at}`,
    columns: ["Before", ...ways.map((way) => names[way])],
    rows: result.before.words.map((word, i) => [word, ...ways.map((way) => result[way].words[i]!)]),
  }),
  source: ({draw}) => ({kind: "live", text: `three runs of 200 steps, draw ${draw}`}),
  challenge: {
    text: "find a step at which the prefix is worse than the forge alone.",
    met: ({prefix, before}) => prefix.loss > before.loss,
  },
});
