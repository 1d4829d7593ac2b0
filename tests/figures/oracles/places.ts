/** What the figure of two places must say: both forges trained by the tools, and read in float64. */
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {sampleWords} from "../../../src/engine/network/sampling.ts";
import {forward, languageLoss, type Transformer} from "../../../src/engine/network/transformer.ts";
import type {PlacesParams} from "../../../src/figures/places/model.ts";
import {heldOutBatches, trainToEnd, wordForgeBase} from "../../../src/tools/forgeRuns.ts";
import {freshKernels} from "../../../src/tools/loadBase.ts";
import {once} from "./once.ts";
import type {Claims} from "./oracle.ts";

type Side = "before" | "q" | "v";

const forgeOf = once((side: Side): Transformer => {
  if (side === "before") return wordForgeBase;
  return trainToEnd(freshKernels(), {targets: [side === "q" ? "Wq" : "Wv"], r: 16, alpha: 32}).model;
});
const doubtOf = once((side: Side): number => Math.exp(languageLoss(forgeOf(side), heldOutBatches.names)));

/** Percents of the right letter, place by place. */
const chancesOf = once((side: Side, word: string): number[] => {
  const tokens = [0, ...Array.from(word, (letter) => letter.charCodeAt(0) - 96)];
  const {data} = forward(forgeOf(side), Int32Array.from(tokens), 1).logits;
  return [...tokens.slice(1), 0].map((token, t) => {
    const row = Array.from(data.slice(27 * t, 27 * t + 27), Math.exp);
    return (100 * row[token]!) / row.reduce((sum, x) => sum + x, 0);
  });
});

const wordsOf = once((side: Side, draw: number): string[] =>
  sampleWords((tokens, B) => forward(forgeOf(side), tokens, B).logits, 8, mulberry32(draw)),
);

export function places({word, letter, draw}: PlacesParams): Claims {
  const [before, q, v] = (["before", "q", "v"] as const).map((side) => ({
    doubt: doubtOf(side),
    chances: chancesOf(side, word),
    words: wordsOf(side, draw).map((one) => one.slice(0, letter)),
  }));
  const at = Math.min(letter, word.length + 1) - 1;
  const changed = (side: typeof q) => side!.words.filter((one, i) => one !== before!.words[i]).length;
  // In the first block the queries cannot change a value, nor the values a look.
  const [values, looks] = [8 * (word.length + 1), ((word.length + 1) * (word.length + 2)) / 2];
  return {
    summary: [
      ...[2048, before!.doubt, q!.doubt, v!.doubt],
      ...[before, q, v].map((side) => side!.chances[at]!),
      ...[values, values, looks, looks],
      letter,
    ],
    readouts: [
      ...[q, v].map((side) => [side!.doubt, before!.doubt, changed(side), 8]),
      ...[q, v].map((side) => [side!.chances[at]!, before!.chances[at]!]),
    ],
    caption: [],
    rows: before!.chances.map((_, t) => [before, q, v].map((side) => side!.chances[t]!)),
  };
}
