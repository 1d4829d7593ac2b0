import fc from "fast-check";
import {describe, expect, test, vi} from "vitest";
import {log} from "../../../src/engine/linalg/elementary.ts";
import {type Matrix, zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {weightLayout} from "../../../src/engine/network/architecture.ts";
import {IGNORED} from "../../../src/engine/network/layers/targets.ts";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {decodeTokens, sampleWords} from "../../../src/engine/network/sampling.ts";
import {forward, languageLoss} from "../../../src/engine/network/transformer.ts";
import {initTransformer} from "../../../src/engine/network/untrained.ts";
import {batchOf, drawWords, encodeWord, LETTERS, splitWords, wordForge} from "../../../src/engine/training/words.ts";

const word = fc.string({unit: fc.constantFrom(...LETTERS.slice(1)), minLength: 1, maxLength: 11});
const list = ["anna", "bea", "cora", "dorothea", "eve"];
const spelled = (tokens: ArrayLike<number>) => Array.from(tokens, (token) => LETTERS[token] ?? "-").join("");

describe("the language", () => {
  test("in a sequence each place predicts the next token, the mark included, and later places are ignored", () => {
    const {tokens, targets} = encodeWord("anna");
    expect(wordForge).toEqual({V: 27, T: 12, C: 32, H: 4, L: 2});
    expect(spelled(tokens)).toBe(".anna.......");
    expect(spelled(targets)).toBe("anna.-------");
    expect(targets.slice(5)).toEqual(Array(7).fill(IGNORED));
    expect(spelled(encodeWord("abcdefghijk").targets)).toBe("abcdefghijk.");
    fc.assert(
      fc.property(word, (one) => {
        const {tokens, targets} = encodeWord(one);
        expect([tokens.length, targets.length]).toEqual([wordForge.T, wordForge.T]);
        expect(decodeTokens(tokens)).toBe(one);
        expect(targets.slice(0, one.length + 1)).toEqual([...tokens.slice(1), 0].slice(0, one.length + 1));
      }),
    );
  });

  test("a wrong word or token throws", () => {
    for (const one of ["", "abcdefghijkl", "Anna", "zoë", "a.b", "a\n"])
      expect(() => encodeWord(one)).toThrow("it must have 1 to 11 letters, all from a to z");
    expect(() => decodeTokens([0, 27])).toThrow("decodeTokens: the token is 27");
    expect(() => decodeTokens([0, -1])).toThrow("decodeTokens: the token is -1");
  });
});

describe("batches", () => {
  test("have the words in their order", () => {
    const {tokens, targets, B} = batchOf(list);
    const encoded = list.map(encodeWord);
    expect([[...tokens], [...targets], B]).toEqual([
      encoded.flatMap(({tokens}) => tokens),
      encoded.flatMap(({targets}) => targets),
      5,
    ]);
  });

  test("are drawn with replacement, with equal frequencies, and the same for the same seed", () => {
    const {tokens} = drawWords(list, 500, mulberry32(3));
    const seen = Array.from({length: 500}, (_, b) => decodeTokens(tokens.subarray(12 * b, 12 * b + 12)));
    for (const one of list) expect(Math.abs(seen.filter((other) => other === one).length - 100), one).toBeLessThan(40);
    expect(drawWords(list, 500, mulberry32(4)).tokens).not.toEqual(tokens);
    const random = vi.fn(mulberry32(7));
    expect(spelled(drawWords(list, 3, random).tokens)).toBe(".anna........anna........eve........");
    expect(random).toHaveBeenCalledTimes(3);
    expect(() => drawWords([], 2, random)).toThrow("drawWords: the list is empty");
  });

  test("cost a model of zeros log 27 at each place that counts", () => {
    const model = {sizes: wordForge, weights: allocate(weightLayout(wordForge)), attached: []};
    expect(languageLoss(model, batchOf(list))).toBeCloseTo(log(27), 12);
  });
});

describe("held-out words", () => {
  const words = Array.from({length: 50}, (_, i) => `word${i}`);

  test("are a fifth, and together with those for training all words, once", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({min: 3, max: 50}), (seed, n) => {
        const split = splitWords(words.slice(0, n), seed);
        expect(split.heldOut).toHaveLength(Math.round(n / 5));
        expect([...split.training, ...split.heldOut].sort()).toEqual(words.slice(0, n).sort());
        expect(splitWords(words.slice(0, n), seed)).toEqual(split);
      }),
    );
  });

  test("are in random order, and every word is held out by some seed", () => {
    const splits = Array.from({length: 60}, (_, seed) => splitWords(words, seed));
    expect(splits[1].training).not.toEqual(splits[1].training.toSorted());
    expect(new Set(splits.flatMap((split) => split.heldOut)).size).toBe(50);
  });

  test("can be another share, if both lists get a word", () => {
    expect(splitWords(words, 1, 0.04).heldOut).toHaveLength(2);
    expect(() => splitWords(["a", "b"], 1)).toThrow("holds out 0 of 2 words");
    expect(() => splitWords(words, 1, 1)).toThrow("a share of 1 holds out 50 of 50 words");
  });
});

/** Scores that depend on the last token only: row i of `scores` after token i. */
const markov = (scores: readonly (readonly number[])[]) => (tokens: Int32Array, B: number) => {
  const t = tokens.length / B;
  expect([Number.isInteger(t), tokens.length <= 11 * B]).toEqual([true, true]);
  const logits = zeros(tokens.length, 27);
  tokens.forEach((token, row) => {
    logits.data.set(scores[token], 27 * row);
  });
  return logits;
};
const scoresOf = (of: (token: number, next: number) => number) =>
  Array.from({length: 27}, (_, token) => Array.from({length: 27}, (_, next) => of(token, next)));
const random27 = (seed: number, spread: number) => {
  const random = mulberry32(seed);
  return scoresOf(() => spread * (random() - 0.5));
};

const always = (letter: number) => markov(scoresOf((_, to) => (to === letter ? 60 : 0)));

describe("sampled words", () => {
  test("follow the scores from letter to letter until the mark, with 11 random numbers for each word", () => {
    const next: Readonly<Record<number, number>> = {0: 12, 12: 15, 15: 18, 18: 1, 1: 0};
    const model = markov(scoresOf((token, to) => (next[token] === to ? 60 : 0)));
    const random = vi.fn(mulberry32(1));
    expect(sampleWords(model, 3, random)).toEqual(["lora", "lora", "lora"]);
    expect(sampleWords(always(26), 1, random)).toEqual(["zzzzzzzzzzz"]);
    expect(sampleWords(always(0), 2, random)).toEqual(["", ""]);
    expect(random).toHaveBeenCalledTimes(6 * 11);
    expect(sampleWords(always(26), 0, random)).toEqual([]);
  });

  test("begin with each letter as often as its probability, at any temperature", () => {
    const N = 2000;
    for (const temperature of [0.5, 1, 2]) {
      const scores = random27(5, 4);
      const weights = scores[0].map((score) => Math.exp(score / temperature));
      const total = weights.reduce((a, b) => a + b);
      let drawn = -1;
      // The first number of word i is the middle of the i-th of N equal steps, so every count is right within 1.
      const stratified = () => (Math.floor(++drawn / 11) + 0.5) / N;
      const words = sampleWords(markov(scores), N, stratified, temperature);
      const counts = new Map<string, number>();
      for (const one of words) counts.set(one.slice(0, 1), (counts.get(one.slice(0, 1)) ?? 0) + 1);
      weights.forEach((weight, token) => {
        const count = counts.get(token === 0 ? "" : LETTERS[token]) ?? 0;
        expect(Math.abs(count - (N * weight) / total)).toBeLessThanOrEqual(1);
      });
    }
  });

  test("are the same for the same seed, and the first of many are those of few", () => {
    const model = markov(random27(9, 5));
    fc.assert(
      fc.property(fc.integer(), fc.integer({min: 1, max: 6}), (seed, n) => {
        const words = sampleWords(model, 8, mulberry32(seed));
        expect(sampleWords(model, n, mulberry32(seed))).toEqual(words.slice(0, n));
      }),
      {numRuns: 30},
    );
  });

  test("change little when the model changes little", () => {
    const [before, noise] = [random27(10, 5), random27(11, 1)];
    const moved = (by: number) => markov(before.map((row, i) => row.map((score, j) => score + by * noise[i][j])));
    const words = (by: number) => sampleWords(moved(by), 200, mulberry32(12));
    const original = words(0);
    const kept = (by: number) => words(by).filter((one, i) => one === original[i]).length;
    expect(kept(1e-9)).toBe(200);
    expect(kept(0.01)).toBeGreaterThan(180);
    expect(kept(1)).toBeLessThan(kept(0.1));
  });

  test("are the likeliest at a temperature near 0, and random numbers at both ends of [0, 1) work", () => {
    const scores = random27(13, 1);
    const likeliest = scores.map((row) => row.indexOf(Math.max(...row)));
    const letters: number[] = [];
    for (let token = likeliest[0]; token !== 0 && letters.length < 11; token = likeliest[token]) letters.push(token);
    const expected = letters.map((token) => LETTERS[token]).join("");
    expect(sampleWords(markov(scores), 2, mulberry32(2), 1e-300)).toEqual([expected, expected]);
    expect(sampleWords(markov(scores), 1, () => 0)).toEqual([""]);
    // For some of these models the probabilities add up to less than the largest number below 1.
    for (let seed = 1; seed <= 30; seed++) {
      const withoutZ = random27(seed, 5).map((row) => row.map((score, next) => (next === 26 ? -1e4 : score)));
      expect(sampleWords(markov(withoutZ), 1, () => 1 - 2 ** -53)).toEqual(["yyyyyyyyyyy"]);
    }
  });

  test("are the same from a transformer that reads the beginning or the padded sequence at every step", () => {
    const model = initTransformer(wordForge, mulberry32(14));
    const whole = (tokens: Int32Array, B: number): Matrix => {
      const t = tokens.length / B;
      const padded = new Int32Array(12 * B);
      for (let b = 0; b < B; b++) padded.set(tokens.subarray(b * t, b * t + t), 12 * b);
      const {data} = forward(model, padded, B).logits;
      const rows = Array.from({length: B}, (_, b) => [...data.subarray(27 * 12 * b, 27 * (12 * b + t))]);
      return {rows: B * t, cols: 27, data: Float64Array.from(rows.flat())};
    };
    const words = sampleWords((tokens, B) => forward(model, tokens, B).logits, 12, mulberry32(15), 0.7);
    expect(words).toEqual(sampleWords(whole, 12, mulberry32(15), 0.7));
    expect(new Set(words).size).toBeGreaterThan(8);
  });

  test("a wrong temperature, wrong shapes and NaN throw", () => {
    const flat = markov(scoresOf(() => 0));
    for (const temperature of [0, -1, Number.NaN])
      expect(() => sampleWords(flat, 1, mulberry32(1), temperature)).toThrow(
        `sampleWords: the temperature is ${temperature}; it must be above 0`,
      );
    expect(() => sampleWords(() => zeros(1, 27), 2, mulberry32(1))).toThrow("sampleWords: logits (1×27)");
    expect(() => sampleWords(() => zeros(2, 18), 2, mulberry32(1))).toThrow("(2×18); they must be (2×27)");
    const broken = markov(scoresOf((_, to) => (to === 3 ? NaN : 0)));
    expect(() => sampleWords(broken, 1, mulberry32(1))).toThrow("sampleWords: logits: entry [0, 3]");
  });
});
