/** What `predict` must say, from what the paper prints as text and from shapes multiplied out here. */
import {rows as timings} from "../../../content/paper/table-1.json";
import {rows as trials} from "../../../content/paper/table-4.json";
import type {PredictParams} from "../../../src/figures/predict/model.ts";
import type {Claims} from "./oracle.ts";

/** "175,255.8M" → 175255800000. */
const printed = (text: string): number => Math.round(Number(text.replace(/[,M]/g, "")) * 1e6);
const rowsOf = (...names: string[]) => trials.filter(({method}) => names.includes(method));
const countsOf = (...names: string[]) => rowsOf(...names).map(({paramsPrinted}) => printed(paramsPrinted));

export const total = printed("175,255.8M");
const d = 12_288;
/** Four square matrices, the MLP's two of four times the width, their biases, and two norms of gain and shift. */
const layer = 4 * d * d + 2 * 4 * d * d + (4 + 4 + 1) * d + 2 * 2 * d;
/** GPT-2 medium: the same of width 1,024, with 50,257 tokens, 1,024 positions and a last norm. */
const w = 1024;
const medium = 24 * (12 * w * w + 13 * w) + (50_257 + 1024 + 2) * w;

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

/** As the figure writes counts: in thousands, millions or billions. */
const inUnit = (x: number): number => x / (x >= 1e9 ? 1e9 : x >= 1e6 ? 1e6 : 1e3);
const shares = (list: readonly number[]) => list.map((x) => (100 * x) / total);
const ends = (list: readonly number[]) => [...new Set([Math.min(...list), Math.max(...list)])];

export function predict({strategy, count, latency, committed}: PredictParams): Claims {
  const guess = guessAt(count);
  // "A random 0.01%" names its number.
  const named = (one: string) => (one === "random" ? [0.01] : []);
  // Where a slider begins it is no guess.
  const [isSized, isTimed] = [count !== 9, latency !== 100];
  const guessed = [
    ...named(strategy),
    ...(isSized ? [inUnit(guess), inUnit(total)] : []),
    ...(isTimed ? [latency] : []),
  ];
  // LoRA's counts, all of which tie with full fine-tuning on WikiSQL.
  const answer = ends(slivers.lowrank).map(inUnit);
  const told = [
    ...(isSized ? [inUnit(guess)] : []),
    ...named(strategy),
    ...(isTimed ? [latency] : []),
    ...answer,
    7,
    6,
  ];
  const isTold = committed !== "";
  const sizes = Object.entries(slivers).map(([one, list]) => [
    ...named(one),
    ...(isTold ? [...ends(list).map(inUnit), ...shares(ends(list))] : []),
    ...(isTold && !["last", "random"].includes(one) ? [4] : []),
  ]);
  const isSkipped = committed === "skipped";
  return {
    summary: isSkipped ? [...answer, inUnit(total), 7, 6] : committed ? told : guessed,
    readouts: isSkipped
      ? [[]]
      : [named(strategy), isSized ? [inUnit(guess), ...shares([guess])] : [], isTimed ? [latency, 1] : [1]],
    caption: [],
    rows: [
      [3, inUnit(total), 100, 4],
      [2, inUnit(medium), ...shares([medium])],
      [3, inUnit(d * d), ...shares([d * d])],
      [inUnit(d), ...shares([d])],
      ...sizes,
      ...(isSkipped || !isSized ? [] : [[...named(strategy), inUnit(guess), ...shares([guess])]]),
      ...(isSkipped || !isTimed ? [] : [[latency]]),
    ],
  };
}
