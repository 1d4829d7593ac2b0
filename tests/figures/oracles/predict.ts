/** The sizes, accuracies and times behind `predict`, from what the paper prints as text and from shapes multiplied out here. */
import {rows as timings} from "../../../content/paper/table-1.json";
import {rows as trials} from "../../../content/paper/table-4.json";

/** "175,255.8M" → 175255800000. */
const printed = (text: string): number => Math.round(Number(text.replace(/[,M]/g, "")) * 1e6);
const rowsOf = (...names: string[]) => trials.filter(({method}) => names.includes(method));
const countsOf = (...names: string[]) => rowsOf(...names).map(({paramsPrinted}) => printed(paramsPrinted));

export const total = printed("175,255.8M");
const d = 12_288;
/** Four square matrices, the MLP's two of four times the width, their biases, and two norms of gain and shift. */
const layer = 4 * d * d + 2 * 4 * d * d + (4 + 4 + 1) * d + 2 * 2 * d;

/** The least and the most of each sliver, and the table it is in. */
export const slivers = {
  last: [layer],
  random: [total / 10_000],
  biases: countsOf("BitFit"),
  layers: countsOf("AdapterH"),
  prompt: countsOf("PreEmbed", "PreLayer"),
  lowrank: countsOf("LoRA"),
} as const;
export const accuracies = rowsOf("FT", "BitFit", "AdapterH", "PreEmbed", "PreLayer", "LoRA").map(
  ({wikisql}) => wikisql,
);
export const slower = timings
  .filter(({batch, overheadPct}) => batch === 1 && overheadPct)
  .map(({overheadPct}) => overheadPct!);

/** Counts a tenth of a decade apart, to two digits. */
const decade = [1, 1.3, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 7.9];
export const guessAt = (power: number): number => {
  const tenths = Math.round(power * 10);
  return Math.round(decade[tenths % 10]! * 10 ** Math.floor(tenths / 10));
};
