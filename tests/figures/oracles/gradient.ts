/** What the gradient figure must say: single gradients of the engine, their means and pieces by other routes. */
import {readFileSync} from "node:fs";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {sampleWords} from "../../../src/engine/network/sampling.ts";
import {forward, languageLoss} from "../../../src/engine/network/transformer.ts";
import {batchOf, heldOut} from "../../../src/engine/training/words.ts";
import type {GradientParams, GradientResult} from "../../../src/figures/gradient/model.ts";
import {unpackWords} from "../../../src/figures/shared/sortedWords.ts";
import {baseNamed} from "../../../src/tools/loadBase.ts";
import {singularValues} from "./exact.ts";
import {once} from "./once.ts";
import type {Claims} from "./oracle.ts";

const base = baseNamed("word-forge");
const list = readFileSync(new URL("../../../content/lab/names.txt", import.meta.url), "utf8");
const {training, heldOut: others} = heldOut(unpackWords(list), 1);
const names = training.slice(0, 128);

/** All words at once: the forge's own, or letters drawn from all letters of the names. */
const besideNames = once((beside: GradientParams["beside"]): string[] => {
  if (beside === "own")
    return sampleWords((tokens, B) => forward(base, tokens, B).logits, 160, mulberry32(5))
      .filter(Boolean)
      .slice(0, 128);
  const [random, letters] = [mulberry32(3), names.join("")];
  return names.map((name) => Array.from(name, () => letters[Math.floor(random() * letters.length)]).join(""));
});

const gradients = once((words: readonly string[]): number[][] =>
  words.map((word) => {
    const weights = allocate(base.weights.layout);
    languageLoss(base, batchOf([word]), {weights});
    return Array.from(weights.views["layers.1.Wo"].data);
  }),
);
const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));

/** Of the mean of the first n gradients: the percents of its pieces, how much is left, and its entries. */
const meanOf = once((words: readonly string[], n: number) => {
  const first = gradients(words).slice(0, n);
  const mean = first[0]!.map((_, i) => first.reduce((sum, one) => sum + one[i]!, 0) / n);
  const squares = singularValues({rows: 32, cols: 32, data: Float64Array.from(mean)}).map((s) => s * s);
  const all = squares.reduce((sum, x) => sum + x, 0);
  return {
    shares: squares.map((x) => (100 * x) / all),
    left: (100 * norm(mean)) / (first.reduce((sum, one) => sum + norm(one), 0) / n),
    mean,
  };
});

/** The strongest piece G·v·vᵀ by power iteration, and by how many points a step along it raises the chance of the end. */
const raisedEnd = once((): number => {
  const {mean} = meanOf(names, 128);
  const row = (i: number) => mean.slice(32 * i, 32 * i + 32);
  const times = (v: readonly number[]) =>
    Array.from({length: 32}, (_, i) => row(i).reduce((sum, x, j) => sum + x * v[j]!, 0));
  let v = Array.from({length: 32}, (_, i) => 1 + i / 32);
  for (let i = 0; i < 400; i++) {
    const u = times(v);
    const next = v.map((_, j) => u.reduce((sum, x, i) => sum + x * mean[32 * i + j]!, 0));
    v = next.map((x) => x / norm(next));
  }
  const weights = allocate(base.weights.layout, base.weights.flat.slice());
  const {data} = weights.views["layers.1.Wo"];
  for (const [i, x] of times(v).entries()) for (const [j, y] of v.entries()) data[32 * i + j]! -= x * y;
  const ends = [base, {...base, weights}].map((model) =>
    others.slice(0, 32).flatMap((word) => {
      const {tokens} = batchOf([word]);
      const {data} = forward(model, tokens, 1).logits;
      return Array.from({length: word.length + 1}, (_, place) => {
        const scores = Array.from(data.slice(27 * place, 27 * place + 27), Math.exp);
        return scores[0]! / scores.reduce((sum, x) => sum + x, 0);
      });
    }),
  );
  const [before, after] = ends.map((all) => all.reduce((sum, p) => sum + p, 0) / all.length);
  return 100 * (after! - before!);
});

export function gradient({beside}: GradientParams, {count}: GradientResult): Claims {
  const [one, other] = [names, besideNames(beside)].map((words) => meanOf(words, count));
  const more = [one!.left, other!.left, 100 / Math.sqrt(count)];
  const isLast = count === 128;
  return {
    summary:
      count === 1 ? more : [count, one!.shares[0]!, count, beside === "own" ? other!.left : other!.shares[0]!, ...more],
    readouts: [[one!.shares[0]!, other!.shares[0]!], [one!.left, other!.left], ...(isLast ? [[1, raisedEnd()]] : [])],
    caption: [count],
    rows: one!.shares.map((share, i) => [i + 1, share / 100, other!.shares[i]! / 100]),
  };
}
