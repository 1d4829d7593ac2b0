/** The figure “One budget, three places: which would you take?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {doubtText, lettersInDoubt, whole} from "../../figure/plot/text/format.ts";
import {columnsHeight, drawWays, type WayColumn} from "./drawing/columns.ts";
import {controls, readWays, WAY_WORDS, type Way, type WaysResult, ways} from "./model.ts";

const names: Readonly<Record<Way, string>> = {prefix: "Prefix", lora: "LoRA", layers: "Adapter layers"};

/** Positions that a letter can attend to, and matrix products one after another: of the forge alone, and new ones. */
const costs = {places: 12, newPlaces: 8, products: 13, newProducts: 8} as const;

/** The products of a block with adapter layers; true for the new ones: two after attention and two after the MLP. */
const blockProducts = [false, false, false, false, true, true, false, false, true, true];
/** What each use of the forge passes through; true for what a way adds. */
const units: Readonly<Record<Way, readonly boolean[]>> = {
  prefix: Array.from({length: costs.places + costs.newPlaces}, (_, i) => i < costs.newPlaces),
  lora: Array.from({length: costs.products}, () => false),
  layers: [...blockProducts, ...blockProducts, false],
};

function columnsOf(result: WaysResult): WayColumn[] {
  const {before, isDone, best} = result;
  const parts: Readonly<Record<Way, string>> = {
    prefix: "eight places in front",
    lora: isDone ? "merged into two matrices" : "beside two matrices",
    layers: "two stops in each block",
  };
  const cost: Readonly<Record<Way, Pick<WayColumn, "cost" | "costNote" | "isFree">>> = {
    prefix: {cost: `+ ${costs.newPlaces}`, costNote: "places to look at", isFree: false},
    lora: {cost: "nothing", costNote: "once merged", isFree: true},
    layers: {cost: `+ ${costs.newProducts}`, costNote: "products in a row", isFree: false},
  };
  return ways.map((way) => ({
    way,
    name: names[way],
    part: parts[way],
    doubt: lettersInDoubt(result[way].loss),
    was: lettersInDoubt(before.loss),
    isBest: way === best,
    isSmall: true,
    words: result[way].words.map((now, i) => ({now, before: before.words[i]!})),
    ...cost[way],
    units: units[way],
    isMerged: way === "lora" && isDone,
  }));
}

export default figure<typeof controls, WaysResult>({
  title: "One budget, three places: which would you take?",
  guide:
    "Each column trains the same number of parameters on the same names; the words come from the same draws, old above new. The cells at the foot are what a letter has to pass each time the forge is used: places to look at for the prefix, matrix products one after another for the others. Violet cells are new.",
  sources: ["Li and Liang 2021", "Houlsby et al. 2019", "Hu et al. 2021, §4.1 and §5.1"],
  controls,
  main: [],
  run: {clock: "step", pace: 33, by: ["draw"], read: readWays},
  picture: (result) => ({
    parts: [
      {
        name: "ways",
        height: {narrow: columnsHeight("narrow"), mid: columnsHeight("mid"), wide: columnsHeight("wide")},
        isElastic: true,
        alt: columnsOf(result)
          .map(
            ({name, part, words, cost, costNote, way}) =>
              `${name}, ${part}: ${doubtText(result[way].loss)} letters in doubt; ${words.map(({now}) => now).join(", ")}; each time it is used ${cost} ${costNote}`,
          )
          .join(". "),
        draw: (g, sheet) => drawWays(g, columnsOf(result), sheet),
      },
    ],
  }),
  says(result) {
    const {best, isDone, step, trainedCount, before, prefix, lora, layers, at} = result;
    const worse = ways.filter((way) => result[way].loss > before.loss).map((way) => names[way]);
    const ahead =
      step === 0 ? "Nobody has learned anything yet" : `${names[best]} ${best === "layers" ? "are" : "is"} ahead`;
    const card = isDone
      ? `${names[best]} ${best === "layers" ? "learn" : "learns"} most, with ${doubtText(result[best].loss)} letters in doubt, ${best === "lora" ? "and" : "but"} only LoRA, once merged, adds nothing to each use.`
      : `Step ${step}: ${ahead}, with ${doubtText(result[best].loss)} letters in doubt${worse.length ? `; ${worse.join(" and ")} ${worse.length > 1 || worse[0] === names.layers ? "are" : "is"} worse than nothing` : ""}.`;
    return [
      card,
      `${whole(trainedCount)} parameters each; ${doubtText(before.loss)} letters in doubt before, and after ${at} steps ${doubtText(prefix.loss)} with the prefix, ${doubtText(lora.loss)} with LoRA and ${doubtText(layers.loss)} with adapter layers.`,
    ];
  },
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
